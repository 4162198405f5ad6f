#include "tests/persistence/store_fixture.hpp"

#include <cstdio>

#include "tests/persistence/mysql_fixture.hpp"
#include "tests/persistence/sqlite_fixture.hpp"

namespace yimen::persistence {

using workflow::Entry;
using workflow::Value;

const std::vector<StoreKind>& store_kinds() {
  static const std::vector<StoreKind> kinds{
      {"sqlite", [] { return std::make_unique<SqliteFixture>(); }},
      {"mysql", [] { return std::make_unique<MysqlFixture>(); }}};
  return kinds;
}

const std::vector<StateWord>& test_vocabulary() {
  static const std::vector<StateWord> words{{"assistance", "discovered", false},
                                            {"assistance", "village_review", false},
                                            {"assistance", "archived", true},
                                            {"objection", "received", false}};
  return words;
}

namespace {

// No cryptography: 32 bytes that differ where the texts differ.
std::string toy_hash(std::string_view text) {
  std::string hash;
  for (std::uint64_t lane = 0; lane < 4; ++lane) {
    std::uint64_t sum = 14'695'981'039'346'656'037ULL + lane;
    for (const char byte : text) {
      sum = (sum ^ static_cast<unsigned char>(byte)) * 1'099'511'628'211ULL;
    }
    for (int shift = 0; shift < 64; shift += 8) {
      hash.push_back(static_cast<char>((sum >> static_cast<unsigned>(shift)) & 255U));
    }
  }
  return hash;
}

Move sealed(workflow::Case before, Entry entry, const std::string& head) {
  std::vector<AuditMark> marks = marks_of(entry);
  const workflow::Sealing sealing =
      seal(std::move(entry), {}, "0123456789abcdef", head, test_digests());
  Move move;
  move.next = apply(before, workflow::entry_from(*workflow::parse(sealing.entry.bytes)));
  move.before = std::move(before);
  move.entry = sealing.entry;
  move.marks = std::move(marks);
  return move;
}

Entry entry_at(int at) {
  Entry entry;
  entry.actor = {id_of(900), "village_worker", "village-1", "village"};
  entry.recorded_at = minute(at);
  entry.occurred_at = minute(at);
  entry.edition = std::string(64, 'e');
  entry.calendar = std::string(64, 'c');
  entry.data = workflow::Object{{"finding", "in_need"}};
  return entry;
}

}  // namespace

const workflow::Digests& test_digests() {
  static const workflow::Digests digests{
      "toy", toy_hash, [](std::string_view key, std::string_view text) {
        return toy_hash(std::string(key) + "|" + std::string(text));
      }};
  return digests;
}

workflow::Instant minute(int minutes) {
  return workflow::instant_of(1'772'413'200'000) + std::chrono::minutes(minutes);
}

std::string id_of(int number) {
  char text[37];
  std::snprintf(text, sizeof text, "0195%04x-0000-7000-8000-%012x", number / 65'536, number);
  return text;
}

CommitRequest Move::request() const {
  CommitRequest request;
  request.before = &before;
  request.next = &next;
  request.entry = entry;
  request.effects = effects;
  request.personal = personal;
  request.marks = marks;
  request.idempotency = key;
  return request;
}

Result<void, StoreError> Move::commit(CaseStore& store) const { return store.commit(request()); }

workflow::Clock clock_of(const std::string& name, const std::string& state, int visit,
                         std::int64_t started_by, int at, int due) {
  workflow::Clock clock;
  clock.name = name;
  clock.state = state;
  clock.visit = visit;
  clock.started_at = minute(at);
  clock.started_by = started_by;
  clock.limits = {{name + "_limit", minute(due), {}}};
  clock.rungs = {{"half", minute(at + (due - at) / 2)}, {"expired", minute(due)}};
  return clock;
}

Move opening(int number, int at, int due, const Change& change) {
  Entry entry = entry_at(at);
  entry.case_id = id_of(number);
  entry.procedure = "assistance";
  entry.sequence = 1;
  entry.event = "discover";
  entry.clause = "2.4.3";
  entry.changes.state = "discovered";
  entry.changes.holder = workflow::Holder{"village-1", {}};
  entry.changes.units = {"village-1"};
  entry.changes.facts = {{"village", "village-1"}, {"category", "illness"}};
  entry.changes.clocks = {clock_of("state", "discovered", 1, 1, at, due)};
  if (change) change(entry);
  return sealed({}, std::move(entry), {});
}

Move step_from(const LoadedCase& loaded, int at, const Change& change) {
  Entry entry = entry_at(at);
  entry.case_id = loaded.subject.id;
  entry.procedure = loaded.subject.procedure;
  entry.sequence = loaded.subject.sequence + 1;
  entry.kind = workflow::EntryKind::annotation;
  entry.event = "note";
  entry.from = loaded.subject.state;
  if (change) change(entry);
  return sealed(loaded.subject, std::move(entry), loaded.head_hash);
}

}  // namespace yimen::persistence
