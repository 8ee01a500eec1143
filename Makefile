# The two commands, and the parts of the second one.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-rust test-python test-frames clean

# Build, install, and compare the sample articles: opens nothing, writes report.html.
demo: $(VENV)
	$(BIN)/python -m pip install --quiet .
	$(BIN)/wortlaut report --sample -o report.html

# Build everything and pass all tests, Rust and Python.
test: test-rust test-python

test-rust:
	cargo test --quiet

test-python: $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	$(BIN)/python -m pytest

# Frames of many versions of pandas, of polars and Arrow, and without each, in environments of their own.
test-frames: $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	$(BIN)/python tests/matrix.py

$(VENV):
	$(PYTHON) -m venv $(VENV)

clean:
	rm -rf $(VENV) target report.html
