"""The SHACL shapes, as text."""
