"""Dictionaries of other programs: tokenisers, input methods, pop-up dictionaries."""
