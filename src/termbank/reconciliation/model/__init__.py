"""How one pair is judged: weights, verdicts, vetoes, links through a third form, explanation."""
