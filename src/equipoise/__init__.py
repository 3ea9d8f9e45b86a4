"""Equipoise: a clinical trial written once, as data, and carried all the way."""

__version__ = "0.1.0"
__all__ = ["__version__"]
