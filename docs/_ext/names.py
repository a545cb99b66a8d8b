"""Names in docstrings and type hints: they lead to the public name, whichever module defines what bears it."""

from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref

import smartspec

PUBLIC = {name for name in dir(smartspec) if not name.startswith("_")}


def resolve(app: Any, env: Any, node: pending_xref, content: nodes.Element) -> nodes.Node | None:
    """A link to the public name, if it is one; else the name as it stands, for nothing is fetched from other hosts.

    Only a name that says itself to be ours, such as ``Catalogue.extend`` or ``smartspec.load``, must be there.
    """
    if node.get("refdomain") not in ("py", None, ""):
        return None
    target: str = node["reftarget"]
    first, _, rest = target.removeprefix("smartspec.").partition(".")
    last = target.rpartition(".")[2]
    for name in (f"smartspec.{first}.{rest}", f"smartspec.{last}"):
        if name.split(".")[1] in PUBLIC:
            python = env.domains.python_domain
            found: nodes.Node | None = python.resolve_xref(env, node["refdoc"], app.builder, "obj", name, node, content)
            if found is not None:
                return found
    says_ours = first in PUBLIC and node["reftype"] == "any"
    return None if says_ours and not is_there(first, rest) else content


def is_there(first: str, rest: str) -> bool:
    """Whether a public name has what is told of it; a field without a docstring of its own has no place to lead to."""
    owner = getattr(smartspec, first)
    return not rest or hasattr(owner, rest) or rest in getattr(owner, "__annotations__", ())


def setup(app: Any) -> dict[str, bool]:
    app.connect("missing-reference", resolve)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
