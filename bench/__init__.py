"""Speed, memory and quality beside peers; one module a subject."""
