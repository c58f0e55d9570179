"""Public fakes that are real: a Hub and git over HTTP, on this machine alone."""
