"""Web: the explorer, an API over HTTP and one page, as any application could do it. Nothing here decides what is found.

FastAPI comes with the extra ``smartspec[web]`` and is imported when an application is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..catalogue.catalogue import Catalogue
from ..datasets.loading import load_europe
from ..errors import needs
from ..text import shown

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["create_app"]


def create_app(catalogue: Catalogue | None = None) -> FastAPI:
    """The explorer as an application of FastAPI, of Europe unless told: to be served, or mounted in another one.

    ``smartspec serve`` serves it for one reader; for the public, a server of ASGI does, as
    ``uvicorn --factory smartspec.web:create_app``. Needs the extra `web`.

    >>> import smartspec
    >>> app = smartspec.web.create_app(smartspec.load())
    >>> app.title, [path for path in app.openapi()["paths"] if path.startswith("/api/v1/innovation_poles")]
    ('smartspec', ['/api/v1/innovation_poles', '/api/v1/innovation_poles/{id}'])
    """
    if not (catalogue is None or isinstance(catalogue, Catalogue)):
        raise TypeError(f"create_app() takes a Catalogue, not {shown(catalogue)}")
    from .. import __version__  # Deferred import upwards.

    with needs("web"):
        from .app import application

    return application(load_europe() if catalogue is None else catalogue, __version__)


def __dir__() -> list[str]:
    return __all__
