"""From documents to the names and terms in them."""

from .mentions import mine
from .ranking import candidates

__all__ = ["candidates", "mine"]
