"""``python -m training NAME …``: make one of the shipped models or tables anew."""

from __future__ import annotations

import sys
from importlib import import_module

# name: what it makes
SCRIPTS = {
    "names": "mining/names/names.npz: where names are, and of which kind",
    "words": "mining/tokens/words.npz: how common words are, and which are alike",
    "kana_latin": "equivalents/tables: katakana and Latin spellings",
    "edits": "equivalents/tables: the second opinion on spellings; after kana_latin",
    "lexemes": "reconciliation/features/lexemes.npz: katakana words of one lexeme",
    "originals": "reconciliation/features/originals.npz: sounds that write the same letters",
    "spellings": "reconciliation/model/weights: the judge of spellings",
    "states": "reconciliation/relations/tables/states.csv: states by name",
    "held_out": "figures of pairs that the judge never saw",
}


def main() -> int:
    """Run the script named; list all of them without a name."""
    if len(sys.argv) < 2 or sys.argv[1] not in SCRIPTS:
        width = max(map(len, SCRIPTS))
        print("python -m training NAME [options]; NAME --help lists the options\n")
        print("\n".join(f"{name:{width}}  {what}" for name, what in SCRIPTS.items()))
        return 2
    name = sys.argv.pop(1)
    sys.argv[0] = f"training {name}"
    import_module(f"training.{name}").main()
    return 0


sys.exit(main())
