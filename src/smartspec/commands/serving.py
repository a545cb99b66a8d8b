"""The command `serve`: the explorer in the browser, from this machine."""

from __future__ import annotations

import argparse
import ipaddress
import socket
import webbrowser
from typing import Any

from ..errors import needs
from ..text import clean, quoted
from .choosing import catalogue_of
from .declaring import FINE, RefusedError, Terminal, declare, takes_dataset

_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
_MOST_CONNECTIONS, _PATIENCE = 500, 3


def add_serve(commands: Any, name: str) -> None:
    """``smartspec serve``."""
    parser = declare(
        commands,
        name,
        _serve,
        "the explorer: search, compare and place texts in the browser, and an API",
        "serve --open",
        "serve --port 8080 --dataset my-region",
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="HOST",
        help="where to listen (unless told: 127.0.0.1, this machine alone)",
    )
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="PORT", help="0 takes a free one (unless told: 8000)"
    )
    parser.add_argument("--open", action="store_true", help="open it in the browser")
    takes_dataset(parser)


def _serve(given: argparse.Namespace, terminal: Terminal) -> int:
    try:
        with needs("web"):
            import uvicorn

            from ..web import create_app
            from ..web.guard import OnlyHosts

            catalogue = catalogue_of(given)
            app: Any = create_app(catalogue)
    except ImportError as error:  # It names the extra.
        raise RefusedError(str(error)) from None
    with _listening(given.host, given.port, terminal) as listener:
        host, port = listener.getsockname()[:2]
        local = ipaddress.ip_address(host).is_loopback
        shown = host if local else given.host
        address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"
        if local:
            app = OnlyHosts(app, _LOCAL | {f"[{host}]" if ":" in host else host})
        config = uvicorn.Config(
            app,
            log_level="error",  # What readers ask for is their own business.
            access_log=False,
            server_header=False,
            limit_concurrency=_MOST_CONNECTIONS,  # Before the system runs out of files.
            timeout_graceful_shutdown=_PATIENCE,
        )
        try:
            print(f"{clean(catalogue.name)}: {address} (Ctrl-C stops it)", flush=True)
            if not local:
                print("Whoever reaches this machine by the network can read it, without encryption.", flush=True)
            if given.open:
                webbrowser.open(address)
            uvicorn.Server(config).run([listener])
        except KeyboardInterrupt:  # The server has ended by then: this is how one stops it.
            print()
    return FINE


def _listening(host: str, port: int, terminal: Terminal) -> socket.socket:
    """A socket that listens: connections wait in it until the server is there."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(place[:2], family=family, backlog=2048)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is no address"
        other = f"\nto take a free port: {terminal.name} serve --port 0"
        raise RefusedError(f"cannot listen on {quoted(host)}, port {port}: {reason}{other}") from None


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65_535:
        raise argparse.ArgumentTypeError("it must be from 0 to 65535")
    return number


_port.__name__ = "port number"  # So argparse calls what is none.
