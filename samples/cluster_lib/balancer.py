"""haproxy in front of both: one address of the API, one of the database node that writes."""

import csv
import pathlib
import socket

from cluster_lib.processes import Failed, Process

CHECK = pathlib.Path(__file__).resolve().with_name("check_database")

CONFIGURATION = """\
global
  maxconn 2000
  external-check
  insecure-fork-wanted
  stats socket {socket} mode 600

defaults
  timeout connect 2s
  timeout check 2s
  timeout client 60s
  timeout server 60s
  retries 2
  option redispatch
  default-server inter 500ms fall 2 rise 2 on-marked-down shutdown-sessions

listen database
  mode tcp
  bind 127.0.0.1:{database_port}
  timeout client 1h
  timeout server 1h
  option external-check
  external-check path "/usr/bin:/bin"
  external-check command {check}
{choice}
{databases}

listen api
  mode http
  bind 127.0.0.1:{api_port}
  balance roundrobin
  option http-server-close
  option httpchk
  http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host 127.0.0.1:{api_port}
  http-check expect status 200
{programs}
"""

# One node takes everything until it fails; then the next one does, until that one fails: a node
# that comes back does not take over again.
ONE_WRITER = """\
  stick-table type ip size 1
  stick on dst"""
ALL_WRITE = "  balance roundrobin"


class Balancer:
    """In front of `databases` and `programs`, names and ports. The first database is the first to
    take the writes, unless `all_write`."""

    def __init__(self, folder, ports, stays, all_write=False):
        self.api_port, self.database_port = ports
        self._process = Process("haproxy", pathlib.Path(folder) / "haproxy", stays=stays)
        self._all_write = all_write
        self._socket = self._process.folder / "socket"

    def start(self, databases, programs):
        def servers(which, backup=""):
            return "\n".join(f"  server {name} 127.0.0.1:{port} check{backup if number else ''}"
                             for number, (name, port) in enumerate(which))
        file = self._process.folder / "haproxy.cfg"
        file.write_text(CONFIGURATION.format(
            socket=self._socket, check=CHECK, database_port=self.database_port,
            api_port=self.api_port, choice=ALL_WRITE if self._all_write else ONE_WRITER,
            databases=servers(databases, "" if self._all_write else " backup"),
            programs=servers(programs)), encoding="utf-8")
        self._process.run(["haproxy", "-db", "-f", str(file)])

    @property
    def pid(self):
        return self._process.pid

    def stop(self):
        self._process.stop(seconds=5)

    def must_run(self):
        return self._process.must_run()

    def statistics(self):
        """Rows of haproxy's statistics: one for each server of each list."""
        with socket.socket(socket.AF_UNIX) as asking:
            asking.settimeout(5)
            asking.connect(str(self._socket))
            asking.sendall(b"show stat\n")
            with asking.makefile(encoding="utf-8") as answer:
                return list(csv.DictReader(answer))

    def usable(self, which):
        """The names of the servers that haproxy holds for usable, of `database` or `api`."""
        return [row["svname"] for row in self.statistics()
                if row["# pxname"] == which and row["svname"] not in ("FRONTEND", "BACKEND")
                and row["status"].startswith("UP")]

    def writer(self):
        """The name of the database node that connections go to now, most of them at least."""
        busy = {row["svname"]: int(row["scur"]) for row in self.statistics()
                if row["# pxname"] == "database" and row["svname"].startswith("db")}
        name = max(busy, key=busy.get)
        if not busy[name]:
            raise Failed("no database node has a connection")
        return name
