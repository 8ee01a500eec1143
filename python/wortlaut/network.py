"""The network of reuse: outlets or articles, and what they share, for programs that draw and measure networks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from wortlaut.dates import parse_date
from wortlaut.errors import InvalidTypeError, InvalidValueError, check_choice, counted, require_extra, shown
from wortlaut.frames import Column, Framed
from wortlaut.page import FilePath, check_path, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from wortlaut.articles import Article
    from wortlaut.corpus import Corpus
    from wortlaut.corpus_rows import CorpusPassages

# What XML 1.0 has no way to write.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_TYPES = {int: "long", str: "string"}


@dataclass(frozen=True, slots=True)
class Network(Framed):
    """Who shares words with whom: `nodes` with the number of their `articles`, `edges` with what is shared.

    An edge points from the earlier to the later article, or to that article's outlet: `pairs` of articles,
    `passages`, and the `words` matched in them.

    >>> Network({"Kurier": 2}, [("Kurier", "Bote", 1, 3, 80)])
    Network(1 node, 1 edge)
    """

    nodes: dict[str, int]
    edges: Sequence[tuple[str, str, int, int, int]]

    def _whole(self) -> dict[str, Column | Sequence[Any]]:
        columns = list(zip(*self.edges, strict=True)) or [()] * 5
        numbers = {name: Column.of_numbers(columns[place]) for place, name in enumerate(_FIGURES, 2)}
        return {"source": list(columns[0]), "target": list(columns[1]), **numbers}

    def __repr__(self) -> str:
        return f"Network({counted(len(self.nodes), 'node')}, {counted(len(self.edges), 'edge')})"

    def to_graphml(self, path: FilePath | None = None) -> str:
        """Return the network as GraphML, which Gephi, yEd and igraph read; with a `path`, also write it there.

        >>> "&lt;b&gt;" in Network({"<b>": 1}, []).to_graphml()
        True
        """
        where = None if path is None else check_path(path)
        root = Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
        for name, owner, kind in (("articles", "node", int), *((name, "edge", int) for name in _FIGURES)):
            told = {"id": name, "for": owner, "attr.name": name, "attr.type": _TYPES[kind]}
            SubElement(root, "key", told)
        graph = SubElement(root, "graph", edgedefault="directed")
        for name, articles in self.nodes.items():
            _data(SubElement(graph, "node", id=_written(name)), "articles", articles)
        for source, target, *figures in self.edges:
            edge = SubElement(graph, "edge", source=_written(source), target=_written(target))
            for name, figure in zip(_FIGURES, figures, strict=True):
                _data(edge, name, figure)
        indent(root)
        text = tostring(root, encoding="unicode", xml_declaration=False)
        if where is not None:
            write(where, text)
        return text

    def to_networkx(self) -> Any:
        """Return the network as a `networkx.DiGraph`.

        Raises `MissingExtraError` where networkx is not installed.

        >>> Network({"Kurier": 2, "Bote": 1}, [("Kurier", "Bote", 1, 3, 80)]).to_networkx().number_of_edges()
        1
        """
        graph = require_extra("networkx", "networkx").DiGraph()
        graph.add_nodes_from((name, {"articles": articles}) for name, articles in self.nodes.items())
        graph.add_edges_from(
            (source, target, dict(zip(_FIGURES, figures, strict=True)))
            for source, target, *figures in self.edges
        )
        return graph


_FIGURES = ("pairs", "passages", "words")


def _data(parent: Element, key: str, value: int) -> None:
    SubElement(parent, "data", key=key).text = str(value)


def _written(name: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", name)


def network(
    corpus: Corpus,
    *,
    by: str = "outlet",
    found: CorpusPassages | None = None,
    min_words: int = 8,
    within: str | timedelta | None = None,
    since: object = None,
) -> Network:
    """Return who shares passages with whom, by outlet or by article; `found` are the passages, if they are there.

    Articles of one outlet among each other are no edge; an article without an outlet stands for itself. `within` and
    `since` choose pairs, as in `passages_of`.

    >>> from wortlaut import Corpus
    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> network(Corpus([line, "Heute: " + line], outlets=["Kurier", "Bote"])).edges
    [('Kurier', 'Bote', 1, 1, 9)]
    """
    check_corpus(corpus)
    check_choice("by", by, ("outlet", "article"))
    found = passages_of(corpus, found, min_words=min_words, within=within, since=since)
    names = [_name(article, by) for article in corpus.articles]
    nodes: dict[str, int] = {}
    for name in names:
        nodes[name] = nodes.get(name, 0) + 1
    figures: dict[tuple[str, str], tuple[set[tuple[int, int]], list[int]]] = {}
    places = zip(found._hidden["a"], found._hidden["b"], found.column("matched"), strict=True)
    for a, b, matched in places:
        if names[a] != names[b]:
            pairs, words = figures.setdefault((names[a], names[b]), (set(), []))
            pairs.add((a, b))
            words.append(matched)
    edges = [(*ends, len(pairs), len(words), sum(words)) for ends, (pairs, words) in figures.items()]
    return Network(nodes, sorted(edges))


def passages_of(
    corpus: Corpus,
    found: CorpusPassages | None,
    *,
    min_words: int,
    within: str | timedelta | None,
    since: object,
) -> CorpusPassages:
    """Return the passages that are drawn: those `found`, or else those of pairs with dates `within` a span of time.

    With `since`, only those whose later article has a date that is not older, as in `Index.pairs`.

    >>> from wortlaut import Corpus
    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> corpus = Corpus([line] * 3, dates=["2025-03-04", "2025-03-05", "2025-03-07"])
    >>> len(passages_of(corpus, None, min_words=8, within="24h", since=None))
    1
    >>> len(passages_of(corpus, corpus.passages(), min_words=8, within=None, since="2025-03-06"))
    2
    """
    check_asked_once(found, within)
    found = corpus.passages(min_words=min_words, within=within) if found is None else found
    kept = dated_since(since, [corpus.articles[place] for place in found._hidden["b"]])
    return found if kept is None else found.take(kept)


def check_asked_once(found: object, within: object) -> None:
    """Raise `InvalidValueError` where a span of time is told, but the search for it is over.

    >>> check_asked_once(None, "24h")
    """
    if found is not None and within is not None:
        told = f"within must be left out where found is told, got {shown(within)}; search for found with it"
        raise InvalidValueError(told)


def dated_since(since: object, articles: Sequence[Article]) -> list[int] | None:
    """Return the places of the articles that are not older than the date `since`, or None if there is no such date.

    >>> dated_since(None, [])
    """
    if since is None:
        return None
    date = parse_date(since)
    if date is None:
        raise InvalidValueError(f"since must be a date such as '2025-03-04', got {shown(since)}")
    first = date.timestamp()
    dates = [(place, article.date) for place, article in enumerate(articles)]
    return [place for place, known in dates if known is not None and known.timestamp() >= first]


def check_corpus(corpus: object) -> None:
    """Raise `InvalidTypeError` for anything but a corpus.

    >>> check_corpus(["eins"])
    Traceback (most recent call last):
    ...
    wortlaut.errors.InvalidTypeError: corpus must be a Corpus, got ['eins']; make one of it, as in Corpus(texts)
    """
    from wortlaut.corpus import Corpus

    if not isinstance(corpus, Corpus):
        told = f"corpus must be a Corpus, got {shown(corpus)}; make one of it, as in Corpus(texts)"
        raise InvalidTypeError(told)


def _name(article: Article, by: str) -> str:
    return (article.outlet or article.id) if by == "outlet" else article.id
