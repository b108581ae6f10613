"""The documentation as a site: Sphinx, MyST and furo, nothing fetched from outside.

``python -m sphinx -W -b html docs out/site`` builds it; the search knows Japanese.
"""

import re
from pathlib import Path

from docutils import nodes

_ROOT = Path(__file__).parents[1]

project = "termbank"
author = "The termbank developers"
release = re.search(
    '"(.+)"', (_ROOT / "src" / "termbank" / "version.py").read_text("utf-8")
)[1]
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
exclude_patterns = ["README.md", "house-style", "pictures"]
language = "en"
html_search_language = "ja"
html_theme = "furo"
html_title = "termbank"
html_theme_options = {
    # The reader's own fonts: Japanese first, and nothing is fetched.
    "light_css_variables": {
        "font-stack": "system-ui, 'Hiragino Sans', 'Noto Sans CJK JP', 'Yu Gothic UI', sans-serif"
    },
    "footer_icons": [],
}
html_copy_source = False
html_show_sphinx = False
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
gettext_compact = False
locale_dirs = ["locale/"]
# Links into the repository itself, which is no part of the site.
suppress_warnings = ["myst.xref_missing"]

_JAPANESE = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"


def setup(app):
    """Connect what Sphinx has no setting for."""
    app.connect("doctree-read", join_japanese_lines)


def join_japanese_lines(_app, doctree):
    """Drop line ends between Japanese characters: a browser shows them as spaces."""
    for line_end in [text for text in doctree.findall(nodes.Text) if text == "\n"]:
        siblings = line_end.parent.children
        at = next(n for n, node in enumerate(siblings) if node is line_end)
        around = "".join(n.astext() for n in siblings[at - 1 : at + 2])
        if re.search(f"{_JAPANESE}\n{_JAPANESE}", around):
            del siblings[at]  # by place: remove() takes the first equal text
