// Casework as sentences: a Township with its real edition, organisation and calendar and a clock
// that stands still until told, and a Story that plays one case through the one door.
// Members of a form that a story does not name come from the edition's first example of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "definitions/organisation.hpp"
#include "workflow/decide.hpp"
#include "workflow/journal.hpp"

namespace yimen::tests {

using workflow::Actor;
using workflow::Array;
using workflow::Case;
using workflow::Instant;
using workflow::Object;
using workflow::Value;

// SHA-256 and HMAC-SHA-256.
[[nodiscard]] const workflow::Digests& digests();
// "2026-03-02 09:00" in Asia/Shanghai.
[[nodiscard]] Instant at(std::string_view local);

class Township {
 public:
  // It is Monday, 2 March 2026, nine o'clock.
  Township();

  workflow::Edition edition;  // a story may change its own copy
  definitions::Organisation organisation;
  workflow::WorkingCalendar calendar;
  Instant now;

  // The clock moves only by these, and only when told.
  void on(std::string_view local) { now = at(local); }
  void later(std::chrono::milliseconds time) { now += time; }

  [[nodiscard]] workflow::Rules rules() const;
  // Everybody is a person of their own; the same post in the same unit is the same person.
  [[nodiscard]] Actor holder_of(std::string_view post, std::string_view unit) const;

  [[nodiscard]] Actor village_worker(std::string_view village = "shili_1") const;
  [[nodiscard]] Actor village_commander(std::string_view village = "shili_1") const;
  [[nodiscard]] Actor station_clerk() const;
  [[nodiscard]] Actor station_director() const;
  [[nodiscard]] Actor deputy_commander() const;
  [[nodiscard]] Actor commander() const;
  [[nodiscard]] Actor hotline_operator() const;
  [[nodiscard]] Actor auditor() const;
  [[nodiscard]] Actor department_clerk(std::string_view unit = "civil_affairs_office") const;
  [[nodiscard]] Actor department_head(std::string_view unit = "civil_affairs_office") const;
  [[nodiscard]] Actor finance_clerk() const;
  [[nodiscard]] Actor county_liaison() const;
  [[nodiscard]] Actor a_villager() const;
  [[nodiscard]] Actor the_system() const;
};

class Story;

// One actor's move in the making; the verb plays it.
class Turn {
 public:
  Turn(Story& story, Actor actor) : story_(story) { command_.actor = std::move(actor); }

  // Members of the form; null leaves out what the example has.
  Turn& with(Object members);
  // The whole form, without the example.
  Turn& with_exactly(Object data);
  Turn& late_because(std::string reason);
  Turn& occurred_on(std::string_view local);
  Turn& having_read(std::int64_t revision);
  Turn& with_parent(Object facts);

  // Each must succeed; a refusal is thrown as std::runtime_error with all its codes.
  Story& takes(std::string_view event);
  Story& records(std::string_view annotation);
  Story& signs(std::string_view choice = "agree");
  Story& signs(std::int64_t proposal, std::string_view choice);
  Story& takes_back();

  // Each must be refused; success is thrown. A refused move changes nothing, which is checked.
  [[nodiscard]] workflow::Refusals cannot_take(std::string_view event);
  [[nodiscard]] workflow::Refusals cannot_record(std::string_view annotation);
  [[nodiscard]] workflow::Refusals cannot_sign(std::string_view choice = "agree");
  [[nodiscard]] workflow::Refusals cannot_sign(std::int64_t proposal, std::string_view choice);
  [[nodiscard]] workflow::Refusals cannot_take_back();

  // Whichever it is.
  [[nodiscard]] Result<workflow::Decision, workflow::Refusals> tries(workflow::EntryKind kind,
                                                                     std::string_view name);

 private:
  Turn& asks(workflow::EntryKind kind, std::string_view name);
  Turn& asks_to_sign(std::int64_t proposal, std::string_view choice);
  Story& played();
  workflow::Refusals refused();

  Story& story_;
  workflow::Command command_;
  Object members_;
  bool exact_ = false;
};

class Story {
 public:
  explicit Story(Township& township, std::string id = "01920000-0000-7000-8000-0000000000c1");

  [[nodiscard]] Turn when(Actor actor) { return {*this, std::move(actor)}; }
  Story& on(std::string_view local);

  [[nodiscard]] const Case& subject() const { return subject_; }
  [[nodiscard]] const std::string& state() const { return subject_.state; }
  [[nodiscard]] const std::string& holder() const { return subject_.holder.unit; }
  [[nodiscard]] const Value& fact(std::string_view name) const { return subject_.fact(name); }
  [[nodiscard]] bool is_seen_by(std::string_view unit) const;
  [[nodiscard]] bool has_told(std::string_view effect) const;  // since the story began
  [[nodiscard]] bool stands(std::string_view kind) const;      // a record that is not void
  // The sequence of the last record of a kind, void or not.
  [[nodiscard]] std::int64_t last_sequence(std::string_view kind) const;

  // The last clock of a name; it must exist.
  [[nodiscard]] const workflow::Clock& clock(std::string_view name) const;
  [[nodiscard]] bool has_clock(std::string_view name) const;
  [[nodiscard]] bool runs(std::string_view name) const;
  [[nodiscard]] bool is_late(std::string_view name) const;
  // Civil date of the binding limit.
  [[nodiscard]] std::string due_on(std::string_view name) const;
  // The proposal that waits for signatures; it must exist.
  [[nodiscard]] const workflow::Proposal& proposal() const;

  [[nodiscard]] const std::vector<workflow::SealedEntry>& chain() const { return chain_; }
  [[nodiscard]] const std::vector<workflow::Entry>& entries() const { return entries_; }
  [[nodiscard]] const std::vector<workflow::PersonalValue>& personal() const { return personal_; }
  [[nodiscard]] std::vector<workflow::PossibleAction> possible_to(const Actor& actor) const;
  [[nodiscard]] bool is_possible(const Actor& actor, std::string_view action) const;

  // The form of a step, from the edition's example and the members named, with times of now.
  [[nodiscard]] Value form_for(std::string_view form, const Object& members) const;
  // The same as somebody would act on a fresh copy; nothing is kept.
  [[nodiscard]] Result<workflow::Decision, workflow::Refusals> decide(
      const workflow::Command& command) const;
  // Decides, seals and keeps; also proves that the entry survives its bytes and replays.
  Result<workflow::Decision, workflow::Refusals> play(workflow::Command command);

  [[nodiscard]] Township& township() const { return township_; }

 private:
  void keep(const workflow::Decision& decision);

  Township& township_;
  std::string id_;
  Case subject_;
  std::vector<workflow::SealedEntry> chain_;
  std::vector<workflow::Entry> entries_;
  std::vector<workflow::PersonalValue> personal_;
  std::vector<workflow::Effect> effects_;
};

// "code, code" for messages.
[[nodiscard]] std::string codes_of(const workflow::Refusals& refusals);

}  // namespace yimen::tests
