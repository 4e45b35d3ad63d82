"""Why a query finds nothing: the smallest part of its pattern without a match, and what would do.

The pattern is cut into parts by its tokens, parts are asked for alone and together, and for
the smallest that has no match terms of the graph are named that are near to those it uses.
"""

from .citing import SOURCES, with_sources
from .explaining import Explanation, explain
from .hints import Hint

__all__ = ["SOURCES", "Explanation", "Hint", "explain", "with_sources"]
