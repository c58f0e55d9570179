"""What we talk about: frozen values that cannot be invalid."""
