#!/usr/bin/env python3
"""HTTP figures of this machine: durable transitions and reads, beside a bare Poco handler.

    tests/benchmark/http_bench.py [--build DIR] [--cases N] [--seconds N] [--store NAME …]

Imitates a county's busy morning: each transition moves another random one of N cases that wait in
a department (transfer to another department: a durable commit with journal, clocks and outbox).
The same cases on every store: sqlite, mariadb. Needs wrk, and MariaDB for that one. Everything
runs on loopback and is stopped at the end.
"""

import argparse
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from database_server import DatabaseServer

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "bench-only-password-4711"

TRANSFER = """
local lines = {}
for line in io.lines("%(cases)s") do lines[#lines + 1] = line end
local threads = 0
function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end
function init(args) at = id + 1; round = 0 end
function request()
  local id_of, revision = lines[at]:match("(%%S+) (%%d+)")
  at = at + %(threads)d
  if at > #lines then at = id + 1 end
  return wrk.format("POST", "/v1/cases/" .. id_of .. "/transitions", {
    ["Authorization"] = "Bearer %(token)s", ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = "%(run)s-" .. id_of, ["If-Match"] = '"r' .. revision .. '"',
    ["Host"] = "%(host)s"},
    '{"event":"transfer","data":{"unit":"%(unit)s","reason":"属其他科室职责"}}')
end
"""

READ = """
local paths = {}
for line in io.lines("%(paths)s") do paths[#paths + 1] = line end
local at = 0
function request()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at], {["Authorization"] = "Bearer %(token)s",
                                       ["Host"] = "%(host)s"})
end
"""

DONE = """
function done(summary, latency)
  io.write(string.format("RESULT %%d %%f %%f %%f %%d\\n", summary.requests,
    summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
    summary.errors.status + summary.errors.read + summary.errors.timeout))
end
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, path):
    started = time.monotonic()
    while time.monotonic() - started < 60:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            connection.getresponse().read()
            return time.monotonic() - started
        except OSError:
            time.sleep(0.005)
    raise SystemExit("the server does not answer")


def wrk(port, script, connections, seconds, folder):
    """Requests a second, p50 and p99 in microseconds, failed answers."""
    path = folder / "script.lua"
    path.write_text(script, encoding="utf-8")
    out = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(path),
         f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"RESULT (\d+) (\S+) (\S+) (\S+) (\d+)", out)
    if not found:
        raise SystemExit("wrk printed no result:\n" + out)
    requests, duration, p50, p99, failed = map(float, found.groups())
    if failed * 100 > requests:
        raise SystemExit(f"{failed:,.0f} of {requests:,.0f} answers tell of a failure")
    return requests / duration, p50, p99, int(failed)


def show(name, figures):
    rate, p50, p99, failed = figures
    print(f"{name:52}{rate:>10,.0f}/s  p50 {p50:>8,.0f} µs  p99 {p99:>8,.0f} µs  failed {failed}",
          flush=True)


class Bench:
    """One township's cases on one store, and the server of them."""

    def __init__(self, build, folder, seconds):
        self.build, self.folder, self.seconds = build, folder, seconds
        self.file = f"sqlite:{folder / 'bench.db'}"
        self.database = None
        self.key_file = folder / "bench.db.key"  # of prepare_cases
        self.environment = {}

    def must(self, *words):
        done = subprocess.run(
            [self.build / "yimen", *words, "--definitions", ROOT / "definitions", "--key-file",
             self.key_file], capture_output=True, text=True, check=False,
            env={**os.environ, **self.environment})
        if done.returncode != 0:
            raise SystemExit(f"yimen {words[0]}: {done.stdout[-500:]}{done.stderr[-500:]}")
        return done.stdout.strip()

    def prepare(self, cases):
        started = time.monotonic()
        out = subprocess.run(
            [self.build / "tests/benchmark/prepare_cases", self.folder / "bench.db",
             ROOT / "definitions", str(cases)], capture_output=True, text=True, check=False)
        if out.returncode != 0:
            raise SystemExit(out.stderr)
        self.cases = out.stdout.split("\n")[:-1]
        random.Random(1).shuffle(self.cases)
        spent = time.monotonic() - started
        print(f"prepared {cases} cases by the service: {cases * 8 / spent:,.0f} commits/s")
        password = self.folder / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        self.must("user", "add", "clerk", "--post", "station_clerk@station", "--password-file",
                  password, "--password-is-final", "--database", self.file)

    def use_copy(self):
        """From here on the cases are in another file, as they were prepared."""
        shutil.copy(self.folder / "bench.db", self.folder / "moved.db")
        self.database = f"sqlite:{self.folder / 'moved.db'}"

    def move_to(self, server):
        """From here on the cases are on that server, as they were prepared."""
        started = time.monotonic()
        self.environment = server.environment
        self.database = server.address
        said = self.must("copy", "--from", self.file, "--to", self.database)
        print(f"copied to MariaDB in {time.monotonic() - started:,.0f} s: {said}")

    def start(self):
        self.port = free_port()
        self.log = open(self.folder / "yimen.log", "wb")
        self.server = subprocess.Popen(
            [self.build / "yimen", "serve", "--listen", f"127.0.0.1:{self.port}", "--database",
             self.database, "--definitions", ROOT / "definitions", "--key-file",
             self.key_file], stdout=subprocess.DEVNULL, stderr=self.log,
            env={**os.environ, **self.environment})
        return wait_for(self.port, "/readyz")

    def settle(self):
        """Waits until what the server looks through at its start is done."""
        spent, before = self.processor_ticks(), -1
        while spent != before:
            time.sleep(5)
            before, spent = spent, self.processor_ticks()
        os.sync()

    def processor_ticks(self):
        stat = pathlib.Path(f"/proc/{self.server.pid}/stat").read_text(encoding="utf-8")
        return sum(map(int, stat.rsplit(")", 1)[1].split()[11:13])) // 5

    def resident_megabytes(self):
        status = pathlib.Path(f"/proc/{self.server.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def log_in(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("POST", "/v1/sessions", json.dumps(
            {"account": "clerk", "password": PASSWORD, "bearer": True}),
            {"Content-Type": "application/json", "Idempotency-Key": "log-in"})
        self.token = json.loads(connection.getresponse().read())["token"]

    def stop(self):
        self.server.terminate()
        self.server.wait()
        self.log.close()

    def transitions(self, connections, part):
        """Each case is moved once: a part of them a run."""
        names = self.folder / "cases.txt"
        names.write_text("\n".join(part) + "\n", encoding="utf-8")
        given = {"cases": names, "threads": 1, "token": self.token, "run": f"c{connections}",
                 "host": f"127.0.0.1:{self.port}", "unit": "social_security_office"}
        figures = wrk(self.port, TRANSFER % given + DONE % (), connections, self.seconds,
                      self.folder)
        if figures[0] * self.seconds > len(part):
            raise SystemExit("cases were moved twice: more --cases or fewer --seconds")
        return figures

    def reads(self, connections, paths):
        names = self.folder / "paths.txt"
        names.write_text("\n".join(paths) + "\n", encoding="utf-8")
        given = {"paths": names, "token": self.token, "host": f"127.0.0.1:{self.port}"}
        return wrk(self.port, READ % given + DONE % (), connections, self.seconds, self.folder)

    def run(self):
        """One store's figures."""
        kind = self.database.split(":")[0]
        started_in = self.start() * 1000
        print(f"{kind}: start to /readyz with {len(self.cases)} cases: {started_in:,.0f} ms, "
              f"resident {self.resident_megabytes():,.0f} MB")
        try:
            self.settle()
            self.log_in()
            fifth = len(self.cases) // 5
            for connections, first, last in ((1, 0, fifth), (8, fifth, 3 * fifth),
                                             (64, 3 * fifth, None)):
                show(f"durable transitions, {connections} connections",
                     self.transitions(connections, self.cases[first:last]))
            ids = [line.split()[0] for line in self.cases]
            for connections in (1, 16, 64):
                show(f"case reads, {connections} connections",
                     self.reads(connections, [f"/v1/cases/{case}" for case in ids]))
                show(f"inbox reads, {connections} connections",
                     self.reads(connections, ["/v1/inbox?filter=department"]))
            print(f"resident after load: {self.resident_megabytes():,.0f} MB")
        finally:
            self.stop()


def bare_handler(build, folder, seconds):
    port = free_port()
    bare = subprocess.Popen([build / "tests/benchmark/bare_server", str(port)],
                            stdout=subprocess.DEVNULL)
    wait_for(port, "/")
    constant = "wrk.headers['Host'] = '127.0.0.1'\n"
    for connections in (1, 64):
        show(f"bare Poco handler, {connections} connections",
             wrk(port, constant + DONE % (), connections, seconds, folder))
    bare.terminate()
    bare.wait()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", default=str(ROOT / "build/release"))
    arguments.add_argument("--cases", type=int, default=20000)
    arguments.add_argument("--seconds", type=int, default=3)
    arguments.add_argument("--store", nargs="+", choices=("sqlite", "mariadb"),
                           default=("sqlite", "mariadb"))
    given = arguments.parse_args()
    build = pathlib.Path(given.build).resolve()
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as name:
        folder = pathlib.Path(name)
        bare_handler(build, folder, given.seconds)
        bench = Bench(build, folder, given.seconds)
        bench.prepare(given.cases)
        if "sqlite" in given.store:
            bench.use_copy()
            bench.run()
        if "mariadb" in given.store:
            server = DatabaseServer(folder)
            try:
                server.start()
                bench.move_to(server)
                bench.run()
            finally:
                server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
