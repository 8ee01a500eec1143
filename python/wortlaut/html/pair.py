"""One pair of articles in a report: figures in words, the diff of versions, passages, quotations."""

from collections.abc import Sequence

from wortlaut.errors import counted
from wortlaut.html.diff import diff, summary
from wortlaut.html.escape import Html, element, join, language
from wortlaut.html.flow import prose
from wortlaut.html.passages import passages
from wortlaut.html.places import ON_ONE_PAGE, Places
from wortlaut.html.quotes import shared_quotes
from wortlaut.html.strip import strips
from wortlaut.html.views import ArticleView, EditLike, OverlapView, PairView, PassageView, QuoteView
from wortlaut.html.words import count_words, percent, shorten

# A reader has got the picture after this many passages or quotations of one pair; the rest is data.
_MOST_PASSAGES = 12
_MOST_QUOTES = 12
_MOST_PARAGRAPHS = 12
# Paragraphs with more words together stay folded: the diff shows them in their place.
_MOST_WORDS = 200
# A passage of whole pages is a version, and the diff shows it better.
_LONGEST_PASSAGE = 250
# Characters of both texts; beyond it, the diff alone would be the size of a whole page.
_LONGEST_DIFF = 120_000

_ELSEWHERE = ", see wortlaut passages --format csv"


def pair_section(
    number: int, view: PairView, articles: Sequence[ArticleView], n: int, places: Places = ON_ONE_PAGE
) -> Html:
    """Write the section of one pair; `number` is its rank, `n` the words of an n-gram in the figures."""
    a, b = articles[view.a], articles[view.b]
    place = f"pair-{number}"
    names = _names(a, b)
    title = element("h3", f"{number}. ", names[0], " and ", names[1])
    return element(
        "section",
        title,
        _who(view, a, b, places),
        _figures(view.overlap, n),
        strips((len(a.text), len(b.text)), view.passages) if view.passages else None,
        _versions(place, view, a, b),
        _only("A", "B", a, view.only_in_a),
        _only("B", "A", b, view.only_in_b),
        _passages(place, view, a, b),
        _quotes(view, a, b),
        element("p", places.overview("ranking", "All pairs by rank"), class_="wl-back"),
        id=place,
    )


def _names(a: ArticleView, b: ArticleView) -> tuple[Html, Html]:
    """Name both articles, with their dates where one outlet has both."""
    dated = a.name == b.name
    return _name(a, dated=dated), _name(b, dated=dated)


def _name(article: ArticleView, *, dated: bool) -> Html:
    date = f" ({article.date})" if dated and article.date else ""
    return join(element("bdi", shorten(article.name, 80)), date)


def _who(view: PairView, a: ArticleView, b: ArticleView, places: Places) -> Html:
    sides = (("A", view.a, a), ("B", view.b, b))
    return element("dl", *[_side(*side, places) for side in sides])


def _side(letter: str, index: int, article: ArticleView, places: Places) -> Html:
    name = article.title or article.id
    title = places.article(index, name, lang=language(article.lang), dir="auto")
    outlet = join(", ", element("bdi", article.outlet)) if article.outlet else None
    date = join(", ", element("span", article.date, class_="wl-date")) if article.date else None
    return join(element("dt", letter), element("dd", f"{index + 1}. ", title, outlet, date))


def _figures(overlap: OverlapView, n: int) -> Html:
    """Say the figures in words, both directions and what they rest on."""
    share = percent(overlap.containment_a)
    directions = (
        f"{share[0].upper()}{share[1:]} of A’s runs of {n} words stand in B; "
        f"{percent(overlap.containment_b)} of B’s in A."
    )
    passages_ = (
        f"Shared passages cover {percent(overlap.coverage_a)} of A’s {counted(overlap.words_a, 'word')} and "
        f"{percent(overlap.coverage_b)} of B’s {counted(overlap.words_b, 'word')}; "
        f"the longest run of the same words has {counted(overlap.longest, 'word')}."
    )
    return element("p", directions, " ", passages_)


def _versions(place: str, view: PairView, a: ArticleView, b: ArticleView) -> Html | None:
    if not view.versions:
        return None
    said = summary(view.edits, view.facts)
    said = f" {said[0].upper()}{said[1:]}.{_marks_or_words(view.edits)}"
    note = element("p", element("strong", "Both are versions of one text."), said)
    return join(note, element("h4", "What changed from A to B"), _whole_diff(place, view, a, b))


def _marks_or_words(edits: Sequence[EditLike]) -> str:
    """Say so if, where both have the text, they differ in marks rather than in words."""
    marks = sum(edit.level == "typography" for edit in edits)
    words = sum(edit.kind == "replace" and edit.level == "wording" for edit in edits)
    # Twice as many is what a reader would call "rather than".
    if marks <= 2 * words:
        return ""
    said = " Where both have the text, they differ in quotation marks, dashes and spaces"
    if not words:
        return f"{said}, and in no word."
    return f"{said} rather than in words: only {counted(words, 'place has', 'places have')} other words."


def _whole_diff(place: str, view: PairView, a: ArticleView, b: ArticleView) -> Html:
    if len(a.text) + len(b.text) > _LONGEST_DIFF:
        return element(
            "p", "The texts are too long to be compared on this page, see wortlaut diff.", class_="wl-note"
        )
    langs = (a.lang, b.lang)
    return diff(a.text, b.text, view.edits, langs=langs, place=place, inner=view.inner, facts=view.facts)


def _only(side: str, other: str, article: ArticleView, spans: Sequence[tuple[int, int]]) -> Html | None:
    """Show the paragraphs that only one of the two has."""
    if not spans:
        return None
    texts = [article.text[start:end] for start, end in spans]
    words = sum(map(count_words, texts))
    title = f"Only in {side}: {counted(len(texts), 'paragraph')}, {counted(words, 'word')}"
    quoted = [_quoted(text, article.lang) for text in texts[:_MOST_PARAGRAPHS]]
    rest = len(texts) - len(quoted)
    more = element("p", f"… {rest:,} more", class_="wl-note") if rest else None
    shown = join(*quoted, more)
    if words > _MOST_WORDS:
        shown = element("details", element("summary", "Show them"), shown)
    intro = element("p", f"These have no counterpart in {other}.", class_="wl-note")
    return join(element("h4", title), intro, shown)


def _quoted(text: str, lang: str) -> Html:
    return element(
        "blockquote", prose(shorten(text.strip(), 1500)), class_="wl-text", lang=language(lang), dir="auto"
    )


def _passages(place: str, view: PairView, a: ArticleView, b: ArticleView) -> Html | None:
    if not view.passages:
        return None
    shown = _heaviest(view.passages)
    title = counted(len(view.passages), "shared passage")
    table = passages(
        a.text,
        b.text,
        shown,
        heads=_heads(a, b),
        langs=(a.lang, b.lang),
        place=f"{place}-passage",
        longest=_LONGEST_PASSAGE,
    )
    rest = len(view.passages) - len(shown)
    more = element("p", f"… {rest:,} more{_ELSEWHERE}", class_="wl-note") if rest else None
    if view.versions:
        return element("details", element("summary", f"{title}, side by side"), table, more)
    return join(element("h4", title), table, more)


def _heaviest(found: Sequence[PassageView]) -> list[PassageView]:
    """Pick the passages with most words, and put them back into the order of A."""
    picked = sorted(found, key=lambda view: -view.matched)[:_MOST_PASSAGES]
    return sorted(picked, key=lambda view: (view.a_start, view.b_start))


def _quotes(view: PairView, a: ArticleView, b: ArticleView) -> Html | None:
    if not view.quotes:
        return None
    shown = view.quotes[:_MOST_QUOTES]
    rest = len(view.quotes) - len(shown)
    more = element("p", f"… {rest:,} more", class_="wl-note") if rest else None
    table = shared_quotes(a.text, b.text, shown, heads=_heads(a, b), langs=(a.lang, b.lang))
    title = counted(len(view.quotes), "shared quotation")
    if all(map(_is_same, view.quotes)):
        # Nothing became of them: above, they stand in passages, or in the diff.
        same = ", word for word the same" if len(view.quotes) == 1 else ", all word for word the same"
        return element("details", element("summary", title, same), table, more)
    return join(element("h4", title), table, more)


def _is_same(view: QuoteView) -> bool:
    return view.relation == "identical" and view.marked == "both" and not view.negation


def _heads(a: ArticleView, b: ArticleView) -> tuple[Html, Html]:
    first, second = _names(a, b)
    return join("A: ", first), join("B: ", second)
