"""What a dataset says of itself."""
