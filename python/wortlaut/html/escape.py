"""Turns text into HTML: the only module that writes an angle bracket.

Article text, titles, outlets and addresses come from strangers. So markup has a type of its own, `Html`, and
only `escape`, `link`, `element`, `join` and `document` make it. Whatever is not `Html` is escaped when it
becomes a child or an attribute; and because every operation of `str` on an `Html` (`+`, `%`, f-strings,
slices) gives a plain `str`, a forgotten escape shows up as doubled escaping, never as a hole.
"""

import re
from base64 import b64encode
from functools import lru_cache
from typing import final
from urllib.parse import urlsplit

# What the pages are made of. No script, no form, no frame, no image but one drawn here: there is nothing to misuse.
_TAGS = """
html head meta title style body header nav main footer section h1 h2 h3 h4 p br a ul li dl dt dd table caption
thead tbody tr th td ins del mark span div details summary blockquote strong abbr bdi img
"""
_ATTRIBUTES = """
class id href rel lang dir title colspan scope role tabindex aria-label aria-labelledby charset name content
http-equiv width src alt
"""
TAGS = frozenset(_TAGS.split())
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
VOID = frozenset(("br", "meta", "img"))

# What drawings are made of, which are files of their own inside an image: they link and fetch nothing either.
_SHAPES = "svg g rect line circle text title desc style"
_SHAPE_ATTRIBUTES = "xmlns viewBox width height x y x1 y1 x2 y2 cx cy r class role text-anchor"
SHAPES = frozenset(_SHAPES.split())
SHAPE_ATTRIBUTES = frozenset(_SHAPE_ATTRIBUTES.split())

# `&<>"'`, control characters but for tab and newline, lone surrogates, the bidi controls that reach beyond
# themselves (U+200E, U+200F and U+061C do not: right-to-left articles need them), two noncharacters.
_SPECIAL = re.compile(
    "\r\n|[&<>\"'\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#x27;",
    "\r\n": "\n",
    "\x7f": "\u2421",
}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
# A place on this page, or on another page of the same report.
_PLACE = re.compile(r"(?:(?:index|pair-\d+|cluster-\d+)\.html)?#[A-Za-z][A-Za-z0-9-]*")
_CLASSES = re.compile(r"wortlaut|wl-[a-z0-9-]+")
_WIDTH = re.compile(r"\d{1,2}%")
_DRAWING = re.compile(r"data:image/svg\+xml;base64,[A-Za-z0-9+/]+={0,2}")
_HOST = re.compile(r"(?!-)[\w-]{1,63}(?:\.[\w-]{1,63})*\.?", re.UNICODE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
# White space, quotes, angle brackets and backslashes have no place in an address; browsers repair some of
# them into another address than the one we looked at.
_UNFIT = re.compile(
    "[\x00-\x20\x7f-\xa0\\\\\"'<>`\ud800-\udfff\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff]"
)
# Longer addresses exist, but no newspaper has them; servers refuse them too.
_LONGEST_ADDRESS = 2048


@final
class Html(str):
    """Markup that is already escaped; made from anything else, it escapes it.

    >>> Html("1 < 2")
    '1 &lt; 2'
    >>> type(Html("a") + "<b>").__name__
    'str'
    """

    __slots__ = ()

    def __new__(cls, text: object = "") -> "Html":
        """Escape `text`, unless it is `Html` already."""
        return text if isinstance(text, Html) else escape(text)

    def __html__(self) -> str:
        """Return the markup, for template engines that ask by this name."""
        return str(self)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Pickle the markup as it is, so that it is not escaped a second time."""
        return _markup, (str(self),)


def _markup(markup: str) -> Html:
    return str.__new__(Html, markup)


def escape(text: object) -> Html:
    r"""Escape any text for use between tags and inside quoted attributes.

    Beyond `&<>"'`, nothing invisible acts: control characters show as their pictures (NUL as ␀) or as
    `[U+0085]`, lone surrogates as U+FFFD, and bidi embeddings, overrides and isolates as `[U+202E]`, so that
    they cannot turn the rest of a line around. `\r\n` becomes `\n`.

    >>> escape('<img src=x onerror="alert(1)">')
    '&lt;img src=x onerror=&quot;alert(1)&quot;&gt;'
    >>> escape("\x00 \ud800 \u202egpj.exe")
    '␀ � [U+202E]gpj.exe'
    """
    return _markup(_SPECIAL.sub(_replacement, str(text)))


def _replacement(found: re.Match[str]) -> str:
    character = found[0]
    if character in _ENTITIES:
        return _ENTITIES[character]
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if 0xD800 <= code <= 0xDFFF or code >= 0xFFFE:
        return "\ufffd"
    return f"[U+{code:04X}]"


def join(*children: object) -> Html:
    """Put markup and texts one after the other; texts are escaped, `None` is skipped.

    >>> join(element("p", "a"), "<b>", None, 3)
    '<p>a</p>&lt;b&gt;3'
    """
    return _markup("".join([Html(child) for child in children if child is not None]))


def element(tag: str, /, *children: object, **attributes: object) -> Html:
    """Build one element; plain children and all attribute values are escaped, `Html` children are kept.

    Attribute names are keywords with `_` for `-`, and a final `_` where Python needs one (`class_`). `None`
    leaves an attribute out, `True` writes it without a value. Unknown tags and attributes, links to anything
    but the web or this page, and ids or classes with odd characters raise `ValueError`.

    >>> element("p", "a < b", class_="wl-note", title='say "no"')
    '<p class="wl-note" title="say &quot;no&quot;">a &lt; b</p>'
    >>> element("a", "x", href="javascript:alert(1)")
    Traceback (most recent call last):
    ValueError: href must be http(s) or a place on the page, got 'javascript:alert(1)'
    """
    if tag not in TAGS:
        raise ValueError(f"tag must be one of {', '.join(sorted(TAGS))}, got {tag!r}")
    opening = f"<{tag}{''.join([_attribute(name, value) for name, value in attributes.items()])}>"
    if tag in VOID:
        return _markup(opening)
    inner = _stylesheet(children) if tag == "style" else join(*children)
    return _markup(f"{opening}{inner}</{tag}>")


# The same few classes and languages come again and again; checking and escaping them anew takes half the time
# of a page. `typed` because 1 and True are the same key otherwise.
@lru_cache(maxsize=256, typed=True)
def _attribute(keyword: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = keyword.rstrip("_").replace("_", "-")
    if name not in ATTRIBUTES:
        raise ValueError(f"attribute must be one of {', '.join(sorted(ATTRIBUTES))}, got {name!r}")
    if value is True:
        return f" {name}"
    _check(name, str(value))
    return f' {name}="{escape(value)}"'


def _check(name: str, value: str) -> None:
    if name == "href" and not _PLACE.fullmatch(value) and not is_web_address(value):
        raise ValueError(f"href must be http(s) or a place on the page, got {value!r}")
    if name == "width" and not _WIDTH.fullmatch(value):
        raise ValueError(f"width must be a percentage, got {value!r}")
    if name == "src" and not _DRAWING.fullmatch(value):
        raise ValueError(f"src must be a drawing of our own, got {value!r}")
    if name == "id" and not _NAME.fullmatch(value):
        raise ValueError(f"id must be letters, digits and hyphens, got {value!r}")
    if name == "class" and not all(map(_CLASSES.fullmatch, value.split())):
        raise ValueError(f"class must be 'wortlaut' or begin with 'wl-', got {value!r}")


def shape(tag: str, /, *children: object, **attributes: object) -> Html:
    """Build one element of a drawing, as `element` does for pages; numbers get one decimal.

    >>> shape("text", "a < b", x=1.25, class_="wl-ink")
    '<text x="1.2" class="wl-ink">a &lt; b</text>'
    """
    if tag not in SHAPES:
        raise ValueError(f"tag must be one of {', '.join(sorted(SHAPES))}, got {tag!r}")
    told = "".join([_shape_attribute(name, value) for name, value in attributes.items()])
    inner = _stylesheet(children) if tag == "style" else join(*children)
    return _markup(f"<{tag}{told}>{inner}</{tag}>")


def _shape_attribute(keyword: str, value: object) -> str:
    name = keyword.rstrip("_").replace("_", "-")
    if name not in SHAPE_ATTRIBUTES:
        raise ValueError(f"attribute must be one of {', '.join(sorted(SHAPE_ATTRIBUTES))}, got {name!r}")
    _check("class" if name == "class" else "", str(value))
    return f' {name}="{escape(f"{value:.1f}" if isinstance(value, float) else value)}"'


def image(drawing: Html, alt: str) -> Html:
    """Put a drawing into a page as an image, in which nothing can run; `alt` is what is read out in its place.

    >>> image(shape("svg"), "Eins")
    '<img src="data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=" alt="Eins">'
    """
    data = b64encode(Html(drawing).encode()).decode()
    return element("img", src=f"data:image/svg+xml;base64,{data}", alt=alt)


def _stylesheet(rules: tuple[object, ...]) -> str:
    # Inside <style> nothing is unescaped again, so `>` and quotes must stand as they are; without `<` it
    # cannot end.
    text = "".join(map(str, rules))
    if "<" in text:
        raise ValueError("a style sheet must not contain '<'")
    return text


def document(root: Html) -> str:
    """Put the doctype before an `html` element.

    >>> print(document(element("html", lang="en")), end="")
    <!doctype html>
    <html lang="en"></html>
    """
    return f"<!doctype html>\n{Html(root)}\n"


def link(url: str | None, label: object) -> Html:
    """Link a label to a web address, or give the label alone if the address is not a plain http(s) one.

    >>> link("https://example.org/a?b=1&c=2", "Example")
    '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">Example</a>'
    >>> link("javascript:alert(1)", "<b>Example</b>")
    '&lt;b&gt;Example&lt;/b&gt;'
    """
    if url is None or not is_web_address(url):
        return Html(label)
    return element("a", label, href=url, rel="noopener noreferrer")


def anchor(place: str, label: object, **attributes: object) -> Html:
    """Link a label to a place on the same page, or on another page of the same report.

    >>> anchor("pair-1", "1")
    '<a href="#pair-1">1</a>'
    >>> anchor("pair-1.html#pair-1", "1")
    '<a href="pair-1.html#pair-1">1</a>'
    """
    return element("a", label, href=place if "#" in place else f"#{place}", **attributes)


def is_web_address(url: str) -> bool:
    """Say whether this is http(s) with a plain host, no user name and nothing a browser would repair.

    >>> [is_web_address(url) for url in ("https://example.org", "//example.org", "https://a@b.org")]
    [True, False, False]
    """
    if len(url) > _LONGEST_ADDRESS or _UNFIT.search(url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = parts.scheme in ("http", "https") and "@" not in parts.netloc and (port is None or port > 0)
    return plain and _HOST.fullmatch(parts.hostname or "") is not None


def language(code: str | None) -> str | None:
    """Return a language code fit for `lang`, or None so that the attribute is left out.

    >>> language("de-CH"), language('de" onclick="x'), language("")
    ('de-CH', None, None)
    """
    return code if code and _LANGUAGE.fullmatch(code) else None
