"""Flows: one verb in each file, which orders the steps that others take."""
