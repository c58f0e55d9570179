"""The audit: a release and what it links go in, a manifest comes out."""
