"""Pages for people: review, browse and look up, and the glossary as plain files.

Enter by :mod:`.application`. Pages decide nothing: what a button does is an operation of
:mod:`termbank.operations`.
"""
