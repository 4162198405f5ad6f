"""The rules of the house that a reader must be able to trust: who includes whom, which words have
texts, and how files look. Reads sources only; needs no build.

  layering_test.py [FOLDER]
"""

import json
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(sys.argv.pop(1) if len(sys.argv) > 1 else
                    pathlib.Path(__file__).resolve().parents[1])
PARTS = ("api", "definitions", "persistence", "samples", "tests", "workflow")
COLUMNS = 100
# Tables are read across: a rule, a query, a document's vector stand on one line.
WIDE = ("definitions/assistance/table.hpp", "definitions/supervision_order/table.hpp",
        "tests/definitions/assistance/faults/")
NO_PLACES = re.compile(r"(?<![\w.])/(?:work|home|root)/")

# Of the standard library, what a pure core has no use for. <atomic> it may have: it counts who
# shares a value, and neither waits nor makes a thread.
IMPURE = {
    "condition_variable", "csignal", "ctime", "filesystem", "fstream", "future",
    "iostream", "mutex", "ostream", "random", "semaphore", "shared_mutex", "sstream", "stop_token",
    "thread",
}
IMPURE_WORDS = re.compile(
    r"\b(?:system_clock|steady_clock|high_resolution_clock)::now|\b(?:rand|srand|getenv|printf)\(")

# First match decides: which files, which headers they may include beside the standard library.
LAYERS = (
    (r"workflow/machine\.hpp", r"workflow/|boost/"),
    (r"workflow/", r"workflow/|boost/mp11\.hpp|rapidjson/|tl/expected\.hpp"),
    (r"definitions/digest\.cpp", r"definitions/|workflow/|openssl/"),
    (r"definitions/", r"definitions/|workflow/"),
    (r"persistence/sqlite/", r"persistence/(?!mysql)|workflow/|Poco/(?!Net)|sqlite3\.h|"
                             r"fcntl\.h|unistd\.h|sys/"),
    (r"persistence/mysql/", r"persistence/(?!sqlite)|workflow/|mysql|cppconn|unistd\.h"),
    (r"persistence/", r"persistence/(?!sqlite|mysql)|workflow/"),
    (r"api/(main|commands|stores)\.[ch]pp", r"api/|definitions/|persistence/|workflow/"),
    (r"api/http/server\.cpp", r"api/http/|workflow/|Poco/(?!Data)|poll\.h|sys/"),
    (r"api/http/", r"api/http/|workflow/|arpa/|fcntl\.h|poll\.h|sys/|unistd\.h|zlib\.h"),
    (r"api/workers/smtp_mail\.cpp", r"api/|Poco/(?:Net/|Exception)"),
    (r"api/resources/", r"api/|definitions/|persistence/(?!sqlite|mysql)|workflow/"),
    (r"api/", r"api/|definitions/|persistence/(?!sqlite|mysql)|workflow/|openssl/|sodium\.h|"
              r"fcntl\.h|unistd\.h|stdlib\.h|sys/|zlib\.h|poll\.h"),
)


def files(*suffixes):
    for part in PARTS:
        for file in sorted((ROOT / part).rglob("*")):
            if file.suffix in suffixes and file.is_file() and "node_modules" not in file.parts:
                yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")


def includes(text):
    return re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', text, re.MULTILINE)


def is_standard(header):
    return re.fullmatch(r"[a-z_0-9]+", header) is not None


def texts(language):
    return json.loads((ROOT / f"definitions/texts/{language}.json").read_text(encoding="utf-8"))


class Layers(unittest.TestCase):
    def test_includes_obey_the_layers(self):
        wrong = []
        for path, text in files(".cpp", ".hpp"):
            allowed = next((allowed for where, allowed in LAYERS if re.match(where, path)), None)
            if allowed is None:
                continue
            wrong += [f"{path}: {header}" for header in includes(text)
                      if not is_standard(header) and not re.match(allowed, header)]
        self.assertEqual(wrong, [])

    def test_the_core_is_pure(self):
        wrong = []
        for path, text in files(".cpp", ".hpp"):
            if not path.startswith(("workflow/", "definitions/assistance/",
                                     "definitions/supervision_order/")):
                continue
            wrong += [f"{path}: <{header}>" for header in includes(text) if header in IMPURE]
            wrong += [f"{path}: {word}" for word in IMPURE_WORDS.findall(text)]
        self.assertEqual(wrong, [])

    def test_the_machine_is_instantiated_in_one_unit_a_procedure(self):
        users = [path for path, text in files(".cpp", ".hpp")
                 if "workflow/machine.hpp" in includes(text) and not path.startswith("tests/")]
        for path in users:
            self.assertRegex(path, r"^definitions/\w+/machine\.cpp$")
        self.assertGreater(len(users), 0)
        msm = [path for path, text in files(".cpp", ".hpp")
               if any(header.startswith("boost/msm") for header in includes(text))]
        self.assertEqual(msm, ["workflow/machine.hpp"])

    def test_only_the_program_knows_which_stores_there_are(self):
        users = [path for path, text in files(".cpp", ".hpp") if path.startswith("api/")
                 and any(re.match("persistence/(sqlite|mysql)", name) for name in includes(text))]
        self.assertEqual(sorted(users), ["api/commands.cpp", "api/stores.hpp"])

    def test_the_link_targets_say_the_same(self):
        def links(file, target):
            text = (ROOT / file).read_text(encoding="utf-8")
            found = re.findall(rf"target_link_libraries\(\s*{target}\s([^)]*)\)", text)
            return set(" ".join(found).split()) - {"PUBLIC", "PRIVATE", "INTERFACE"}
        self.assertEqual(links("workflow/CMakeLists.txt", "yimen_workflow"), {"yimen_options"})
        for file, target in (("api/CMakeLists.txt", "yimen_api"),
                             ("api/CMakeLists.txt", "yimen_registry"),
                             ("api/http/CMakeLists.txt", "yimen_http"),
                             ("definitions/CMakeLists.txt", "yimen_definitions")):
            with self.subTest(target=target):
                self.assertFalse(links(file, target) & {"yimen_sqlite", "yimen_mysql"})


# Where the code of a finding or refusal stands in the sources that answer it.
ANSWERED = [re.compile(pattern) for pattern in (
    r'problem_with\(\s*[^,()]+(?:::\w+)?,\s*"([a-z_]+)"',
    r'\.refusals = \{\{"([a-z_]+)", \{\}',
    r'\{"([a-z_]+)", \{\}, (?:\{\}|"|pointer|name|place|is_nameable)',
    r'(?:findings|found)\.push_back\(\{[^;{}"]*?,\s*"([a-z_]+)"',
    r'\{(?:pointer(?: \+ "[^"]*")?|"/[a-z_/]*"),\s*"([a-z_]+)"',
    r'\{"/[a-z_/]*", [\w() ]+ \? "([a-z_]+)"',
    r'\{"/[a-z_/]*", [\w() ]+ \? "[a-z_]+" : "([a-z_]+)"',
    r'refused\(\s*RefusalKind::\w+,\s*"([a-z_]+)"',
    r'\badd\(\s*pointer[^;"]*,\s*"([a-z_]+)"',
    r'unmet_as\("([a-z_]+)"',
)]
# Functions whose result is a code: their returned literals.
RETURNED = {
    "api/person_form.cpp": r'return "([a-z_]+)";',
    "workflow/format.cpp": r'return "([a-z_]+)";',
}


def answered_codes():
    codes = {}
    for path, text in files(".cpp"):
        if not path.startswith(("api/", "workflow/")) or path.startswith("workflow/drawing/"):
            continue
        patterns = list(ANSWERED)
        if path in RETURNED:
            patterns.append(re.compile(RETURNED[path]))
        for pattern in patterns:
            for code in pattern.findall(text):
                codes.setdefault(code, path)
    return codes


def tags_of(text, kind):
    return re.findall(rf"YIMEN_WORD\((\w+), {kind}\)", text)


class Vocabulary(unittest.TestCase):
    def setUp(self):
        self.known = set(texts("en"))
        self.missing = []

    def need(self, key, where):
        if key not in self.known:
            self.missing.append(f"{key} ({where})")

    def tearDown(self):
        self.assertEqual(self.missing, [])

    def test_both_languages_have_the_same_keys_and_say_something(self):
        chinese, english = texts("zh-CN"), texts("en")
        self.assertEqual(set(chinese), set(english))
        self.assertEqual([key for key in chinese
                          if not chinese[key].strip() or not english[key].strip()], [])

    def test_every_problem_has_a_title(self):
        text = (ROOT / "api/http/problem.hpp").read_text(encoding="utf-8")
        codes = re.search(r"enum class ProblemCode \{(.*?)\};", text, re.DOTALL).group(1)
        codes = re.findall(r"^\s*([a-z_]+),", codes, re.MULTILINE)
        self.assertGreater(len(codes), 40)
        for code in codes:
            self.need(f"problem.{code}", "problem.hpp")

    def test_every_code_that_can_be_answered_has_a_text(self):
        codes = answered_codes()
        self.assertGreater(len(codes), 45)
        self.assertIn("unknown_person", codes)
        self.assertIn("not_your_post", codes)
        self.assertIn("identity_number_check_digit", codes)
        for code, where in codes.items():
            if f"finding.{code}" not in self.known:
                self.need(f"refusal.{code}", where)

    def test_states_events_annotations_and_guards_have_texts(self):
        words = "".join(file.read_text(encoding="utf-8")
                        for file in (ROOT / "definitions").glob("*/vocabulary.hpp"))
        counted = 0
        for kind, prefix in (("open_state", "state"), ("closed_state", "state"),
                             ("event", "event"), ("annotation_word", "annotation")):
            for word in tags_of(words, kind):
                counted += 1
                self.need(f"{prefix}.{word}", "vocabulary.hpp")
        self.assertGreater(counted, 75)

    def test_posts_units_categories_and_choices_have_texts(self):
        organisation = json.loads(
            (ROOT / "definitions/organisation/heyu.json").read_text(encoding="utf-8"))
        for unit in organisation["units"]:
            self.need(f"unit.{unit['code']}", "heyu.json")
            self.need(f"level.{unit['level']}", "heyu.json")
        for post in organisation["posts"]:
            self.need(f"post.{post['code']}", "heyu.json")
        for file in (ROOT / "definitions").glob("*/editions/*.json"):
            edition = json.loads(file.read_text(encoding="utf-8"))
            for category in edition.get("categories", ()):
                self.need(f"category.{category}", file.name)
            for form in edition["forms"].values():
                self.need_choices(form["schema"], file.name)

    def need_choices(self, schema, where):
        for value in schema.get("enum", ()):
            self.need(f"enum.{value}", where)
        for name, member in schema.get("properties", {}).items():
            self.need(f"field.{name}", where)
            self.need_choices(member, where)
        self.need_choices(schema.get("items", {}), where) if "items" in schema else None


class Looks(unittest.TestCase):
    def test_lines_end_within_their_columns(self):
        wide = [f"{path}:{number}" for path, text in files(".cpp", ".hpp", ".py")
                if not path.startswith(WIDE)
                for number, line in enumerate(text.split("\n"), 1) if len(line) > COLUMNS]
        self.assertEqual(wide, [])

    def test_headers_say_what_they_are_and_are_read_once(self):
        for path, text in files(".hpp"):
            with self.subTest(path=path):
                lines = text.split("\n")
                # catch.hpp and the like may do without: their one line says it all.
                self.assertTrue(lines[0].startswith("//"), "no first comment")
                head = [line for line in lines if line.startswith("//")][:1]
                self.assertTrue(head)
                self.assertIn("#pragma once", lines[:8])
                self.assertNotRegex(text, r"^using namespace", "using namespace in a header")

    def test_a_source_includes_its_own_header_first(self):
        for path, text in files(".cpp"):
            own = path[:-4] + ".hpp"
            found = includes(text)
            if (ROOT / own).exists() and found:
                with self.subTest(path=path):
                    self.assertEqual(found[0], own)

    def test_nothing_names_the_machine_that_it_was_written_on(self):
        kinds = (".cpp", ".hpp", ".py", ".md", ".txt", ".cmake", ".sql")
        named = [path for path, text in files(*kinds) if NO_PLACES.search(text)]
        for name in ("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CMakeLists.txt",
                     "CMakePresets.json", "samples/run", "samples/build", "tests/run"):
            if NO_PLACES.search((ROOT / name).read_text(encoding="utf-8")):
                named.append(name)
        self.assertEqual([name for name in named if name != "tests/layering_test.py"], [])

    def test_nothing_is_left_to_do(self):
        unfinished = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")
        left = [path for path, text in files(".cpp", ".hpp", ".py", ".sql")
                if unfinished.search(text)]
        self.assertEqual(left, [])

    def test_every_folder_of_the_house_has_a_word_about_itself(self):
        for folder in PARTS:
            self.assertTrue((ROOT / folder / "README.md").exists(), folder)


if __name__ == "__main__":
    unittest.main()
