// The contract of every store: what a commit writes, and what it answers.
#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

StoreErrorKind kind_of(const Result<void, StoreError>& result) {
  REQUIRE_FALSE(result);
  return result.error().kind;
}

IdempotencyKey key_of(const std::string& key, const std::string& digest = "d1") {
  return {id_of(900), key, digest};
}

}  // namespace

SCENARIO("a committed case is loaded as it was, also after a restart") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  GIVEN("a case that was opened and moved to the village review") {
    const Move opened = opening(1);
    REQUIRE(opened.commit(fixture->database().cases()));
    const Move moved = step_from(opened.loaded(), 5, [](workflow::Entry& entry) {
      entry.event = "submit_for_review";
      entry.kind = workflow::EntryKind::transition;
      entry.changes.state = "village_review";
    });
    REQUIRE(moved.commit(fixture->database().cases()));
    WHEN("the store is opened again") {
      fixture->reopen();
      THEN("case, head and journal are the same") {
        CaseStore& cases = fixture->database().cases();
        const auto loaded = cases.load(id_of(1));
        REQUIRE(loaded);
        CHECK(loaded->subject == moved.next);
        CHECK(loaded->head_hash == moved.entry.hash);
        const auto journal = cases.journal(id_of(1), 0, 100);
        REQUIRE(journal);
        CHECK(*journal == std::vector{opened.entry, moved.entry});
        CHECK(workflow::first_broken(*journal, test_digests()) == 0);
        CHECK(cases.journal(id_of(1), 1, 100)->size() == 1);
        CHECK(cases.journal(id_of(1), 0, 1)->size() == 1);
      }
    }
  }
}

SCENARIO("a case that is not there is not found") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  CHECK(cases.load(id_of(1)).error().kind == StoreErrorKind::not_found);
  CHECK(cases.journal(id_of(1), 0, 10)->empty());
  CHECK(cases.personal_values(id_of(1))->empty());
  THEN("a step from it is a conflict") {
    const Move moved = step_from(opening(1).loaded(), 5);
    CHECK(kind_of(moved.commit(cases)) == StoreErrorKind::conflict);
  }
}

SCENARIO("a decision on an old state of a case is a conflict and writes nothing") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  GIVEN("a case that has moved on") {
    const Move opened = opening(1);
    REQUIRE(opened.commit(cases));
    const Move first = step_from(opened.loaded(), 5);
    REQUIRE(first.commit(cases));
    WHEN("somebody commits what was decided before") {
      Move late = step_from(opened.loaded(), 6);
      late.key = key_of("k1");
      late.personal = {{"/name", "sealed"}};
      THEN("it is a conflict, and neither case nor key know of it") {
        CHECK(kind_of(late.commit(cases)) == StoreErrorKind::conflict);
        CHECK(cases.load(id_of(1))->subject == first.next);
        CHECK(cases.journal(id_of(1), 0, 10)->size() == 2);
        CHECK(cases.personal_values(id_of(1))->empty());
        CHECK_FALSE(cases.earlier_answer(*late.key)->has_value());
      }
    }
    WHEN("somebody opens a case of the same id") {
      THEN("it is a conflict") {
        CHECK(kind_of(opening(1, 9).commit(cases)) == StoreErrorKind::conflict);
      }
    }
  }
}

SCENARIO("a key that was used before is answered, not performed") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  GIVEN("a case that was opened under a key") {
    Move opened = opening(1);
    opened.key = key_of("k1");
    REQUIRE(opened.commit(cases));
    THEN("the key tells where the answer lies") {
      const auto answer = cases.earlier_answer(key_of("k1"));
      REQUIRE(answer->has_value());
      CHECK((*answer)->request_digest == "d1");
      CHECK((*answer)->subject_id == id_of(1));
      CHECK((*answer)->sequence == 1);
    }
    WHEN("the same request comes again, even for a case that would conflict") {
      const auto again = opened.commit(cases);
      THEN("it is a repeat that names the earlier answer") {
        CHECK(kind_of(again) == StoreErrorKind::repeated);
        REQUIRE(again.error().earlier);
        CHECK(again.error().earlier->subject_id == id_of(1));
        CHECK(again.error().earlier->sequence == 1);
        CHECK(cases.journal(id_of(1), 0, 10)->size() == 1);
      }
    }
    WHEN("another request comes with the key") {
      Move other = opening(2);
      other.key = key_of("k1", "d2");
      THEN("the key is reused, and nothing is written") {
        CHECK(kind_of(other.commit(cases)) == StoreErrorKind::key_reused);
        CHECK(cases.load(id_of(2)).error().kind == StoreErrorKind::not_found);
      }
    }
    WHEN("somebody else uses the same key") {
      Move other = opening(2);
      other.key = IdempotencyKey{id_of(901), "k1", "d1"};
      THEN("it is another key") { CHECK(other.commit(cases)); }
    }
  }
}

SCENARIO("a commit that contradicts itself or the schema is invalid") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  const Move opened = opening(1);
  WHEN("the state is in no vocabulary") {
    const Move move = opening(2, 0, 600, [](workflow::Entry& entry) {
      entry.changes.state = "dreamt_up";
    });
    CHECK(kind_of(move.commit(cases)) == StoreErrorKind::invalid);
  }
  WHEN("an entry does not follow the stored head") {
    REQUIRE(opened.commit(cases));
    LoadedCase forked = opened.loaded();
    forked.head_hash[0] = static_cast<char>(forked.head_hash[0] ^ 1);
    CHECK(kind_of(step_from(forked, 5).commit(cases)) == StoreErrorKind::invalid);
    CHECK(cases.load(id_of(1))->subject == opened.next);
  }
  WHEN("the entry is not the case's") {
    Move move = opened;
    move.entry.sequence = 2;
    CHECK(kind_of(move.commit(cases)) == StoreErrorKind::invalid);
  }
  WHEN("the entry is not sealed") {
    Move move = opened;
    move.entry.hash.clear();
    CHECK(kind_of(move.commit(cases)) == StoreErrorKind::invalid);
  }
}

SCENARIO("personal values lie beside the journal, byte for byte") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  Move opened = opening(1);
  opened.personal = {{"/applicant/name", std::string("\0\xff sealed", 9)}, {"/phone", ""}};
  REQUIRE(opened.commit(cases));
  Move moved = step_from(opened.loaded(), 5);
  moved.personal = {{"/findings", "second"}};
  REQUIRE(moved.commit(cases));
  const auto values = cases.personal_values(id_of(1));
  REQUIRE(values->size() == 3);
  CHECK((*values)[0].sequence == 1);
  CHECK((*values)[0].value.pointer == "/applicant/name");
  CHECK((*values)[0].value.sealed == opened.personal[0].sealed);
  CHECK((*values)[1].value.sealed.empty());
  CHECK((*values)[2].sequence == 2);
  CHECK((*values)[2].value.sealed == "second");
}

SCENARIO("every Chinese character is kept, also those beyond the basic plane") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  const Move opened = opening(1, 0, 600, [](workflow::Entry& entry) {
    entry.changes.facts.set("village", "𠮷祥村");
  });
  REQUIRE(opened.commit(cases));
  CHECK(cases.load(id_of(1))->subject == opened.next);
  CHECK(cases.search({})->items.front().village == "𠮷祥村");
  CaseQuery query;
  query.village = "𠮷祥村";
  CHECK(cases.search(query)->items.size() == 1);
  query.village = "吉祥村";
  CHECK(cases.search(query)->items.empty());
}

SCENARIO("numbers of a year are given once, also across a restart") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  std::int64_t last = 0;
  for (int given = 0; given < 50; ++given) {
    if (given == 25) fixture->reopen();
    const auto number = fixture->database().cases().next_number(2026);
    REQUIRE(number);
    CHECK(*number > last);
    last = *number;
  }
  CHECK(*fixture->database().cases().next_number(2027) == 1);
}

SCENARIO("all cases are walked in order of their ids") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  for (const int number : {3, 1, 2}) REQUIRE(opening(number).commit(cases));
  CHECK(*cases.case_ids("", 2) == std::vector{id_of(1), id_of(2)});
  CHECK(*cases.case_ids(id_of(2), 2) == std::vector{id_of(3)});
  CHECK(cases.case_ids(id_of(3), 2)->empty());
}

SCENARIO("settings and definitions are kept") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CHECK(fixture->database().is_sample());
  CHECK(fixture->database().not_ready_reason().empty());
  CHECK(fixture->database().setting("sample_clock")->empty());
  REQUIRE(fixture->database().set_setting("sample_clock", "1"));
  REQUIRE(fixture->database().set_setting("sample_clock", "2"));
  const std::string digest(64, 'a');
  REQUIRE(fixture->database().keep_edition(digest, "assistance", "{}"));
  REQUIRE(fixture->database().keep_edition(digest, "assistance", "{}"));
  REQUIRE(fixture->database().keep_calendar(digest, "[]"));
  fixture->reopen();
  CHECK(*fixture->database().setting("sample_clock") == "2");
  CHECK(*fixture->database().edition(digest) == "{}");
  CHECK(*fixture->database().calendar(digest) == "[]");
  CHECK(fixture->database().edition(std::string(64, 'b')).error().kind ==
        StoreErrorKind::not_found);
}

}  // namespace yimen::persistence
