r"""What of each text format is markup, code or address: patterns over UTF-8 bytes.

Every mark of these formats is ASCII, except the ruby and the bullets of Japanese plain
text. The patterns are made for hostile files: what is opened and never closed runs to the
end of the text, or a bound keeps the search short.
"""

from __future__ import annotations

_KANJI = rb"[\xe4-\xe9][\x80-\xbf][\x80-\xbf]"
_HIRAGANA = rb"(?:\xe3(?:\x81[\x81-\xbf]|\x82[\x80-\x96]|\x83\xbc))"

ADDRESS = (
    rb"(?:https?|ftp|file)://[!-;=?-~]+"
    rb"|\bwww\.[!-;=?-~]+"
    rb"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
)
TAG = rb"</?[A-Za-z][^<>]*>|<![A-Za-z\[][^<>]*>|<\?[^<>]*>"
COMMENT = rb"<!--(?s:.*?)(?:-->|\Z)"
ENTITY = rb"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z]+\d*);"
RUBY_READING = rb"<(?P<ruby>r[tp])\b[^<>]*>[^<]*(?:</(?P=ruby)\s*>)?"
_FRONT_MATTER = (
    rb"\A(?:---[ \t]*\r?\n(?s:.*?)\n---|\+\+\+[ \t]*\r?\n(?s:.*?)\n\+\+\+)[ \t]*$"
)
_SHORTCODES = (
    rb"\$?\{\{[^{}\n]*\}\}|\$\{[^{}\n]{1,80}\}",
    rb"\{[ \t]*[#.%:][^{}\n]*\}|\{\*[^{}\n]*\*\}",
    rb"(?<![A-Za-z0-9:]):[a-z][a-z0-9_+-]{1,30}:(?!:)",
)
# Marks of blocks at the start of a line: quotations, headings, bullets, admonitions,
# rules, underlines and table borders.
_BLOCK_MARKS = (
    rb"^[ \t>]*(?:[-*_=][ \t]*){3,}\r?$",
    rb"^[ \t]*+(?:\|[ \t]*+)?(?::?-++:?[ \t]*+\|[ \t]*+)+(?::?-++:?[ \t]*+)?\r?$",
    rb"^[ \t>]*(?::{3,}|[!?]{3}\+?)[ \t]*\{?[a-z_-]*\}?",
    rb"^[ \t]*(?:>[ \t]*)+(?:\[![A-Za-z]+\][-+]?)?(?:#{1,6}(?=[ \t])|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))?",
    rb"^[ \t]*#{1,6}(?=[ \t])|[ \t]#+[ \t]*\r?$",
    rb"^[ \t]*(?:[-*+]|\d{1,9}[.)])(?=[ \t])(?:[ \t]+\[[ xX]\])?",
    rb"\\?\|",
)
_INLINE_MARKS = (
    rb"\*+|~~+|(?<![A-Za-z0-9_])_+|_+(?![A-Za-z0-9_])",
    rb"\[\^[^\]\s]{1,40}\]:?|\[\[[A-Za-z_]+\]\]",
    rb"!?\[(?=[^\[\]\n]{0,500}\][(\[])",
    rb"\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:(?=\s)|\))|\[[^\]\n]*\])",
    rb"\\(?=[!-/:-@\[-`{-~])",
)
_CODE_SPAN = (
    rb"(?<!`)(?P<ticks>`+)(?!`)(?s:(?:(?!\n[ \t]*\r?\n).)*?)(?<!`)(?P=ticks)(?!`)"
)
_FENCE = rb"^[ \t>]*(?P<fence>`{3,}+|~{3,}+)[^\n]*\n(?s:.*?)(?:^[ \t>]*(?P=fence)[`~]*[ \t]*\r?$|\Z)"
_RAW_ELEMENTS = (
    rb"<(?P<raw>script|style|pre|code)\b(?s:.*?)(?:</(?P=raw)\s*>|\Z)",
    RUBY_READING,
)
# {漢字|かんじ}: the reading and the marks around it.
_BRACED_RUBY = rb"\{(?=[^{}|\n]{1,40}\|[^{}\n]{1,80}\})|(?<=[^{}|\n])\|[^{}|\n]{1,80}\}"

MARKDOWN = (
    _FRONT_MATTER,
    _FENCE,
    COMMENT,
    _CODE_SPAN,
    rb"\$\$[^$]{0,5000}\$\$",
    rb"^(?:import|export)[ \t][^\n]*[;'\"{(]\r?$",
    rb"\{/\*(?s:.*?)(?:\*/\}|\Z)",
    rb"^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*[^\s]*",
    *_SHORTCODES,
    _BRACED_RUBY,
    *_RAW_ELEMENTS,
    TAG,
    ADDRESS,
    ENTITY,
    *_BLOCK_MARKS,
    *_INLINE_MARKS,
)
# Text of unknown make, from a mail to a game script: whatever looks like a mark of any
# format, placeholders besides. Nothing that plain Japanese uses for itself is among them.
PROSE = (
    _FRONT_MATTER,
    _FENCE,
    COMMENT,
    rb"(?<!`)(?P<ticks>`+)(?!`)[^`\n]{0,1000}(?P=ticks)(?!`)",
    *_SHORTCODES,
    _BRACED_RUBY,
    # Ruby of Aozora Bunko: readings after kanji, the mark before, notes of the editor.
    rb"(?<=" + _KANJI + rb")\xe3\x80\x8a" + _HIRAGANA + rb"{1,30}\xe3\x80\x8b",
    rb"\xef\xbd\x9c|\xef\xbc\xbb\xef\xbc\x83[^\n]{0,200}?\xef\xbc\xbd",
    rb"^[ \t]*(?:\xe3\x80\x80)*(?:\xe3\x83\xbb|\xe2\x80\xa2|\xe2\x97[\x86\x87\x8b\x8e\x8f]|\xe2\x96[\xa0\xa1]|\xe2\x98[\x85\x86]|\xe2\x80\xbb)",
    # Labels of a mail's head.
    rb"^(?:\xe4\xbb\xb6\xe5\x90\x8d|\xe5\xae\x9b\xe5\x85\x88|\xe5\xb7\xae\xe5\x87\xba\xe4\xba\xba|Subject|From|To|Cc|Bcc|Date)[ \t]*(?::|\xef\xbc\x9a)",
    *_RAW_ELEMENTS,
    TAG,
    ADDRESS,
    ENTITY,
    *_BLOCK_MARKS,
    *_INLINE_MARKS,
)
HTML = (
    COMMENT,
    rb"(?i:<(?P<raw>script|style|pre|code|kbd|samp|var|textarea)\b(?s:.*?)(?:</(?P=raw)\s*>|\Z))",
    RUBY_READING,
    rb"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}",
    TAG,
    ADDRESS,
    ENTITY,
)
_RST_ROLES = (
    rb"code|mod|class|func|meth|attr|data|const|exc|file|option|keyword|program|samp|"
    rb"envvar|c:[a-z]+|py:[a-z]+|js:[a-z]+|math|token|opcode|mimetype|doc|download|rfc|pep|"
    rb"source|kbd|command|setting|djadmin|tfilter|ttag|lookup|ticket|ref|numref|eq|cve|bpo|issue|pypi"
)
RST = (
    rb"^(?P<dir>[ \t]*)\.\. (?:code-block|code|sourcecode|literalinclude|highlight|math|"
    rb"productionlist|doctest|testcode|raw|image|index|toctree|include|module|currentmodule|"
    rb"automodule|autoclass|autofunction|default-domain|highlightlang|contents|tags|_[^:\n]*|\[[^\]\n]*\])"
    rb"[^\n]*(?:\n(?:(?P=dir)[ \t]+[^\n]*|[ \t]*\r?)(?=\n|\Z))*",
    rb"(?<=::)[ \t]*\r?\n(?:[ \t]*\r?\n)+(?P<lit>[ \t]+)[^\n]*(?:\n(?:(?P=lit)[^\n]*|[ \t]*\r?)(?=\n|\Z))*",
    rb"^[ \t]*\.\. (?:[a-z:-]+::)?",
    rb"``[^`\n]*(?:\n[^`\n]+)?``",
    # A role with a text of its own keeps it: :ref:`設計 <design>`.
    rb":(?:" + _RST_ROLES + rb"):`[^`<\n]*`",
    rb":[a-z:+-]+:`?|^[ \t]*:[A-Za-z][^:\n]{0,60}:(?=[ \t]|\r?$)",
    rb"(?<=[^\s`])[ ]?<[^<>`\n]*>`_{0,2}",
    rb"`(?:__?(?![A-Za-z0-9]))?",
    rb"^[ \t]*>>>[^\n]*|^[ \t]*\.\.\.[ \t][^\n]*",
    rb"\|[A-Za-z][A-Za-z0-9_ -]*\|_?|\[[#*0-9A-Za-z]{1,20}\]_",
    ADDRESS,
    rb"^[ \t]*(?P<under>[=\-~^\"'*+#:.<>_`])(?P=under){2,}[ \t]*\r?$",
    rb"^[ \t]*\+[-=+]+\+[ \t]*\r?$|^[ \t]*=+(?:[ \t]+=+)+[ \t]*\r?$",
    rb"^[ \t]*(?:[-*+]|\d{1,9}[.)]|\(\d{1,9}\)|#\.)(?=[ \t])",
    rb"\*+|\||::(?=[ \t]*\r?$)|\\(?=.)",
)
ASCIIDOC = (
    rb"^(?P<block>-{4,}+|\.{4,}+|\+{4,}+|/{4,}+|`{3,}+)[^\n]*\n(?s:.*?)(?:^(?P=block)[ \t]*\r?$|\Z)",
    rb"^//[^\n]*",
    rb"^:[!A-Za-z0-9][^:\n]*:[^\n]*",
    rb"^\[[^\]\n]*\][ \t]*\r?$",
    rb"^(?:ifdef|ifndef|ifeval|endif|include|image|video|audio|toc)::[^\n]*",
    rb"^(?:={1,6}|\*{1,5}|\.{1,5}|-|\d{1,4}\.|<\d+>|<\.>)(?=[ \t])|^\+[ \t]*\r?$|^\.(?=[^\s.])",
    rb"^(?:={4,}|\*{4,}|_{4,}|--|[|,:!]={3,}|'{3}|<{3})[ \t]*\r?$",
    rb"\b(?:image|kbd|btn|icon|stem|pass|footnoteref|anchor|indexterm):[^\[\s]*\[[^\]\n]*\]",
    rb"\b(?:link|xref|mailto|menu):[^\[\s]{0,1000}\[|https?://[^\[\s]{0,1000}\[|footnote:\[",
    rb"<<[^<>,\n]*(?:,|>>)|>>|\[\[[^\]\n]{0,500}\]\]",
    rb"``[^`\n]*``|`[^`\n]*`|\+\+[^+\n]+\+\+|(?<![\w+])\+[^+\s][^+\n]{0,200}\+(?![\w+])",
    rb"\{[A-Za-z][\w-]*\}",
    COMMENT,
    TAG,
    ADDRESS,
    ENTITY,
    rb"(?<=::)[ \t]|\*+|\||(?<![A-Za-z0-9_])_+|_+(?![A-Za-z0-9_])|\[\.[a-z-]+\]|#+|[\[\]]|\(\(+|\)\)+",
)
LATEX = (
    rb"(?<!\\)%[^\n]*",
    rb"\\begin\{(?P<env>verbatim|lstlisting|minted|equation|align|tikzpicture)\*?\}"
    rb"(?s:.*?)(?:\\end\{(?P=env)\*?\}|\Z)",
    rb"\\(?:verb|lstinline)\*?(?P<bar>[^A-Za-z0-9\s])[^\n]{0,500}?(?P=bar)",
    rb"\\(?:label|ref|eqref|pageref|cite[a-z]*|url|href|input|include|includegraphics|"
    rb"bibliography|usepackage|documentclass|begin|end)\*?(?:\[[^\]\n]*\])*\{[^{}\n]*\}",
    rb"\$\$[^$]{0,5000}\$\$|(?<!\\)\$[^$\n]*\$",
    rb"\\[A-Za-z@]+\*?",
)
_VARIABLE = rb"%\{[^{}\n]*\}|\$?\{\{?[^{}\n]*\}?\}|%(?:\d\$)?[-#0+]*\d*[sdfu@]"
_VALUES = (rb"\\.", TAG, _VARIABLE, ADDRESS, ENTITY)
# Of string tables the keys are no prose.
YAML = (
    rb"^[ \t]*(?:-[ \t]+)*(?:\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|[^\s#\"'\[\]{},-][^:#\n]*+)"
    rb"[ \t]*:(?=[ \t\r\n]|\Z)",
    *_VALUES,
)
TOML = (
    rb"^[ \t]*(?:(?:[\w\-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t.]*+)++=",
    rb"^[ \t]*\[[^\]\n]*\]+",
    *_VALUES,
)
# A list of rules (prh, Vale) holds the wrong forms on purpose.
RULE_LIST = (
    rb"(?m)^[ \t]*+(?:-[ \t]*+)?(?:expected|patterns?|swap|prh|regexpMustEmpty)[ \t]*:"
)
PATTERNS: dict[str, tuple[bytes, ...]] = {
    "markdown": MARKDOWN,
    "html": HTML,
    "rst": RST,
    "asciidoc": ASCIIDOC,
    "latex": LATEX,
    "prose": PROSE,
    "yaml": YAML,
    "toml": TOML,
    "plain": (ADDRESS,),
}
# No string begins at a quote behind a backslash: a line of escaped quotes is then looked
# through once, and not from each of them.
_STRINGS = rb"(?<!\\)\"(?:\\.|[^\"\\\n])*+\"|(?<!\\)'(?:\\.|[^'\\\n])*+'"
_TEMPLATE = rb"(?<!\\)`(?:\\.|[^`\\])*+`"
# Of these formats only what the first group of the pattern holds is prose.
PROSE_GROUPS: dict[str, bytes] = {
    "hash": rb"(?:\"\"\"((?s:.*?))(?:\"\"\"|\Z)|'''((?s:.*?))(?:'''|\Z)|"
    + _STRINGS
    + rb"|(\#[^\n]*))",
    "slashes": rb"(?:/\*((?s:.*?))(?:\*/|\Z)|//([^\n]*)|"
    + _STRINGS
    + rb"|"
    + _TEMPLATE
    + rb")",
    # Comments, and the values of string tables: what stands after a colon or an equals
    # sign, or between tags.
    "scripts": rb"/\*((?s:.*?))(?:\*/|\Z)|//([^\n]*)"
    rb"|(?<![=!<>])[:=]\s*+(?:\"((?:\\.|[^\"\\\n])*+)\"|'((?:\\.|[^'\\\n])*+)'"
    rb"|`((?:\\.|[^`\\])*+)`)"
    rb"|>(?=[^<>{}=;\"'`\n\xe3-\xe9]*+[\xe3-\xe9])([^<>{}=;\"'`\n]*+)(?=[<{])|"
    + _STRINGS
    + rb"|"
    + _TEMPLATE,
    "po": rb"^msgstr(?:\[\d+\])?[ \t]+(\"(?:\\.|[^\"\\\n])*\"(?:\s*\n\"(?:\\.|[^\"\\\n])*\")*)",
    "xliff": rb"<target\b[^<>]*>((?s:.*?))(?:</target>|\Z)|<seg>((?s:.*?))(?:</seg>|\Z)",
}
