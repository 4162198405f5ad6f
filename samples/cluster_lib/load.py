"""Village work from many clients at once, each request noted down with what came of it."""

import dataclasses
import http.client
import random
import threading
import time

from client import Client, Refused
from cluster_lib.processes import Failed
import people

VILLAGES = ("heyu_community", "shili_1", "shili_2", "shili_3", "shili_4")
PASSWORD = "correct horse battery"
CASES_AT_ONCE = 4   # of a village, so that its clients meet
ENTRIES_MAX = 60    # of a case, then another one is opened
GIVEN_UP_AFTER = 180  # seconds in which nobody answers
PAUSE = 0.05        # seconds before a repeat
NOT_NOW = (429, 503)


@dataclasses.dataclass
class Operation:
    """A request about a case, and what its client knows of it. Times are seconds of one clock.

    A write says which version it made, a read which one it saw. `base` is the version that a write
    demanded to stand on; none where it is to be added to whatever is there."""
    kind: str  # write or read
    case: str | None  # none while an opening is under way
    key: str
    base: int | None = None
    begun: float = 0.0
    ended: float | None = None
    outcome: str = "unknown"  # ok, refused
    version: int | None = None


class Township:
    """Accounts, people and homes of the villages, made through one address."""

    def __init__(self, url, administrator_password):
        self.url = url
        administrator = Client(url).log_in("administrator", administrator_password)
        self.ids, self.homes = {}, {}
        names = [("station_clerk", "station_clerk", "station")]
        for village in VILLAGES:
            names.append((f"{village}_worker", "village_worker", village))
            names.append((f"{village}_commander", "village_commander", village))
        for name, post, unit in names:
            made, _ = administrator.call("POST", "/v1/users", {
                "name": name, "display_name": name, "password": PASSWORD,
                "posts": [{"post": post, "unit": unit}]})
            self.ids[name] = made["id"]
        clerk = self.log_in("station_clerk")
        for village, person in zip(VILLAGES, people.invent(len(VILLAGES))):
            head, _ = clerk.call("POST", "/v1/persons", {**person, "village": village})
            home, _ = clerk.call("POST", "/v1/households", {
                "village": village, "head": head["id"], "address": "示例组一号"})
            self.homes[village] = (head["id"], home["id"])

    def log_in(self, name):
        return Client(self.url).log_in(name, PASSWORD)


class Village:
    """The cases that the clients of one village work on, and share."""

    def __init__(self, name):
        self.name = name
        self._lock = threading.Lock()
        self._cases = []

    def open_case(self, case_id):
        with self._lock:
            self._cases.append(case_id)

    def close_case(self, case_id):
        with self._lock:
            if case_id in self._cases:
                self._cases.remove(case_id)

    def choose(self, chance):
        """A case; none where another one should be opened."""
        with self._lock:
            return chance.choice(self._cases) if len(self._cases) >= CASES_AT_ONCE else None


class Worker(threading.Thread):
    """One client: a village's two accounts, one request after another."""

    def __init__(self, load, number, seed):
        super().__init__(daemon=True)
        self._load, self._number = load, number
        self._chance = random.Random(seed * 1000 + number)
        self._village = load.villages[number % len(load.villages)]
        name = self._village.name
        self._clients = {post: load.township.log_in(f"{name}_{post}")
                         for post in ("worker", "commander")}
        self._count = 0
        self.done = []
        self.fault = None

    def run(self):
        try:
            while not self._load.is_ending():
                self._step()
        except Exception as fault:  # pylint: disable=broad-except
            self.fault = fault
            self._load.end()

    def _step(self):
        case_id = self._village.choose(self._chance)
        if case_id is None:
            self._open()
        elif self._chance.random() < 0.3:
            self._look(case_id)
        elif self._chance.random() < 0.55:
            self._put(case_id, "note", {"text": f"示例记录{self._count}"})
        else:
            self._move(case_id)

    def _open(self):
        person, home = self._load.township.homes[self._village.name]
        answer = self._perform("write", None, "/v1/cases", {"procedure": "assistance", "facts": {
            "channel": "patrol", "subject": person, "household": home, "key_category": "other",
            "place": {"village": self._village.name, "registered_outside": False},
            "category": "temporary_relief", "known": "示例走访记录", "emergency": False,
            "restricted": "none", "authorisation": True}})
        self._put(answer["id"], "record_visit", {
            "kind": "home", "household_seen": True, "findings": "示例情况",
            "visitors": [self._load.township.ids[f"{self._village.name}_{post}"]
                         for post in ("worker", "commander")]})
        self._village.open_case(answer["id"])

    def _look(self, case_id):
        case = self._perform("read", case_id, f"/v1/cases/{case_id}")
        if case["sequence"] >= ENTRIES_MAX:
            self._village.close_case(case_id)
        return case

    def _put(self, case_id, annotation, data):
        self._perform("write", case_id, f"/v1/cases/{case_id}/annotations",
                      {"annotation": annotation, "data": data})

    # To the village's review and back; whoever was faster has the step.
    def _move(self, case_id):
        case = self._look(case_id)
        post, event, data = ("worker", "submit_for_review", {})
        if case["state"] == "village_review":
            post, event = "commander", "request_facts"
            data = {"missing_codes": ["income_proof"], "missing": "示例缺项"}
        self._perform("write", case_id, f"/v1/cases/{case_id}/transitions",
                      {"event": event, "data": data}, case, post)

    def _perform(self, kind, case_id, path, body=None, base=None, post="worker"):
        """Until it is certain what came of it: repeated with its key, it happens once."""
        self._count += 1
        operation = Operation(kind, case_id, f"{self._number}-{self._count}",
                              base and base["sequence"], time.monotonic())
        self.done.append(operation)
        revision = base and base["revision"]
        while True:
            answer = self._attempt(operation, path, body, revision, post)
            if answer is not None:
                return answer
            self._load.note_uncertain()
            if time.monotonic() - operation.begun > GIVEN_UP_AFTER:
                raise Failed(f"nobody has answered {path} for {GIVEN_UP_AFTER} s")
            time.sleep(PAUSE)

    def _attempt(self, operation, path, body, revision, post):
        method = "POST" if body else "GET"
        try:
            answer, _ = self._clients[post].call(method, path, body, revision, operation.key)
        except Refused as refused:
            # What is no problem of Yimen's comes from the balancer, which knows no outcome.
            if not refused.problem or refused.status in NOT_NOW:
                return None
            if operation.base is None or refused.status not in (409, 412):
                raise
            operation.outcome, operation.ended = "refused", time.monotonic()
            return {}
        except (OSError, http.client.HTTPException):
            return None
        operation.ended, operation.outcome = time.monotonic(), "ok"
        operation.case, operation.version = answer["id"], answer["sequence"]
        self._load.note_done(operation)
        return answer


class Load:
    """All clients. What is acknowledged is counted, and the longest time in which nothing was."""

    def __init__(self, township, clients, seed):
        self.township = township
        self.villages = [Village(name) for name in VILLAGES]
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self.done = self.writes = self.uncertain = 0
        self.stall = 0.0
        self._last = time.monotonic()
        self._workers = [Worker(self, number, seed) for number in range(clients)]

    def start(self):
        self._last = time.monotonic()
        for worker in self._workers:
            worker.start()
        return self

    def is_ending(self):
        return self._ending.is_set()

    def end(self):
        self._ending.set()

    def note_done(self, operation):
        with self._lock:
            self.done += 1
            self.writes += operation.kind == "write"
            now = time.monotonic()
            self.stall = max(self.stall, now - self._last)
            self._last = now

    def note_uncertain(self):
        with self._lock:
            self.uncertain += 1

    def longest_stall(self):
        """Seconds without an answer, since this was asked for the last time."""
        with self._lock:
            stall, self.stall = self.stall, 0.0
        return stall

    def must_go_on(self):
        """Fails when a client met something that no fault of a node explains."""
        for worker in self._workers:
            if worker.fault is not None:
                raise worker.fault
        return True

    def finish(self):
        """Lets each client end what it is at, and answers all operations."""
        self.end()
        for worker in self._workers:
            worker.join(GIVEN_UP_AFTER + 60)
        self.must_go_on()
        return [operation for worker in self._workers for operation in worker.done]
