"""What programs and their settings say; nothing is run."""
