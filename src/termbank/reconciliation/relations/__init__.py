"""Links that are no respellings: acronyms, short names, personal names, relation tables."""
