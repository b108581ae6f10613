"""Which forms are one word, which are one thing, and how it should be written."""

from .comparison import compare
from .joining import Proposal, reconcile

__all__ = ["Proposal", "compare", "reconcile"]
