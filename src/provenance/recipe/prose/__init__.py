"""What a card says: sentences, metadata and tables, as claims and values."""
