"""Options of the test run."""

import os
from collections.abc import Iterator

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person rewrite the approved texts, to review them afterwards."""
    parser.addoption("--approve", action="store_true", help="rewrite tests/approved from what is shown now")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Fail what would be skipped where everything is said to be there (WORTLAUT_NO_SKIP)."""
    report = yield
    if report.skipped and os.environ.get("WORTLAUT_NO_SKIP") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and nothing may be skipped here: {report.longrepr}"
    return report
