"""Pictures of executed pages: plotly's script, which each of them brings along, lies once beside the pages."""

import re
from pathlib import Path
from typing import Any

from docutils import nodes

_SCRIPT = re.compile(r"<script[^>]*>/\*\*\s*\* plotly\.js v.*?</script>", re.S)
_FILE = "_static/plotly.js"


def share_script(app: Any, doctree: nodes.document, docname: str) -> None:
    first = f'<script src="{"../" * docname.count("/")}{_FILE}"></script>'
    for node in doctree.findall(nodes.raw):
        text, count = _SCRIPT.subn(lambda _: first, node.astext())  # noqa: B023  Called at once.
        if count:
            node.rawsource = text
            node.children = [nodes.Text(text)]
            first = ""


def write_script(app: Any, error: Exception | None) -> None:
    if error is None and app.builder.name == "html":
        from plotly.offline import get_plotlyjs

        (Path(app.outdir) / _FILE).write_text(get_plotlyjs(), encoding="utf-8")


def setup(app: Any) -> dict[str, bool]:
    app.connect("doctree-resolved", share_script)
    app.connect("build-finished", write_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
