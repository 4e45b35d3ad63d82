"""Engines keep the versions of a store: in files, in memory, or behind a protocol."""
