"""`smartspec serve` answers over a real socket, withstands what a network brings, and stops when it is told to."""

from __future__ import annotations

import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

import smartspec
from smartspec.__main__ import main

pytest.importorskip("uvicorn", reason="uvicorn is not installed: python -m pip install .[web]")

ROOT = "/api/v1"


class Server:
    """A server in a process of its own; ``said`` is the first line that it prints."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process, self.said = process, process.stdout.readline()
        found = re.search(r"http://(.+):(\d+)/", self.said)
        assert found, self.said + (process.stderr.read() if process.stderr else "")
        self.host, self.port = found[1].strip("[]"), int(found[2])

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        return self.ask("GET", path, None, headers)

    def ask(self, method: str, path: str, body: Any = None, headers: Any = {}) -> tuple[int, bytes]:  # noqa: B006
        with closing(self.connected()) as connection:
            connection.request(method, path, body, headers, encode_chunked=True)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def connected(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host, self.port, timeout=30)

    def ended(self, sign: signal.Signals) -> tuple[int, str]:
        """How it ends when it is sent a signal, and what it says on stderr."""
        self.process.send_signal(sign)
        _, err = self.process.communicate(timeout=15)
        return self.process.returncode, err


@contextmanager
def serving(*words: str) -> Iterator[Server]:
    command = [sys.executable, "-m", "smartspec", "serve", "--port", "0", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield Server(process)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("--dataset", "piedmont") as served:
        yield served


def test_it_says_what_it_serves_and_where(server: Server) -> None:
    name = smartspec.load().name
    assert server.said == f"{name}: http://127.0.0.1:{server.port}/ (Ctrl-C stops it)\n"


def test_it_answers_over_a_socket(server: Server) -> None:
    assert server.get("/healthz") == (200, b'{"status": "ok"}')
    assert json.loads(server.get(f"{ROOT}/regions/torino")[1])["record"]["name"] == "Torino"
    assert server.get("/")[1].startswith(b"<!doctype html>")


def test_a_body_of_head_is_left_out(server: Server) -> None:
    assert server.ask("HEAD", f"{ROOT}/regions") == (200, b"")


def test_a_text_is_placed_over_a_socket(server: Server) -> None:
    body = json.dumps({"text": "Un drone controlla i vigneti", "strategy": "piedmont-s3-2021-2027"})
    status, answer = server.ask("POST", f"{ROOT}/match", body, {"Content-Type": "application/json"})
    assert (status, json.loads(answer)["areas"]) == (200, ["food-2021"])


def test_a_body_in_pieces_without_a_length_is_limited_too(server: Server) -> None:
    pieces = (b"x" * 100_000 for _ in range(11))
    told = server.ask("POST", f"{ROOT}/match", pieces, {"Content-Type": "application/json"})
    assert told[0] == 413


@pytest.mark.parametrize(
    "path",
    [
        f"{ROOT}/regions/%ff%fe",
        f"{ROOT}/regions/%00",
        f"{ROOT}/regions/..%2f..%2fetc%2fpasswd",
        "/page/..%2fapp.py",
        "/page/../app.py",
        f"{ROOT}/search?q=%ff",
        f"{ROOT}/search?q=%E2%80%AEgnp",
        f"{ROOT}/%F0%9F%92%A3",
        f"{ROOT}/regions?" + "&".join(f"a{number}=1" for number in range(2_000)),
    ],
)
def test_hostile_addresses_are_answered_without_a_failure(path: str, server: Server) -> None:
    assert server.get(path)[0] in (200, 404, 422)


@pytest.mark.parametrize(
    "raw", [b"\x00\xff\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9 x\r\n\r\n", b"GET /" + b"a" * 200_000]
)
def test_what_is_no_http_ends_the_connection_alone(raw: bytes, server: Server) -> None:
    with socket.create_connection((server.host, server.port), timeout=30) as connection:
        try:
            connection.sendall(raw)
            told = connection.recv(1_000)
        except OSError:
            told = b""
    assert told == b"" or told.startswith(b"HTTP/1.1 400 ")
    assert server.get("/healthz")[0] == 200


def test_who_says_half_a_sentence_keeps_nobody_waiting(server: Server) -> None:
    with socket.create_connection((server.host, server.port), timeout=30) as connection:
        connection.sendall(b"POST /api/v1/match HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\n{")
        assert server.get("/healthz")[0] == 200


def test_a_page_of_another_site_cannot_pass_for_this_machine(server: Server) -> None:
    assert server.get(f"{ROOT}/regions", Host="evil.example")[0] == 421
    assert server.get(f"{ROOT}/regions", Host=f"localhost:{server.port}")[0] == 200


def test_many_at_once_are_all_answered(server: Server) -> None:
    found: list[int] = []

    def asking(number: int) -> None:
        for path in (
            f"{ROOT}/search?q={'hydrogen'[: number % 8 + 1]}",
            f"{ROOT}/regions/torino",
            f"{ROOT}/lookup?name=MESAP",
        ):
            found.append(server.get(path)[0])

    threads = [threading.Thread(target=asking, args=[number]) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [200] * 120


@pytest.mark.parametrize(("sign", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, -signal.SIGTERM)])
def test_it_stops_when_it_is_told_to_and_says_nothing(sign: signal.Signals, status: int) -> None:
    with serving("--dataset", "piedmont") as server, closing(server.connected()) as connection:
        connection.request("GET", "/healthz")
        assert connection.getresponse().read()
        begun = time.monotonic()  # The connection is open still.
        assert server.ended(sign) == (status, "")
        assert time.monotonic() - begun < 10


def test_a_directory_of_ones_own_is_served(tmp_path: pathlib.Path) -> None:
    directory = str(tmp_path / "mine")
    assert main(["new", directory]) == 0
    with serving("--dataset", directory) as server:
        total = json.loads(server.get(f"{ROOT}/regions")[1])["total"]
    assert total == len(smartspec.load(directory).regions)


def test_it_listens_where_it_is_told_and_says_what_that_means() -> None:
    with serving("--dataset", "piedmont", "--host", "0.0.0.0") as server:
        assert server.process.stdout is not None
        assert "Whoever reaches this machine" in server.process.stdout.readline()
        server.host = "127.0.0.1"
        assert server.get("/healthz", Host="explorer.example")[0] == 200


@pytest.mark.skipif(not socket.has_ipv6 or not os.path.exists("/proc/net/if_inet6"), reason="no IPv6 here")
def test_it_listens_on_ipv6() -> None:
    with serving("--dataset", "piedmont", "--host", "::1") as server:
        assert server.get("/healthz")[0] == 200


def test_a_port_that_is_taken_is_told_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--dataset", "piedmont", "--port", str(port)]) == 2
    err = capsys.readouterr().err
    assert f'cannot listen on "127.0.0.1", port {port}: Address already in use' in err
    assert "serve --port 0" in err


@pytest.mark.parametrize("host", ["nowhere.invalid", "a" * 300, "\x00"])
def test_a_host_that_is_none_is_told(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--dataset", "piedmont", "--host", host]) == 2
    assert "cannot listen on" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--port", port])
    assert ended.value.code == 2


def test_without_uvicorn_the_error_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main(["serve"]) == 2
    assert 'install "smartspec[web]"' in capsys.readouterr().err


def test_a_dataset_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--dataset", "atlantis"]) == 2
    assert 'there is no dataset "atlantis"' in capsys.readouterr().err


def test_it_opens_the_browser_if_it_is_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    import uvicorn

    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_: None)
    assert main(["serve", "--dataset", "piedmont", "--port", "0", "--open"]) == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", opened[0])
