#include "api/workers/effects.hpp"

#include <algorithm>
#include <map>

#include "api/case_family.hpp"
#include "api/log.hpp"
#include "api/side_by_side.hpp"
#include "api/workers/addresses.hpp"
#include "api/workers/system_actor.hpp"

namespace yimen::api {

namespace {

using persistence::Lease;
using persistence::OutboxRow;
using persistence::StoreErrorKind;
using workflow::Object;
using workflow::Value;

constexpr int batch_size = 256;

// Who is told of an effect that only tells; a word of `addresses_of`.
struct Telling {
  std::string_view kind;
  std::vector<std::string> words;
};

const std::vector<Telling>& tellings() {
  static const std::vector<Telling> all{
      {"tell_county", {"county_liaison"}},
      {"take_down_notice", {"station_clerk"}},
      {"answer_objector", {"station_clerk"}},
      {"open_child", {"station_clerk"}},
  };
  return all;
}

// What an effect asks of another case; nothing for one that only tells.
std::optional<Submission> asked_of_another_case(const std::string& kind, const Value& details) {
  if (kind == "tell_parent") return record_of_child(details);
  if (kind != "open_supervision_order") return std::nullopt;
  Submission submission;
  submission.procedure = "supervision_order";
  submission.event = "issue";
  submission.data = details;
  return submission;
}

std::string mark_of(const OutboxRow& row) {
  return "effect:" + std::to_string(row.sequence) + ":" + std::to_string(row.ordinal);
}

std::string name_of(const OutboxRow& row) { return row.case_id + ":" + mark_of(row); }

}  // namespace

Turn Effects::perform(const std::vector<Lease>& leases) {
  Turn turn;
  const auto now = hand_.real_clock.now();
  const int limit = batch_size + aside_.size();
  auto rows = hand_.database.deadlines().outbox(leases, 0, limit);
  if (!rows) {
    log(LogLevel::warning, "effects_not_read", {{"why", rows.error().detail}});
    return turn;
  }
  turn.more = rows->size() == static_cast<std::size_t>(limit);
  std::map<std::string, std::vector<OutboxRow>> cases;
  for (OutboxRow& row : *rows) {
    // What follows on an effect that waits, waits too: words come in their order.
    const bool follows = cases.contains(row.case_id) && cases[row.case_id].empty();
    const bool waits = aside_.holds(name_of(row), now) || !lease_of(leases, row.case_id);
    if (follows || (waits && !cases.contains(row.case_id))) {
      cases[row.case_id].clear();
    } else if (!waits) {
      cases[row.case_id].push_back(std::move(row));
    }
  }
  std::vector<const std::vector<OutboxRow>*> groups;
  for (const auto& [id, group] : cases) {
    if (!group.empty()) groups.push_back(&group);
  }
  std::vector<std::size_t> done(groups.size(), 0);
  std::vector<End> ends(groups.size(), End::performed);
  side_by_side(groups.size(), [&](std::size_t place) {
    for (const OutboxRow& row : *groups[place]) {
      ends[place] = settle(row, *lease_of(leases, row.case_id));
      if (ends[place] != End::performed) break;
      ++done[place];
    }
  });
  for (std::size_t place = 0; place < groups.size(); ++place) {
    turn.done += done[place];
    hand_.counts.effects_performed += done[place];
    if (ends[place] == End::lease_lost) {
      turn.lease_lost = true;
      ++hand_.counts.leases_lost;
    } else if (ends[place] == End::failed) {
      aside_.put(name_of((*groups[place])[done[place]]), now);
      ++hand_.counts.failed;
    }
  }
  return turn;
}

Effects::End Effects::settle(const OutboxRow& row, const Lease& lease) {
  const Value details = workflow::parse(row.details).value_or(Value(Object{}));
  if (!knock(row, details)) return End::failed;
  const auto now = hand_.clock.now();
  const auto told = notifications_of(word_of(row, details), row.case_id, mark_of(row), now,
                                     hand_.mail);
  const auto finished = hand_.database.deadlines().finish_effect(row, lease, now, told);
  if (finished || finished.error().kind == StoreErrorKind::repeated) return End::performed;
  if (finished.error().kind == StoreErrorKind::lease_lost) return End::lease_lost;
  log(LogLevel::warning, "effect_not_finished",
      {{"case", row.case_id}, {"why", finished.error().detail}});
  return End::failed;
}

// Effects that move another case go through its door, under a key by which each happens once.
bool Effects::knock(const OutboxRow& row, const Value& details) {
  auto asked = asked_of_another_case(row.kind, details);
  if (!asked) return true;
  Submission& submission = *asked;
  const http::Principal system = system_actor();
  const std::string key = "outbox:" + name_of(row);
  submission.idempotency =
      persistence::IdempotencyKey{system.account, key, hand_.service.digest_of(key)};
  const auto done = hand_.service.submit(system, submission);
  if (done) return true;
  // What the other case refuses now it would refuse again.
  const bool is_final = done.error().kind != ServiceFailureKind::store ||
                        done.error().store.kind == StoreErrorKind::not_found;
  log(LogLevel::warning, is_final ? "effect_refused" : "effect_not_performed",
      {{"kind", row.kind}, {"case", row.case_id}, {"other", submission.case_id}});
  return is_final;
}

Word Effects::word_of(const OutboxRow& row, const Value& details) const {
  if (row.kind == "notify_unit") {
    return {details["about"].text(), {}, {address_of_unit(details["unit"].text())}};
  }
  const auto telling = std::ranges::find(tellings(), row.kind, &Telling::kind);
  if (telling == tellings().end()) return {};
  const auto loaded = hand_.database.cases().load(row.case_id);
  const Rulebook& rulebook = hand_.service.rulebook();
  const auto* edition = loaded ? rulebook.edition(loaded->subject.edition) : nullptr;
  if (edition == nullptr) return {};
  return {std::string(telling->kind), details.members(),
          addresses_of(telling->words, loaded->subject, *edition, rulebook.organisation())};
}

}  // namespace yimen::api
