"""EX401 blank-in-form: a Japanese form with a blank inside.

Why: texts are written without it, so the form is never found.

Glossary, bad:
    安全の 保証 [term]
Glossary, good:
    安全の保証 [term] ; en: security guarantees
"""

from termbank.messages import say


class BlankInForm:
    """A Japanese form with a blank inside."""

    code = "EX401"
    name = "blank-in-form"
    reads = "glossary"
    needs_glossary = True

    def check_rows(self, rows):
        """Yield (row, message, severity) for each such form."""
        for number, row in enumerate(rows):
            if row.lang == "ja" and " " in row.form:
                message = say(f"「{row.form}」に空白", f"a blank in {row.form}")
                yield number, message, "warning"


RULE = BlankInForm()
