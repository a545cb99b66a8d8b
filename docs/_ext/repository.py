"""Links of the pages to files of the repository: on the site they lead to the page that shows the file."""

import os
import re
from typing import Any

# The file, from the root of the repository, and the page of the site.
SHOWN = {
    "CHANGELOG.md": "changelog",
    "src/smartspec/matching/README.md": "reference/vocabulary",
    "src/smartspec/nace/README.md": "reference/nace-tables",
}


def lead_to_pages(app: Any, docname: str, source: list[str]) -> None:
    folder = os.path.dirname(f"docs/{docname}")

    def page(link: re.Match[str]) -> str:
        shown = SHOWN.get(os.path.normpath(os.path.join(folder, link[1])))
        return f"](/{shown}.md" if shown else link[0]

    source[0] = re.sub(r"\]\((\.\.?/[^)#\s]*\.md)", page, source[0])


def setup(app: Any) -> dict[str, bool]:
    app.connect("source-read", lead_to_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
