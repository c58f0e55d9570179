"""Say what a model release really contains, with evidence for every word."""
