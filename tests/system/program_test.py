"""The program as its administrator meets it: starting, stopping, commands, settings, the clock.

  program_test.py [--yimen FILE] [TEST …]
"""

import contextlib
import http.client
import json
import os
import shutil
import signal
import sqlite3
import stat
import unittest

from program import ROOT, Caller, Program, arguments

PASSWORD = "correct horse battery"
GIVEN = arguments(__doc__.splitlines()[0])


class Starting(unittest.TestCase):
    def test_serve_alone_works_from_a_folder_with_definitions(self):
        with Program(GIVEN.yimen) as program:
            (program.folder / "definitions").symlink_to(ROOT / "definitions")
            program.start(flags=[], cwd=program.folder)
            database = program.folder / "var/yimen.db"
            self.assertTrue(database.exists())
            for secret in (database, program.folder / "var/yimen.db.key"):
                self.assertEqual(stat.S_IMODE(secret.stat().st_mode), 0o600, secret)
            self.assertEqual(program.stop(), 0)

    def test_a_second_start_on_the_same_port_says_so(self):
        with Program(GIVEN.yimen) as first, Program(GIVEN.yimen) as second:
            first.start()
            status, said = second.run("serve", "--listen", f"127.0.0.1:{first.port}")
            self.assertEqual(status, 3)
            self.assertIn(str(first.port), said)
            self.assertRegex(said, r"[A-Za-z ]+ ")
            self.assertTrue(first.is_ready())

    def test_a_second_start_on_the_same_database_says_so(self):
        with Program(GIVEN.yimen) as program:
            program.start()
            for words in (("serve", "--listen", "127.0.0.1:0"), ("migrate",), ("verify",)):
                status, said = program.run(*words)
                self.assertEqual(status, 3, words)
                self.assertIn(str(program.database), said)
                self.assertIn("already serves", said)
            self.assertTrue(program.is_ready())

    def test_it_listens_to_this_machine_only_without_a_proxy(self):
        with Program(GIVEN.yimen) as program:
            status, said = program.run("serve", "--listen", "0.0.0.0:0")
            self.assertEqual(status, 3)
            self.assertIn("proxy", said)

    def test_a_key_file_that_others_can_read_is_refused(self):
        with Program(GIVEN.yimen) as program:
            key = program.folder / "key"
            key.write_text("00" * 32, encoding="utf-8")
            key.chmod(0o644)
            status, said = program.run("serve", "--listen", "127.0.0.1:0", "--key-file", str(key))
            self.assertEqual(status, 3)
            self.assertIn(str(key), said)

    def test_an_edition_with_holes_does_not_start_and_all_are_named(self):
        with Program(GIVEN.yimen) as program:
            definitions = program.folder / "definitions"
            shutil.copytree(ROOT / "definitions", definitions)
            file = definitions / "assistance/editions/heyu-2021.json"
            edition = json.loads(file.read_text(encoding="utf-8"))
            edition["clocks"] = [clock for clock in edition["clocks"]
                                 if clock.get("state") != "village_review"]
            edition["events"]["accept"][0]["posts"] = []
            edition["events"]["handle"][0]["signoff"]["substitutes"] = []
            edition["categories"]["medical"]["department"] = "baking_office"
            file.write_text(json.dumps(edition, ensure_ascii=False), encoding="utf-8")
            status, said = program.run("definitions", "check", str(definitions), flags=[])
            self.assertEqual(status, 1, said)
            for hole in ("village_review", "accept", "handle", "baking_office"):
                self.assertIn(hole, said)
            status, served = program.run("serve", "--database", f"sqlite:{program.database}",
                                         "--definitions", str(definitions), flags=[])
            self.assertEqual(status, 3, served)
            for hole in ("village_review", "accept", "handle", "baking_office"):
                self.assertIn(hole, served)

    def test_the_definitions_at_hand_hold_together(self):
        with Program(GIVEN.yimen) as program:
            status, said = program.run("definitions", "check", str(ROOT / "definitions"), flags=[])
            self.assertEqual(status, 0, said)


class Stopping(unittest.TestCase):
    def test_requests_under_way_are_answered_when_it_is_told_to_stop(self):
        with Program(GIVEN.yimen) as program:
            program.make_sample(PASSWORD).start()
            crowd = [http.client.HTTPConnection("127.0.0.1", program.port, timeout=30)
                     for _ in range(16)]
            for one in crowd:
                one.request("GET", "/livez")
                one.getresponse().read()
            body = json.dumps({"account": "administrator", "password": PASSWORD})
            for one in crowd:  # argon2id takes a while, two at a time
                one.request("POST", "/v1/sessions", body, {"Content-Type": "application/json"})
            program.process.send_signal(signal.SIGTERM)
            outcomes = [one.getresponse().status for one in crowd]
            for one in crowd:
                one.close()
            self.assertEqual(program.process.wait(timeout=30), 0)
            self.assertLessEqual(set(outcomes), {201, 429})  # one account's crowd is slowed down
            self.assertIn(201, outcomes)

    def test_idle_connections_do_not_hold_it(self):
        with Program(GIVEN.yimen) as program:
            program.start()
            idle = [http.client.HTTPConnection("127.0.0.1", program.port) for _ in range(20)]
            for connection in idle:
                connection.request("GET", "/livez")
                self.assertEqual(connection.getresponse().read()[:1], b"{")
            self.assertEqual(program.stop(), 0)
            for connection in idle:
                connection.close()

    def test_what_was_done_is_there_after_a_restart(self):
        with Program(GIVEN.yimen) as program:
            program.make_sample(PASSWORD).start()
            caller = Caller(program.port).log_in("administrator", PASSWORD)
            made = caller.made("/v1/users", user("nadia", "auditor"), "one")
            self.assertEqual(program.stop(), 0)
            program.start()
            again = Caller(program.port, caller.token)
            self.assertEqual(again.get(f"/v1/users/{made['id']}"), made)
            self.assertEqual(program.stop(), 0)


def user(name, post, unit="station"):
    return {"name": name, "display_name": name, "password": PASSWORD,
            "posts": [{"post": post, "unit": unit}]}


class Commands(unittest.TestCase):
    def test_version_and_help(self):
        with Program(GIVEN.yimen) as program:
            status, said = program.run("--version", flags=[])
            self.assertEqual((status, said.split()[0]), (0, "yimen"))
            status, said = program.run("--help", flags=[])
            self.assertEqual(status, 0)
            for command in ("serve", "migrate", "verify", "replay-check", "user add"):
                self.assertIn(command, said)

    def test_unusable_words_and_settings_are_all_named(self):
        with Program(GIVEN.yimen) as program:
            wrong = ["serve", "--listen", "nowhere", "--database", "oracle:x", "--sample-at", "now",
                     "--colour", "red"]
            status, said = program.run(*wrong, flags=[])
            self.assertEqual(status, 2)
            for name in ("listen", "database", "sample-at", "colour"):
                self.assertIn(name, said)
            for words in ([], ["bake"], ["user", "add"], ["user", "add", "x", "--post", "a@b"]):
                status, said = program.run(*words)
                self.assertEqual(status, 2, f"{words}: {said}")

    def test_settings_come_from_a_file_and_the_environment_and_flags_win(self):
        with Program(GIVEN.yimen) as program:
            settings = program.folder / "settings.json"
            settings.write_text(json.dumps({"listen": "127.0.0.1:1", "baking": "x", "post": 3}),
                                encoding="utf-8")
            status, said = program.run("serve", "--settings", str(settings))
            self.assertEqual(status, 2)
            self.assertIn("baking", said)
            self.assertIn("post", said)
            settings.write_text(json.dumps({"listen": "nowhere"}), encoding="utf-8")
            environment = {**os.environ, "YIMEN_LISTEN": "elsewhere"}
            status, said = program.run("serve", "--settings", str(settings), env=environment)
            self.assertEqual(status, 2)
            self.assertIn("YIMEN_LISTEN", said)
            environment = {**os.environ, "YIMEN_DATABASE": f"sqlite:{program.folder}/env.db"}
            flags = ["--definitions", str(ROOT / "definitions")]
            status, said = program.run("migrate", flags=flags, env=environment)
            self.assertEqual(status, 0, said)
            self.assertTrue((program.folder / "env.db").exists())
            status, _ = program.run("migrate", env=environment)
            self.assertEqual(status, 0)
            self.assertTrue(program.database.exists())

    def test_a_user_is_added_once_and_only_with_a_fitting_post(self):
        with Program(GIVEN.yimen) as program:
            program.make_sample(PASSWORD)
            secret = str(program.folder / "administrator.password")
            def add(name, post):
                return program.run("user", "add", name, "--post", post, "--password-file", secret)
            self.assertEqual(add("nadia", "auditor@station")[0], 0)
            self.assertEqual(add("administrator", "auditor@station")[0], 2)
            for post in ("baker@station", "auditor@nowhere", "auditor@shili_1", "auditor"):
                status, said = add("maria", post)
                self.assertEqual(status, 2, said)
                self.assertIn("/posts/0", said)
            status, said = program.run("user", "add", "maria", "--post", "auditor@station",
                                       "--password-file", str(program.folder / "nothing"))
            self.assertEqual(status, 2, said)
            program.start()
            Caller(program.port).log_in("nadia", PASSWORD)
            self.assertEqual(program.stop(), 0)

    def test_whoever_was_given_a_password_chooses_another_one_first(self):
        with Program(GIVEN.yimen) as program:
            program.must("migrate")
            program.add_administrator(PASSWORD, flags=()).start()
            administrator = Caller(program.port).log_in("administrator", PASSWORD)
            self.assertTrue(administrator.get("/v1/me")["must_change_password"])
            self.assertEqual(administrator.call("GET", "/v1/users")[0], 403)
            choice = {"present": PASSWORD, "new": "another horse battery"}
            self.assertEqual(administrator.call("POST", "/v1/me/password", choice)[0], 204)
            self.assertEqual(administrator.call("GET", "/v1/users")[0], 200)
            self.assertEqual(program.stop(), 0)

    def test_a_backup_is_taken_while_the_server_runs(self):
        with Program(GIVEN.yimen) as program:
            program.make_sample(PASSWORD).start()
            copy = program.folder / "copy.db"
            program.must("backup", str(copy))
            status, said = program.run("backup", str(copy))
            self.assertEqual(status, 3)
            self.assertIn("exists", said)
            self.assertEqual(program.stop(), 0)
            database = sqlite3.connect(copy)
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            self.assertEqual(database.execute("SELECT count(*) FROM accounts").fetchone(), (1,))
            database.close()
            status, said = program.run("restore", str(copy))
            self.assertEqual(status, 3)
            self.assertIn("exists", said)
            for file in program.folder.glob(program.database.name + "*"):
                if not file.name.endswith(".key"):
                    file.unlink()
            program.must("restore", str(copy))
            program.must("verify")
            program.start()
            Caller(program.port).log_in("administrator", PASSWORD)
            self.assertEqual(program.stop(), 0)

    def test_simulate_tells_what_another_edition_would_have_made_late(self):
        edition = json.loads((ROOT / "definitions/assistance/editions/heyu-2021.json").read_text(
            encoding="utf-8"))
        edition["name"] = "trial"
        limit = edition["clocks"][0]["limits"][0]
        self.assertEqual(limit["code"], "discovered_5_working")
        limit["budget"]["amount"] = 3
        with Program(GIVEN.yimen) as program:
            program.make_sample().start()
            open_a_case(program)
            clock = Caller(program.port).log_in("administrator", PASSWORD)
            status, text, _ = clock.call("PUT", "/v1/sample-clock",
                                         {"now": "2026-03-05T01:00:00Z"})
            self.assertEqual(status, 200, text)
            self.assertEqual(program.stop(), 0)
            trial = program.folder / "trial.json"
            trial.write_text(json.dumps(edition), encoding="utf-8")
            def content():
                with sqlite3.connect(program.database) as database:
                    return [database.execute(f"SELECT * FROM {table}").fetchall()
                            for table in ("cases", "journal", "rungs", "settings", "editions")]
            before = content()
            asked = ("simulate", "--edition", str(trial), "--from", "2026-02-27", "--to",
                     "2026-03-31")
            told = json.loads(program.must(*asked, "--json").splitlines()[0])
            # Found on Friday, 27 February; the Saturday behind it is worked.
            self.assertEqual(told["cases"]["was"], {"cases": 1, "late": 0})
            self.assertEqual(told["cases"]["would"], {"cases": 1, "late": 1})
            os.environ["LC_ALL"] = "zh_CN.UTF-8"
            try:
                said = program.must(*asked)
            finally:
                del os.environ["LC_ALL"]
            self.assertIn("按规则版本trial推算：实际有超期的0件，推算有超期的1件", said)
            self.assertIn("实际超期", said)
            self.assertEqual(content(), before)
            for words in (("--from", "2026-03-31", "--to", "2026-03-01"), ("--from", "x"), ()):
                status, said = program.run("simulate", "--edition", str(trial), *words)
                self.assertEqual(status, 2, said)
            status, said = program.run(*asked, "--procedure", "supervision_order")
            self.assertEqual(status, 2, said)

    def test_verify_and_replay_check_find_what_was_altered(self):
        with Program(GIVEN.yimen) as program:
            status, said = program.run("verify")
            self.assertEqual(status, 3, said)
            program.make_sample(PASSWORD).start()
            open_a_case(program)
            self.assertEqual(program.stop(), 0)
            program.must("verify")
            program.must("replay-check")
            database = sqlite3.connect(program.database)
            database.execute("DROP TRIGGER journal_is_never_updated")
            database.execute("UPDATE journal SET bytes = "
                             "CAST(replace(CAST(bytes AS TEXT), 'patrol', 'petrol') AS BLOB)")
            database.execute("UPDATE cases SET state = 'archived'")
            database.commit()
            database.close()
            self.assertEqual(program.run("verify")[0], 1)
            self.assertEqual(program.run("replay-check")[0], 1)
            status, said = program.run("rebuild")
            self.assertEqual(status, 1)
            self.assertIn("broken at entry 1", said)

    def test_verify_finds_a_journal_that_lost_its_end(self):
        with Program(GIVEN.yimen) as program:
            program.make_sample(PASSWORD).start()
            open_a_case(program)
            self.assertEqual(program.stop(), 0)
            with contextlib.closing(sqlite3.connect(program.database)) as database, database:
                database.execute("DROP TRIGGER journal_is_never_deleted")
                database.execute("DELETE FROM journal WHERE sequence = "
                                 "(SELECT max(sequence) FROM journal)")
            status, said = program.run("verify")
            self.assertEqual(status, 1, said)
            self.assertIn("does not reach the case's head", said)

    def test_rebuild_makes_the_tables_of_cases_again(self):
        with Program(GIVEN.yimen) as program:
            program.make_sample(PASSWORD).start()
            open_a_case(program)
            self.assertEqual(program.stop(), 0)
            database = sqlite3.connect(program.database)
            database.execute("UPDATE cases SET state = 'archived'")
            database.execute("UPDATE case_documents SET document = '{}'")
            database.commit()
            database.close()
            self.assertEqual(program.run("replay-check")[0], 1)
            program.must("rebuild")
            program.must("replay-check")
            program.must("verify")


def open_a_case(program):
    administrator = Caller(program.port).log_in("administrator", PASSWORD)
    administrator.made("/v1/users", user("clerk", "station_clerk"), "clerk")
    clerk = Caller(program.port).log_in("clerk", PASSWORD)
    person = clerk.made("/v1/persons", {
        "name": "示一山", "village": "shili_1", "identity": {"type": "none", "reason": "示例"}}, "p")
    return clerk.made("/v1/cases", {"procedure": "assistance", "facts": {
        "channel": "patrol", "place": {"village": "shili_1", "registered_outside": False},
        "subject": person["id"], "key_category": "other", "known": "示例", "emergency": False,
        "restricted": "none"}}, "c")


class SampleClock(unittest.TestCase):
    def test_it_moves_forward_only_and_is_kept(self):
        with Program(GIVEN.yimen) as program:
            program.make_sample(PASSWORD).start()
            administrator = Caller(program.port).log_in("administrator", PASSWORD)
            def put(now):
                return administrator.call("PUT", "/v1/sample-clock", {"now": now})[0]
            self.assertEqual(administrator.get("/v1/sample-clock")["now"],
                             "2026-02-27T00:30:00.000Z")
            self.assertEqual(put("2026-03-02T01:00:00Z"), 200)
            for wrong in ("2026-03-01T00:00:00Z", "2999-01-01T00:00:00Z", "2026-02-29T00:00:00Z"):
                self.assertEqual(put(wrong), 400, wrong)
            self.assertEqual(program.stop(), 0)
            program.start()
            administrator = Caller(program.port, administrator.token)
            self.assertEqual(administrator.get("/v1/sample-clock")["now"],
                             "2026-03-02T01:00:00.000Z")
            self.assertEqual(program.stop(), 0)

    def test_no_other_database_has_one(self):
        with Program(GIVEN.yimen) as program:
            program.must("migrate")
            program.add_administrator(PASSWORD).start()
            administrator = Caller(program.port).log_in("administrator", PASSWORD)
            answers = [administrator.call("PUT", "/v1/sample-clock",
                                          {"now": "2026-03-02T01:00:00Z"})[0],
                       administrator.call("GET", "/v1/sample-clock")[0]]
            self.assertEqual(answers, [404, 404])
            self.assertEqual(program.stop(), 0)
            status, said = program.run("migrate", "--sample")
            self.assertEqual(status, 3)
            self.assertIn("no sample", said)


if __name__ == "__main__":
    unittest.main(warnings="ignore")
