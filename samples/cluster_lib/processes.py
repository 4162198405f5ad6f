"""Processes of our own on loopback: started, paused, killed and swept away by their ids."""

import contextlib
import ctypes
import os
import pathlib
import random
import signal
import socket
import subprocess
import time

POLL = 0.05  # seconds
PORTS = range(20000, 32768)  # below those that Linux gives to outgoing connections
PR_SET_PDEATHSIG = 1
TAG = "YIMEN_CLUSTER_PROCESS"  # in the environment of a process and of whatever it starts


class Failed(Exception):
    """Something of the cluster does not do what it is there for; the text is for people."""


def wait_until(condition, seconds, what):
    """Waits for the condition and answers how long that took, in seconds."""
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > seconds:
            raise Failed(f"after {seconds} s still not: {what}")
        time.sleep(POLL)
    return time.monotonic() - begun


def free_ports(count):
    """Ports of 127.0.0.1 that nobody listens on, each once. The system gives none of them to an
    outgoing connection before we listen there."""
    chosen = []
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            chosen.append(port)
        if len(chosen) == count:
            return chosen
    raise Failed("there are not enough free ports")


def started_in(folder):
    """The processes that were started in the folder or below it, and whatever they started: also
    what a killed server leaves of its helpers."""
    wanted = f"{TAG}={folder}/".encode()
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                variables = (entry / "environ").read_bytes().split(b"\0")
                if any(variable.startswith(wanted) for variable in variables):
                    yield int(entry.name)


class Process:
    """One server in a folder of its own, with a log. It ends with the thread that starts it,
    however that ends, unless it `stays`."""

    def __init__(self, name, folder, user=None, stays=False):
        self.name = name
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(mode=0o700)
        self.log_file = self.folder / "log"
        self._user = user
        self._stays = stays
        self._running = None

    def run(self, command, environment=None):
        with open(self.log_file, "ab") as log:
            self._running = subprocess.Popen(  # pylint: disable=consider-using-with
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                env={**os.environ, **(environment or {}), TAG: f"{self.folder}/"},
                preexec_fn=None if self._stays else _end_with_parent, start_new_session=True,
                **self.as_user())

    def as_user(self):
        """What `subprocess` takes to run as this process's user."""
        return {"user": self._user, "group": self._user, "extra_groups": []} if self._user else {}

    @property
    def pid(self):
        return self._running.pid

    def is_running(self):
        return self._running is not None and self._running.poll() is None

    def must_run(self):
        if not self.is_running():
            raise Failed(f"{self.name} ended; the end of its log:\n{self.log_end()}")
        return True

    def log_end(self):
        text = self.log_file.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-8:])

    def pause(self):
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self):
        os.kill(self.pid, signal.SIGCONT)

    def kill(self):
        """kill -9 of it and of its helpers."""
        if self.is_running():
            self._running.kill()
            self._running.wait()
        for pid in list(started_in(self.folder)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def stop(self, seconds=20):
        """As a service manager stops it; what does not obey is killed."""
        if self.is_running():
            self.resume()
            self._running.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._running.wait(seconds)
        self.kill()


def _end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
