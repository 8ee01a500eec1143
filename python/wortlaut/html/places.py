"""Where the parts of a report stand: all on one page, or each section on a page of its own beside the overview."""

from dataclasses import dataclass

from wortlaut.html.escape import Html, anchor, element

# Articles with a row on the overview: a list that somebody still scrolls through.
MOST_ARTICLES = 1000


@dataclass(frozen=True, slots=True)
class Places:
    """How many pairs and clusters have a section, the first ones of each, and whether these are pages `apart`.

    >>> Places(pairs=2).pair(1, "1"), Places(pairs=2, apart=True).pair(1, "1"), Places(pairs=2).pair(3, "3")
    ('<a href="#pair-1">1</a>', '<a href="pair-1.html#pair-1">1</a>', '3')
    """

    pairs: int = 0
    clusters: int = 0
    apart: bool = False

    def section(self, name: str) -> str:
        """Return where the section `name` stands, seen from the overview.

        >>> Places().section("pair-1"), Places(apart=True).section("pair-1")
        ('pair-1', 'pair-1.html#pair-1')
        """
        return f"{name}.html#{name}" if self.apart else name

    def pair(self, number: int, label: object) -> Html:
        """Link a label to the section of a pair, if it has one."""
        return anchor(self.section(f"pair-{number}"), label) if number <= self.pairs else Html(label)

    def cluster(self, number: int, label: object) -> Html:
        """Link a label to the section of a cluster, if it has one."""
        return anchor(self.section(f"cluster-{number}"), label) if number <= self.clusters else Html(label)

    def overview(self, name: str, label: object, **attributes: object) -> Html:
        """Link a label to a part of the overview, from a section.

        >>> Places(apart=True).overview("ranking", "All pairs")
        '<a href="index.html#ranking">All pairs</a>'
        """
        return anchor(f"index.html#{name}" if self.apart else name, label, **attributes)

    def article(self, place: int, label: object, **attributes: object) -> Html:
        """Link a label to the row of an article, if it has one.

        >>> Places().article(0, "1"), Places().article(MOST_ARTICLES, "1,001")
        ('<a href="#article-1">1</a>', '<span>1,001</span>')
        """
        if place < MOST_ARTICLES:
            return self.overview(f"article-{place + 1}", label, **attributes)
        return element("span", label, **attributes)


ON_ONE_PAGE = Places()
