"""Frameworks: from components and their licences to labels, scores and published classes."""
