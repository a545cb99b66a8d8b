"""Mermaid pictures, drawn when the site is built: a page of it runs no script for them, and asks nobody for one."""

import hashlib
import re
from pathlib import Path
from typing import Any

import mmdr
from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class Mermaid(SphinxDirective):
    """The fence ``mermaid``, which the repository draws itself."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content)
        svg = mmdr.render(text).svg
        svg = svg if isinstance(svg, str) else svg()
        name = f"diagram-{hashlib.sha256(text.encode()).hexdigest()[:12]}.svg"
        width = float(re.search(r'viewBox="\S+ \S+ (\S+)', svg)[1])  # type: ignore[index]
        # As a file for <img> it has no page around it that tells its width.
        svg = svg.replace('width="100%"', f'width="{width:.0f}"', 1)
        folder = Path(self.env.app.outdir) / "_images"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(svg, encoding="utf-8")
        up = "../" * self.env.docname.count("/")
        alt = "Diagram; its text is in the source of the page"
        html = f'<div class="diagram" tabindex="0" role="group" aria-label="{alt}"><img src="{up}_images/{name}" alt="{alt}" width="{width:.0f}"></div>'
        return [nodes.raw("", html, format="html")]


def setup(app: Any) -> dict[str, bool]:
    app.add_directive("mermaid", Mermaid)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
