"""How a call behaves towards its process: the GIL, Ctrl-C, forks, threads, panics, progress."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

import wortlaut as wl
from wortlaut import _core, progress

TASKS = Path("/proc/self/task")


def newsroom(articles: int, sentences: int = 30, seed: int = 0) -> list[str]:
    """Articles put together from the same 300 sentences, some of them edited and some quoted."""
    draw = random.Random(seed)
    words = [
        f"{a}{b}{c}" for a in ("ha", "bru", "ge", "stro") for b in ("fen", "cke", "lin") for c in "aeioutnr"
    ]
    pool = [" ".join(draw.choices(words, k=15)) for _ in range(300)]

    def sentence() -> str:
        one = draw.choice(pool)
        if draw.random() < 0.2:
            one = one.replace(" ", " nicht ", 1)
        return f"„{one}“, sagte Kern." if draw.random() < 0.2 else f"{one}."

    return [" ".join(sentence() for _ in range(sentences)) for _ in range(articles)]


def run(script: str, **variables: str) -> subprocess.Popen[str]:
    """Start a Python of its own, with `newsroom` at hand."""
    prelude = "import sys; sys.path.insert(0, sys.argv[1]); from test_manners import *\n"
    command = [sys.executable, "-c", prelude + script, str(Path(__file__).parent)]
    environment = {**os.environ, **variables}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def said(script: str, **variables: str) -> str:
    """Return what a Python of its own prints; it must end well, within a minute and in silence."""
    process = run(script, **variables)
    out, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    return out.strip()


def threads_of_ours() -> int:
    """Return how many threads of this process bear our name, once they have had the time to take it."""
    time.sleep(0.3)
    return sum(task.joinpath("comm").read_text().startswith("wortlaut-") for task in TASKS.iterdir())


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
needs_proc = pytest.mark.skipif(not TASKS.is_dir(), reason="threads are counted in /proc")


class TestGil:
    def test_another_thread_goes_on_during_a_long_call(self):
        corpus = wl.Corpus(newsroom(120))
        ticks: list[float] = []
        over = threading.Event()

        def tick() -> None:
            while not over.wait(0.002):
                ticks.append(time.monotonic())

        thread = threading.Thread(target=tick)
        thread.start()
        begun = time.monotonic()
        try:
            corpus._core.passages((8, 1), (None, False, False, None), None, 1, None)
        finally:
            ended = time.monotonic()
            over.set()
            thread.join()
        during = [tick for tick in ticks if begun < tick < ended]
        # One tick in ten of those there could be: the two cores of a build machine have other work.
        assert len(during) > (ended - begun) / 0.02

    def test_many_threads_at_once(self):
        raws = newsroom(8)
        expected = [wl.diff(a, b) for a, b in pairwise(raws)]
        with ThreadPoolExecutor(8) as threads:
            for _ in range(5):
                assert list(threads.map(wl.diff, raws, raws[1:])) == expected

    def test_one_text_read_by_many_threads(self):
        text, others = wl.Text(newsroom(1)[0]), newsroom(20)
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda other: wl.overlap(text, other), others))
        assert found == [wl.overlap(text, other) for other in others]

    def test_corpora_in_many_threads(self):
        raws = newsroom(12)
        expected = wl.Corpus(raws).passages()
        with ThreadPoolExecutor(4) as threads:
            for found in threads.map(
                lambda workers: wl.Corpus(raws).passages(workers=workers), [1, 2, 3, 1, 2, 3]
            ):
                assert found == expected


INTERRUPTED = """
import wortlaut as wl
{setup}
print("ready", flush=True)
try:
    # More than once, should a call be done before the signal comes.
    for _ in range(999):
        {call}
except KeyboardInterrupt:
    print(time.monotonic(), flush=True)
else:
    print("not interrupted", flush=True)
begun = time.monotonic()
assert wl.diff("Er ging.", "Er lief.").changes[0].b_text == "lief"
assert len(wl.Corpus(newsroom(4)).passages()) > 0
assert wl.overlap(*newsroom(2, 500)).words_a > 0
print(time.monotonic() - begun)
"""

LONG_CALLS = {
    "passages": ("corpus = wl.Corpus(newsroom(2000, 60))", "corpus.passages()"),
    "clusters": ("corpus = wl.Corpus(newsroom(2000, 60))", "corpus.clusters()"),
    "shared quotes": ("corpus = wl.Corpus(newsroom(4000, 60))", "corpus.shared_quotes()"),
    "diff many": ("a, b = newsroom(1500, 300), newsroom(1500, 300, seed=1)", "wl.diff_many(a, b)"),
    "overlap many": ("a, b = newsroom(1500, 300), newsroom(1500, 300, seed=1)", "wl.overlap_many(a, b)"),
    "one worker": ("corpus = wl.Corpus(newsroom(2000, 60))", "corpus.passages(workers=1)"),
    "diff": ("a, b = newsroom(2, 100_000)", "wl.diff(a, b)"),
    "overlap": ("a, b = newsroom(2, 100_000)", "wl.overlap(a, b)"),
}


class TestInterrupt:
    @pytest.mark.parametrize("case", LONG_CALLS)
    def test_ctrl_c_ends_a_long_call_and_the_process_goes_on(self, case):
        setup, call = LONG_CALLS[case]
        process = run(INTERRUPTED.format(setup=setup, call=call))
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.5)
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=60)
        heard, after = out.split("\n")[:2]
        assert errors == ""
        # 0.1 s is promised; the rest is for machines that are busy with something else.
        assert float(heard) - sent < 1
        assert float(after) < 10

    def test_an_error_in_the_progress_function_ends_the_call(self):
        class EnoughError(Exception):
            """Raised by the caller's own function."""

        def watch(done: int, total: int) -> None:
            raise EnoughError

        corpus = wl.Corpus(newsroom(20))
        with pytest.raises(EnoughError):
            corpus.passages(progress=watch)
        assert len(corpus.passages()) > 0


@needs_fork
class TestFork:
    FORKED = """
import wortlaut as wl
raws = newsroom(20)
expected = wl.Corpus(raws).passages()
wl.overlap(*newsroom(2, 500))
child = os.fork()
if child == 0:
    same = wl.Corpus(raws).passages() == expected and wl.overlap(*newsroom(2, 500)).words_a > 0
    os._exit(0 if same else 1)
assert wl.Corpus(raws).passages() == expected
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""

    def test_parent_and_child_go_on_after_a_fork(self):
        assert said(self.FORKED, PYTHONWARNINGS="ignore") == "0"

    def test_a_pool_of_processes(self):
        script = """
import multiprocessing
import wortlaut as wl
def count(seed): return len(wl.Corpus(newsroom(10, seed=seed)).passages())
first = [count(seed) for seed in range(4)]
with multiprocessing.get_context("fork").Pool(2) as processes: again = processes.map(count, range(4))
print(first == again == [count(seed) for seed in range(4)])
"""
        assert said(script, PYTHONWARNINGS="ignore") == "True"

    def test_a_child_of_a_child(self):
        script = """
import wortlaut as wl
def nested(depth):
    expected = len(wl.Corpus(newsroom(10)).passages())
    if depth == 0: return
    child = os.fork()
    if child == 0:
        nested(depth - 1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(wl.Corpus(newsroom(10)).passages()) == expected
nested(2)
print("done")
"""
        assert said(script, PYTHONWARNINGS="ignore") == "done"


class TestWorkers:
    @pytest.mark.parametrize("workers", [1, 2, 4, None])
    def test_results_do_not_depend_on_their_number(self, workers):
        raws = newsroom(30)
        one, other = wl.Corpus(raws), wl.Corpus(raws)
        for verb in ("overlaps", "passages", "clusters", "quotes", "shared_quotes"):
            assert getattr(one, verb)(workers=1) == getattr(other, verb)(workers=workers), verb
        a, b = raws[:15], raws[15:]
        assert wl.diff_many(a, b, workers=1) == wl.diff_many(a, b, workers=workers)
        assert wl.overlap_many(a, b, workers=1) == wl.overlap_many(a, b, workers=workers)

    @needs_proc
    @pytest.mark.parametrize("threads", [1, 3])
    def test_rayon_num_threads_is_respected(self, threads):
        script = "import wortlaut as wl; wl.Corpus(newsroom(5)).passages(); print(threads_of_ours())"
        assert said(script, RAYON_NUM_THREADS=str(threads)) == str(threads)

    @needs_proc
    def test_workers_say_how_many_threads_there_are(self):
        script = "import wortlaut as wl; wl.Corpus(newsroom(5)).passages(workers=3); print(threads_of_ours())"
        assert said(script) == "3"

    @needs_proc
    def test_no_number_of_workers_brings_the_machine_down(self):
        script = (
            "import wortlaut as wl; wl.Corpus(newsroom(5)).passages(workers=10**6); print(threads_of_ours())"
        )
        assert int(said(script)) <= 256

    @needs_proc
    def test_short_calls_make_no_threads(self):
        script = "import wortlaut as wl; wl.diff('Er ging.', 'Er lief.'); print(threads_of_ours())"
        assert said(script) == "0"

    def test_results_do_not_depend_on_the_order_of_hashes(self):
        script = (
            "import wortlaut as wl, hashlib; c = wl.Corpus(newsroom(20))\n"
            "told = repr([c.passages().to_dicts(), c.clusters().to_dicts(), c.shared_quotes().to_dicts()])\n"
            "print(hashlib.sha256(told.encode()).hexdigest())"
        )
        assert said(script, PYTHONHASHSEED="1") == said(script, PYTHONHASHSEED="2")


class TestPanic:
    def test_a_panic_is_an_internal_error_and_the_next_call_works(self, capfd):
        for _ in range(3):
            with pytest.raises(wl.InternalError, match="please report it") as caught:
                _core.panic_on_purpose()
            assert isinstance(caught.value, wl.WortlautError | RuntimeError)
            assert wl.diff("Er ging.", "Er lief.").ratio == 0.5
        capfd.readouterr()


class Steps(list[tuple[int, int]]):
    """A progress function that remembers what it was told."""

    def __call__(self, done: int, total: int) -> None:
        self.append((done, total))


class TestProgress:
    @pytest.mark.parametrize("verb", ["overlaps", "passages", "clusters", "quotes", "shared_quotes"])
    def test_a_function_is_told_how_far_it_is(self, verb):
        steps = Steps()
        getattr(wl.Corpus(newsroom(40)), verb)(progress=steps)
        assert steps
        assert all(isinstance(number, int) for step in steps for number in step)
        assert all(0 <= done <= total for done, total in steps)
        assert steps[-1][0] == steps[-1][1]
        # Where the count falls, a new stage has begun.
        assert sum(one[0] > other[0] for one, other in pairwise(steps)) <= 4

    @pytest.mark.parametrize("verb", [wl.diff_many, wl.overlap_many])
    def test_rows_are_counted(self, verb):
        steps, raws = Steps(), newsroom(40)
        verb(raws, raws, progress=steps)
        assert steps[-1] == (40, 40)
        assert all(one[0] <= other[0] for one, other in pairwise(steps))

    def test_short_work_needs_no_bar(self, capfd):
        wl.Corpus(newsroom(5)).passages(progress=True)
        assert capfd.readouterr() == ("", "")

    @pytest.mark.parametrize("tqdm", [True, False])
    def test_long_work_has_a_bar_on_standard_error_and_takes_it_away(self, capfd, monkeypatch, tqdm):
        if tqdm:
            pytest.importorskip("tqdm")
        else:
            monkeypatch.setitem(sys.modules, "tqdm", None)
        monkeypatch.setattr(progress, "_PATIENCE", 0.0)
        wl.Corpus(newsroom(40)).passages(progress=True)
        out, shown = capfd.readouterr()
        assert out == ""
        assert "aligning" in shown
        assert shown.rpartition("\r")[2].strip() == ""

    def test_nothing_is_shown_unless_asked(self, capfd, monkeypatch):
        monkeypatch.setattr(progress, "_PATIENCE", 0.0)
        wl.Corpus(newsroom(10)).passages()
        assert capfd.readouterr() == ("", "")
