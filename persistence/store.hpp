// The contract that every store keeps. A success is durable; a conflict, a repeat and an unknown
// outcome are typed answers, never guesses. Implementations are called from many threads.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "persistence/access_store.hpp"
#include "persistence/audit_store.hpp"
#include "persistence/deadline_store.hpp"
#include "persistence/document_store.hpp"
#include "persistence/news_store.hpp"
#include "persistence/store_counts.hpp"
#include "persistence/store_error.hpp"
#include "workflow/case.hpp"
#include "workflow/command.hpp"
#include "workflow/journal.hpp"

namespace yimen::persistence {

// A personal value as it lies in the database: sealed under the key of its person.
struct SealedValue {
  std::string pointer;
  std::string sealed;  // salt and value
};

struct CommitRequest {
  const workflow::Case* before = nullptr;  // as it was loaded; sequence 0 for a new case
  const workflow::Case* next = nullptr;
  workflow::SealedEntry entry;
  std::vector<workflow::Effect> effects;
  std::vector<SealedValue> personal;
  std::vector<AuditMark> marks;            // as marks_of tells them of the entry
  // That the entry puts on record; its chunks are there. The store fills in case, entry and time.
  std::optional<AttachmentRow> attachment;
  std::optional<IdempotencyKey> idempotency;
  std::optional<RungMark> rung;  // whose effect the entry is
  std::vector<Notification> notifications;
  bool rearms = false;           // the rungs that have not acted are written anew, also unchanged
};

struct LoadedCase {
  workflow::Case subject;
  std::string head_hash;  // of its last entry
};

// A personal value and the entry that it belongs to.
struct PersonalRow {
  std::int64_t sequence = 0;
  SealedValue value;
};

// One line of a list.
struct CaseSummary {
  std::string id;
  std::string procedure;
  std::string number;
  std::string state;
  std::string category;
  std::string village;
  std::string department;
  std::string subject;    // the person whom it is about
  std::string holder_unit;
  std::string holder_person;
  bool emergency = false;
  bool is_closed = false;
  std::int64_t revision = 0;
  workflow::Instant opened_at;
  workflow::Instant state_since;
  std::optional<workflow::Instant> due_at;         // of the earliest running clock
  std::optional<workflow::Instant> suspended_at;
  std::vector<std::string> waits_for;  // clocks that run, but for the state's own; ascending
  bool operator==(const CaseSummary&) const = default;
};

// What lies with a unit: with nobody in particular, or with one of `persons` where they are given;
// in one of `states` ("procedure/state"), or in none of them, where they are given.
struct Desk {
  std::string unit;
  std::optional<std::vector<std::string>> persons{};
  std::optional<std::vector<std::string>> states{};
  bool in_other_states = false;
};

// Absent members do not restrict. `visible_to` lists the units of the reader; absent: all of the
// jurisdiction.
struct CaseQuery {
  std::optional<std::vector<std::string>> visible_to;
  std::optional<std::string> procedure, state, department, village, category, number, holder_unit;
  std::vector<Desk> desks;                 // on any of them, by due date only; empty: anywhere
  std::optional<std::string> person;       // who has to do with the case
  std::optional<std::string> person_role;  // and how: a fact's name, `started` or `acted`
  std::optional<workflow::Instant> due_before, due_from, opened_from;
  std::optional<workflow::Instant> in_state_from, in_state_before;  // since when in its state
  std::optional<bool> is_suspended;        // whether one of its clocks is
  std::optional<std::string> waits_for;    // a clock of this name runs
  std::optional<bool> is_closed;
  // By due date, cases without one last; or by opening, the newest first.
  enum class Sort { due, opened } sort = Sort::due;
  std::string cursor;  // opaque, of the page before with the same sort; another is `invalid`
  int limit = 50;      // at most 200
};

struct CasePage {
  std::vector<CaseSummary> items;
  std::string next;  // cursor; empty on the last page
};

// Open cases counted by who holds them and where they stand. Late comes before suspended, suspended
// before due soon.
struct BoardQuery {
  std::optional<std::vector<std::string>> visible_to;
  workflow::Instant now;          // due before it: red
  workflow::Instant amber_before;
  // Descending. A case that has been in its state since ages[k] or later is of age k, unless it is
  // of a lesser one; a case that has been there for longer is of the last age.
  std::array<workflow::Instant, 5> ages;
};

struct BoardCell {
  std::string holder_unit;
  std::string procedure;
  std::string state;
  std::int64_t red = 0;
  std::int64_t amber = 0;
  std::int64_t blue = 0;  // suspended
  std::int64_t green = 0;
  std::array<std::int64_t, 6> by_age{};
  std::int64_t awaiting_sign_for = 0;
  bool operator==(const BoardCell&) const = default;
};

class CaseStore {
 public:
  virtual ~CaseStore() = default;

  // not_found, unavailable.
  [[nodiscard]] virtual Result<LoadedCase, StoreError> load(const std::string& case_id) = 0;
  // One transaction: case row and document (compare-and-set on the sequence of `before`), journal
  // entry, personal values, clocks and rungs, outbox rows, what people are told of it, idempotency
  // record. Returns when it is
  // durable; waiting calls share a commit. The idempotency key is judged first, then the mark of
  // the rung. `invalid` when the entry does not follow the stored head of the chain, the state is
  // not in the vocabulary or the attachment lacks chunks.
  [[nodiscard]] virtual Result<void, StoreError> commit(const CommitRequest& request) = 0;
  // The stored entries after a sequence, in order; empty for an unknown case.
  [[nodiscard]] virtual Result<std::vector<workflow::SealedEntry>, StoreError> journal(
      const std::string& case_id, std::int64_t after, int limit) = 0;
  // Of all entries of a case, in the order of their sequences and pointers.
  [[nodiscard]] virtual Result<std::vector<PersonalRow>, StoreError> personal_values(
      const std::string& case_id) = 0;
  [[nodiscard]] virtual Result<std::optional<EarlierAnswer>, StoreError> earlier_answer(
      const IdempotencyKey& key) = 0;
  [[nodiscard]] virtual Result<CasePage, StoreError> search(const CaseQuery& query) = 0;
  // In the order of unit, procedure and state; no cell without cases.
  [[nodiscard]] virtual Result<std::vector<BoardCell>, StoreError> board(
      const BoardQuery& query) = 0;
  // The next number of a year, from a block; gaps are allowed, repeats are not.
  [[nodiscard]] virtual Result<std::int64_t, StoreError> next_number(int year) = 0;
  // Every case's id in ascending order after `after`: for verify, replay-check and rebuild.
  [[nodiscard]] virtual Result<std::vector<std::string>, StoreError> case_ids(
      const std::string& after, int limit) = 0;
};

// ---- people -------------------------------------------------------------------------------------

struct PersonRow {
  std::string id;
  std::string household;
  std::string village;
  std::string sealed;                          // name, number, phone … under the person's key
  std::string identity_index;                  // keyed hash of the identity number; may be empty
  std::vector<std::string> name_tokens;        // keyed hashes
  std::string wrapped_key;                     // the person's own key, wrapped
  workflow::Instant created_at;
};

struct HouseholdRow {
  std::string id;
  std::string village;
  std::string sealed;  // address under the head's key
  std::string head;    // person
  workflow::Instant created_at;
};

class PersonStore {
 public:
  virtual ~PersonStore() = default;
  // already_exists when the identity number is known: `earlier` names the person.
  [[nodiscard]] virtual Result<void, StoreError> add_person(
      const PersonRow& row, const std::optional<IdempotencyKey>& idempotency) = 0;
  [[nodiscard]] virtual Result<void, StoreError> add_household(
      const HouseholdRow& row, const std::optional<IdempotencyKey>& idempotency) = 0;
  [[nodiscard]] virtual Result<PersonRow, StoreError> person(const std::string& id) = 0;
  // Those that are there, in the order of their ids and without their name tokens.
  [[nodiscard]] virtual Result<std::vector<PersonRow>, StoreError> persons(
      const std::vector<std::string>& ids) = 0;
  [[nodiscard]] virtual Result<HouseholdRow, StoreError> household(const std::string& id) = 0;
  [[nodiscard]] virtual Result<std::vector<PersonRow>, StoreError> household_members(
      const std::string& household) = 0;
  // By identity hash, or by all of the name tokens; at most `limit`.
  [[nodiscard]] virtual Result<std::vector<PersonRow>, StoreError> find_persons(
      const std::string& identity_index, const std::vector<std::string>& name_tokens,
      int limit) = 0;
};

// ---- the database itself ------------------------------------------------------------------------

// Called now and then with the number of cases done.
using RebuildProgress = std::function<void(std::int64_t)>;

class Database {
 public:
  virtual ~Database() = default;
  [[nodiscard]] virtual CaseStore& cases() = 0;
  [[nodiscard]] virtual PersonStore& persons() = 0;
  [[nodiscard]] virtual AccountStore& accounts() = 0;
  [[nodiscard]] virtual AttachmentStore& attachments() = 0;
  [[nodiscard]] virtual BatchStore& batches() = 0;
  [[nodiscard]] virtual TokenStore& tokens() = 0;
  [[nodiscard]] virtual DelegationStore& delegations() = 0;
  [[nodiscard]] virtual DeadlineStore& deadlines() = 0;
  [[nodiscard]] virtual NotificationStore& notifications() = 0;
  [[nodiscard]] virtual NewsStore& news() = 0;
  [[nodiscard]] virtual AuditStore& audit() = 0;
  // Whether it can serve: schema version, a read, and that writing has not been stopped by a full
  // or broken disk. Empty when ready, else the reason.
  [[nodiscard]] virtual std::string not_ready_reason() = 0;
  [[nodiscard]] virtual bool is_sample() = 0;
  [[nodiscard]] virtual StoreCounts counts() = 0;
  // Definitions by their digests, so that what entries name can be resolved for ever. Keeping one
  // that is there already changes nothing.
  [[nodiscard]] virtual Result<void, StoreError> keep_edition(const std::string& digest,
                                                              const std::string& procedure,
                                                              const std::string& bytes) = 0;
  [[nodiscard]] virtual Result<std::string, StoreError> edition(const std::string& digest) = 0;
  [[nodiscard]] virtual Result<void, StoreError> keep_calendar(const std::string& digest,
                                                               const std::string& bytes) = 0;
  [[nodiscard]] virtual Result<std::string, StoreError> calendar(const std::string& digest) = 0;
  // Settings of the database, e.g. the sample clock; empty where never set.
  [[nodiscard]] virtual Result<std::string, StoreError> setting(const std::string& name) = 0;
  [[nodiscard]] virtual Result<void, StoreError> set_setting(const std::string& name,
                                                             const std::string& value) = 0;
  // As set_setting, but `conflict` unless the setting is `from`.
  [[nodiscard]] virtual Result<void, StoreError> change_setting(const std::string& name,
                                                                const std::string& from,
                                                                const std::string& to) = 0;
  // Cases, documents, clocks, lists, what auditors read and the rungs that have not acted, from
  // nothing but the journal; what acted, was told or attached stays as it is. Answers the number of
  // cases. `invalid`, naming case and entry, for a journal that is broken: its tables may be all
  // that is left of the truth. May be begun again after any failure.
  [[nodiscard]] virtual Result<std::int64_t, StoreError> rebuild(
      const workflow::Digests& digests, const RebuildProgress& progress) = 0;
};

}  // namespace yimen::persistence
