"""A mail server that listens on a free port of this machine and keeps what it is given.

with MailServer() as server: ...; server.received[0].recipients
"""

import socketserver
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


@dataclass(frozen=True)
class Received:
    """One e-mail: how the sender greeted, the envelope, and the message."""

    greeting: str
    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)  # type: ignore[return-value]

    @property
    def text(self) -> str:
        return self.message.get_content()


@dataclass
class MailServer:
    """`refuses` is what it answers to a recipient instead of taking it, such as "550 Unknown"."""

    refuses: str = ""
    received: list[Received] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> "MailServer":
        server = self

        class Conversation(_Conversation):
            of = server

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", self.port), Conversation)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Conversation(socketserver.StreamRequestHandler):
    of: MailServer
    timeout = 20

    def handle(self) -> None:
        self.say("220 mail.example ESMTP")
        greeting = sender = ""
        recipients: list[str] = []
        while line := self.rfile.readline(2000):
            word, _, rest = line.decode().strip().partition(" ")
            match word.upper():
                case "EHLO" | "HELO":
                    greeting = rest
                    self.say("250 mail.example")
                case "MAIL":
                    sender, recipients = rest, []
                    self.say("250 OK")
                case "RCPT" if self.of.refuses:
                    self.say(f"{self.of.refuses} {rest}")
                case "RCPT":
                    recipients.append(rest.partition("<")[2].rstrip(">"))
                    self.say("250 OK")
                case "DATA":
                    self.say("354 Go on")
                    raw = self.body()
                    self.of.received.append(Received(greeting, sender, recipients, raw))
                    self.say("250 Taken")
                case "QUIT":
                    self.say("221 Bye")
                    return
                case _:
                    self.say("250 OK")

    def body(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
