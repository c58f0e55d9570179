"""Tensors whose bytes are those that a manifest lists."""
