"""A client of language servers over standard input and output, as an editor is one."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from types import TracebackType
from typing import Any, Self

from tests.support.run_servers import PATIENCE

CAPABILITIES: dict[str, Any] = {
    "workspace": {
        "configuration": True,
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename"]},
    },
    "textDocument": {
        "synchronization": {"dynamicRegistration": False},
        "completion": {
            "completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "publishDiagnostics": {"relatedInformation": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
        "rename": {"prepareSupport": True},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
    },
}


class LanguageClient:
    """Starts a server, speaks its protocol, and ends it; a context manager."""

    def __init__(
        self,
        command: list[str],
        root: Path,
        settings: dict[str, Any] | None = None,
        *,
        pulls: bool = False,
    ) -> None:
        self._settings = settings or {}
        self.root = root
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root
        )
        self._messages: Queue[dict[str, Any] | None] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        self._next = 0
        self._versions: dict[str, int] = {}
        self._pulls = pulls
        self.texts: dict[Path, str] = {}
        self.told: list[dict[str, Any]] = []
        self.capabilities: dict[str, Any] = {}

    def __enter__(self) -> Self:
        answer = self.request(
            "initialize",
            {"processId": None, "rootUri": self.root.as_uri(), "capabilities": self._capabilities()},
        )
        self.capabilities = answer["capabilities"]
        self.notify("initialized", {})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.request("shutdown", None)
            self.notify("exit", None)
        else:
            self._process.kill()
        self._process.wait(timeout=PATIENCE)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._reader.join(timeout=PATIENCE)

    def _capabilities(self) -> dict[str, Any]:
        """What this client can do; one that pulls asks for diagnostics itself."""
        documents = {**CAPABILITIES["textDocument"], **({"diagnostic": {}} if self._pulls else {})}
        return {**CAPABILITIES, "textDocument": documents}

    def open(self, path: Path, text: str, language: str = "yaml") -> list[dict[str, Any]]:
        """Open a document, and return the diagnostics that are published for it."""
        self._versions[path.as_uri()] = 1
        self.texts[path] = text
        document = {"uri": path.as_uri(), "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return self.diagnostics(path)

    def change(
        self, path: Path, text: str, until: Callable[[list[dict[str, Any]]], bool] = lambda found: True
    ) -> list[dict[str, Any]]:
        """Give a document another text, and return the diagnostics that are published for it.

        A server that does not say which text it speaks of may still speak of an earlier one: `until` knows better.
        """
        self.replace(path, text)
        while not until(found := self.diagnostics(path)):
            pass
        return found

    def replace(self, path: Path, text: str) -> None:
        """Give a document another text, and wait for nothing."""
        uri = path.as_uri()
        self._versions[uri] += 1
        self.texts[path] = text
        changed = {
            "textDocument": {"uri": uri, "version": self._versions[uri]},
            "contentChanges": [{"text": text}],
        }
        self.notify("textDocument/didChange", changed)

    def diagnostics(self, path: Path) -> list[dict[str, Any]]:
        """Wait for the diagnostics of a document as it is now."""
        message = self._wait(lambda each: self._is_about(each, path.as_uri()))
        found: list[dict[str, Any]] = message["params"]["diagnostics"]
        return found

    def _is_about(self, message: dict[str, Any], uri: str) -> bool:
        """Whether it tells diagnostics of a document, and not of an earlier text of it."""
        if message.get("method") != "textDocument/publishDiagnostics":
            return False
        told = message["params"]
        return told["uri"] == uri and told.get("version") in (None, self._versions.get(uri))

    def at(self, method: str, path: Path, line: int, character: int, **more: Any) -> Any:
        """Ask something about a place; lines and characters count from 0."""
        place = {
            "textDocument": {"uri": path.as_uri()},
            "position": {"line": line, "character": character},
        }
        return self.request(f"textDocument/{method}", {**place, **more})

    def request(self, method: str, parameters: Any) -> Any:
        """Ask, and return the answer; AssertionError if it is an error."""
        self._next += 1
        number = self._next
        self._send({"id": number, "method": method, "params": parameters})
        answer = self._wait(lambda each: each.get("id") == number and "method" not in each)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def notify(self, method: str, parameters: Any) -> None:
        """Say something that has no answer."""
        self._send({"method": method, "params": parameters})

    def _wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            try:
                message = self._messages.get(timeout=PATIENCE)
            except Empty:
                raise AssertionError("the language server does not answer") from None
            assert message is not None, "the language server has ended"
            if message.get("method") == "textDocument/publishDiagnostics":
                self.told.append(message)
            if "id" in message and "method" in message:
                self._answer(message)
            elif wanted(message):
                return message

    def _answer(self, message: dict[str, Any]) -> None:
        """Answer what the server asks: its configuration, and nothing else."""
        result: Any = None
        if message["method"] == "workspace/configuration":
            result = [self._settings.get(item.get("section")) for item in message["params"]["items"]]
        self._send({"id": message["id"], "result": result})

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        stream = self._process.stdout
        while True:
            length = 0
            while (line := stream.readline().strip()) != b"":
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                self._messages.put(None)
                return
            self._messages.put(json.loads(stream.read(length)))
