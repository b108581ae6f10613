"""Delimited files and spreadsheets: dialects, column layouts, cells."""
