"""Options of the test run."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person rewrite the approved texts, to review them afterwards."""
    parser.addoption("--approve", action="store_true", help="rewrite tests/approved from what is shown now")
