"""The index on disk: what it answers, what it refuses, and what is left of it when its process is killed."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing

import pytest

import wortlaut as wl
from wortlaut.cli import main

LINE = "der alte Hafen bleibt in diesem Winter für alle Schiffe offen"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "seen.sqlite"


@pytest.fixture
def index(path):
    """Three articles, two of them with one line, one with a lone surrogate in front of it."""
    index = wl.Index.create(path)
    index.add(
        [f"\ud800 Heute: {LINE}.", f"Wie es heißt: {LINE}!", "Es regnet."],
        ids=["new", "old", "weather"],
        dates=["2025-03-05", "2025-03-04", None],
        outlets=["Bote", None, None],
    )
    return index


class TestAnswers:
    def test_a_search_names_the_articles_and_shows_their_texts(self, index):
        found = index.search(f"Er sagte, {LINE.upper()}.")
        assert [(row.id, row.a_text, row.b_text) for row in found] == [
            ("old", LINE, LINE.upper()),
            ("new", LINE, LINE.upper()),
        ]
        assert len(index.search(f"\ud800{LINE}").to_pandas(text=True)) == 2

    def test_pairs_have_the_earlier_one_first(self, index):
        (pair,) = index.pairs()
        assert (pair.a_id, pair.b_id, pair.a_text) == ("old", "new", LINE)
        assert index.pairs(since="2025-03-05") == index.pairs()
        assert not index.pairs(since="2025-03-06")

    def test_what_is_removed_is_found_no_more(self, index, path):
        index.remove(["old"])
        assert [row.id for row in index.search(LINE)] == ["new"]
        index.compact()
        index.verify()
        assert len(wl.Index.open(path)) == 2

    def test_its_fold_is_kept(self, path):
        wl.Index.create(path, fold=wl.Fold.exact()).add({"x": LINE.upper()})
        assert not wl.Index.open(path).search(LINE)

    def test_articles_that_were_read_are_added_as_they_are(self, path):
        index = wl.Index.create(path)
        articles = wl.sample_articles()
        index.add(articles)
        assert len(index) == len(articles)
        agency = next(article for article in articles if article.id == "agency-de")
        assert {row.id for row in index.search(agency.text)} >= {"agency-de", "copied-de", "cut-de"}

    def test_an_update_adds_what_is_new_and_names_what_has_changed(self, index):
        given = {"weather": "Es regnet.", "old": "Ganz anders.", "more": f"Und: {LINE}"}
        assert index.update(given) == wl.IndexAdded(new=1, unchanged=1, changed=("old",))
        assert {row.id for row in index.search(LINE)} == {"old", "new", "more"}
        assert index.update(given, replace=True) == wl.IndexAdded(new=0, unchanged=2, changed=("old",))
        assert {row.id for row in index.search(LINE)} == {"new", "more"}
        index.verify()

    def test_an_article_with_another_date_or_outlet_has_changed(self, index):
        again = {"ids": ["old"], "dates": ["2025-03-04"], "outlets": ["Bote"]}
        assert index.update([f"Wie es heißt: {LINE}!"], **again).changed == ("old",)
        again["outlets"] = None
        assert index.update([f"Wie es heißt: {LINE}!"], **again).unchanged == 1

    def test_a_repr_reads_nothing(self, index, path):
        assert repr(index) == f"Index({str(path)!r})"

    def test_private_use_characters_and_lone_surrogates_come_back_as_they_were(self, path):
        index = wl.Index.create(path)
        index.add({"x\U0010f900": f"\U0010f900 {LINE}", "y": f"{LINE} \ud900 {LINE}"})
        whole = {row.id: index.search(LINE)._texts[place] for place, row in enumerate(index.search(LINE)[:2])}
        assert set(whole) == {"x\U0010f900", "y"}
        assert whole["x\U0010f900"] == f"\U0010f900 {LINE}"
        assert whole["y"] == f"{LINE} \ud900 {LINE}"
        index.remove(["x\U0010f900"])

    def test_a_closed_one_is_refused(self, index, path):
        with wl.Index.open(path) as mine:
            assert len(mine) == 3
        with pytest.raises(wl.UnreadableFileError, match="is closed; open it again"):
            mine.search(LINE)
        assert len(index) == 3


# For an index that keeps none.
TEXTS = {"old": f"Heute: {LINE}.", "new": f"Wie es heißt: {LINE}!", "weather": "Es regnet \ud800."}


class TestWithoutTexts:
    @pytest.fixture
    def bare(self, path):
        index = wl.Index.create(path, store_texts=False)
        index.add(TEXTS)
        return index

    def test_it_answers_as_one_that_keeps_them(self, bare, path, tmp_path):
        full = wl.Index.create(tmp_path / "full.sqlite")
        full.add(TEXTS)
        bare = wl.Index.open(path)
        asked = []
        assert bare.search(LINE, texts=TEXTS) == full.search(LINE)
        assert bare.search(LINE, texts=lambda name: asked.append(name) or TEXTS[name]) == full.search(LINE)
        assert sorted(asked) == ["new", "old"]
        asked.clear()
        best = bare.search(LINE, top_k=1, texts=lambda name: asked.append(name) or TEXTS[name])
        assert (asked, [row.id for row in best]) == (["new"], ["new"])
        other = "Es hagelt seit heute früh im ganzen Land."
        assert not bare.search(other, texts={})
        assert bare.search(other, texts={}) == full.search(other)
        assert bare.pairs(texts=TEXTS) == full.pairs()
        bare.remove(["old"])
        bare.compact()
        bare.verify()
        assert LINE.encode() not in path.read_bytes()
        assert full.search(LINE, texts={}) == full.search(LINE)

    def test_pairs_asks_for_the_texts_of_some_pairs_at_a_time(self, path):
        index = wl.Index.create(path, store_texts=False)
        texts = {f"a{i:02}": f"{LINE} {i}" for i in range(40)}
        index.add(texts)
        asked = []
        found = index.pairs(texts=lambda name: asked.append(name) or texts[name])
        assert len(found) == 40 * 39 // 2
        assert found == index.pairs(texts=texts)
        assert len(texts) < len(asked) < 2 * len(texts) + 1

    def test_what_the_function_raises_is_raised(self, bare):
        with pytest.raises(ZeroDivisionError):
            bare.pairs(texts=lambda _: 1 / 0)
        with pytest.raises(wl.InvalidTypeError, match="texts must be a str"):
            bare.pairs(texts=lambda _: 5)
        assert len(bare.pairs(texts=TEXTS)) == 1

    @pytest.mark.parametrize(
        ("texts", "message"),
        [
            (None, r"texts must be handed in \(texts=, --texts\), since this index keeps none, got None"),
            ({}, "texts must be there for every article that is compared, got none of '(old|new)'"),
            ({**TEXTS, "new": LINE}, 'texts must be as they were added, got another one of "new"'),
        ],
    )
    def test_texts_must_be_those_that_were_added(self, bare, texts, message):
        for call in (lambda: bare.search(LINE, texts=texts), lambda: bare.pairs(texts=texts)):
            with pytest.raises(wl.InvalidValueError, match=message):
                call()
        with pytest.raises(
            wl.InvalidTypeError, match="texts must be a mapping or a function of an id, got 5"
        ):
            bare.search(LINE, texts=5)


class TestRefusals:
    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (lambda index: index.add({"old": "x"}), 'ids must be new to the index, got "old"'),
            (lambda index: index.add(["x"]), "ids must name the articles"),
            (lambda index: index.add({"x\ud800": "x"}), r"ids must have no lone surrogates, got 'x\\ud800'"),
            (lambda index: index.remove(["\udfff"]), r"ids must have no lone surrogates, got '\\udfff'"),
            (lambda index: index.add({"x": None}), "text of 'x' is missing"),
            (lambda index: index.remove(["x"]), 'ids must be in the index, got "x"'),
            (lambda index: index.search("x", min_words=0), "min_words must be at least 1, got 0"),
            (lambda index: index.search("x", top_k=0), "top_k must be at least 1, got 0"),
            (
                lambda index: index.pairs(since="soon"),
                "since must be a date such as '2025-03-04', got 'soon'",
            ),
            (lambda index: index.pairs(max_df=1), "max_df must be at least 2, got 1"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_changed(self, index, call, message):
        before = index.stats()
        with pytest.raises(wl.InvalidValueError, match=message.replace("(", r"\(")):
            call(index)
        assert index.stats() == before

    def test_another_file_is_none(self, path):
        path.write_text("Der Rat tagt." * 1000)
        with pytest.raises(wl.UnreadableFileError, match=r"seen\.sqlite is no index of wortlaut"):
            wl.Index.open(path)
        with pytest.raises(wl.UnreadableFileError, match="is there already"):
            wl.Index.create(path)
        with pytest.raises(wl.InvalidTypeError, match="path must be a str or a Path, got 5"):
            wl.Index.open(5)

    def test_a_forked_process_opens_it_again(self, index, path):
        context = multiprocessing.get_context("fork")
        answers = context.Queue()

        def child():
            try:
                index.search(LINE)
            except wl.UnreadableFileError as error:
                answers.put(str(error))
            answers.put(len(wl.Index.open(path)))

        process = context.Process(target=child)
        process.start()
        assert answers.get(timeout=20).endswith("open it again here")
        assert answers.get(timeout=20) == 3
        process.join(20)
        index.add({"later": LINE})
        index.verify()


WRITER = """
import sys, wortlaut as wl
index = wl.Index.open(sys.argv[1])
for batch in range(int(sys.argv[2]), 10**6):
    index.add({f"{batch}-{i}": f"Nummer {batch} {i}: der alte Hafen bleibt noch lange offen " for i in range(3)})
    print(batch, flush=True)
"""


# Steps of one round: batches that are added, one of which is taken out again, and sorting.
ROUND = 5


def articles_after(steps):
    """Return the ids that so many steps leave."""
    batches = [step for step in range(steps) if step % ROUND < 3]
    gone = {f"{step - 3}-1" for step in range(steps) if step % ROUND == 3}
    return {f"{batch}-{i}" for batch in batches for i in range(3)} - gone


def work(path, step, tells):
    """Take step after step, and tell of each, until it is killed."""
    index = wl.Index.open(path)
    while True:
        if step % ROUND < 3:
            index.add({f"{step}-{i}": f"Nummer {step} {i}: {LINE} " * 9 for i in range(3)})
        elif step % ROUND == 3:
            index.remove([f"{step - 3}-1"])
        else:
            index.compact()
        os.write(tells, b".")
        step += 1


class TestCrashes:
    def test_a_killed_writer_leaves_the_batches_that_it_had_finished(self, path):
        """Twelve times at a moment of chance, each going on with the file that the last one left."""
        wl.Index.create(path)
        chance, batches = random.Random(7), 0
        for _ in range(12):
            command = [sys.executable, "-c", WRITER, str(path), str(batches)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
                told = [writer.stdout.readline()]
                time.sleep(chance.uniform(0, 0.05))
                writer.send_signal(signal.SIGKILL)
                told += writer.stdout.readlines()
            done = int([line for line in told if line.endswith("\n")][-1]) + 1
            index = wl.Index.open(path)
            index.verify()
            # The last batch can be there though its call was killed before it could say so.
            assert len(index) in (3 * done, 3 * done + 3)
            batches = len(index) // 3
        assert batches >= 12

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is forked for each of them")
    def test_killed_at_200_moments_it_holds_what_was_told(self, path):
        """While it adds, removes and compacts; each time another process goes on with the file that is left."""
        wl.Index.create(path)
        chance, done, hit = random.Random(8), 0, Counter()
        # How long a step takes depends on the machine, so that 200 moments may not yet have hit each kind of step.
        while hit.total() < 200 or min(hit[step] for step in ("add", "remove", "compact")) < 10:
            assert hit.total() < 2000, hit
            told, tells = os.pipe()
            if (child := os.fork()) == 0:
                work(path, done, tells)
            os.close(tells)
            os.read(told, 1)
            time.sleep(chance.uniform(0, 0.03))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            with os.fdopen(told, "rb") as steps:
                done += 1 + len(steps.read())
            with wl.Index.open(path) as index:
                index.verify()
            with closing(sqlite3.connect(path)) as tables:
                ids = {name for (name,) in tables.execute("SELECT id FROM articles")}
            hit["add" if done % ROUND < 3 else "remove" if done % ROUND == 3 else "compact"] += 1
            # The last step can be done though its call was killed before it could say so.
            assert ids in (articles_after(done), articles_after(done + 1))
            done += ids != articles_after(done)

    def test_many_read_while_one_writes(self, index, path):
        found, stop = [], threading.Event()

        def read():
            mine = wl.Index.open(path)
            while not stop.is_set():
                found.append(len(mine.search(LINE)))

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        for number in range(30):
            index.add({f"n{number}": LINE})
        stop.set()
        for reader in readers:
            reader.join(20)
        assert found
        assert set(found) <= set(range(2, 33))
        assert len(index.search(LINE)) == 32


INTERRUPTED = """
import itertools, random, sys, time, wortlaut as wl
path, call = sys.argv[1:]
chance = random.Random(9)
line = "der alte Hafen bleibt in diesem Winter für alle Schiffe offen"
texts = [f"{' '.join(f'w{chance.randrange(3000)}' for _ in range(150))} {line}" for _ in range(1000)]
index = wl.Index.create(path)
index.add({str(number): text for number, text in enumerate(texts)})
print("ready", flush=True)
try:
    for batch in itertools.count():
        eval(call)
except KeyboardInterrupt:
    print(time.monotonic(), flush=True)
index.verify()
print(len(index) % 1000)
"""


class TestInterrupts:
    @pytest.mark.parametrize(
        "call",
        [
            'index.add({f"{batch}-{number}": text for number, text in enumerate(texts)})',
            "index.search(texts[0])",
            "index.pairs(max_df=None)",
            "index.compact()",
            "index.verify()",
        ],
    )
    def test_ctrl_c_ends_every_call_and_loses_nothing(self, path, call):
        command = [sys.executable, "-c", INTERRUPTED, str(path), call]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout.readline() == "ready\n"
            time.sleep(0.7)
            sent = time.monotonic()
            process.send_signal(signal.SIGINT)
            heard, left = process.communicate(timeout=60)[0].split()
        # 0.1 s is promised; the rest is for machines that are busy with something else.
        assert float(heard) - sent < 1
        assert left == "0"


THREADS = """
import sys, threading, wortlaut as wl
index = wl.Index.create(sys.argv[1])
words = "der alte Hafen bleibt in diesem Winter noch offen "
index.add({f"a{i}": f"Nummer {i}: {words * (i % 7)} heute" for i in range(300)})
def run():
    for _ in range(30):
        index.search(words)
threads = [threading.Thread(target=run) for _ in range(6)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""


class TestThreads:
    def test_six_that_share_one_index_all_end(self, path):
        """In a process of its own: threads that wait for each other could not be ended here."""
        subprocess.run([sys.executable, "-c", THREADS, str(path)], check=True, timeout=60)


class TestCommands:
    def run(self, capsys, *arguments):
        status = main([*map(str, arguments)])
        return status, *capsys.readouterr()

    def test_from_the_first_article_to_the_answer(self, tmp_path, path, capsys):
        folder = tmp_path / "archive"
        folder.mkdir()
        (folder / "2025-03-04_kurier_hafen.txt").write_text(f"Der Rat tagte: {LINE}.")
        new = tmp_path / "new.txt"
        new.write_text(f"Heute: {LINE}!")
        assert self.run(capsys, "index", "create", path)[0] == 0
        assert "added 1 article" in self.run(capsys, "index", "add", path, folder)[2]
        status, out, _ = self.run(capsys, "index", "search", path, new, "--format", "csv")
        assert (status, out.count(LINE)) == (0, 2)
        assert self.run(capsys, "index", "search", path, new, "--top-k", 1, "--format", "csv")[1] == out
        assert "top_k must be at least 1" in self.run(capsys, "index", "search", path, new, "--top-k", 0)[2]
        assert self.run(capsys, "index", "pairs", path)[2] == "wortlaut: nothing found\n"
        assert "articles                1" in self.run(capsys, "index", "stats", path)[1]
        assert self.run(capsys, "index", "verify", path)[0] == 0
        name = out.splitlines()[1].split(",")[0]
        assert name == "archive/2025-03-04_kurier_hafen.txt"
        assert self.run(capsys, "index", "remove", path, name)[0] == 0
        assert self.run(capsys, "index", "compact", path)[0] == 0
        assert len(wl.Index.open(path)) == 0

    def test_the_same_files_can_be_given_every_day(self, tmp_path, path, capsys, monkeypatch):
        # A file was called by its name alone, or with folders before it where another one in the call had the same.
        today = tmp_path / "today"
        for place in ("kurier", "bote"):
            (today / place).mkdir(parents=True)
            (today / place / "hafen.txt").write_text(f"{place}: {LINE}.")
        self.run(capsys, "index", "create", path)
        assert "added 1 article to" in self.run(capsys, "index", "add", path, today / "bote")[2]
        assert "added 1 article to" in self.run(capsys, "index", "add", path, today)[2]
        monkeypatch.chdir(today)
        told = self.run(capsys, "index", "add", path, "kurier/hafen.txt", "bote")[2]
        assert "added 0 articles" in told
        assert "2 there already" in told
        (today / "bote" / "hafen.txt").write_text(f"Anders: {LINE}.")
        told = self.run(capsys, "index", "add", path, today)[2]
        assert "warning: today/bote/hafen.txt is there with another text, date or outlet" in told
        assert "1 there already, 1 replaced" in self.run(capsys, "index", "add", path, today, "--replace")[2]
        assert len(wl.Index.open(path)) == 2

    def test_rows_without_ids_are_called_by_file_and_row(self, tmp_path, path, capsys):
        rows = tmp_path / "rows.csv"
        rows.write_text(f"text,id\n{LINE},\nEs regnet.,weather\n")
        self.run(capsys, "index", "create", path)
        self.run(capsys, "index", "add", path, rows)
        out = self.run(capsys, "index", "search", path, rows, "--format", "csv")[1]
        assert out.splitlines()[1].split(",")[0] == "rows.csv:2"
        assert self.run(capsys, "index", "remove", path, "weather")[0] == 0

    def test_texts_can_stay_where_they_are(self, tmp_path, path, capsys):
        folder = tmp_path / "archive"
        folder.mkdir()
        (folder / "a.txt").write_text(f"Heute: {LINE}.")
        (folder / "b.txt").write_text(f"Morgen: {LINE}!")
        self.run(capsys, "index", "create", path, "--no-texts")
        self.run(capsys, "index", "add", path, folder)
        assert LINE.encode() not in path.read_bytes()
        status, out, _ = self.run(capsys, "index", "pairs", path, "--texts", folder, "--format", "csv")
        assert (status, out.count("archive/")) == (0, 2)
        assert self.run(capsys, "index", "search", path, folder / "a.txt", "--texts", folder)[0] == 0
        assert "--texts" in self.run(capsys, "index", "search", path, folder / "a.txt")[2]

    def test_a_damaged_file_is_one_line_and_exit_status_2(self, path, capsys):
        wl.Index.create(path).add({"x": LINE})
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 2 :] = os.urandom(len(raw) - len(raw) // 2)
        path.write_bytes(raw)
        status, _, told = self.run(capsys, "index", "verify", path)
        assert status == 2
        assert told.startswith("wortlaut: error: ")
        assert "seen.sqlite is damaged" in told


class TestFiles:
    def test_a_foreign_file_stays_as_it_was(self, tmp_path):
        # It was set to write ahead before it was looked at.
        foreign = tmp_path / "foreign.sqlite"
        with closing(sqlite3.connect(foreign)) as connection:
            connection.execute("CREATE TABLE visits (url TEXT)")
        before = foreign.read_bytes()
        with pytest.raises(wl.UnreadableFileError, match="is no index"):
            wl.Index.open(foreign)
        assert foreign.read_bytes() == before

    @pytest.mark.parametrize("name", [":memory:", "file:seen.sqlite?mode=memory"])
    def test_a_name_is_a_name_of_a_file(self, name, tmp_path, monkeypatch):
        # SQLite takes these for something else, and the index was gone with the process.
        monkeypatch.chdir(tmp_path)
        wl.Index.create(name).close()
        assert (tmp_path / name).is_file()

    def test_an_id_may_be_named_twice_and_a_text_be_read(self, tmp_path):
        index = wl.Index.create(tmp_path / "seen.sqlite")
        line = "der alte Hafen bleibt in diesem Winter noch offen"
        index.add({"wire": line, "daily": line})
        assert len(index.search(wl.Text(line))) == 2
        index.remove(["wire", "wire"])
        assert len(index) == 1
