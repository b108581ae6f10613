"""What is known of a form or of a pair before it is judged: sounds, edits, dictionary, origin."""
