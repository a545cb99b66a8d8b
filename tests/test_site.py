"""The pages of the docs: complete, linked with each other, and what their notebooks run does run.

The site as it is built is looked at in tests/browser/test_built_site.py.
"""

import os
import pathlib
import re
import unicodedata

import pytest

import smartspec

ROOT = pathlib.Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.glob("**/*.md") if "_build" not in path.parts)
NOTEBOOKS = [page for page in PAGES if "file_format: mystnb" in (DOCS / page).read_text(encoding="utf-8")[:200]]
# Shown by pages of the site, which take their text from beside the code.
SHOWN = ["src/smartspec/matching/README.md", "src/smartspec/nace/README.md"]
LINKED = [*(f"docs/{page}" for page in PAGES), "README.md", "CHANGELOG.md", *SHOWN]


PACKAGE = pathlib.Path(smartspec.__file__).parent


def place(path: str) -> pathlib.Path:
    """Where a file of the repository lies; one of the package may be installed elsewhere."""
    inner = path.removeprefix("src/smartspec/")
    return ROOT / path if inner == path else PACKAGE / inner


def read(path: str) -> str:
    return place(path).read_text(encoding="utf-8")


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)


def anchors(path: str) -> set[str]:
    """The anchors of a page, as the repository and the site make them of its headings."""
    found: set[str] = set()
    for heading in re.findall(r"^#+ (.+)$", without_code(read(path)), re.M):
        letters = unicodedata.normalize("NFC", heading.replace("`", "").lower())
        found.add(re.sub(r"[^\w\- ]", "", letters).replace(" ", "-"))
    return found


def test_every_page_is_listed_on_the_front_page_and_stands_in_its_tree() -> None:
    front = read("docs/index.md")
    listed = set(re.findall(r"\]\(([\w/.-]+\.md)\)", front)) | {"changelog.md"}  # Listed by the file that it shows.
    trees = re.findall(r"```\{toctree\}\n(.*?)```", front, re.S)
    standing = {f"{line}.md" for tree in trees for line in tree.splitlines() if line and not line.startswith(":")}
    expected = {*PAGES} - {"index.md", "README.md"}
    assert standing == expected
    assert expected <= listed


@pytest.mark.parametrize("page", LINKED)
def test_every_link_between_pages_leads_to_a_page_and_a_heading(page: str) -> None:
    broken = []
    for target, anchor in re.findall(r"\]\(([^)#\s:]*)(?:#([^)\s]*))?\)", without_code(read(page))):
        path = os.path.normpath(os.path.join(os.path.dirname(page), target)) if target else page
        missing = not place(path).exists()
        if missing or (anchor and path.endswith(".md") and anchor not in anchors(path)):
            broken.append(f"{target}#{anchor}" if anchor else target)
    assert broken == []


def documented() -> set[str]:
    """The names that the reference documents."""
    text = "".join(read(f"docs/{page}") for page in PAGES if page.startswith("reference/"))
    return set(re.findall(r"^\.\. auto(?:class|function|exception):: smartspec\.(\S+)$", text, re.M))


def public() -> set[str]:
    modules = {"export", "nace", "plot", "web"}
    own = {name for name in dir(smartspec) if not name.startswith("_")} - modules
    return own | {f"{module}.{name}" for module in modules for name in dir(getattr(smartspec, module))}


def test_the_reference_documents_every_public_name_and_no_other() -> None:
    assert documented() == public()


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_a_notebook_runs(page: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cells = re.findall(r"^```\{code-cell\} ipython3\n(.*?)^```$", read(f"docs/{page}"), re.M | re.S)
    assert cells
    names: dict[str, object] = {}
    for cell in cells:
        exec(compile(cell, page, "exec"), names)


def test_what_the_page_of_the_glossary_explains_is_explained_in_both_languages() -> None:
    rows = re.findall(r"^\| (?!English|---)(.*?) \| (.*?) \| (.*?) \|$", read("docs/glossary.md"), re.M)
    assert len(rows) > 40
    assert all(english and italian and meaning.endswith(".") for english, italian, meaning in rows)
