"""Signing manifests and models, and holding releases against what was signed."""
