"""Parts for termbank from another package: a format, three rules, a tokeniser, a report."""
