"""Three database nodes, three Yimen nodes and haproxy, on loopback, in one folder."""

import contextlib
import functools
import http.client
import pathlib
import secrets
import shutil
import subprocess
import tempfile
import time

from cluster_lib.balancer import Balancer
from cluster_lib.database_node import DatabaseNode
from cluster_lib.processes import Failed, Process, free_ports, started_in, wait_until

ROOT = pathlib.Path(__file__).resolve().parents[2]
NODES = 3
SCHEMA = "yimen"
SAMPLE_AT = "2026-02-27T00:30:00Z"
READY_WITHIN = 60  # seconds

MAKE_SCHEMA = """
CREATE DATABASE {schema} CHARACTER SET utf8mb4;
CREATE USER yimen@'127.0.0.1' IDENTIFIED BY '{password}';
GRANT ALL ON {schema}.* TO yimen@'127.0.0.1';
-- Who asks for a node's state needs no right and no secret.
CREATE USER health@'127.0.0.1';
"""


def is_ready(port):
    """Whether the server on this port says at /readyz that it can serve."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class YimenNode:
    """One Yimen on the cluster's database."""

    def __init__(self, name, cluster, port):
        self.name, self.port = name, port
        self._cluster = cluster
        self.process = Process(name, cluster.folder / name, stays=cluster.stays)

    def start(self):
        self.process.run(self._cluster.command(
            "serve", "--listen", f"127.0.0.1:{self.port}",
            "--allowed-host", f"127.0.0.1:{self._cluster.balancer.api_port}"),
            self._cluster.environment)

    def is_ready(self):
        return is_ready(self.port)

    def wait_ready(self):
        return wait_until(lambda: self.process.must_run() and self.is_ready(), READY_WITHIN,
                          f"{self.name} is ready")


class Cluster:
    """Everything, started by `with`. What it makes itself, folder included, is gone afterwards
    unless it `stays`. `all_write`: every database node takes writes at once."""

    def __init__(self, yimen, folder=None, stays=False, all_write=False,
                 say=functools.partial(print, flush=True)):
        self.yimen = pathlib.Path(yimen).resolve()
        self.stays = stays
        self._say = say
        self._is_own_folder = folder is None
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="yimen-cluster-")).resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        if any(self.folder.iterdir()):
            raise Failed(f"{self.folder} holds other things; name an empty folder.")
        self.folder.chmod(0o711)  # the databases may run as another user
        ports = iter(free_ports(NODES * 5 + 2))
        take = lambda count: [next(ports) for _ in range(count)]  # noqa: E731
        self.databases = [DatabaseNode(f"db{number}", self.folder, take(4), stays)
                          for number in range(1, NODES + 1)]
        self.balancer = Balancer(self.folder, take(2), stays, all_write)
        self.password = secrets.token_urlsafe(16)
        self.environment = {"YIMEN_DATABASE_PASSWORD": secrets.token_urlsafe(16)}
        self.programs = [YimenNode(f"yimen{number}", self, *take(1))
                         for number in range(1, NODES + 1)]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.balancer.api_port}"

    def command(self, *words, port=None):
        """A command line of the program, on the node that writes unless another port is named."""
        return [str(self.yimen), *words, "--definitions", str(ROOT / "definitions"),
                "--key-file", str(self.folder / "key"), "--database",
                f"mysql://yimen@127.0.0.1:{port or self.balancer.database_port}/{SCHEMA}"]

    def must(self, *words, port=None):
        """Runs a command of the program to its end and answers what it said."""
        done = subprocess.run(self.command(*words, port=port), capture_output=True, text=True,
                              check=False, cwd=self.folder, timeout=600,
                              env=dict(self.environment))
        if done.returncode != 0:
            raise Failed(f"yimen {words[0]}: {done.stdout[-800:]}{done.stderr[-800:]}")
        return done.stdout.strip()

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind, *_):
        if kind is not None or not self.stays:
            self.stop()

    def start(self):
        begun = time.monotonic()
        first, *others = self.databases
        for node in self.databases:
            node.configure(self.databases)
        self._say("Starting the first database node …")
        first.install()
        first.found()
        first.sql(MAKE_SCHEMA.format(schema=SCHEMA,
                                     password=self.environment["YIMEN_DATABASE_PASSWORD"]))
        self.must("migrate", "--sample", "--sample-at", SAMPLE_AT, port=first.port)
        secret = self._kept("administrator.password", self.password)
        self._kept("key", secrets.token_hex(32))  # the same one for every node
        self.must("user", "add", "administrator", "--post", "administrator@station",
                  "--password-file", str(secret), port=first.port)
        for size, node in enumerate(others, start=2):
            self._say(f"{node.name} joins …")
            node.start()
            node.wait_synced(size)
        self._say("Starting haproxy and the Yimen nodes …")
        self.balancer.start([(node.name, node.port) for node in self.databases],
                            [(node.name, node.port) for node in self.programs])
        wait_until(lambda: self.balancer.must_run() and self._usable("database") == NODES,
                   READY_WITHIN, "haproxy finds every database node usable")
        for node in self.programs:
            node.start()
        for node in self.programs:
            node.wait_ready()
        wait_until(lambda: self._usable("api") == NODES, READY_WITHIN,
                   "haproxy finds every Yimen node usable")
        self._say(f"The cluster is ready after {time.monotonic() - begun:.1f} s.")

    def _kept(self, name, secret):
        file = self.folder / name
        file.touch(mode=0o600)
        file.write_text(secret + "\n", encoding="utf-8")
        return file

    # haproxy's socket is there a moment after haproxy.
    def _usable(self, which):
        with contextlib.suppress(OSError):
            return len(self.balancer.usable(which))
        return 0

    def database(self, name):
        return next(node for node in self.databases if node.name == name)

    def pids(self):
        """In the order in which to stop them."""
        return [*(node.process.pid for node in self.programs), self.balancer.pid,
                *(node.process.pid for node in self.databases)]

    def left_running(self):
        """Whatever still runs of it, helpers of killed servers included."""
        return sorted(started_in(self.folder))

    def stop_programs(self):
        for node in self.programs:
            node.process.stop()

    def stop(self):
        self.stop_programs()
        self.balancer.stop()
        for node in reversed(self.databases):
            node.process.stop()
        if self._is_own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)
