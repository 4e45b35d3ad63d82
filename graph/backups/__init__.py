"""Backups: the whole history of a store in one file that proves that it is whole.

A backup is a tar archive of the commit records, from which every state can be made again,
and last a manifest with the checksum of each. It needs no lock: records never change.
"""

from .contents import Manifest
from .reading import check, restore
from .writing import write

__all__ = ["Manifest", "check", "restore", "write"]
