#include "tests/support/casework.hpp"

#include <algorithm>
#include <stdexcept>

namespace yimen::tests {

namespace {

using workflow::Command;
using workflow::Decision;
using workflow::EntryKind;
using workflow::Refusals;

using Answer = Result<Decision, Refusals>;

// Times in an example lie elsewhere: in a story they are the present.
Value at_present(const Value& schema, const Value& example, Instant now) {
  const std::string& format = schema["format"].text();
  if (format == "instant") return workflow::to_text(now);
  if (format == "civil_date") return workflow::to_text(workflow::civil_date_of(now));
  if (!example.is_object()) return example;
  Object members;
  for (const auto& [name, value] : example.members()) {
    members.set(name, at_present(schema["properties"][name], value, now));
  }
  return members;
}

std::string form_of(const Township& township, const Case& subject, const Command& command) {
  const workflow::StepPolicy* policy =
      command.kind == EntryKind::annotation
          ? township.edition.annotation(command.event)
          : township.edition.step(command.event, subject.state);
  return policy != nullptr ? policy->form : std::string();
}

}  // namespace

std::string codes_of(const Refusals& refusals) {
  std::string codes;
  for (const auto& refusal : refusals.all) {
    codes += (codes.empty() ? "" : ", ") + refusal.code + refusal.pointer;
  }
  return codes;
}

// ---- turns --------------------------------------------------------------------------------------

Turn& Turn::with(Object members) {
  for (const auto& [name, value] : members) members_.set(name, value);
  return *this;
}

Turn& Turn::with_exactly(Object data) {
  members_ = std::move(data);
  exact_ = true;
  return *this;
}

Turn& Turn::late_because(std::string reason) {
  command_.lateness_reason = std::move(reason);
  return *this;
}

Turn& Turn::occurred_on(std::string_view local) {
  command_.occurred_at = at(local);
  return *this;
}

Turn& Turn::having_read(std::int64_t revision) {
  command_.revision = revision;
  return *this;
}

Turn& Turn::with_parent(Object facts) {
  command_.parent = std::move(facts);
  return *this;
}

Turn& Turn::asks(EntryKind kind, std::string_view name) {
  command_.kind = kind;
  command_.event = name;
  if (exact_) {
    command_.data = members_;
  } else if (kind != EntryKind::take_back) {
    command_.data =
        story_.form_for(form_of(story_.township(), story_.subject(), command_), members_);
  }
  return *this;
}

Turn& Turn::asks_to_sign(std::int64_t proposal, std::string_view choice) {
  command_.kind = EntryKind::signature;
  command_.proposal = proposal;
  command_.choice = choice;
  return *this;
}

Story& Turn::played() {
  const Answer answer = story_.play(command_);
  if (!answer) {
    throw std::runtime_error(command_.event + " by " + command_.actor.post + " in " +
                             story_.state() + " refused: " + codes_of(answer.error()));
  }
  return story_;
}

Refusals Turn::refused() {
  const Case before = story_.subject();
  Answer answer = story_.decide(command_);
  if (!(before == story_.subject())) throw std::logic_error("a refused command changed the case");
  if (answer) throw std::runtime_error(command_.event + " was not refused in " + before.state);
  return std::move(answer.error());
}

Story& Turn::takes(std::string_view event) { return asks(EntryKind::transition, event).played(); }

Story& Turn::records(std::string_view annotation) {
  return asks(EntryKind::annotation, annotation).played();
}

Story& Turn::signs(std::string_view choice) { return signs(story_.proposal().sequence, choice); }

Story& Turn::signs(std::int64_t proposal, std::string_view choice) {
  return asks_to_sign(proposal, choice).played();
}

Story& Turn::takes_back() { return asks(EntryKind::take_back, "take_back").played(); }

Refusals Turn::cannot_take(std::string_view event) {
  return asks(EntryKind::transition, event).refused();
}

Refusals Turn::cannot_record(std::string_view annotation) {
  return asks(EntryKind::annotation, annotation).refused();
}

Refusals Turn::cannot_sign(std::string_view choice) {
  return cannot_sign(story_.proposal().sequence, choice);
}

Refusals Turn::cannot_sign(std::int64_t proposal, std::string_view choice) {
  return asks_to_sign(proposal, choice).refused();
}

Refusals Turn::cannot_take_back() { return asks(EntryKind::take_back, "take_back").refused(); }

Answer Turn::tries(EntryKind kind, std::string_view name) {
  asks(kind, name);
  return story_.play(command_);
}

// ---- the story ----------------------------------------------------------------------------------

Story::Story(Township& township, std::string id) : township_(township), id_(std::move(id)) {}

Story& Story::on(std::string_view local) {
  township_.on(local);
  return *this;
}

bool Story::is_seen_by(std::string_view unit) const {
  return std::ranges::find(subject_.units, unit) != subject_.units.end();
}

bool Story::has_told(std::string_view effect) const {
  return std::ranges::find(effects_, effect, &workflow::Effect::kind) != effects_.end();
}

bool Story::stands(std::string_view kind) const { return subject_.last(kind) != nullptr; }

std::int64_t Story::last_sequence(std::string_view kind) const {
  const auto found = std::find_if(subject_.records.rbegin(), subject_.records.rend(),
                                  [&](const auto& record) { return record.kind == kind; });
  if (found == subject_.records.rend()) throw std::runtime_error("no " + std::string(kind));
  return found->sequence;
}

bool Story::has_clock(std::string_view name) const {
  return std::ranges::find(subject_.clocks, name, &workflow::Clock::name) !=
         subject_.clocks.end();
}

const workflow::Clock& Story::clock(std::string_view name) const {
  const auto found = std::find_if(subject_.clocks.rbegin(), subject_.clocks.rend(),
                                  [&](const auto& clock) { return clock.name == name; });
  if (found == subject_.clocks.rend()) throw std::runtime_error("no clock " + std::string(name));
  return *found;
}

bool Story::runs(std::string_view name) const { return subject_.running_clock(name) != nullptr; }

bool Story::is_late(std::string_view name) const {
  return workflow::is_late(clock(name), township_.now);
}

std::string Story::due_on(std::string_view name) const {
  const auto due_at = binding_due_at(clock(name));
  return due_at ? workflow::to_text(workflow::civil_date_of(*due_at)) : "never";
}

const workflow::Proposal& Story::proposal() const {
  for (const auto& proposal : subject_.proposals) {
    if (proposal.outcome.empty()) return proposal;
  }
  throw std::runtime_error("nothing waits for a signature");
}

std::vector<workflow::PossibleAction> Story::possible_to(const Actor& actor) const {
  return possible_actions(subject_, actor, township_.rules(), township_.now);
}

bool Story::is_possible(const Actor& actor, std::string_view action) const {
  return std::ranges::any_of(possible_to(actor), [&](const auto& possible) {
    return possible.name == action && possible.allowed;
  });
}

Value Story::form_for(std::string_view form, const Object& members) const {
  Object data;
  if (const workflow::Form* known = township_.edition.form(std::string(form))) {
    data = at_present(known->schema, known->examples.front(), township_.now).members();
  }
  for (const auto& [name, value] : members) {
    if (value.is_null()) {
      data.erase(name);
    } else {
      data.set(name, value);
    }
  }
  return data;
}

Answer Story::decide(const Command& command) const {
  Command complete = command;
  complete.case_id = id_;
  complete.id = "command-" + std::to_string(entries_.size() + 1);
  if (command.event == "accept") complete.number = "河鱼救〔2026〕00001";
  return workflow::decide(subject_, complete, township_.rules(), township_.now);
}

Answer Story::play(Command command) {
  Answer answer = decide(command);
  if (answer) keep(*answer);
  return answer;
}

void Story::keep(const Decision& decision) {
  const std::string previous = chain_.empty() ? std::string() : chain_.back().hash;
  auto sealing = seal(decision.entry, decision.personal,
                      "salt of " + std::to_string(decision.entry.sequence), previous, digests());
  const auto value = workflow::parse(sealing.entry.bytes);
  if (!value) throw std::logic_error("an entry is not JSON");
  workflow::Entry read = workflow::entry_from(*value);
  if (canonical(to_value(read)) != sealing.entry.bytes) {
    throw std::logic_error("an entry does not survive its bytes");
  }
  Case next = apply(subject_, read);
  if (!(next == decision.next)) throw std::logic_error("the entry does not make the case");
  subject_ = std::move(next);
  chain_.push_back(std::move(sealing.entry));
  entries_.push_back(std::move(read));
  personal_.insert(personal_.end(), sealing.personal.begin(), sealing.personal.end());
  effects_.insert(effects_.end(), decision.effects.begin(), decision.effects.end());
}

}  // namespace yimen::tests
