"""How Sphinx builds the site, by the command in ``docs/README.md``; what is ours stands in ``_ext``."""

import sys
from pathlib import Path

import smartspec

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "smartspec"
author = "The smartspec developers"
copyright = "the smartspec developers; code MIT, data CC-BY-4.0"
version = release = smartspec.__version__
language = "en"

extensions = [
    "sphinx.ext.autodoc",
    "myst_nb",
    "sphinx_copybutton",
    # Ours, in _ext.
    "repository",
    "names",
    "examples",
    "diagrams",
    "figures",
    "fields",
    "entities",
    "llms",
]
exclude_patterns = ["_*", "README.md"]
templates_path = ["_templates"]

# Pages. What is in single backticks in a docstring is a name of ours, or a literal: `names` decides.
default_role = "any"
myst_heading_anchors = 4
myst_fence_as_directive = ["mermaid"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88

# Notebooks are texts, run at each build; one that fails to run fails the build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_ipywidgets_js = {}  # They would come from another host.
nb_merge_streams = True
suppress_warnings = ["mystnb.unknown_mime_type"]  # A picture's data for JupyterLab, beside its HTML.

html_theme = "furo"
html_title = f"smartspec {version}"
html_static_path = ["_static"]
html_favicon = "_static/favicon.svg"
html_css_files = ["site.css"]
html_search_scorer = str(Path(__file__).parent / "_static" / "scorer.js")
html_copy_source = False
html_show_sphinx = False
html_show_search_summary = False  # It would be fetched page by page, which browsers refuse for files.
html_theme_options = {"top_of_page_buttons": []}
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
