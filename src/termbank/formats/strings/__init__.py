"""String tables of programs and games: values by key, edited in place."""
