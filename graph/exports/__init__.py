"""Exports: how much of a state, as which file, with its checksum."""

from .making import export
from .manifest import MANIFEST, SUMS, Made, made, manifest, sums
from .products import PRODUCTS, PROFILES, Product, product
from .scopes import Scope
from .tables import TABLES

__all__ = [
    "MANIFEST",
    "PRODUCTS",
    "PROFILES",
    "SUMS",
    "TABLES",
    "Made",
    "Product",
    "Scope",
    "export",
    "made",
    "manifest",
    "product",
    "sums",
]
