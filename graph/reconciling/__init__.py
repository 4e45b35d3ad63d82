"""Reconciling: which thing of the store a name means, with what else is known as evidence."""
