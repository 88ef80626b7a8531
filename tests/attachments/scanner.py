"""A scanner that speaks as clamd does, on a real socket, for the tests.

with Scanner(folder) as scanner: settings.VERTROUWD_CLAMD = scanner.address
"""

import socket
import threading
from pathlib import Path
from typing import Any

from tests.attachments.made_files import EICAR

LARGEST = 2_000_000  # bytes, as `StreamMaxLength`


class Scanner:
    """Finds EICAR. `answer` says something else instead; `hangs_up`: it says nothing."""

    def __init__(self, folder: Path | None = None, *, answer: bytes = b"", hangs_up: bool = False):
        self.answer, self.hangs_up = answer, hangs_up
        self.received: list[bytes] = []
        if folder is not None:
            self._listening = socket.socket(socket.AF_UNIX)
            self._listening.bind(str(folder / "clamd.sock"))
            self._listening.listen()
            self.address = str(folder / "clamd.sock")
        else:
            self._listening = socket.create_server(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"

    def __enter__(self) -> "Scanner":
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                talking, _ = self._listening.accept()
            except OSError:
                return
            with talking:
                try:
                    self._talk(talking)
                except OSError:
                    continue

    def _talk(self, talking: socket.socket) -> None:
        if self.hangs_up:
            return
        with talking.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            content = b""
            while (head := said.read(4)) != bytes(4):
                if not head:  # it broke off before its end: there is nothing to judge
                    return
                content += said.read(int.from_bytes(head, "big"))
                if len(content) > LARGEST:
                    talking.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                    return
        self.received.append(content)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        talking.sendall(self.answer or found)
