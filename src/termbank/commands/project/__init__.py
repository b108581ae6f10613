"""Commands that begin, edit and count a project's glossary."""
