"""Checkups: looking a store over and saying in plain words what is wrong; nothing is changed."""

from .engines import look_over_engine
from .findings import Finding, Verdict, well, worrying, wrong
from .looking import look_over

__all__ = ["Finding", "Verdict", "look_over", "look_over_engine", "well", "worrying", "wrong"]
