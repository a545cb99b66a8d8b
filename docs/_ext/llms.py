"""``llms.txt``: what the site is, and its pages with a line each, for programs that read."""

from pathlib import Path
from typing import Any

from docutils import nodes

OPENING = """\
# smartspec

> Regional innovation strategy (smart specialisation, S3) as typed, cited Python data: Piedmont and Torino in depth,
> Europe's regions in breadth, and any region of yours. `python -m pip install smartspec`, `smartspec.load()`,
> `smartspec.load_europe()`.

Every fact carries the document that says so. What no source says is None. Every example on these pages has run.
Each entity has a page, entities/COLLECTION/ID.html, and its JSON beside it, entities/COLLECTION/ID.json.
"""


def first_paragraph(doctree: nodes.document) -> str:
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, (nodes.section, nodes.document)):
            sentence, stop, _ = " ".join(paragraph.astext().split()).partition(". ")
            return sentence + ("." if stop else "")
    return ""


def write(app: Any, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    lines = [OPENING]
    for caption, pages in parts(app.env):
        lines.append(f"## {caption}\n")
        for page in pages:
            told = first_paragraph(app.env.get_doctree(page))
            lines.append(f"- [{app.env.titles[page].astext()}]({page}.html): {told}")
        lines.append("")
    (Path(app.outdir) / "llms.txt").write_text("\n".join(lines), encoding="utf-8")


def parts(env: Any) -> list[tuple[str, list[str]]]:
    """The captions of the front page and the pages under each, in order."""
    from sphinx.addnodes import toctree

    found = []
    for tree in env.get_doctree(env.config.root_doc).findall(toctree):
        pages: list[str] = []
        for _, page in tree["entries"]:
            pages += [page, *below(env, page)]
        found.append((tree.get("caption") or "Pages", pages))
    return found


def below(env: Any, page: str) -> list[str]:
    found: list[str] = []
    for inner in env.toctree_includes.get(page, ()):
        found += [inner, *below(env, inner)]
    return found


def setup(app: Any) -> dict[str, bool]:
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
