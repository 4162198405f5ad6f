#include "api/case_service.hpp"

#include <algorithm>
#include <functional>

#include "api/case_family.hpp"
#include "api/person_rights.hpp"
#include "api/scope.hpp"
#include "api/service_failures.hpp"
#include "api/unit_findings.hpp"

namespace yimen::api {

namespace {

using persistence::LoadedCase;
using persistence::StoreError;
using persistence::StoreErrorKind;
using workflow::Case;
using workflow::Command;
using workflow::Decision;
using workflow::RefusalKind;
using workflow::Refusals;

constexpr int tries_max = 20;

bool may_act_as(const Submission& submission, const http::Post& post) {
  return !submission.as ||
         (submission.as->post == post.post &&
          (submission.as->unit.empty() || submission.as->unit == post.unit));
}

std::string case_number(const workflow::Edition& edition, int year, std::int64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 5) digits.insert(0, 5 - digits.size(), '0');
  std::string text = edition.case_number_format;
  const auto put = [&](std::string_view name, const std::string& value) {
    const auto at = text.find(name);
    if (at != std::string::npos) text.replace(at, name.size(), value);
  };
  put("{year}", std::to_string(year));
  put("{number}", digits);
  return text;
}

int year_of(workflow::Instant now) {
  const std::chrono::year_month_day day{workflow::civil_date_of(now)};
  return static_cast<int>(day.year());
}

}  // namespace

CaseService::CaseService(persistence::Database& database, const Rulebook& rulebook,
                         const Keyring& keyring, const Clock& clock, IdSource& ids)
    : database_(database),
      rulebook_(rulebook),
      keyring_(keyring),
      clock_(clock),
      ids_(ids),
      digests_(Keyring::digests()) {}

Result<Committed, ServiceFailure> CaseService::submit(const http::Principal& principal,
                                                      const Submission& submission) {
  std::unique_lock<std::mutex> turn;
  for (int tried = 1;; ++tried) {
    auto done = attempt(principal, submission, tried == 1 ? submission.known : nullptr);
    if (done) return done;
    // The same request may have been committed before, or by another connection just now. Asked
    // only here: what is new, as most requests are, needs no look.
    if (auto answer = answered_before(submission)) return std::move(*answer);
    const bool is_conflict = done.error().kind == ServiceFailureKind::store &&
                             done.error().store.kind == StoreErrorKind::conflict;
    if (is_conflict && submission.revision) {
      return failure(Refusals{RefusalKind::stale, {{"stale_revision", {}, {}, {}}}});
    }
    if (!is_conflict || tried == tries_max) return done;
    // Who lost once waits for a turn, so that a crowd at one case does not lose again and again.
    if (!turn) turn = std::unique_lock(turn_for(submission.case_id));
  }
}

std::mutex& CaseService::turn_for(const std::string& case_id) {
  return turns_[std::hash<std::string>{}(case_id) % turns_.size()];
}

std::optional<Result<Committed, ServiceFailure>> CaseService::answered_before(
    const Submission& submission) {
  if (!submission.idempotency) return std::nullopt;
  auto answer = database_.cases().earlier_answer(*submission.idempotency);
  if (!answer) return failure(std::move(answer.error()));
  if (!*answer) return std::nullopt;
  if ((*answer)->request_digest != submission.idempotency->request_digest) {
    return failure(StoreError{StoreErrorKind::key_reused, {}, {}});
  }
  return earlier(**answer);
}

std::string CaseService::digest_of(std::string_view request) const {
  return keyring_.index("request", request);
}

Result<Committed, ServiceFailure> CaseService::rehearse(const http::Principal& principal,
                                                        const Submission& submission) {
  auto attempt = decide(principal, submission, Numbering::withholds, submission.known);
  if (!attempt) return refuse(std::move(attempt.error()));
  return Committed{std::move(attempt->decision.next), attempt->decision.entry.kind, false};
}

Result<Committed, ServiceFailure> CaseService::attempt(const http::Principal& principal,
                                                       const Submission& submission,
                                                       const LoadedCase* known) {
  auto decided = decide(principal, submission, Numbering::gives, known);
  if (!decided) return refuse(std::move(decided.error()));
  return commit(submission, std::move(*decided));
}

Result<CaseService::Attempt, ServiceFailure> CaseService::decide(const http::Principal& principal,
                                                                 const Submission& submission,
                                                                 Numbering numbering,
                                                                 const LoadedCase* known) {
  auto loaded = load_or_begin(principal, submission, known);
  if (!loaded) return refuse(std::move(loaded.error()));
  Command command;
  command.id = ids_.uuid(clock_.now());
  command.kind = submission.kind;
  command.case_id = loaded->subject.id.empty() ? ids_.uuid(clock_.now()) : loaded->subject.id;
  command.event = submission.event;
  command.data = submission.data;
  command.occurred_at = submission.occurred_at;
  command.lateness_reason = submission.lateness_reason;
  command.revision = submission.revision;
  command.proposal = submission.proposal;
  command.choice = submission.choice;
  auto prepared = prepare(principal, submission, command);
  if (!prepared) return refuse(std::move(prepared.error()));
  auto decision =
      decide_as_some_post(principal, submission, std::move(command), *loaded, numbering);
  if (!decision) return refuse(std::move(decision.error()));
  if (auto found = units_are_known(submission, loaded->subject); !found) {
    return refuse(std::move(found.error()));
  }
  if (auto found = subject_is_known(principal, submission); !found) {
    return refuse(std::move(found.error()));
  }
  return Attempt{std::move(*loaded), std::move(*decision)};
}

Result<LoadedCase, ServiceFailure> CaseService::load_or_begin(
    const http::Principal& principal, const Submission& submission,
    const LoadedCase* known) {
  if (submission.case_id.empty()) {
    LoadedCase blank;
    const auto* procedure = rulebook_.procedure(submission.procedure);
    const auto* edition = rulebook_.edition_in_force(submission.procedure, clock_.now());
    if (procedure == nullptr || edition == nullptr) {
      return failure(ServiceFailureKind::unknown_procedure);
    }
    blank.subject.procedure = submission.procedure;
    blank.subject.edition = edition->digest;
    return blank;
  }
  auto loaded = known != nullptr ? Result<LoadedCase, StoreError>(*known)
                                 : database_.cases().load(submission.case_id);
  if (!loaded) return failure(std::move(loaded.error()));
  if (!scope_of(principal).sees(loaded->subject)) return failure(ServiceFailureKind::not_found);
  return std::move(*loaded);
}

// What the command needs from another case: the parent of a child, what an order is about.
Result<void, ServiceFailure> CaseService::prepare(const http::Principal& principal,
                                                  const Submission& submission,
                                                  Command& command) {
  if (!submission.case_id.empty()) return {};
  for (const char* member : {"parent", "about"}) {
    const std::string& other = submission.data[member].text();
    if (other.empty()) continue;
    auto opened = open(principal, other);
    if (!opened) return refuse(std::move(opened.error()));
    command.parent = opened->subject.facts;
  }
  return {};
}

Result<void, ServiceFailure> CaseService::units_are_known(const Submission& submission,
                                                          const Case& subject) const {
  const auto* edition = rulebook_.edition(subject.edition);
  const std::string_view state = subject.state.empty() ? "nothing" : subject.state;
  const workflow::StepPolicy* policy = submission.kind == workflow::EntryKind::annotation
                                           ? edition->annotation(submission.event)
                                           : edition->step(submission.event, state);
  const workflow::Form* form = policy != nullptr ? edition->form(policy->form) : nullptr;
  if (form == nullptr) return {};
  Refusals refusals{RefusalKind::invalid_data, {}};
  for (auto& finding : unit_findings(form->schema, submission.data, rulebook_.organisation())) {
    refusals.all.push_back({finding.code, {}, finding.pointer, finding.params});
  }
  if (refusals.all.empty()) return {};
  return failure(std::move(refusals));
}

// A case is opened for somebody in the registry whom its opener may see. Asked after the decision,
// so that who may open nothing learns nothing.
Result<void, ServiceFailure> CaseService::subject_is_known(const http::Principal& principal,
                                                           const Submission& submission) {
  const std::string& subject = submission.data["subject"].text();
  if (!submission.case_id.empty() || subject.empty()) return {};
  const auto person = database_.persons().person(subject);
  if (person && rights_of(principal).sees(person->village)) return {};
  if (person || person.error().kind == StoreErrorKind::not_found) {
    return failure(ServiceFailureKind::unknown_person);
  }
  return failure(person.error());
}

// Decides in the post that the submission names, or in the first of the principal's that may.
Result<Decision, ServiceFailure> CaseService::decide_as_some_post(
    const http::Principal& principal, const Submission& submission, Command command,
    const LoadedCase& loaded, Numbering numbering) {
  const auto* procedure = rulebook_.procedure(loaded.subject.procedure);
  const auto* edition = rulebook_.edition(loaded.subject.edition);
  if (procedure == nullptr || edition == nullptr) {
    return failure(ServiceFailureKind::unknown_procedure);
  }
  const auto calendar = rulebook_.calendar();
  const workflow::Rules rules{*procedure, *edition, *calendar};
  workflow::Instant now = clock_.now();
  if (submission.not_before) now = std::max(now, *submission.not_before);
  std::optional<Refusals> refusals;
  for (const http::Post& post : principal.posts) {
    if (!may_act_as(submission, post)) continue;
    command.actor = actor_of(principal, post);
    auto decision = workflow::decide(loaded.subject, command, rules, now);
    if (decision && numbering == Numbering::gives &&
        command.event == procedure->numbering_event &&
        loaded.subject.fact("number").is_null()) {
      auto number = database_.cases().next_number(year_of(now));
      if (!number) return failure(std::move(number.error()));
      command.number = case_number(*edition, year_of(now), *number);
      decision = workflow::decide(loaded.subject, command, rules, now);
    }
    if (decision) return std::move(*decision);
    const bool says_more =
        !refusals || (refusals->kind == RefusalKind::not_allowed &&
                      decision.error().kind != RefusalKind::not_allowed);
    if (says_more) refusals = std::move(decision.error());
  }
  if (!refusals) {
    refusals = Refusals{RefusalKind::not_allowed, {{"post_not_held", {}, {}, {}}}};
  }
  return failure(std::move(*refusals));
}

Result<Committed, ServiceFailure> CaseService::commit(const Submission& submission,
                                                      Attempt attempt) {
  Decision& decision = attempt.decision;
  const workflow::EntryKind kind = decision.entry.kind;
  const std::int64_t sequence = decision.entry.sequence;
  persistence::CommitRequest request;
  request.marks = persistence::marks_of(decision.entry);
  workflow::Sealing sealing =
      seal(std::move(decision.entry), decision.personal, ids_.random(32),
           attempt.loaded.head_hash, digests_);
  request.before = &attempt.loaded.subject;
  request.next = &decision.next;
  request.entry = std::move(sealing.entry);
  request.effects = std::move(decision.effects);
  if (auto word = word_to_parent(attempt.loaded.subject, decision.next)) {
    request.effects.push_back(std::move(*word));
  }
  request.attachment = submission.attachment;
  request.idempotency = submission.idempotency;
  request.rung = submission.rung;
  request.notifications = submission.notifications;
  request.rearms = submission.rearms;
  if (!sealing.personal.empty()) {
    std::string person;
    auto key = key_of_subject(decision.next, person);
    if (!key) return refuse(std::move(key.error()));
    for (const workflow::PersonalValue& value : sealing.personal) {
      const std::string place = sealed_place(decision.next.id, sequence, value.pointer);
      request.personal.push_back(
          {value.pointer, keyring_.seal(*key, person, place, value.salt + value.value)});
    }
  }
  auto written = database_.cases().commit(request);
  if (!written) return failure(std::move(written.error()));
  if (!request.effects.empty()) told_of_effects_();
  return Committed{std::move(decision.next), kind, false};
}

Result<std::string, ServiceFailure> CaseService::key_of_subject(const Case& subject,
                                                                std::string& person) {
  person = subject.fact("key_person").text();
  auto row = database_.persons().person(person);
  if (row) return std::move(row->wrapped_key);
  if (row.error().kind == StoreErrorKind::not_found) {
    return failure(ServiceFailureKind::unknown_person);
  }
  return failure(std::move(row.error()));
}

}  // namespace yimen::api
