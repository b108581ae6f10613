"""What a user can do, written once: values in, values out, neither printing nor parsing.

Enter by :mod:`.project` (a glossary with its versions, undo and review queue); edits by
form are in :mod:`.term_editing`, decisions about the queue in :mod:`.deciding`, foreign lists
in :mod:`.term_import`. The command line, the web pages and the services are doors to it.
"""
