#include "workflow/entry.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "workflow/json_fields.hpp"

namespace yimen::workflow {

namespace {

constexpr int entry_format = 1;
constexpr std::array<std::string_view, 5> kind_names{"transition", "annotation", "proposal",
                                                     "signature", "take_back"};

EntryKind kind_from(std::string_view name) {
  const auto at = std::find(kind_names.begin(), kind_names.end(), name);
  return static_cast<EntryKind>(at - kind_names.begin());
}

std::vector<std::int64_t> integers_in(const Value& array) {
  return all_from(array, [](const Value& item) { return item.integer(); });
}

Value to_value(const Changes& changes) {
  Object object;
  if (changes.state) object.set("state", *changes.state);
  if (changes.holder) object.set("holder", to_value(*changes.holder));
  if (!changes.facts.empty()) object.set("facts", changes.facts);
  set_unless_empty(object, "units", array_of(changes.units));
  set_unless_empty(object, "voided", array_of(changes.voided));
  set_unless_empty(object, "restored", array_of(changes.restored));
  set_unless_empty(object, "clocks", array_of(changes.clocks));
  set_unless_empty(object, "removed_clocks", array_of(changes.removed_clocks));
  if (changes.proposal) object.set("proposal", to_value(*changes.proposal));
  if (changes.undo) object.set("undo", to_value(*changes.undo));
  if (changes.clears_undo) object.set("clears_undo", true);
  if (!changes.revises) object.set("revises", false);
  return object;
}

Changes changes_from(const Value& value) {
  Changes changes;
  if (value.has("state")) changes.state = value["state"].text();
  if (value.has("holder")) changes.holder = holder_from(value["holder"]);
  changes.facts = value["facts"].members();
  changes.units = texts_in(value["units"]);
  changes.voided = integers_in(value["voided"]);
  changes.restored = integers_in(value["restored"]);
  changes.clocks = all_from(value["clocks"], clock_from);
  changes.removed_clocks = integers_in(value["removed_clocks"]);
  if (value.has("proposal")) changes.proposal = proposal_from(value["proposal"]);
  if (value.has("undo")) changes.undo = undo_from(value["undo"]);
  changes.clears_undo = value["clears_undo"].truth();
  changes.revises = !value.has("revises");
  return changes;
}

void set_voided(Case& subject, const std::vector<std::int64_t>& sequences, std::int64_t by) {
  for (Record& record : subject.records) {
    const bool named = std::find(sequences.begin(), sequences.end(), record.sequence) !=
                       sequences.end();
    if (named) record.voided_by = by;
  }
}

void put_clock(Case& subject, const Clock& clock) {
  const auto same = std::find_if(subject.clocks.begin(), subject.clocks.end(),
                                 [&](const Clock& other) {
                                   return other.name == clock.name &&
                                          other.started_by == clock.started_by;
                                 });
  if (same != subject.clocks.end()) {
    *same = clock;
  } else {
    subject.clocks.push_back(clock);
  }
}

void put_proposal(Case& subject, const Proposal& proposal) {
  const auto same = std::find_if(
      subject.proposals.begin(), subject.proposals.end(),
      [&](const Proposal& other) { return other.sequence == proposal.sequence; });
  if (same != subject.proposals.end()) {
    *same = proposal;
  } else {
    subject.proposals.push_back(proposal);
  }
}

void change_facts(Case& subject, const Object& facts) {
  for (const auto& [name, value] : facts) {
    if (value.is_null()) {
      subject.facts.erase(name);
    } else {
      subject.facts.set(name, value);
    }
  }
}

void change_clocks(Case& subject, const Changes& changes) {
  for (const Clock& clock : changes.clocks) put_clock(subject, clock);
  std::erase_if(subject.clocks, [&](const Clock& clock) {
    return std::find(changes.removed_clocks.begin(), changes.removed_clocks.end(),
                     clock.started_by) != changes.removed_clocks.end();
  });
}

}  // namespace

std::string_view name_of(EntryKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

Value to_value(const Entry& entry) {
  Object object{{"format", entry_format},
                {"case", entry.case_id},
                {"procedure", entry.procedure},
                {"sequence", entry.sequence},
                {"kind", name_of(entry.kind)},
                {"event", entry.event},
                {"actor", to_value(entry.actor)},
                {"recorded_at", milliseconds_of(entry.recorded_at)},
                {"occurred_at", milliseconds_of(entry.occurred_at)},
                {"command", entry.command},
                {"edition", entry.edition},
                {"calendar", entry.calendar},
                {"data", entry.data},
                {"changes", to_value(entry.changes)}};
  set_unless_empty(object, "clause", entry.clause);
  set_unless_empty(object, "from", entry.from);
  set_unless_empty(object, "lateness_reason", entry.lateness_reason);
  set_unless_empty(object, "present", array_of(entry.present));
  if (!entry.leaves_record) object.set("leaves_record", false);
  Object digests;
  for (const auto& [pointer, digest] : entry.digests) digests.set(pointer, digest);
  if (!digests.empty()) object.set("digests", std::move(digests));
  return object;
}

Entry entry_from(const Value& value) {
  Entry entry;
  entry.case_id = value["case"].text();
  entry.procedure = value["procedure"].text();
  entry.sequence = value["sequence"].integer();
  entry.kind = kind_from(value["kind"].text());
  entry.event = value["event"].text();
  entry.clause = value["clause"].text();
  entry.from = value["from"].text();
  entry.actor = actor_from(value["actor"]);
  entry.recorded_at = instant_in(value, "recorded_at");
  entry.occurred_at = instant_in(value, "occurred_at");
  entry.command = value["command"].text();
  entry.edition = value["edition"].text();
  entry.calendar = value["calendar"].text();
  entry.lateness_reason = value["lateness_reason"].text();
  entry.data = value["data"];
  entry.present = texts_in(value["present"]);
  for (const auto& [pointer, digest] : value["digests"].members()) {
    entry.digests.emplace(pointer, digest.text());
  }
  entry.leaves_record = !value.has("leaves_record");
  entry.changes = changes_from(value["changes"]);
  return entry;
}

Case apply(Case subject, const Entry& entry) {
  assert(entry.sequence == subject.sequence + 1);
  const Changes& changes = entry.changes;
  subject.id = entry.case_id;
  subject.procedure = entry.procedure;
  subject.edition = entry.edition;
  subject.sequence = entry.sequence;
  subject.recorded_at = entry.recorded_at;
  if (changes.revises) ++subject.revision;
  if (changes.state) {
    subject.state = *changes.state;
    ++subject.visit;
  }
  if (changes.holder) subject.holder = *changes.holder;
  change_facts(subject, changes.facts);
  for (const std::string& unit : changes.units) {
    const bool known =
        std::find(subject.units.begin(), subject.units.end(), unit) != subject.units.end();
    if (!known) subject.units.push_back(unit);
  }
  set_voided(subject, changes.voided, entry.sequence);
  set_voided(subject, changes.restored, 0);
  change_clocks(subject, changes);
  if (changes.proposal) put_proposal(subject, *changes.proposal);
  if (changes.clears_undo) subject.undo.reset();
  if (changes.undo) subject.undo = changes.undo;
  if (entry.leaves_record) {
    subject.records.push_back({entry.sequence, entry.event, entry.recorded_at, entry.occurred_at,
                               entry.actor, entry.data, entry.present, 0});
  }
  return subject;
}

Case replay(const std::vector<Entry>& entries) {
  Case subject;
  for (const Entry& entry : entries) subject = apply(std::move(subject), entry);
  return subject;
}

}  // namespace yimen::workflow
