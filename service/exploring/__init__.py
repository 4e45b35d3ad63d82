"""Boards of the graph for pages and programs: as addresses, as JSON, and as files."""

from .spelled import Asked, asked_of, board_pairs, path_pairs
from .told import board_told, neighbours_told, paths_told
from .written import written

__all__ = [
    "Asked",
    "asked_of",
    "board_pairs",
    "board_told",
    "neighbours_told",
    "path_pairs",
    "paths_told",
    "written",
]
