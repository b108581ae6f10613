"""Commands on a store that a team shares."""
