"""Licences by the names that people use for them in prose and metadata."""

import re

_FAMILIES = {
    "apache": r"\bapache\b",
    "mit": r"\bmit\b",
    "bsd": r"\bbsd\b",
    "gpl": r"\b[al]?gpl",
    "mpl": r"\bmpl\b|\bmozilla public\b",
    "cc": r"\bcc[- ](?:by|0)|\bcc0|\bcreative commons\b",
    "llama": r"\bllama ?-?[234]?",
    "gemma": r"\bgemma\b",
    "rail": r"\b(?:open)?rail",
    "qwen": r"\b(?:qwen|tongyi)\b",
    "deepseek": r"\bdeepseek\b",
    "openmdw": r"\bopenmdw\b",
}
_PATTERNS = {name: re.compile(words, re.IGNORECASE) for name, words in _FAMILIES.items()}


def families_in(text: str) -> frozenset[str]:
    """Return the families of licences that a text names.

    >>> sorted(families_in("Apache 2.0, or the Llama 3 Community License"))
    ['apache', 'llama']
    """
    return frozenset(name for name, pattern in _PATTERNS.items() if pattern.search(text))
