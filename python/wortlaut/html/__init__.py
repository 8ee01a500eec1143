"""HTML of results: functions from plain texts and numbers to escaped markup.

`Html` is markup; everything else is text and gets escaped. The renderers return a block each; `fragment`
wraps blocks for a notebook, `report` writes a page of its own.

| name | shows |
|---|---|
| `diff`, `summary` | a word diff inline or side by side; how its differences divide |
| `passages`, `highlighted` | shared passages side by side; a text with its passages numbered |
| `table`, `matrix` | rows of results; how much of each text stands in each other |
| `quotes`, `shared_quotes` | statements and where they stand; those of two texts side by side |
| `report`, `report_pages` | everything as one self-contained page; as pages that link each other |
| `fragment` | the style block around blocks, for `_repr_html_` |
| `escape`, `element`, `join`, `link` | the only ways to make `Html` |
"""

from wortlaut.html.diff import diff, summary
from wortlaut.html.escape import Html, element, escape, join, link
from wortlaut.html.passages import highlighted, passages
from wortlaut.html.quotes import quotes, shared_quotes
from wortlaut.html.report import report, report_pages
from wortlaut.html.style import fragment
from wortlaut.html.table import matrix, table
from wortlaut.html.views import (
    ArticleView,
    BoilerplateView,
    EditLike,
    EditView,
    OverlapView,
    PairRow,
    PairView,
    PassageView,
    PlaceView,
    ProblemView,
    QuoteView,
    Report,
    StatementView,
)

__all__ = [
    "ArticleView",
    "BoilerplateView",
    "EditLike",
    "EditView",
    "Html",
    "OverlapView",
    "PairRow",
    "PairView",
    "PassageView",
    "PlaceView",
    "ProblemView",
    "QuoteView",
    "Report",
    "StatementView",
    "diff",
    "element",
    "escape",
    "fragment",
    "highlighted",
    "join",
    "link",
    "matrix",
    "passages",
    "quotes",
    "report",
    "report_pages",
    "shared_quotes",
    "summary",
    "table",
]
