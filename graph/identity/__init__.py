"""Telling who is the same person, across sources that spell names in their own ways."""
