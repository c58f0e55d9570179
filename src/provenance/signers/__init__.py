"""Signers: who signs, and how a signature is opened."""
