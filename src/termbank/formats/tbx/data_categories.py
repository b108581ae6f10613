"""The data categories of TBX: where each belongs, what it may say, how DCT spells it.

Sources: ISO 30042:2019; the TBX-Core structure and the definitions of the modules Min,
Basic (1.2.1) and Linguist of LTAC Global.
"""

from __future__ import annotations

from typing import Final, NamedTuple

CORE: Final = "urn:iso:std:iso:30042:ed-2"
MIN: Final = "http://www.tbxinfo.net/ns/min"
BASIC: Final = "http://www.tbxinfo.net/ns/basic"
LINGUIST: Final = "http://www.tbxinfo.net/ns/linguist"
PREFIXES: Final = {"min": MIN, "basic": BASIC, "ling": LINGUIST}

CONCEPT: Final = "conceptEntry"
LANGUAGE: Final = "langSec"
TERM: Final = "termSec"
LEVELS: Final = (CONCEPT, LANGUAGE, TERM)


class Category(NamedTuple):
    """One data category of a module.

    Attributes:
        element: The element that carries it in style DCA, and so its class.
        module: min, basic or linguist.
        levels: Where it may stand, itself or in a group.
        values: What it may say; empty where any text will do.
    """

    element: str
    module: str
    levels: tuple[str, ...]
    values: tuple[str, ...] = ()


STATUS_VALUES: Final = (
    "admittedTerm-admn-sts",
    "deprecatedTerm-admn-sts",
    "supersededTerm-admn-sts",
    "preferredTerm-admn-sts",
)
POS_VALUES: Final = ("adjective", "noun", "other", "verb", "adverb")
TYPE_VALUES: Final = (
    "fullForm",
    "acronym",
    "abbreviation",
    "shortForm",
    "variant",
    "phrase",
)

CATEGORIES: Final[dict[str, Category]] = {
    "customerSubset": Category("admin", "min", (CONCEPT, TERM)),
    "subjectField": Category("descrip", "min", (CONCEPT,)),
    "administrativeStatus": Category("termNote", "min", (TERM,), STATUS_VALUES),
    "partOfSpeech": Category("termNote", "min", (TERM,), POS_VALUES),
    "externalCrossReference": Category("xref", "min", LEVELS),
    "projectSubset": Category("admin", "basic", (CONCEPT, TERM)),
    "source": Category("admin", "basic", LEVELS),
    "context": Category("descrip", "basic", (TERM,)),
    "definition": Category("descrip", "basic", (CONCEPT, LANGUAGE)),
    "crossReference": Category("ref", "basic", (CONCEPT, TERM)),
    "grammaticalGender": Category(
        "termNote", "basic", (TERM,), ("masculine", "feminine", "neuter", "other")
    ),
    "geographicalUsage": Category("termNote", "basic", (TERM,)),
    "termLocation": Category(
        "termNote",
        "basic",
        (TERM,),
        (
            *("checkBox", "comboBox", "comboBoxElement", "dialogBox", "groupBox"),
            *("informativeMessage", "interactiveMessage", "menuItem", "progressBar"),
            *("pushButton", "radioButton", "slider", "spinBox", "tab", "tableText"),
            *("textBox", "toolTip", "user-definedType"),
        ),
    ),
    "termType": Category("termNote", "basic", (TERM,), TYPE_VALUES),
    "transactionType": Category(
        "transac", "basic", LEVELS, ("origination", "modification")
    ),
    "responsibility": Category("transacNote", "basic", LEVELS),
    "xGraphic": Category("xref", "basic", (CONCEPT, LANGUAGE)),
    "reading": Category("admin", "linguist", (TERM,)),
    "readingNote": Category("adminNote", "linguist", (TERM,)),
    "grammaticalNumber": Category(
        "termNote",
        "linguist",
        (TERM,),
        ("singular", "plural", "dual", "mass", "otherNumber"),
    ),
    "register": Category(
        "termNote",
        "linguist",
        (TERM,),
        (
            *("colloquialRegister", "neutralRegister", "technicalRegister"),
            *("in-houseRegister", "bench-levelRegister", "slangRegister"),
            "vulgarRegister",
        ),
    ),
    "transferComment": Category("termNote", "linguist", (TERM,)),
}

MODULES: Final = {"min": MIN, "basic": BASIC, "linguist": LINGUIST}
MODULE_OF: Final = {uri: name for name, uri in MODULES.items()}
DIALECTS: Final[dict[str, tuple[str, ...]]] = {
    "TBX-Core": (),
    "TBX-Min": ("min",),
    "TBX-Basic": ("min", "basic"),
    "TBX-Linguist": ("min", "basic", "linguist"),
}
META: Final = (
    *("admin", "adminNote", "descrip", "descripNote", "ref", "termNote"),
    *("transac", "transacNote", "xref"),
)
GROUPS: Final = ("adminGrp", "descripGrp", "termNoteGrp", "transacGrp")
# Elements that may stand beside a definition, an admin … at any level.
AUXILIARY: Final = (
    *("admin", "adminGrp", "descrip", "descripGrp", "note", "ref", "transacGrp"),
    "xref",
)

STATUS_TO_TBX: Final = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
}
TYPE_TO_TBX: Final = {
    "full form": "fullForm",
    "acronym": "acronym",
    "abbreviation": "abbreviation",
    "short form": "shortForm",
    "variant": "variant",
    "phrase": "phrase",
}
# Fields that TBX-Basic has no category for go into notes of this form, which every
# tool shows and none misreads.
NOTE_PREFIX: Final = "termbank/"
