"""How the package is built: imports point one way, every public name explains itself, options have names."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import wortlaut as wl

PACKAGE = Path(wl.__file__).parent

# From the bottom up: a module may import what stands in a line before its own, and nothing else of the package.
LAYERS = """
_core
errors
dates fields given groups moved unified html.escape html.views html.words scene
page timeline wholes bulk
folder frames
progress html.flow html.legend html.style html.table
html.excerpt html.picture html.places
html.diff html.passages
html.quotes html.strip
html.clusters html.pair
html.overview
html.report
html
problems
articles matrix marked picture
many
results lexicon
text
diff
diff_rows gather passages overlap quotes history
held statements
clusters corpus_rows pairs
linking spread drawn
spreading
report
corpus
index network
plot
read.decode read.nexis read.plain read.sources
read.reading
read.pages read.rows
read.parquet
read.files
read
cli.listing cli.options
cli.output
cli.inputs
cli.index cli.many cli.texts
cli
"""
PLACE = {module: line for line, names in enumerate(LAYERS.split("\n")) for module in names.split()}

HEAVY = {
    "pandas",
    "numpy",
    "pyarrow",
    "polars",
    "click",
    "tqdm",
    "difflib",
    "tomllib",
    "wortlaut.html",
    "wortlaut.read",
}


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports(path: Path) -> set[str]:
    """Return the modules of the package that a module imports when it runs, inside functions too."""
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting += node.orelse
            continue
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports have the whole name"
            found |= (
                {f"{node.module}.{one.name}" for one in node.names}
                if node.module == "wortlaut"
                else {str(node.module)}
            )
        waiting += ast.iter_child_nodes(node)
    return {name.removeprefix("wortlaut.") for name in found if name.startswith("wortlaut.")}


MODULES = {module_name(path): path for path in PACKAGE.rglob("*.py")}


class TestLayers:
    def test_every_module_has_its_place(self):
        assert {*MODULES, "_core"} - {""} == set(PLACE), "give the new module its place in LAYERS"

    @pytest.mark.parametrize("module", sorted(set(MODULES) - {""}))
    def test_imports_point_one_way(self, module):
        known = {name for name in imports(MODULES[module]) if name != "__version__"}
        upward = {name for name in known if PLACE[name] >= PLACE[module]}
        assert not upward, f"{module} imports {upward} from its own layer or above"

    @pytest.mark.parametrize("module", sorted(set(MODULES)))
    def test_no_module_is_long(self, module):
        assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= 500

    @pytest.mark.parametrize("module", sorted(set(MODULES)))
    def test_functions_are_short(self, module):
        for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                documented = isinstance(node.body[0], ast.Expr) and isinstance(
                    node.body[0].value, ast.Constant
                )
                first = node.body[min(1, len(node.body) - 1)] if documented else node.body[0]
                assert (node.end_lineno or 0) - first.lineno < 60, node.name

    def test_only_the_bottom_names_the_extension(self):
        direct = {module for module, path in MODULES.items() if "_core" in imports(path)}
        assert direct <= {
            *("", "text", "diff", "diff_rows", "history", "overlap", "passages", "quotes", "corpus", "index"),
            "statements",
            "lexicon",
            "unified",
            *("given", "many"),  # columns stay in Arrow's memory, which is the extension's business
        }


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)


class TestImport:
    def test_nothing_heavy_is_imported_at_the_top(self):
        script = "import sys, wortlaut as wl; wl.diff('a', 'b').edits[0]; print(*sys.modules, sep='\\n')"
        assert not HEAVY & set(python("-c", script).stdout.split())

    def test_nothing_optional_is_imported_for_a_corpus(self):
        script = "import sys, wortlaut as wl; repr(wl.Corpus(['a', 'a']).passages()); print(*sys.modules, sep='\\n')"
        assert (
            not HEAVY
            & {"pandas", "numpy", "pyarrow", "polars", "click", "tqdm"}
            & set(python("-c", script).stdout.split())
        )

    def test_how_long_it_takes_is_told(self, record_property, capsys):
        told = min(
            (
                int(python("-X", "importtime", "-c", "import wortlaut").stderr.split("|")[-2])
                for _ in range(3)
            ),
        )
        record_property("import_ms", told / 1000)
        with capsys.disabled():
            print(f" [import wortlaut: {told / 1000:.0f} ms]", end="")

    def test_every_name_can_be_imported(self):
        assert set(wl.__all__) <= set(dir(wl))
        assert len(wl.__all__) == len(set(wl.__all__))
        assert list(wl.__all__) == sorted(wl.__all__)
        python("-W", "error", "-c", "from wortlaut import *; Corpus, diff, sample_articles")
        with pytest.raises(AttributeError, match="no attribute 'passage'"):
            _ = wl.passage

    def test_what_comes_later_is_told_alike_to_type_checkers(self):
        checking = next(node for node in ast.parse(MODULES[""].read_text()).body if isinstance(node, ast.If))
        told = {name.name: line.module for line in checking.body for name in line.names}
        assert told == {name: f"wortlaut.{module}" for name, module in wl._LATER.items()}
        assert set(told) <= set(wl.__all__)

    def test_a_star_is_what_is_public(self):
        public = {name for name, value in vars(wl).items() if name[0] != "_" and not inspect.ismodule(value)}
        assert public <= {*wl.__all__, "TYPE_CHECKING", "import_module"}


def members() -> list[tuple[str, object]]:
    """Return every public function, class, method and property, by the name that users write."""
    found: dict[str, object] = {}
    for name in wl.__all__:
        value = getattr(wl, name)
        if name.startswith("__"):
            continue
        found[name] = value
        for kind in value.__mro__ if isinstance(value, type) else ():
            if kind.__module__.startswith("wortlaut"):
                for attribute, member in vars(kind).items():
                    if attribute[0] != "_" and isinstance(
                        member, property | classmethod | staticmethod
                    ) | callable(member):
                        found.setdefault(f"{name}.{attribute}", member)
    return list(found.items())


MEMBERS = [pytest.param(name, value, id=name) for name, value in members()]


class TestDocumentation:
    @pytest.mark.parametrize(("name", "value"), MEMBERS)
    def test_every_public_name_has_a_docstring_with_an_example(self, name, value):
        told = inspect.getdoc(value) or ""
        assert re.match(r"[A-Z0-9][^\n]*[.:`]", told), f"{name} begins with no sentence"
        assert "\n>>> " in told, f"{name} has no example"

    def test_every_module_begins_with_what_it_knows(self):
        for module, path in MODULES.items():
            assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), module


# What may be given without its name: the texts, and what a call is about.
SUBJECTS = {
    "a",
    "b",
    "text",
    "texts",
    "raw",
    "ids",
    "quote",
    "versions",
    "frame",
    "path",
    "paths",
    "articles",
    "cluster",
    "place",
    "name",
    "rows",
    "columns",
    "language",
}
# Rows and collections are made by the package, not by its users.
CALLED = {"Text", "Fold", "Lexicon", "Corpus", "Articles"}


class TestSignatures:
    @pytest.mark.parametrize(("name", "value"), MEMBERS)
    def test_options_have_names(self, name, value):
        function = value.__func__ if isinstance(value, classmethod | staticmethod) else value
        if isinstance(function, property) or (isinstance(function, type) and name not in CALLED):
            return
        for parameter in inspect.signature(function).parameters.values():
            by_place = parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
            assert not by_place or parameter.name in SUBJECTS | {"self", "cls"}, parameter

    def test_options_are_called_the_same_everywhere(self):
        known = {
            *(
                "fold",
                "min_words",
                "sensitivity",
                "n",
                "min_score",
                "top_k",
                "max_df",
                "boilerplate",
                "since",
                "within",
                "across",
                "memory_limit",
                "store_texts",
                "workers",
                "progress",
            ),
            *(
                "errors",
                "lines",
                "batch",
                "kind",
                "lexicon",
                "measure",
                "only",
                "ids",
                "dates",
                "outlets",
                "title",
                "limit",
                "layout",
                "context",
            ),
            *(
                "color",
                "width",
                "indent",
                "ignore",
                "case",
                "compatibility",
                "typography",
                "accents",
                "problems",
                "notes",
                "encoding",
                "overwrite",
                "replace",
            ),
            *("id", "date", "outlet", "lang", "author", "url"),
        }
        for name, value in members():
            if inspect.isfunction(value):
                options = {
                    parameter.name
                    for parameter in inspect.signature(value).parameters.values()
                    if parameter.kind is parameter.KEYWORD_ONLY
                }
                assert options <= known | SUBJECTS, name
