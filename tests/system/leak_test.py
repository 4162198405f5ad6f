"""No personal value lies in clear: not in the database, its log, the audit log or the server's log.

Plays the sample township against a server and notes everything personal that it sends: names,
numbers, phones, birthdays, addresses, free texts, passwords and tokens. Then every file of the
database and every cell of every table is searched for each of them.

  leak_test.py [--yimen FILE] [--cases N]
"""

import json
import sqlite3
import sys
import unittest.mock

from program import ROOT, Program, arguments

import client
import township

PASSWORD = "correct horse battery"
EDITION = ROOT / "definitions/assistance/editions/heyu-2021.json"
CALENDAR_FROM = "2015"  # younger birthdays are also days of the calendar
MARK = "（样"  # begins every free text that is sent, so that one search finds them all
NOT_SERVED = ("administrator.password", "accounts.txt", "yimen.db.key")  # what keeps secrets
PERSONAL_OF_REQUESTS = {
    "/v1/persons": (("name",), ("identity", "number"), ("phone",), ("born_on",)),
    "/v1/households": (("address",),),
    "/v1/users": (("password",),),
    "/v1/sessions": (("password",),),
    "/v1/me/password": (("new",), ("present",)),
}


def at(value, path):
    """The object that holds the member at the end of the path, if it is a text there."""
    for member in path[:-1]:
        value = value.get(member) if isinstance(value, dict) else None
    return value if isinstance(value, dict) and isinstance(value.get(path[-1]), str) else None


def personal_members(schema, here=()):
    """Where a form keeps personal values, each with its format."""
    for name, member in schema.get("properties", {}).items():
        if member.get("x-personal"):
            yield here + (name,), member.get("format", "")
        yield from personal_members(member, here + (name,))


def personal_of_steps(edition):
    """Event or annotation -> the personal members of its forms."""
    steps = {name: [policy] for name, policy in edition["annotations"].items()}
    steps.update(edition["events"])
    return {
        name: {member for policy in policies if "form" in policy
               for member in personal_members(edition["forms"][policy["form"]]["schema"])}
        for name, policies in steps.items()
    }


class Listener:
    """Makes every free text one that is written nowhere else, and notes all that is personal."""

    def __init__(self, edition):
        self.steps = personal_of_steps(edition)
        self.seen = set()
        self.requests = 0

    def before(self, path, body):
        self.requests += 1
        if not isinstance(body, dict):
            return
        for known in PERSONAL_OF_REQUESTS.get(path, ()):
            holder = at(body, known)
            if holder is not None and known == ("phone",):
                holder["phone"] = self.unlike_any(holder["phone"], "phone")
            if holder is not None:
                self.seen.add(holder[known[-1]])
        step = body.get("event") or body.get("annotation") or "discover"
        data = body.get("facts") if "facts" in body else body.get("data")
        for known, kind in self.steps.get(step, ()):
            holder = at(data, known)
            if holder is not None:
                holder[known[-1]] = self.unlike_any(holder[known[-1]], kind)
                self.seen.add(holder[known[-1]])

    def unlike_any(self, text, kind):
        number = len(self.seen)
        return f"139{number:08d}" if kind == "phone" else f"{MARK}{number:06d}）{text[:40]}"

    def after(self, answer):
        if at(answer, ("token",)) is not None:
            self.seen.add(answer["token"])

    def words(self):
        """What is to be searched for, one by one."""
        return [MARK] + sorted(
            word for word in self.seen if len(word) > 2 and not word.startswith(MARK)
            and not (word[4:5] == "-" and word[:4] >= CALENDAR_FROM))


def play(program, cases, listener):
    """The sample township, with fewer cases."""
    secret = program.folder / "administrator.password"
    call = client.Client.call

    def listening(self, method, path, body=None, revision=None):
        listener.before(path, body)
        answer = call(self, method, path, body, revision)
        listener.after(answer[0])
        return answer

    arguments_of_township = ["township", "--url", program.url, "--password-file", str(secret),
                             "--accounts", str(program.folder / "accounts.txt")]
    with unittest.mock.patch.object(client.Client, "call", listening), \
            unittest.mock.patch.object(township, "CASES", cases), \
            unittest.mock.patch.object(sys, "argv", arguments_of_township):
        assert township.main() == 0


def forms_of(word):
    """How the word would look in clear: as it is, in escaped JSON, and as UTF-16."""
    yield word.encode()
    if not word.isascii():
        yield json.dumps(word)[1:-1].encode()
        yield word.encode("utf-16-le")


def cells(database):
    """Every cell of every table as bytes, with its place."""
    tables = [row[0] for row in database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    for table in tables:
        cursor = database.execute(f"SELECT * FROM {table}")
        columns = [column[0] for column in cursor.description]
        for row in cursor:
            for column, value in zip(columns, row):
                if value is not None:
                    yield f"{table}.{column}", (
                        value if isinstance(value, bytes) else str(value).encode())


def leaks(program, words):
    """Where which word lies in clear."""
    haystacks = {}
    for file in sorted(program.folder.iterdir()):
        if file.is_file() and file.name not in NOT_SERVED:
            haystacks[file.name] = file.read_bytes()
    database = sqlite3.connect(f"file:{program.database}?mode=ro", uri=True)
    for place, value in cells(database):
        haystacks.setdefault(place, b"")
        haystacks[place] += value + b"\n"
    database.close()
    found = []
    for place, bytes_there in haystacks.items():
        found += [(place, word) for word in words
                  if any(form in bytes_there for form in forms_of(word))]
    return haystacks, found


def main():
    given = arguments(__doc__.splitlines()[0], cases=42)
    with Program(given.yimen) as program:
        program.make_sample(PASSWORD).start()
        edition = json.loads(EDITION.read_text(encoding="utf-8"))
        listener = Listener(edition)
        play(program, given.cases, listener)
        words = listener.words()
        haystacks, found = leaks(program, words)  # the write-ahead log is there as well
        assert leaks(program, ["shili_1_worker"])[1], "the search finds nothing at all"
        assert program.stop() == 0
        found += leaks(program, words)[1]
        bytes_searched = sum(len(value) for value in haystacks.values())
    for place, word in sorted(set(found)):
        print(f"{place} holds {word!r} in clear")
    assert "yimen.db-wal" in haystacks and "journal.bytes" in haystacks and "yimen.log" in haystacks
    assert len(listener.seen) > given.cases * 5, f"only {len(listener.seen)} values were sent"
    print(f"{listener.requests} requests with {len(listener.seen)} personal values; "
          f"{len(haystacks)} places, {bytes_searched} bytes searched: {len(found)} in clear")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
