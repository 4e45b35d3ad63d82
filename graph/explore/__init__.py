"""The graph as things and what links them: neighbours, counts before reading, shortest paths."""

from .asked import Board, Opened, Sought
from .boards import Laid, laid
from .groups import BOTH, IN, ON_A_PAGE, OUT, Direction, Group, Grouping, Page, Way
from .links import Link, links_among, stated_by
from .paths import Path, Paths, paths
from .spoken import Named, Spoken

__all__ = [
    "BOTH",
    "IN",
    "ON_A_PAGE",
    "OUT",
    "Board",
    "Direction",
    "Group",
    "Grouping",
    "Laid",
    "Link",
    "Named",
    "Opened",
    "Page",
    "Path",
    "Paths",
    "Sought",
    "Spoken",
    "Way",
    "laid",
    "links_among",
    "paths",
    "stated_by",
]
