"""Run the tests of frames over many libraries, each set in a virtual environment of its own.

    python tests/matrix.py [NAME ...]

The extension must be built in place, as `pip install -e .` and `maturin develop` do. The environments stay in
`.venv/frames/` for the next run. A run in which a library is not of the version that it is there for fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".venv" / "frames"

ALWAYS = ("click>=8.1", "pytest>=8.3", "hypothesis>=6.100")
# What each environment holds; what it does not name must not come along.
MATRIX = {
    "nothing": (),
    "pandas-2.2": ("pandas==2.2.*", "pyarrow"),
    "pandas-2.2-alone": ("pandas==2.2.*",),
    "pandas-2.3": ("pandas==2.3.*", "pyarrow"),
    "pandas-2.3-alone": ("pandas==2.3.*",),
    "pandas-3": ("pandas==3.*", "pyarrow", "duckdb", "narwhals", "polars"),
    "pandas-3-alone": ("pandas==3.*",),
    "polars": ("polars>=1.0", "pyarrow"),
    "polars-alone": ("polars>=1.0",),
}
ASIDE = ("pandas", "pyarrow", "polars", "duckdb")


def run(name: str) -> bool:
    """Make the environment, if it is not there, and run the tests in it."""
    python = HOME / name / "bin" / "python"
    wanted = MATRIX[name]
    if not python.exists():
        venv.create(HOME / name, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *ALWAYS, *wanted], check=True)
    named = {requirement.partition("=")[0].partition(">")[0] for requirement in wanted}
    absent = [library for library in ASIDE if library not in named]
    check = f"import importlib.util as u; exit(any(map(u.find_spec, {absent!r})))"
    subprocess.run([python, "-c", check], check=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "python")}
    environment.pop("WORTLAUT_NO_SKIP", None)  # what an environment lacks on purpose is skipped
    files = ["tests/python/test_frames.py", "tests/python/test_arrow.py"]
    tests = [python, "-m", "pytest", "-p", "no:cacheprovider", *files]
    done = subprocess.run(tests, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    told = done.stdout if done.returncode else done.stdout.strip().splitlines()[-1]
    print(f"{name:18} {told}", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    names = sys.argv[1:] or list(MATRIX)
    sys.exit(0 if all([*map(run, names)]) else 1)
