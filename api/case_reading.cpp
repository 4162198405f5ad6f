// The half of the case service that reads: a case for whoever may see it, its personal texts, and
// what an earlier request was answered.
#include "api/case_service.hpp"
#include "api/scope.hpp"
#include "api/service_failures.hpp"

namespace yimen::api {

using workflow::Case;

// The case as the earlier request left it, folded from its journal: the same answer, word for word.
Result<Committed, ServiceFailure> CaseService::earlier(const persistence::EarlierAnswer& answer) {
  auto rows = database_.cases().journal(answer.subject_id, 0, static_cast<int>(answer.sequence));
  if (!rows) return failure(std::move(rows.error()));
  std::vector<workflow::Entry> entries;
  for (const workflow::SealedEntry& row : *rows) {
    auto value = workflow::parse(row.bytes);
    if (value && row.sequence <= answer.sequence) entries.push_back(workflow::entry_from(*value));
  }
  if (entries.empty()) return failure(ServiceFailureKind::not_found);
  const workflow::EntryKind kind = entries.back().kind;
  return Committed{workflow::replay(entries), kind, true};
}

Result<OpenCase, ServiceFailure> CaseService::open(const http::Principal& principal,
                                                   const std::string& case_id) {
  auto loaded = database_.cases().load(case_id);
  if (!loaded) return failure(std::move(loaded.error()));
  if (!scope_of(principal).sees(loaded->subject)) return failure(ServiceFailureKind::not_found);
  const auto* procedure = rulebook_.procedure(loaded->subject.procedure);
  const auto* edition = rulebook_.edition(loaded->subject.edition);
  if (procedure == nullptr || edition == nullptr) {
    return failure(ServiceFailureKind::unknown_procedure);
  }
  return OpenCase{std::move(loaded->subject), procedure, edition};
}

PersonalTexts CaseService::personal_texts(const Case& subject) {
  PersonalTexts texts;
  const auto rows = database_.cases().personal_values(subject.id);
  if (!rows || rows->empty()) return texts;
  std::string person;
  const auto key = key_of_subject(subject, person);
  if (!key) return texts;
  for (const auto& [sequence, row] : *rows) {
    const auto text = keyring_.unseal(*key, person, sealed_place(subject.id, sequence, row.pointer),
                                      row.sealed);
    constexpr std::size_t salt_length = 16;
    if (!text || text->size() < salt_length) continue;
    auto value = workflow::parse(std::string_view(*text).substr(salt_length));
    if (value) texts[sequence].set(row.pointer, std::move(*value));
  }
  return texts;
}

}  // namespace yimen::api
