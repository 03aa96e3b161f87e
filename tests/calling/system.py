"""Another system, for tests: a real HTTP server on this machine that answers as it is told."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Received:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Answer:
    """What a request is answered; `never` keeps it waiting, `dropped` closes the connection without a word."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    never: bool = False
    dropped: bool = False


@dataclass
class OtherSystem:
    """What has arrived, and how it is answered: the answers in turn, then the last again."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    answers: list[Answer | Callable[[], Answer]] = field(default_factory=lambda: [Answer()])

    def answer(self, *answers: Answer | Callable[[], Answer]) -> None:
        """Answer so from now on."""
        self.answers = list(answers)

    def next(self) -> Answer:
        """Return the answer whose turn it is."""
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return found() if callable(found) else found


@contextlib.contextmanager
def other_system(tls: ssl.SSLContext | None = None) -> Iterator[OtherSystem]:
    """Run one while the block lasts, with TLS where a context is handed over."""
    system, over = OtherSystem(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(length).decode()
            system.received.append(Received(self.command, self.path, headers, body))
            answer = system.next()
            if answer.never:
                over.wait()
            if answer.dropped or answer.never:
                self.close_connection = True
                return
            with contextlib.suppress(ConnectionError):
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that goes away is no fault of the server."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    system.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield system
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
