"""Sphinx configuration."""

from importlib.metadata import version as installed

project = "wortlaut"
author = "The wortlaut developers"
copyright = "2026, the wortlaut developers"
version = release = installed("wortlaut")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]
exclude_patterns = ["_build"]
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120

html_theme = "furo"
html_title = "wortlaut"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
