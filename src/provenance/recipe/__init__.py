"""Recipes: from the bytes of cards, configurations and code to typed facts."""
