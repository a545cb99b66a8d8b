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
        address = "../" * self.env.docname.count("/") + f"_images/{name}"
        # At less than this share of its size the words of a diagram are hard to read: then it scrolls in its box.
        style = f"width:100%;min-width:{width * 0.55:.0f}px;max-width:{width:.0f}px"
        alt = "Diagram: its text is in the source of this page. Opens in full size."
        image = f'<a href="{address}"><img src="{address}" alt="{alt}" style="{style}"></a>'
        return [nodes.raw("", f'<div class="diagram">{image}</div>', format="html")]


def setup(app: Any) -> dict[str, bool]:
    app.add_directive("mermaid", Mermaid)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
