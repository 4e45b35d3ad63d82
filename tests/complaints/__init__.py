"""Faults that users of such services have reported, each with the right value, over HTTP.

A test names the complaints that it answers with ``@complaint(12)``; the numbers and titles
are in ``register.py``, and every one of them is answered there or has its reason.
"""
