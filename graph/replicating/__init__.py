"""Read replicas: a second machine serves the snapshots of a store, which never change.

A primary offers its newest snapshot and its commit records by a manifest with the checksum of
each file. A replica pulls the files that it lacks and then replaces CURRENT, as a commit does,
so whenever it is killed it is of one version or of the next.
"""

from .manifest import Manifest
from .offering import Offer
from .pulling import Pulled, Puller
from .sources import FolderSource, Source
from .standing import Standing, standing_of

__all__ = [
    "FolderSource",
    "Manifest",
    "Offer",
    "Pulled",
    "Puller",
    "Source",
    "Standing",
    "standing_of",
]
