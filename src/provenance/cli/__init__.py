"""The command line: talks to people, reads the environment, sets exit codes."""
