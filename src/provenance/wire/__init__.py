"""Wire: manifests, statements and bundles as bytes, and back."""
