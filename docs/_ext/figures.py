"""Pictures of executed pages: plotly's script, which each of them brings along, lies once beside the pages."""

import re
from pathlib import Path
from typing import Any

from docutils import nodes

_SCRIPT = re.compile(r"<script[^>]*>/\*\*\s*\* plotly\.js v.*?</script>", re.S)
_FILE = "plotly.js"


def share_script(app: Any, doctree: nodes.document, docname: str) -> None:
    for node in doctree.findall(nodes.raw):
        text, count = _SCRIPT.subn("", node.astext())
        if count:
            node.rawsource = text
            node.children = [nodes.Text(text)]
            app.env.plotted = getattr(app.env, "plotted", set()) | {docname}


def ask_for_it(app: Any, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    if pagename in getattr(app.env, "plotted", ()):
        app.add_js_file(_FILE)


def write_script(app: Any, error: Exception | None) -> None:
    if error is None and getattr(app.env, "plotted", ()):
        from plotly.offline import get_plotlyjs

        (Path(app.outdir) / "_static" / _FILE).write_text(get_plotlyjs(), encoding="utf-8")


def setup(app: Any) -> dict[str, bool]:
    app.connect("doctree-resolved", share_script)
    app.connect("html-page-context", ask_for_it)
    app.connect("build-finished", write_script)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
