"""From judged pairs to concepts: constrained clusters, decisions, preferred forms."""
