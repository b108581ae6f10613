"""An editor as the language server meets it: frames over a pipe, nothing timed.

Every wait is for a message and has a limit that no loaded machine reaches.
"""

import json
import subprocess
import sys
from queue import Queue
from threading import Thread

PATIENCE = 120  # seconds until a test gives up


def frame(message):
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def call(method, params=None, number=None):
    message = {"jsonrpc": "2.0", "method": method, "params": params}
    return frame(message if number is None else {**message, "id": number})


def change(text, version, uri="file:///a.md"):
    params = {
        "textDocument": {"uri": uri, "version": version},
        "contentChanges": [{"text": text}],
    }
    return call("textDocument/didChange", params)


class Editor:
    """Runs ``termbank lsp`` and speaks with it."""

    def __init__(self, *arguments, cwd=None):
        words = [sys.executable, "-P", "-m", "termbank", "lsp", *arguments]
        streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        self.server = subprocess.Popen(words, cwd=cwd, **streams)
        self.errors = ""
        self._messages = Queue()
        self._unread = []
        self._numbers = iter(range(1, 1000))
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_fault):
        self.server.kill()
        self.server.stdin.close()
        self._reader.join()
        self.server.stdout.close()
        self.errors = self.server.stderr.read().decode()
        self.server.stderr.close()
        self.server.wait()

    def send(self, frames):
        self.server.stdin.write(frames)
        self.server.stdin.flush()

    def notify(self, method, params):
        self.send(call(method, params))

    def ask(self, method, params=None):
        """Send a request and return its result."""
        number = next(self._numbers)
        self.send(call(method, params, number))
        answer = self.wait_for(lambda m: m.get("id") == number and "method" not in m)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def begin(self, root=None, encodings=None, capabilities=None):
        """Shake hands; return what the server says of itself."""
        given = capabilities or {}
        if encodings:
            given = {**given, "general": {"positionEncodings": encodings}}
        params = {"processId": None, "rootUri": root, "capabilities": given}
        answer = self.ask("initialize", params)
        self.notify("initialized", {})
        return answer

    def open(self, uri, text):
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def diagnostics(self):
        """Return the diagnostics that are published next."""
        kind = "textDocument/publishDiagnostics"
        message = self.wait_for(lambda m: m.get("method") == kind)
        return message["params"]["diagnostics"]

    def shown_messages(self):
        """Return the messages to the user that have come so far."""
        while not self._messages.empty():
            self._unread.append(self._messages.get())
        kind = "window/showMessage"
        return [m["params"]["message"] for m in self._unread if m.get("method") == kind]

    def end(self):
        """Shut down in order; return the exit code."""
        self.ask("shutdown")
        self.notify("exit", None)
        return self.server.wait(PATIENCE)

    def wait_for(self, fits):
        for message in self._unread:
            if fits(message):
                self._unread.remove(message)
                return message
        while True:
            message = self._messages.get(timeout=PATIENCE)
            assert message is not None, "the server has ended"
            if fits(message):
                return message
            self._unread.append(message)

    def _read(self):
        out = self.server.stdout
        while line := out.readline():
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
                while out.readline().strip():
                    pass
                self._messages.put(json.loads(out.read(length)))
        self._messages.put(None)
