"""The words of a report, each explained once."""

from wortlaut.html.escape import Html, element, join

PASSAGES = {
    "verbatim": "the same words, the same capitals, the same marks.",
    "typography": "the same words; only quotation marks, dashes, spaces or capitals differ.",
    "edited": "mostly the same words in the same order; some were cut, added or replaced.",
    "reworded": "the same statement with many other words.",
}

RELATIONS = {
    "identical": "the same words in both articles.",
    "trimmed": "the later article has only a part of the statement.",
    "extended": "the later article has more of the statement.",
    "elided": "words are left out in the middle.",
    "edited": "some words were replaced, added or dropped.",
    "reworded": "said with other words.",
}

LEVELS = {
    "typography": "punctuation, quotation marks, dashes, spaces; marked with a thin dotted line.",
    "case": "capitals only; marked with a thin line.",
    "spelling": "two spellings of one word or number, such as Straße and Strasse; marked with a thin line.",
    "wording": "other words or numbers; marked with a coloured ground.",
}


def _terms(terms: dict[str, str]) -> Html:
    rows = [join(element("dt", name), element("dd", text)) for name, text in terms.items()]
    return element("dl", *rows)


def legend(n: int) -> Html:
    """Explain the figures, the kinds of passages and the relations of quotations.

    >>> "word 5-grams" in legend(5)
    True
    """
    example = "“92\u00a0% of A’s stand in B”"
    figures = (
        f"Figures count runs of {n} words (word {n}-grams). {example} says how much of A can be read in B; "
        "the other direction tells which of the two has more. Capitals, quotation marks and dashes do not "
        "count as differences there."
    )
    marks = join(
        "In a word diff, ",
        element("del", "struck out"),
        " stands only in the earlier article A, ",
        element("ins", "underlined"),
        " only in the later one B. A piece that stands elsewhere in the other article is framed and numbered "
        "in both places. Grey words around a passage are its surroundings.",
    )
    return join(
        element("p", figures),
        element("p", marks),
        element("h3", "How deep a difference goes"),
        _terms(LEVELS),
        element("h3", "Kinds of passages"),
        _terms(PASSAGES),
        element("h3", "How two places of a quotation relate"),
        _terms(RELATIONS),
    )
