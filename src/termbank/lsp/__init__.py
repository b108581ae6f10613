"""The language server: diagnostics and fixes while a text is being edited."""
