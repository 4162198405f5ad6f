// The shell round the door: load, decide, seal, commit. Every change of a case in the program goes
// through `submit`.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/clock.hpp"
#include "api/http/exchange.hpp"
#include "api/ids.hpp"
#include "api/keyring.hpp"
#include "api/rulebook.hpp"
#include "persistence/store.hpp"
#include "workflow/decide.hpp"

namespace yimen::api {

// What somebody asks; the actor is one of the principal's posts.
struct Submission {
  workflow::EntryKind kind = workflow::EntryKind::transition;
  std::string case_id;    // empty for an opening event
  std::string procedure;  // opening events only
  std::string event;
  workflow::Value data;
  std::optional<workflow::Instant> occurred_at;
  std::string lateness_reason;
  std::optional<std::int64_t> revision;
  std::int64_t proposal = 0;
  std::string choice;
  std::optional<http::Post> as;  // the post to act in; absent: the first that may
  std::optional<persistence::AttachmentRow> attachment;  // that the entry puts on record
  std::optional<persistence::IdempotencyKey> idempotency;
  const persistence::LoadedCase* known = nullptr;  // as just read; read again where it has moved on
  std::optional<persistence::RungMark> rung;  // whose effect it is
  bool rearms = false;                        // writes the rungs of the case anew
  // The clock may have been put back since it fell due: nothing is recorded as done before.
  std::optional<workflow::Instant> not_before;
  std::vector<persistence::Notification> notifications;  // of what is done
};

struct Committed {
  workflow::Case subject;  // as the entry left it
  workflow::EntryKind kind = workflow::EntryKind::transition;
  bool repeated = false;   // the answer to an earlier request with the same key
};

enum class ServiceFailureKind {
  not_found,  // no such case, or none that the principal may see
  refused,
  unknown_procedure,
  unknown_person,  // the data names a person that is not registered
  store
};

struct ServiceFailure {
  ServiceFailureKind kind = ServiceFailureKind::store;
  workflow::Refusals refusals;
  persistence::StoreError store;
};

// By the record's sequence: pointers and values.
using PersonalTexts = std::map<std::int64_t, workflow::Object>;

struct OpenCase {
  workflow::Case subject;
  const workflow::Procedure* procedure = nullptr;
  const workflow::Edition* edition = nullptr;
};

class CaseService {
 public:
  CaseService(persistence::Database& database, const Rulebook& rulebook, const Keyring& keyring,
              const Clock& clock, IdSource& ids);

  // Durable when it comes back with success. A conflict is decided again on fresh data, unless the
  // submission names a revision; an unknown outcome is resolved by the idempotency key.
  [[nodiscard]] Result<Committed, ServiceFailure> submit(const http::Principal& principal,
                                                         const Submission& submission);
  // What `submit` would answer, without changing anything; no case number is taken.
  [[nodiscard]] Result<Committed, ServiceFailure> rehearse(const http::Principal& principal,
                                                           const Submission& submission);
  // The case, if the principal may see it.
  [[nodiscard]] Result<OpenCase, ServiceFailure> open(const http::Principal& principal,
                                                      const std::string& case_id);
  // The personal texts of all records, unsealed. Empty once the key is destroyed.
  [[nodiscard]] PersonalTexts personal_texts(const workflow::Case& subject);

  // Of a request that may hold personal data: keyed, so that a short one cannot be guessed.
  [[nodiscard]] std::string digest_of(std::string_view request) const;

  // Called after every commit that leaves effects to be performed; set before the first.
  void when_effects(std::function<void()> told) { told_of_effects_ = std::move(told); }

  [[nodiscard]] const Rulebook& rulebook() const { return rulebook_; }
  [[nodiscard]] workflow::Instant now() const { return clock_.now(); }

 private:
  enum class Numbering { gives, withholds };

  struct Attempt {
    persistence::LoadedCase loaded;
    workflow::Decision decision;
  };

  // `known` is the case as the caller has read it, or nullptr.
  [[nodiscard]] Result<Committed, ServiceFailure> attempt(const http::Principal& principal,
                                                          const Submission& submission,
                                                          const persistence::LoadedCase* known);
  [[nodiscard]] Result<Attempt, ServiceFailure> decide(const http::Principal& principal,
                                                       const Submission& submission,
                                                       Numbering numbering,
                                                       const persistence::LoadedCase* known);
  [[nodiscard]] Result<persistence::LoadedCase, ServiceFailure> load_or_begin(
      const http::Principal& principal, const Submission& submission,
      const persistence::LoadedCase* known);
  [[nodiscard]] Result<workflow::Decision, ServiceFailure> decide_as_some_post(
      const http::Principal& principal, const Submission& submission,
      workflow::Command command, const persistence::LoadedCase& loaded, Numbering numbering);
  [[nodiscard]] Result<void, ServiceFailure> prepare(const http::Principal& principal,
                                                     const Submission& submission,
                                                     workflow::Command& command);
  [[nodiscard]] Result<void, ServiceFailure> units_are_known(const Submission& submission,
                                                             const workflow::Case& subject) const;
  [[nodiscard]] Result<void, ServiceFailure> subject_is_known(const http::Principal& principal,
                                                              const Submission& submission);
  [[nodiscard]] Result<Committed, ServiceFailure> commit(const Submission& submission,
                                                         Attempt attempt);
  [[nodiscard]] Result<std::string, ServiceFailure> key_of_subject(
      const workflow::Case& subject, std::string& person);
  [[nodiscard]] std::mutex& turn_for(const std::string& case_id);
  // The answer that the submission's key has got already; nothing for a new key.
  [[nodiscard]] std::optional<Result<Committed, ServiceFailure>> answered_before(
      const Submission& submission);
  [[nodiscard]] Result<Committed, ServiceFailure> earlier(
      const persistence::EarlierAnswer& answer);

  persistence::Database& database_;
  const Rulebook& rulebook_;
  const Keyring& keyring_;
  const Clock& clock_;
  IdSource& ids_;
  const workflow::Digests digests_;
  std::array<std::mutex, 64> turns_;
  std::function<void()> told_of_effects_ = [] {};
};

}  // namespace yimen::api
