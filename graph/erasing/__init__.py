"""Erasing a person: name and personal facts leave every state, the medal counts stay whole."""

from .rewriting import Erased, erase

__all__ = ["Erased", "erase"]
