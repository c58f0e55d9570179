"""Sources: one file per place that a release can live in."""
