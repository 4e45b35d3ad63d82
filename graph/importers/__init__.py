"""Turning what others publish into quads of a source of its own."""
