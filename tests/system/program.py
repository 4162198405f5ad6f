"""The real program in a folder of its own, for the tests that start, stop and kill it."""

import argparse
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "samples"))

READY_WITHIN = 30.0  # seconds; bounds the wait, a good start takes a fraction of one
POLL = 0.01
SAMPLE_AT = "2026-02-27T00:30:00Z"


def arguments(description, **more):
    """The command line that these tests have in common."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--yimen", default=str(ROOT / "build/release/yimen"))
    for name, default in more.items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    given, rest = parser.parse_known_args()
    sys.argv[1:] = rest
    return given


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """One database in one folder, and the server that may run on it."""

    def __init__(self, yimen, folder=None):
        self.yimen = os.path.abspath(yimen)
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="yimen-system-"))
        self.port = free_port()
        self.process = None
        self.started_in = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self):
        return self.folder / "yimen.db"

    def flags(self):
        return ["--database", f"sqlite:{self.database}", "--definitions", str(ROOT / "definitions")]

    def run(self, *words, flags=None, **options):
        """A command to its end: status and everything it said."""
        command = [self.yimen, *words, *(self.flags() if flags is None else flags)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False,
                              **options)
        return done.returncode, done.stdout + done.stderr

    def make_sample(self, password="correct horse battery"):
        """A sample database with an administrator."""
        self.must("migrate", "--sample", "--sample-at", SAMPLE_AT)
        return self.add_administrator(password)

    def add_administrator(self, password="correct horse battery", flags=("--password-is-final",)):
        secret = self.folder / "administrator.password"
        secret.write_text(password + "\n", encoding="utf-8")
        self.must("user", "add", "administrator", "--post", "administrator@station",
                  "--password-file", str(secret), *flags)
        return self

    def must(self, *words):
        status, said = self.run(*words)
        assert status == 0, f"{' '.join(words)}: {status} {said}"
        return said

    def start(self, flags=None, cwd=None):
        """Starts the server and waits until it is ready."""
        command = [self.yimen, "serve", "--listen", f"127.0.0.1:{self.port}",
                   *(self.flags() if flags is None else flags)]
        begun = time.monotonic()
        with open(self.folder / "yimen.log", "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=cwd,
                                            stdin=subprocess.DEVNULL)
        while not self.is_ready():
            assert self.process.poll() is None, f"the server ended: {self.log()[-800:]}"
            assert time.monotonic() - begun < READY_WITHIN, "the server is not ready"
            time.sleep(POLL)
        self.started_in = time.monotonic() - begun
        return self

    def is_ready(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def log(self):
        path = self.folder / "yimen.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def stop(self):
        """As a service manager stops it; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=30)


class Caller:
    """One connection of one account. Answers bytes, so that answers can be compared to the byte."""

    def __init__(self, port, token=None):
        self._port = port
        self.token = token
        self._connection = None

    def call(self, method, path, body=None, key=None, tag=None):
        """Status, body and ETag. Whatever it raises: the outcome is unknown."""
        headers = {"Accept-Language": "en"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if key:
            headers["Idempotency-Key"] = key
        if tag:
            headers["If-Match"] = tag
        data = None
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode()
            headers["Content-Type"] = "application/json"
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
            self._connection.request(method, path, data, headers)
            answer = self._connection.getresponse()
            text = answer.read()
        except BaseException:
            self.close()
            raise
        if answer.getheader("Connection") == "close":
            self.close()
        return answer.status, text, answer.getheader("ETag")

    def close(self):
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def log_in(self, account, password):
        status, text, _ = self.call("POST", "/v1/sessions",
                                    {"account": account, "password": password, "bearer": True})
        assert status == 201, f"log in: {status} {text.decode()}"
        self.token = json.loads(text)["token"]
        return self

    def log_in_first(self, account, password):
        """With a password that was given, which is changed where the database asks for that."""
        self.log_in(account, password)
        if self.get("/v1/me")["must_change_password"]:
            own = f"{password} of my own"
            self.call("POST", "/v1/me/password", {"present": password, "new": own}, "own password")
            self.log_in(account, own)
        return self

    def get(self, path):
        status, text, _ = self.call("GET", path)
        assert status == 200, f"GET {path}: {status} {text.decode()}"
        return json.loads(text)

    def made(self, path, body, key):
        status, text, _ = self.call("POST", path, body, key)
        assert status == 201, f"POST {path}: {status} {text.decode()}"
        return json.loads(text)
