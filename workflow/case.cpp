#include "workflow/case.hpp"

#include <algorithm>

#include "workflow/json_fields.hpp"

namespace yimen::workflow {

namespace {

const Value no_fact{};

}  // namespace

bool Actor::is_one_with(const Actor& other) const {
  const auto acts_for = [](const Actor& actor, const std::string& someone) {
    return !someone.empty() && (actor.person == someone || actor.for_person == someone);
  };
  return acts_for(other, person) || acts_for(other, for_person);
}

bool Record::has(std::string_view pointer) const {
  return std::find(present.begin(), present.end(), pointer) != present.end();
}

const Value& Case::fact(std::string_view name) const {
  const Value* found = facts.find(name);
  return found != nullptr ? *found : no_fact;
}

const Record* Case::last(std::string_view kind) const {
  const auto found = std::find_if(records.rbegin(), records.rend(), [&](const Record& record) {
    return record.kind == kind && !record.is_void();
  });
  return found != records.rend() ? &*found : nullptr;
}

std::vector<const Record*> Case::all(std::string_view kind) const {
  std::vector<const Record*> found;
  for (const Record& record : records) {
    if (record.kind == kind && !record.is_void()) found.push_back(&record);
  }
  return found;
}

const Clock* Case::running_clock(std::string_view name) const {
  const auto found = std::find_if(clocks.rbegin(), clocks.rend(), [&](const Clock& clock) {
    return clock.name == name && clock.is_running();
  });
  return found != clocks.rend() ? &*found : nullptr;
}

Value to_value(const Actor& actor) {
  Object object{{"person", actor.person},
                {"post", actor.post},
                {"unit", actor.unit},
                {"level", actor.level}};
  set_unless_empty(object, "for_person", actor.for_person);
  return object;
}

Actor actor_from(const Value& value) {
  return {value["person"].text(), value["post"].text(), value["unit"].text(),
          value["level"].text(), value["for_person"].text()};
}

Value to_value(const Holder& holder) {
  Object object{{"unit", holder.unit}};
  set_unless_empty(object, "person", holder.person);
  return object;
}

Holder holder_from(const Value& value) {
  return {value["unit"].text(), value["person"].text()};
}

Value to_value(const Record& record) {
  Object object{{"sequence", record.sequence},
                {"kind", record.kind},
                {"recorded_at", milliseconds_of(record.recorded_at)},
                {"occurred_at", milliseconds_of(record.occurred_at)},
                {"by", to_value(record.by)},
                {"data", record.data}};
  set_unless_empty(object, "present", array_of(record.present));
  if (record.voided_by != 0) object.set("voided_by", record.voided_by);
  return object;
}

Record record_from(const Value& value) {
  return {value["sequence"].integer(),
          value["kind"].text(),
          instant_in(value, "recorded_at"),
          instant_in(value, "occurred_at"),
          actor_from(value["by"]),
          value["data"],
          texts_in(value["present"]),
          value["voided_by"].integer()};
}

Value to_value(const Suspension& suspension) {
  Object object{{"from", milliseconds_of(suspension.from)},
                {"reason", suspension.reason},
                {"sequence", suspension.sequence}};
  set_instant(object, "to", suspension.to);
  return object;
}

Suspension suspension_from(const Value& value) {
  return {instant_in(value, "from"), instant_or_nothing(value, "to"), value["reason"].text(),
          value["sequence"].integer()};
}

Value to_value(const Limit& limit) {
  Object object{{"code", limit.code}, {"due_at", milliseconds_of(limit.due_at)}};
  set_instant(object, "extended_to", limit.extended_to);
  set_instant(object, "counts_from", limit.counts_from);
  return object;
}

Limit limit_from(const Value& value) {
  return {value["code"].text(), instant_in(value, "due_at"),
          instant_or_nothing(value, "extended_to"), instant_or_nothing(value, "counts_from")};
}

Value to_value(const Rung& rung) { return Array{rung.code, milliseconds_of(rung.at)}; }

Rung rung_from(const Value& value) {
  if (value.items().size() != 2) return {};
  return {value.items()[0].text(), instant_of(value.items()[1].integer())};
}

Value to_value(const Clock& clock) {
  Object object{{"name", clock.name},
                {"started_at", milliseconds_of(clock.started_at)},
                {"started_by", clock.started_by},
                {"limits", array_of(clock.limits)},
                {"rungs", array_of(clock.rungs)}};
  set_unless_empty(object, "state", clock.state);
  if (clock.visit != 0) object.set("visit", clock.visit);
  set_instant(object, "stopped_at", clock.stopped_at);
  if (clock.stopped_by != 0) object.set("stopped_by", clock.stopped_by);
  set_unless_empty(object, "suspensions", array_of(clock.suspensions));
  return object;
}

Clock clock_from(const Value& value) {
  return {value["name"].text(),
          value["state"].text(),
          static_cast<int>(value["visit"].integer()),
          instant_in(value, "started_at"),
          value["started_by"].integer(),
          instant_or_nothing(value, "stopped_at"),
          value["stopped_by"].integer(),
          all_from(value["suspensions"], suspension_from),
          all_from(value["limits"], limit_from),
          all_from(value["rungs"], rung_from)};
}

Value to_value(const Signature& signature) {
  return Object{{"by", to_value(signature.by)},
                {"choice", signature.choice},
                {"at", milliseconds_of(signature.at)},
                {"sequence", signature.sequence}};
}

Signature signature_from(const Value& value) {
  return {actor_from(value["by"]), value["choice"].text(), instant_in(value, "at"),
          value["sequence"].integer()};
}

Value to_value(const Proposal& proposal) {
  Object object{{"sequence", proposal.sequence},
                {"event", proposal.event},
                {"proposer", to_value(proposal.proposer)},
                {"data", proposal.data},
                {"occurred_at", milliseconds_of(proposal.occurred_at)}};
  set_unless_empty(object, "present", array_of(proposal.present));
  set_unless_empty(object, "lateness_reason", proposal.lateness_reason);
  set_unless_empty(object, "added_signers", array_of(proposal.added_signers));
  set_unless_empty(object, "signatures", array_of(proposal.signatures));
  set_unless_empty(object, "outcome", proposal.outcome);
  return object;
}

Proposal proposal_from(const Value& value) {
  return {value["sequence"].integer(),
          value["event"].text(),
          actor_from(value["proposer"]),
          value["data"],
          texts_in(value["present"]),
          instant_in(value, "occurred_at"),
          value["lateness_reason"].text(),
          texts_in(value["added_signers"]),
          all_from(value["signatures"], signature_from),
          value["outcome"].text()};
}

Value to_value(const Undo& undo) {
  return Object{{"sequence", undo.sequence}, {"person", undo.person},
                {"at", milliseconds_of(undo.at)}, {"state", undo.state},
                {"holder", to_value(undo.holder)}, {"facts", undo.facts}};
}

Undo undo_from(const Value& value) {
  return {value["sequence"].integer(),
          value["person"].text(),
          instant_in(value, "at"),
          value["state"].text(),
          holder_from(value["holder"]),
          value["facts"].members()};
}

Value to_value(const Case& subject) {
  Object object{{"id", subject.id},
                {"procedure", subject.procedure},
                {"edition", subject.edition},
                {"sequence", subject.sequence},
                {"revision", subject.revision},
                {"state", subject.state},
                {"visit", subject.visit},
                {"recorded_at", milliseconds_of(subject.recorded_at)},
                {"holder", to_value(subject.holder)},
                {"facts", subject.facts},
                {"units", array_of(subject.units)},
                {"records", array_of(subject.records)},
                {"clocks", array_of(subject.clocks)}};
  set_unless_empty(object, "proposals", array_of(subject.proposals));
  if (subject.undo) object.set("undo", to_value(*subject.undo));
  return object;
}

Case case_from(const Value& value) {
  Case subject{value["id"].text(),
               value["procedure"].text(),
               value["edition"].text(),
               value["sequence"].integer(),
               value["revision"].integer(),
               value["state"].text(),
               static_cast<int>(value["visit"].integer()),
               instant_in(value, "recorded_at"),
               holder_from(value["holder"]),
               value["facts"].members(),
               texts_in(value["units"]),
               all_from(value["records"], record_from),
               all_from(value["clocks"], clock_from),
               all_from(value["proposals"], proposal_from),
               {}};
  if (value.has("undo")) subject.undo = undo_from(value["undo"]);
  return subject;
}

}  // namespace yimen::workflow
