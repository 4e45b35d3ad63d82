"""The vocabulary, as text."""
