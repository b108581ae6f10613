"""Lists of rules for proofreading tools: prh, textlint, Vale, RedPen and their like.

Enter :mod:`.writers` for what is exported, :mod:`.prh` for reading prh, and
:mod:`.substitutions` for the plain lists.
"""
