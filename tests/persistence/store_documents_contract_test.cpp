// The contract of every store for documents and batches.
#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

AttachmentRow document(int number, int chunks) {
  AttachmentRow row;
  row.id = id_of(number);
  row.document_kind = "application";
  row.content_type = "application/pdf";
  row.size = 300'000;
  row.chunks = chunks;
  row.digest = std::string(64, 'd');
  row.sealed_name = std::string("\0name", 5);
  row.account = id_of(900);
  return row;
}

// The next entry of a case, which puts the document on record.
Result<void, StoreError> put_on_record(CaseStore& cases, const LoadedCase& loaded,
                                       const AttachmentRow& row) {
  const Move move = step_from(loaded, 5, [](workflow::Entry& entry) { entry.event = "attach"; });
  CommitRequest request = move.request();
  request.attachment = row;
  return cases.commit(request);
}

}  // namespace

SCENARIO("a document is there once the entry is that puts it on record") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  AttachmentStore& attachments = fixture->database().attachments();
  const Move opened = opening(1);
  REQUIRE(opened.commit(cases));
  REQUIRE(attachments.add_chunk(id_of(50), 0, std::string("\0first", 6)));
  REQUIRE(attachments.add_chunk(id_of(50), 1, "second"));
  CHECK(attachments.add_chunk(id_of(50), 1, "other").error().kind ==
        StoreErrorKind::already_exists);

  WHEN("nothing puts it on record") {
    THEN("it is nowhere to be seen") {
      CHECK(attachments.attachment(id_of(50)).error().kind == StoreErrorKind::not_found);
      CHECK(attachments.chunk(id_of(50), 0).error().kind == StoreErrorKind::not_found);
      CHECK(attachments.attachments_of(id_of(1))->empty());
    }
    THEN("it can be discarded, and a restart does the same") {
      REQUIRE(attachments.discard(id_of(50)));
      REQUIRE(attachments.add_chunk(id_of(50), 0, "anew"));
      fixture->reopen();
      CHECK(fixture->database().attachments().add_chunk(id_of(50), 0, "anew"));
    }
  }
  WHEN("an entry puts it on record") {
    REQUIRE(put_on_record(cases, opened.loaded(), document(50, 2)));
    THEN("it comes with its entry, before and after a restart") {
      REQUIRE(attachments.discard(id_of(50)));
      fixture->reopen();
      AttachmentStore& after = fixture->database().attachments();
      const auto row = after.attachment(id_of(50));
      REQUIRE(row);
      CHECK(row->case_id == id_of(1));
      CHECK(row->sequence == 2);
      CHECK(row->created_at == minute(5));
      CHECK(row->sealed_name == std::string("\0name", 5));
      CHECK(row->document_kind == "application");
      CHECK(row->digest == std::string(64, 'd'));
      CHECK(row->size == 300'000);
      CHECK(*after.attachments_of(id_of(1)) == std::vector{*row});
      CHECK(*after.chunk(id_of(50), 0) == std::string("\0first", 6));
      CHECK(*after.chunk(id_of(50), 1) == "second");
      CHECK(after.chunk(id_of(50), 2).error().kind == StoreErrorKind::not_found);
    }
  }
  WHEN("a chunk is missing") {
    const auto refused = put_on_record(cases, opened.loaded(), document(50, 3));
    THEN("neither the document nor the entry is written") {
      REQUIRE_FALSE(refused);
      CHECK(refused.error().kind == StoreErrorKind::invalid);
      CHECK(cases.load(id_of(1))->subject.sequence == 1);
      CHECK(attachments.attachments_of(id_of(1))->empty());
    }
  }
}

SCENARIO("there is one batch under a key, and its first results stay") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  BatchStore* batches = &fixture->database().batches();
  const BatchRow first{id_of(60), {id_of(900), "k", "digest"}, {}, minute(1)};
  REQUIRE(batches->begin_batch(first));
  CHECK_FALSE(batches->batch(id_of(60))->results);

  BatchRow again = first;
  again.id = id_of(61);
  const auto repeated = batches->begin_batch(again);
  CHECK(repeated.error().kind == StoreErrorKind::repeated);
  CHECK(repeated.error().earlier->subject_id == id_of(60));
  again.key.request_digest = "another";
  CHECK(batches->begin_batch(again).error().kind == StoreErrorKind::key_reused);
  again.key.principal = id_of(901);
  CHECK(batches->begin_batch(again));

  REQUIRE(batches->finish_batch(id_of(60), "[1]"));
  CHECK(batches->finish_batch(id_of(60), "[2]").error().kind == StoreErrorKind::conflict);
  fixture->reopen();
  batches = &fixture->database().batches();
  const auto row = batches->batch(id_of(60));
  REQUIRE(row);
  CHECK(row->results == "[1]");
  CHECK(row->key.principal == id_of(900));
  CHECK(row->key.key == "k");
  CHECK(row->created_at == minute(1));
  CHECK(batches->batch(id_of(62)).error().kind == StoreErrorKind::not_found);
}

}  // namespace yimen::persistence
