"""Examples as they are read: without the blank line that tells doctest where an answer ends."""

from typing import Any

from docutils import nodes


def drop_last_blank_line(app: Any, doctree: nodes.document) -> None:
    for block in doctree.findall(nodes.literal_block):
        text = block.astext().rstrip("\n")
        block.children = [nodes.Text(text)]
        block.rawsource = text


def setup(app: Any) -> dict[str, bool]:
    app.connect("doctree-read", drop_last_blank_line)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
