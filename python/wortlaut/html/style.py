"""The look of everything: one style block, every rule under `.wortlaut`, colours only here.

Blue stands for what came and orange for what went, which red-green blind readers can tell apart too;
underline, strike-through, brackets and words say the same without any colour. Text keeps the contrast of
WCAG AA (4.5 to 1) on every ground in both themes; a test computes it.
"""

from wortlaut.html.escape import Html, element, language

# Each colour in the light and in the dark theme.
COLOURS = {
    "ink": ("#1b1f24", "#e4e7eb"),
    "quiet": ("#57606a", "#a3acb8"),
    "paper": ("#ffffff", "#16191d"),
    "panel": ("#f4f6f8", "#20252b"),
    "line": ("#d0d7de", "#3b434d"),
    "link": ("#0b5394", "#7cb7f2"),
    "new": ("#08407f", "#a9d1ff"),
    "new-ground": ("#dcebfb", "#12335a"),
    "old": ("#7d3403", "#ffc08a"),
    "old-ground": ("#fdebd8", "#4d2a0c"),
    "step-1": ("#eff5fc", "#1a232e"),
    "step-2": ("#d6e6f7", "#1c3049"),
    "step-3": ("#b5d2f0", "#1d3f66"),
    "step-4": ("#86b5e4", "#1f5085"),
    "step-5": ("#2a6db3", "#8dbcec"),
    "step-6": ("#0a427f", "#c6e0fb"),
    "step-far": ("#ffffff", "#0c1116"),
}

# The hosts that say which theme they show. The order of the rules decides: what the system prefers, then
# hosts that say light, then hosts that say dark.
_LIGHT_HOSTS = (
    "html[theme=light]",
    "[data-theme=light]",
    "body[data-jp-theme-light=true]",
    "body.vscode-light",
)
_DARK_HOSTS = (
    "html[theme=dark]",
    "[data-theme=dark]",
    "body[data-jp-theme-light=false]",
    "body.vscode-dark",
    ".vscode-high-contrast",
    "html.dark",
)

# Twice the class where JupyterLab has a rule of its own for tables, which sets them flush right.
_RULES = """
.wortlaut { color: var(--wl-ink); background: var(--wl-paper); line-height: 1.5; padding: .2em .4em;
  overflow-wrap: break-word; }
.wortlaut *, .wortlaut *::before { box-sizing: border-box; }
.wortlaut .wl-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; user-select: none; }
.wortlaut p { margin: 0 0 .7em; }
.wortlaut td > p:last-child, .wortlaut details > p:last-child { margin-bottom: 0; }
.wortlaut a { color: var(--wl-link); text-decoration: underline; text-underline-offset: .15em; }
.wortlaut a:focus-visible, .wortlaut summary:focus-visible, .wortlaut .wl-scroll:focus-visible {
  outline: 2px solid var(--wl-link); outline-offset: 2px; }
.wortlaut .wl-note, .wortlaut caption { color: var(--wl-quiet); }
.wortlaut .wl-text { font-family: Charter, "Bitstream Charter", Cambria, Georgia, serif; max-width: 44rem; }

.wortlaut ins { color: var(--wl-new); background: var(--wl-new-ground); text-decoration: underline 2px;
  text-underline-offset: .18em; text-decoration-skip-ink: none; border-radius: .15em; padding: 0 .1em; }
.wortlaut del { color: var(--wl-old); background: var(--wl-old-ground); text-decoration: line-through 2px;
  border-radius: .15em; padding: 0 .1em; }
.wortlaut .wl-long { text-decoration-thickness: 1px; }
.wortlaut ins.wl-typography { background: none; text-decoration: underline dotted 1px; }
.wortlaut del.wl-typography { background: none; text-decoration: line-through dotted 1px; }
.wortlaut ins.wl-case, .wortlaut ins.wl-spelling { background: none; text-decoration: underline dashed 1px; }
.wortlaut del.wl-case, .wortlaut del.wl-spelling { background: none; text-decoration: line-through 1px; }
.wortlaut ins.wl-moved { background: none; text-decoration: none; border-radius: 0; padding: 0;
  border-block: 1px solid var(--wl-new); }
.wortlaut del.wl-moved { background: none; text-decoration: none; border-radius: 0; padding: 0;
  border-block: 1px dashed var(--wl-old); }
.wortlaut .wl-number { font: 600 .75em/1 system-ui, sans-serif; white-space: nowrap; }

.wortlaut mark.wl-shared { background: none; color: inherit; }
.wortlaut div > p > mark.wl-shared { background: var(--wl-new-ground); color: var(--wl-new); }
.wortlaut strong.wl-differs { color: var(--wl-new); background: var(--wl-new-ground); font-weight: 600;
  text-decoration: underline 2px; text-underline-offset: .18em; padding: 0 .1em; border-radius: .15em; }
.wortlaut td:first-child strong.wl-differs { color: var(--wl-old); background: var(--wl-old-ground); }
.wortlaut td strong.wl-differs.wl-quiet { background: none; font-weight: inherit;
  text-decoration: underline dotted 1px; }
.wortlaut .wl-context { color: var(--wl-quiet); }
.wortlaut .wl-warning { color: var(--wl-old); }

.wortlaut table { border-collapse: collapse; margin: 0 0 1em; font-size: .95em; color: inherit; border: 0; }
.wortlaut caption { text-align: start; padding: 0 0 .4em; caption-side: top; }
.wortlaut th, .wortlaut td { padding: .3em .6em; text-align: start; vertical-align: top; background: none;
  border: 0; border-bottom: 1px solid var(--wl-line); white-space: normal; max-width: none; }
.wortlaut.wortlaut th, .wortlaut.wortlaut td { text-align: start; }
.wortlaut.wortlaut .wl-figure { text-align: end; }
.wortlaut.wortlaut .wl-matrix td, .wortlaut.wortlaut .wl-matrix thead th { text-align: center; }
.wortlaut thead th { border-bottom: 2px solid var(--wl-line); font-weight: 600; }
.wortlaut .wl-figure { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.wortlaut th[scope=rowgroup] { background: var(--wl-panel); font-weight: 600; }
.wortlaut .wl-table td { max-width: 36rem; }
.wortlaut .wl-by-outlet th[scope=row] { min-width: 22em; font-weight: inherit; background: var(--wl-paper);
  position: sticky; inset-inline-start: 0; }
.wortlaut .wl-by-outlet th + th, .wortlaut .wl-by-outlet td { padding: .35em .4em; font-size: .85em; }
.wortlaut .wl-date { white-space: nowrap; }
.wortlaut .wl-name { display: inline-block; min-width: 8em; }
.wortlaut th.wl-wide { min-width: 11em; }
.wortlaut .wl-scroll { overflow-x: auto; max-width: 100%; }
.wortlaut .wl-side { display: none; }
.wortlaut img { max-width: 100%; height: auto; border: 1px solid var(--wl-line); }

.wortlaut .wl-sides { table-layout: fixed; width: 100%; max-width: 90rem; }
.wortlaut .wl-sides td { padding: .5em .8em; max-width: none; }
.wortlaut .wl-sides td + td { border-inline-start: 1px solid var(--wl-line); }

.wortlaut .wl-matrix { font-variant-numeric: tabular-nums; }
.wortlaut .wl-matrix td { text-align: center; min-width: 2.6em; padding: .3em .35em;
  border: 1px solid var(--wl-line); }
.wortlaut .wl-matrix thead th { text-align: center; }
.wortlaut .wl-matrix thead td { border: 0; }
.wortlaut .wl-matrix th[scope=row] { font-weight: 400; white-space: nowrap; background: var(--wl-paper);
  position: sticky; inset-inline-start: 0; max-width: 15em; overflow: hidden; text-overflow: ellipsis; }
.wortlaut .wl-matrix abbr { text-decoration: none; cursor: help; }
.wortlaut .wl-matrix td a { color: inherit; }
.wortlaut .wl-self { color: var(--wl-quiet); }

.wortlaut details { margin: 0 0 .7em; }
.wortlaut summary { cursor: pointer; color: var(--wl-link); font: .85em/1.6 system-ui, sans-serif; }
.wortlaut .wl-fold { border-inline-start: 3px solid var(--wl-line); padding-inline-start: .7em; }
"""

# What only a whole page has.
_PAGE = """
.wortlaut.wl-page { margin: 0 auto; padding: 1.2rem clamp(.8rem, 3vw, 2.5rem) 4rem; max-width: 76rem;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.wortlaut h1 { font-size: 1.7rem; line-height: 1.2; margin: 1rem 0 .8rem; }
.wortlaut h2 { font-size: 1.3rem; line-height: 1.25; margin: 2.4rem 0 .7rem; padding-top: .7rem;
  border-top: 2px solid var(--wl-line); }
.wortlaut h3 { font-size: 1.12rem; line-height: 1.3; margin: 2rem 0 .5rem; }
.wortlaut h4 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
.wortlaut.wl-page p, .wortlaut li { max-width: 46rem; }
.wortlaut :target { scroll-margin-top: 1rem; outline: 2px solid var(--wl-link); outline-offset: 3px; }
.wortlaut nav ul { padding: 0; margin: 0; list-style: none; display: flex; flex-wrap: wrap;
  gap: .2rem 1.1rem; }
.wortlaut dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem .9rem; margin: 0 0 1em; }
.wortlaut dt { font-weight: 600; }
.wortlaut dd { margin: 0; }
.wortlaut blockquote { margin: 0 0 .8em; padding-inline-start: .9em;
  border-inline-start: 3px solid var(--wl-line); }
.wortlaut .wl-skip { position: absolute; inset-inline-start: -100rem; }
.wortlaut .wl-skip:focus { position: static; }
.wortlaut footer { margin-top: 3rem; color: var(--wl-quiet); font-size: .9em; }
"""

# On a phone two columns would be three words wide each: the sides stand one under the other.
_NARROW = """
.wortlaut .wl-sides, .wortlaut .wl-sides tbody, .wortlaut .wl-sides tr, .wortlaut .wl-sides td,
.wortlaut .wl-sides th[scope=rowgroup] { display: block; width: 100%; }
.wortlaut .wl-sides thead { display: none; }
.wortlaut .wl-sides td { border-bottom: 0; padding: .3em .1em; }
.wortlaut .wl-sides td + td { border-inline-start: 0; border-top: 1px dashed var(--wl-line); }
.wortlaut .wl-sides tr:has(td) { border-bottom: 2px solid var(--wl-line); padding: .3em 0; }
.wortlaut .wl-sides .wl-side { display: block; color: var(--wl-quiet);
  font: 600 .8em/1.6 system-ui, sans-serif; }
.wortlaut .wl-articles, .wortlaut .wl-articles tbody { display: block; }
.wortlaut .wl-articles thead { display: none; }
.wortlaut .wl-articles tr { display: block; position: relative; padding: .5em 0 .5em 2.4em;
  border-bottom: 1px solid var(--wl-line); }
.wortlaut .wl-articles td { display: inline; border: 0; padding: 0 .8em 0 0; color: var(--wl-quiet); }
.wortlaut .wl-articles td:nth-child(1) { position: absolute; inset-inline-start: 0;
  width: 1.6em; padding: 0; }
.wortlaut .wl-articles td:nth-child(2) { display: block; }
.wortlaut .wl-articles td:nth-child(5)::after { content: " words"; }
.wortlaut .wl-stack, .wortlaut .wl-stack tbody, .wortlaut .wl-stack tr { display: block; }
.wortlaut .wl-stack thead { display: none; }
.wortlaut .wl-stack tr { padding: .5em 0; border-bottom: 1px solid var(--wl-line); }
.wortlaut.wortlaut .wl-stack td { display: inline-block; border: 0; padding: 0 1em 0 0; text-align: start; }
.wortlaut.wortlaut .wl-stack td:empty { display: none; }
.wortlaut.wortlaut .wl-stack td:has(.wl-name), .wortlaut.wortlaut .wl-stack td[dir] { display: block; }
.wortlaut .wl-stack .wl-side { display: inline; color: var(--wl-quiet); font-size: .85em; }
.wortlaut dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
.wortlaut dd { margin-bottom: .5rem; }
.wortlaut .wl-matrix th[scope=row] { max-width: 8.5em; }
.wortlaut .wl-by-outlet th[scope=row] { min-width: 11em; position: static; }
"""

_FORCED = """
.wortlaut ins, .wortlaut del, .wortlaut mark, .wortlaut strong { forced-color-adjust: auto; }
.wortlaut div > p > mark.wl-shared { background: Mark; color: MarkText; }
.wortlaut td[class*=wl-step] { border-width: 2px; color: CanvasText; }
.wortlaut .wl-matrix td a { color: LinkText; }
"""

_PRINT = """
.wortlaut.wl-page { max-width: none; padding: 0; font-size: 10pt; }
.wortlaut nav, .wortlaut .wl-skip { display: none; }
.wortlaut tr, .wortlaut blockquote { break-inside: avoid; }
.wortlaut h2, .wortlaut h3, .wortlaut h4, .wortlaut th { break-after: avoid; }
.wortlaut .wl-scroll { overflow: visible; }
.wortlaut table { font-size: .9em; }
.wortlaut th, .wortlaut td { overflow-wrap: anywhere; min-width: 3.6em; padding: .25em .4em; }
.wortlaut .wl-matrix td, .wortlaut .wl-matrix th { overflow-wrap: normal; min-width: 0; padding: .2em; }
.wortlaut .wl-picture { break-inside: avoid; }
.wortlaut .wl-figures { display: none; }
.wortlaut th.wl-wide { min-width: 8em; }
.wortlaut details::details-content { content-visibility: visible; block-size: auto; }
.wortlaut ins, .wortlaut del, .wortlaut td, .wortlaut mark, .wortlaut strong { print-color-adjust: exact; }
.wortlaut .wl-by-outlet th[scope=row] { min-width: 11em; position: static; }
"""


def _steps() -> str:
    rule = ".wortlaut td.wl-step-{0} {{ background: var(--wl-step-{0}); color: var(--wl-{1}); }}"
    return "\n".join([rule.format(step, "ink" if step < 5 else "step-far") for step in range(1, 7)])


def _theme(selectors: tuple[str, ...], which: int) -> str:
    scheme = "dark" if which else "light"
    colours = " ".join([f"--wl-{name}: {pair[which]};" for name, pair in COLOURS.items()])
    return f"{', '.join(selectors)} {{ color-scheme: {scheme}; {colours} }}"


def _sheet(rules: str) -> str:
    light = tuple(f"{host} .wortlaut" for host in _LIGHT_HOSTS)
    dark = tuple(f"{host} .wortlaut" for host in _DARK_HOSTS)
    return "\n".join(
        (
            _theme((".wortlaut",), 0),
            f"@media (prefers-color-scheme: dark) {{ {_theme(('.wortlaut',), 1)} }}",
            _theme(light, 0),
            _theme(dark, 1),
            rules.strip(),
            _steps(),
            f"@media (max-width: 40rem) {{{_NARROW}}}",
            f"@media (forced-colors: active) {{{_FORCED}}}",
            f"@media print {{\n{_theme(('.wortlaut', *light, *dark), 0)}{_PRINT}}}",
        )
    )


# For a notebook cell, and for a page of our own.
FRAGMENT_SHEET = _sheet(_RULES)
PAGE_SHEET = _sheet(_RULES + _PAGE) + "\n@page { margin: 15mm; }"


def fragment(*children: object, lang: str | None = None) -> Html:
    """Wrap what a notebook cell shows: the style block and the content, under the one class.

    >>> fragment("<b>").endswith("&lt;b&gt;</div>")
    True
    """
    return element("div", element("style", FRAGMENT_SHEET), *children, class_="wortlaut", lang=language(lang))
