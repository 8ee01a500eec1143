"""HTML of results: what a stranger wrote never becomes markup, nothing is lost, pages stay as reviewed."""

import pickle
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from hostile import HOSTILE
from wortlaut.html import (
    ArticleView,
    BoilerplateView,
    EditView,
    Html,
    OverlapView,
    PairView,
    PassageView,
    PlaceView,
    ProblemView,
    QuoteView,
    Report,
    StatementView,
    diff,
    element,
    escape,
    fragment,
    highlighted,
    join,
    link,
    matrix,
    passages,
    quotes,
    report,
    shared_quotes,
    summary,
    table,
)
from wortlaut.html.style import COLOURS, FRAGMENT_SHEET, PAGE_SHEET

# Disguises of addresses that must not become links, and some that may.
NO_LINKS = [
    "",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\x00script:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript://example.org/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "ftp://example.org/",
    "blob:https://example.org/x",
    "//example.org/x",
    "/\\example.org",
    "https:example.org",
    "https:/example.org",
    "https:///example.org",
    "https://",
    "https://?x",
    "https:\\\\example.org",
    "https://example.org\\@evil.example",
    "https://bank.example@evil.example/",
    "https://user:word@example.org/",
    "https://exa mple.org/",
    "https://example.org/a b",
    'https://example.org/"onmouseover="alert(1)',
    "https://example.org/<script>",
    "https://example.org/\u202egnp",
    "https://example.org/\u200b",
    "https://example.org/\ud800",
    "https://example.org:99999/",
    "https://example.org:x/",
    "https://[::1/",
    "https://exa%00mple.org/",
    "https://example..org/",
    "https://-example.org/",
    "http://example.org/" + "x" * 3000,
    "#article-1",
]
LINKS = [
    "https://example.org",
    "http://example.org:8080/a?b=1&c=2#d",
    "HTTPS://EXAMPLE.ORG/",
    "https://bücher.example/straße",
    "https://example.org/a_(b)",
]

ALLOWED = {
    "html": {"lang"},
    "meta": {"charset", "http-equiv", "content", "name"},
    "a": {"href", "rel", "id", "class", "lang", "dir"},
    "abbr": {"title"},
    "bdi": {"lang", "title"},
    "blockquote": {"class", "lang", "dir"},
    "body": {"class"},
    "div": {"class", "lang", "dir", "role", "aria-label", "tabindex"},
    "h1": {"dir"},
    "h2": {"id"},
    "img": {"src", "alt", "width", "height", "class"},
    "main": {"id", "tabindex"},
    "nav": {"aria-label"},
    "section": {"id", "aria-labelledby"},
    "table": {"class"},
    "td": {"class", "lang", "dir", "colspan", "id"},
    "th": {"class", "scope", "colspan", "id", "width"},
    "details": {"class", "id"},
    **{tag: {"class"} for tag in ("del", "ins", "mark", "p", "span", "strong")},
    **{tag: set() for tag in ("br", "caption", "dd", "dl", "dt", "footer", "h3", "h4", "head", "header")},
    **{tag: set() for tag in ("li", "style", "summary", "tbody", "thead", "title", "tr", "ul")},
}


class Page(HTMLParser):
    """Reads markup back: its tags and attributes in order, and its text by element."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.others: list[str] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self._open: list[str] = []
        self.feed(markup)
        self.close()
        assert not self._open, "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), "no attribute twice"
        if tag not in ("br", "img", "meta"):
            self._open.append(f"{tag}.{dict(attrs).get('class') or ''}")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().split(".")[0] == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((tuple(self._open), data))

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        if decl != "doctype html" or self.tags:
            self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)

    def attributes(self, name: str) -> list[str]:
        return [value or "" for _, attributes in self.tags if (value := attributes.get(name)) is not None]


def assert_harmless(markup: str) -> Page:
    page = Page(markup)
    assert page.others == [], "no comments, declarations or instructions"
    for tag, attributes in page.tags:
        assert tag in ALLOWED
        assert set(attributes) <= ALLOWED[tag], tag
    for href in page.attributes("href"):
        assert re.match(r"#[a-z][a-z0-9-]*$|https?://[\w.:-]+", href), href
    for src in page.attributes("src"):
        assert re.fullmatch(r"data:image/svg\+xml;base64,[\w+/=]+", src), "pictures are part of the page"
    assert set(page.attributes("rel")) <= {"noopener noreferrer"}
    for name in ("id", "class"):
        assert all(re.fullmatch(r"[a-z0-9 -]+", value) for value in page.attributes(name))
    return page


def edit_all(text: str) -> list[EditView]:
    half, most = len(text) // 2, len(text) * 3 // 4
    return [
        EditView("delete", text, 0, half, 0, 0),
        EditView("move", "same", half, most, 0, 0, 2),
        EditView("move", text, most, most, 0, half, 1),
        EditView("replace", "typography", most, len(text), half, len(text)),
    ]


def passage_of(text: str) -> PassageView:
    edits = [EditView("replace", text, 0, 1, 0, 1)]
    return PassageView(0, len(text), 0, len(text), 3, 4, 3, 0.5, text, edits)


def report_of(text: str) -> Report:
    articles = [ArticleView(text, text, text, text, text, 3, text, text, text) for _ in range(3)]
    articles[2] = replace(articles[2], title="", outlet="")
    overlap = OverlapView(3, 4, 0.5, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 3)
    quote = QuoteView(0, len(text), 0, len(text), text, text, 0.5, negation=True)
    pair = PairView(0, 1, overlap, True, [passage_of(text)], edit_all(text), [quote], [(0, 2)], [(0, 2)])
    return Report(
        title=text,
        articles=articles,
        pairs=[pair, replace(pair, b=2, versions=False)],
        problems=[ProblemView(text, text, 1)],
        boilerplate=[BoilerplateView(text, 9)],
        statements=places(text),
        more_statements=3,
        settings=[(text, text)],
        generator=text,
    )


def places(text: str) -> list[StatementView]:
    place = PlaceView(text, text, True, text, text, text, text, text, 0.5, negation=True)
    return [StatementView([place, place])]


RENDERERS: dict[str, Callable[[str], str]] = {
    "escape": escape,
    "element": lambda text: element("abbr", text, title=text),
    "join": lambda text: join(text, Html(text)),
    "fragment": lambda text: fragment(text, lang=text),
    "diff inline": lambda text: diff(text, text, edit_all(text), langs=(text, text)),
    "diff of two sides": lambda text: diff(
        text, text, edit_all(text), "side-by-side", heads=(text, text), langs=(text, text)
    ),
    "passages": lambda text: passages(
        text, text, [passage_of(text)], heads=(text, text), langs=(text, text), place="p"
    ),
    "highlighted": lambda text: highlighted(
        text, [(0, len(text) * 2 // 3), (len(text) // 3, len(text))], place="p", lang=text
    ),
    "table": lambda text: table((text, text), [(text, text), (text, 3)], limit=1, caption=text, more=text),
    "matrix": lambda text: matrix([text, text], [[1, 0.5], [0.001, 1]], titles=[text, "x"], what=text),
    "quotes": lambda text: quotes(places(text) * 2, limit=1, more=text),
    "variants of a quotation": lambda text: quotes(
        [
            StatementView(
                [PlaceView(text, text, True, text, relation="edited", speaker=text, edits=edit_all(text))],
                text + "x",
                conflict=True,
            )
        ]
    ),
    "shared quotes": lambda text: shared_quotes(
        text, text, [QuoteView(0, 3, 0, 3, text, text, 0.5)], heads=(text, text), langs=(text, text)
    ),
    "report": lambda text: report(report_of(text)),
}


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_has_the_elements_of_harmless_text(renderer: str, text: str) -> None:
    """The elements and classes are those that a text of plain letters gets, so the text added none."""
    page = assert_harmless(RENDERERS[renderer](text))
    plain = Page(RENDERERS[renderer]("x" * len(text)))
    assert structure(page) == structure(plain)


def structure(page: Page) -> list[tuple[str, str | None]]:
    return [(tag, attributes.get("class")) for tag, attributes in page.tags]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_is_shown_not_dropped(text: str) -> None:
    shown = "".join(data for _, data in Page(element("p", text)).texts)
    assert shown == "".join(map(visible, text))


def visible(character: str) -> str:
    if character in "\t\n":
        return character
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "\u2421"
    if character == "\x85" or "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069":
        return f"[U+{ord(character):04X}]"
    return "\ufffd" if "\ud800" <= character <= "\udfff" or character >= "\ufffe" else character


@pytest.mark.parametrize("url", NO_LINKS, ids=ascii)
def test_what_is_no_plain_web_address_becomes_no_link(url: str) -> None:
    assert link(url, "label") == "label"
    if not url.startswith("#"):
        with pytest.raises(ValueError, match="href must be"):
            element("a", "label", href=url)


@pytest.mark.parametrize("url", LINKS)
def test_a_web_address_becomes_a_link(url: str) -> None:
    page = assert_harmless(link(url, "<label>").replace("HTTPS", "https"))
    assert [value.lower() for value in page.attributes("href")] == [url.lower()]
    assert page.attributes("rel") == ["noopener noreferrer"]


@pytest.mark.parametrize(
    ("tag", "attributes", "message"),
    [
        ("script", {}, "tag must be one of"),
        ("iframe", {}, "tag must be one of"),
        ("img", {"src": "x.png"}, "src must be a drawing"),
        ("img", {"src": "data:image/svg+xml,x"}, "src must be a drawing"),
        ("p", {"onclick": "x"}, "attribute must be one of"),
        ("p", {"style": "x"}, "attribute must be one of"),
        ("p", {"data_x": "x"}, "attribute must be one of"),
        ("p", {'x="" onclick': "x"}, "attribute must be one of"),
        ("p", {"id": "a b"}, "id must be letters"),
        ("p", {"class_": "btn"}, "class must be"),
        ("a", {"href": "x"}, "href must be"),
        ("th", {"width": "9px;x"}, "width must be a percentage"),
    ],
)
def test_elements_and_attributes_that_pages_do_not_need_are_refused(
    tag: str, attributes: dict[str, str], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        element(tag, "x", **attributes)


def test_a_style_sheet_cannot_end_early() -> None:
    with pytest.raises(ValueError, match="style sheet"):
        element("style", "</style>")


def test_markup_joined_as_text_is_escaped_once_more() -> None:
    """Forgetting to escape cannot make a hole: every `str` operation loses the mark of `Html`."""
    markup = element("p", "x")
    for text in (f"{markup}<b>", markup + "<b>", "<b>" + markup, markup[:3], markup.upper(), markup.strip()):
        assert type(text) is str
        assert "<" not in element("p", text)[3:-4]


def test_markup_survives_pickling() -> None:
    markup = element("p", "a < b")
    again = pickle.loads(pickle.dumps(markup))
    assert again == markup
    assert type(again) is Html


# A diff shows both texts, whole and in order


def words_of(rng: random.Random, number: int) -> str:
    return "".join(
        rng.choice(["Rat ", "sagt, ", "„nein“ ", "<b> ", "\n\n", "\n", "Ⅷ ", "x"]) for _ in range(number)
    )


def random_edits(rng: random.Random) -> tuple[str, str, list[EditView]]:
    a = b = ""
    edits: list[EditView] = []
    for _ in range(rng.randrange(12)):
        kind = rng.choice(["equal", "insert", "delete", "replace"])
        old = "" if kind == "insert" else words_of(rng, rng.randrange(1, 60))
        new = "" if kind == "delete" else old if kind == "equal" else words_of(rng, rng.randrange(1, 60))
        level = "same" if kind == "equal" else rng.choice(["typography", "case", "spelling", "wording"])
        edits.append(EditView(kind, level, len(a), len(a + old), len(b), len(b + new)))
        a, b = a + old, b + new
    return a, b, edits


def read(page: Page, without: str) -> str:
    """The letters of a diff, but for one side's changes and for what is not the articles' own."""
    ignored = ("span.wl-hidden", "span.wl-side", "a.wl-number", "summary.", "p.wl-note", without)
    texts = [text for path, text in page.texts if not any(e.startswith(ignored) for e in path)]
    return re.sub(r"[\s␣¶↵]+", "", "".join(texts))


@pytest.mark.parametrize("context", [None, 0, 5, 30])
@pytest.mark.parametrize("seed", range(40))
def test_an_inline_diff_contains_both_texts(seed: int, context: int | None) -> None:
    a, b, edits = random_edits(random.Random(seed))
    page = Page(diff(a, b, edits, context=context))
    assert read(page, "ins") == re.sub(r"\s+", "", a)
    assert read(page, "del") == re.sub(r"\s+", "", b)


@pytest.mark.parametrize("context", [None, 30])
@pytest.mark.parametrize("seed", range(40))
def test_the_sides_of_a_diff_contain_their_texts(seed: int, context: int | None) -> None:
    a, b, edits = random_edits(random.Random(seed))
    rows = re.findall(r"<tr>(<td.*?)</tr>", diff(a, b, edits, "side-by-side", context))
    left, right = [], []
    for row in rows:
        cells = [read(Page(cell), "none") for cell in re.findall(r"<td.*?</td>", row)]
        left.append(cells[0])
        right.append(cells[-1])
    if any(edit.kind != "equal" for edit in edits):
        assert "".join(left) == re.sub(r"\s+", "", a)
        assert "".join(right) == re.sub(r"\s+", "", b)


def test_a_layout_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="layout must be 'inline' or 'side-by-side', got 'unified'"):
        diff("a", "b", [], "unified")


def test_letters_encoded_differently_are_counted_not_marked() -> None:
    """A decomposed text would else be struck out at every umlaut, with the same letters beside."""
    shown = diff("fu\u0308r", "für", [EditView("replace", "typography", 0, 4, 0, 3)])
    assert "1 place differs in ways nobody sees" in shown
    assert "<ins" not in shown


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ", "\xa0"),
        (" ", "\n"),
        ("\n", "\r\n"),
        (" ", "  "),
        ("", "\xad"),
        ("\ufeff", ""),
        ("\n\n", "\n \n\n"),
    ],
)
def test_space_that_looks_the_same_is_not_marked(old: str, new: str) -> None:
    """An article with a no-break space after every number, or wrapped anew, would else be unreadable."""
    edit = EditView("replace", "typography", 1, 1 + len(old), 1, 1 + len(new))
    shown = diff(f"a{old}b", f"a{new}b", [edit])
    assert "nobody sees" in shown
    assert "<ins" not in shown
    assert "<del" not in shown


@pytest.mark.parametrize(
    ("old", "new", "signs"),
    [(" ", "\n\n", ["¶"]), ("\n\n", " ", ["¶"]), ("", " ", ["␣"]), ("\xa0", "", ["␣"]), ("\n", "", ["↵"])],
)
def test_space_that_came_or_went_gets_a_sign(old: str, new: str, signs: list[str]) -> None:
    edit = EditView("replace", "typography", 1, 1 + len(old), 1, 1 + len(new))
    assert re.findall("[␣¶↵]", diff(f"a{old}b", f"a{new}b", [edit])) == signs


def test_an_end_of_a_paragraph_cut_in_two_is_one() -> None:
    """An added paragraph begins with the second of the two line ends before it, the first one is unchanged."""
    edits = [EditView("equal", "same", 0, 4, 0, 4), EditView("insert", "wording", 4, 4, 4, 9)]
    assert diff("Ja.\n", "Ja.\n\nNein", edits).count("<p>") == 2
    assert "<br>" not in diff("Ja.\n", "Ja.\n\nNein", edits)


def test_words_of_a_passage_that_look_the_same_are_not_marked() -> None:
    a, b = "fu\u0308r viele", "für alle"
    edits = [EditView("replace", "typography", 0, 4, 0, 3), EditView("replace", "wording", 4, 10, 3, 8)]
    shown = passages(a, b, [PassageView(0, 10, 0, 8, 2, 2, 1, 0.5, "edited", edits)])
    marked = [text for path, text in Page(shown).texts if path[-1].startswith("strong")]
    assert marked == ["viele", "alle"]


def test_the_halves_of_a_move_link_to_each_other() -> None:
    page = Page(diff(*moved()))
    links = [attributes for tag, attributes in page.tags if tag == "a"]
    assert [attributes["id"] for attributes in links] == [
        attributes["href"][1:] for attributes in links[::-1]
    ]
    texts = [text for path, text in page.texts if any(e.startswith("a.") for e in path)]
    assert texts == ["1 moved away, changed", "1 moved here, changed"]


def moved() -> tuple[str, str, list[EditView]]:
    a = "Erstens der Haushalt. Der Rat hat „Ja“ gesagt. Drittens die Brücke, die bleibt."
    b = 'Erstens der Etat. Drittens die Brücke, die bleibt. Der Rat hat "Ja" gesagt.'
    first, second = a.index("Der Rat"), b.index("Der Rat")
    edits = [
        EditView("equal", "same", 0, 12, 0, 12),
        EditView("replace", "wording", 12, 20, 12, 16),
        EditView("equal", "same", 20, 22, 16, 18),
        EditView("move", "typography", first, 46, 18, 18, 6),
        EditView("delete", "wording", 46, 47, 18, 18),
        EditView("equal", "same", 47, len(a), 18, second - 1),
        EditView("move", "typography", len(a), len(a), second - 1, len(b), 3),
    ]
    return a, b, edits


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([], "no differences"),
        ([EditView("equal", "same", 0, 1, 0, 1)], "no differences"),
        ([EditView("insert", "wording", 0, 0, 0, 1)], "1 difference, of wording"),
        ([EditView("replace", "case", 0, 1, 0, 1)] * 3, "3 differences, all of case"),
        (moved()[2], "3 differences: 2 of wording and 1 moved piece"),
    ],
)
def test_differences_are_divided_by_level(edits: list[EditView], said: str) -> None:
    assert summary(edits) == said


# The look


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("ink", ["paper", "panel", "step-1", "step-2", "step-3", "step-4"]),
        ("quiet", ["paper", "panel"]),
        ("link", ["paper", "panel", "new-ground", "old-ground"]),
        ("new", ["paper", "new-ground"]),
        ("old", ["paper", "panel", "old-ground"]),
        ("step-far", ["step-5", "step-6"]),
    ],
)
def test_text_has_the_contrast_of_wcag_aa(theme: str, text: str, grounds: list[str]) -> None:
    which = ["light", "dark"].index(theme)
    for ground in grounds:
        assert contrast(COLOURS[text][which], COLOURS[ground][which]) >= 4.5, (text, ground)


def selectors(sheet: str) -> Iterator[str]:
    for block in re.findall(r"([^{}]+)\{[^{}]*:[^{}]*\}", sheet):
        yield from (selector.strip() for selector in block.split(","))


@pytest.mark.parametrize("sheet", [FRAGMENT_SHEET, PAGE_SHEET])
def test_every_rule_stays_under_one_class(sheet: str) -> None:
    found = list(selectors(sheet))
    assert len(found) > 80
    # The margins of paper are those of a page of our own.
    assert [selector for selector in found if ".wortlaut" not in selector] == ["@page"] * (
        sheet is PAGE_SHEET
    )
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_colours_stand_in_the_themes_only() -> None:
    assert len(re.findall(r"#[0-9a-fA-F]{3,8}\b", PAGE_SHEET)) == 5 * len(COLOURS)


def test_hosts_override_the_system_and_dark_hosts_come_last() -> None:
    order = [
        "prefers-color-scheme",
        "html[theme=light]",
        "body.vscode-light",
        "html[theme=dark]",
        "html.dark",
    ]
    assert [FRAGMENT_SHEET.index(part) for part in order] == sorted(map(FRAGMENT_SHEET.index, order))


# The page


def test_a_page_needs_nothing_else_and_every_link_on_it_leads_somewhere() -> None:
    markup = report(small_report())
    page = assert_harmless(markup)
    assert "<script" not in markup
    assert all(src.startswith("data:image/svg+xml;") for src in page.attributes("src"))
    assert "default-src 'none'" in "".join(page.attributes("content"))
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    anchors = {href[1:] for href in page.attributes("href") if href.startswith("#")}
    assert anchors <= set(ids)
    outside = {href for href in page.attributes("href") if not href.startswith("#")}
    assert outside == {"https://example.org/1"}


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [
        int(tag[1]) for tag, _ in assert_harmless(report(small_report())).tags if re.fullmatch(r"h\d", tag)
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_many_articles_make_a_page_of_bounded_size() -> None:
    data = small_report()
    pair = data.pairs[0]
    articles = [replace(data.articles[0], id=str(i), text=data.articles[0].text * 8) for i in range(200)]
    pairs = [
        replace(pair, a=i, b=j, passages=pair.passages * 40, quotes=pair.quotes * 40)
        for i in range(200)
        for j in range(i + 1, 200)
    ]
    markup = report(replace(data, articles=articles, pairs=pairs, matrix=None))
    assert len(markup.encode()) < 3_000_000
    assert "see wortlaut passages and wortlaut shared-quotes, both with --format csv" in markup
    assert "The first 60 have a section below; … 19,840 more" in markup


def test_pairs_without_a_passage_are_counted() -> None:
    data = small_report()
    pair = replace(data.pairs[0], quotes=[])
    markup = report(replace(data, pairs=[pair, replace(pair, passages=[], b=2)]))
    assert "In the other 2 pairs, no passage of 8 words was found." in markup
    assert ">Pair 2<" not in markup


def test_pairs_that_share_only_a_quotation_are_shown() -> None:
    data = small_report()
    markup = report(replace(data, pairs=[data.pairs[0], replace(data.pairs[0], passages=[], b=2)]))
    assert (
        "Of 3 pairs of articles, 1 shares a passage of 8 words or more and 1 more only a quotation." in markup
    )
    assert "In the other pair, no passage of 8 words and no quotation was found." in markup
    assert ">Pair 2<" in markup


def test_empty_results_have_pages_too() -> None:
    assert_harmless(report(Report("Nothing", [], [])))
    for markup in (diff("", "", []), passages("", "", []), highlighted("", []), matrix([], []), quotes([])):
        assert_harmless(markup)
    assert_harmless(table((), []))


# Pages a person has looked at


def small_report() -> Report:
    a, b, edits = moved()
    articles = [
        ArticleView(
            "wire", "Rat: Brücke bleibt", "Der Draht", "2025-03-04", "https://example.org/1", 14, a, "de"
        ),
        ArticleView(
            "daily", "Brücke bleibt doch", "Tagblatt", "2025-03-05", "", 13, b, "de", author="Ute Ahr"
        ),
        ArticleView("other", "Knöpfe gesucht", "", "", "javascript:alert(1)", 3, "Nichts davon hier.", "de"),
    ]
    overlap = OverlapView(14, 13, 0.8, 0.5, 0.998, 0.24, 0.7, 0.92, 0.62, 5)
    start = b.index("Drittens")
    passage = PassageView(47, len(a), start, start + 33, 5, 5, 5, 1.0, "verbatim")
    change = [EditView("equal", "same", 0, 1, 0, 1), EditView("insert", "wording", 1, 1, 1, 2)]
    edited = PassageView(0, 21, 0, 17, 3, 3, 2, 0.667, "edited", change)
    second = a.index("Ja")
    quote = QuoteView(second, second + 2, len(b) - 11, len(b) - 9, "identical", "both", 1.0, negation=True)
    pair = PairView(0, 1, overlap, True, [passage, edited], edits, [quote], [(0, 21)], [])
    return Report(
        title="Three articles",
        articles=articles,
        pairs=[pair],
        problems=[ProblemView("broken.html", "not valid UTF-8 at byte 812", 3)],
        boilerplate=[BoilerplateView("Melden Sie sich jetzt an.", 9)],
        settings=[("min_words", 8), ("fold", "case, typography")],
        generator="wortlaut",
    )


def readable(markup: str) -> str:
    """One block to a line; the style sheet and its hash have no say here."""
    markup = re.sub(r"<style>.*?</style>", "<style>…</style>", markup, flags=re.DOTALL)
    markup = re.sub(r"sha256-[^&]+", "sha256-…", markup)
    blocks = (
        "body|blockquote|caption|d[dlt]|details|div|footer|h\\d|head|header|li|main|meta|nav|p|section|style"
    )
    return re.sub(rf"\n?(?=<(?:{blocks}|t(?:able|body|d|h|head|itle|r)|ul)\b)", "\n", markup).strip() + "\n"


APPROVED: dict[str, Callable[[], str]] = {
    "html_diff": lambda: diff(*moved(), place="diff"),
    "html_diff_sides": lambda: diff(*moved(), "side-by-side", place="diff", heads=("4 March", "5 March")),
    "html_passages": lambda: passages(
        small_report().articles[0].text,
        small_report().articles[1].text,
        small_report().pairs[0].passages,
        context=3,
        place="passage",
    ),
    "html_matrix": lambda: matrix(
        ["wire", "daily", "a name that is too long for the head of a row"],
        [[1, 0.924, 0], [0.24, 1, 0.004], [0, 0.08, 1]],
        titles=["Wire, 4 March", "Daily, 5 March", "Other"],
    ),
    "html_report": lambda: report(small_report()),
}


@pytest.mark.parametrize("name", APPROVED)
def test_pages_are_as_reviewed(name: str, request: pytest.FixtureRequest) -> None:
    path = Path(__file__).parents[1] / "approved" / f"{name}.html"
    shown = readable(APPROVED[name]())
    if request.config.getoption("--approve"):
        path.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == path.read_text(encoding="utf-8"), "if this is meant, run pytest with --approve and review"
