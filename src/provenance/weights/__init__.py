"""Weights: what the headers and indexes of weight files say, read without any framework."""
