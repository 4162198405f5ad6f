#include "api/attachments.hpp"

#include <algorithm>
#include <stdexcept>

#include "api/answers.hpp"
#include "api/case_problems.hpp"
#include "definitions/digest.hpp"

namespace yimen::api {

namespace {

using http::Problem;
using http::ProblemCode;
using persistence::AttachmentRow;

constexpr std::size_t chunk_bytes = 256 * 1024;

std::string place_of_chunk(const std::string& id, int number) {
  return "attachment_chunks|" + id + "|" + std::to_string(number);
}

std::string place_of_name(const std::string& id) { return "attachments|" + id + "|name"; }

Submission annotation_of(const Upload& upload, const std::string& digest) {
  Submission submission;
  submission.kind = workflow::EntryKind::annotation;
  submission.case_id = upload.case_id;
  submission.event = "attach";
  submission.data =
      workflow::Object{{"document_kind", upload.document_kind}, {"digest", digest}};
  submission.idempotency = upload.key;
  return submission;
}

}  // namespace

Result<Attached, Problem> Attachments::add(const http::Principal& principal,
                                           const Upload& upload) {
  const auto opened = service_.open(principal, upload.case_id);
  if (!opened) return refuse(problem_of(opened.error()));
  Submission submission = annotation_of(upload, definitions::sha256_hex(upload.content));
  const auto earlier = database_.cases().earlier_answer(upload.key);
  if (!earlier) return refuse(store_problem(earlier.error()));
  if (*earlier) {
    const auto committed = service_.submit(principal, submission);
    if (!committed) return refuse(problem_of(committed.error()));
    return answered(*committed);
  }
  const auto may = service_.rehearse(principal, submission);
  if (!may) return refuse(problem_of(may.error()));
  const auto key = key_of(opened->subject);
  if (!key) return refuse(key.error());
  return submit(principal, upload, std::move(submission), *key);
}

Result<Attached, Problem> Attachments::submit(const http::Principal& principal,
                                              const Upload& upload, Submission submission,
                                              const Key& key) {
  AttachmentRow row;
  row.id = ids_.uuid(clock_.now());
  row.document_kind = upload.document_kind;
  row.content_type = upload.content_type;
  row.size = std::ssize(upload.content);
  row.chunks = static_cast<int>((upload.content.size() + chunk_bytes - 1) / chunk_bytes);
  row.digest = submission.data["digest"].text();
  row.sealed_name =
      keyring_.seal(key.wrapped, key.person, place_of_name(row.id), upload.file_name);
  row.account = principal.account;
  auto stored = store_chunks(row.id, upload.content, row.chunks, key);
  submission.attachment = row;
  const auto committed = stored ? service_.submit(principal, submission)
                                : Result<Committed, ServiceFailure>(refuse(ServiceFailure{}));
  const bool is_ours = committed && !committed->repeated;
  // What is left behind by a failure is swept away at the next start.
  if (!is_ours) (void)database_.attachments().discard(row.id);
  if (!stored) return refuse(std::move(stored.error()));
  if (!committed) return refuse(problem_of(committed.error()));
  return answered(*committed);
}

Result<Attached, Problem> Attachments::answered(const Committed& committed) {
  auto rows = database_.attachments().attachments_of(committed.subject.id);
  if (!rows) return refuse(store_problem(rows.error()));
  const auto row =
      std::ranges::find(*rows, committed.subject.sequence, &AttachmentRow::sequence);
  if (row == rows->end()) return refuse(Problem{.code = ProblemCode::not_found});
  const auto key = key_of(committed.subject);
  return Attached{opened(std::move(*row), key.value_or(Key{})), committed.subject.revision};
}

Result<void, Problem> Attachments::store_chunks(const std::string& id, std::string_view content,
                                                int count, const Key& key) {
  for (int number = 0; number < count; ++number) {
    const auto part = content.substr(static_cast<std::size_t>(number) * chunk_bytes, chunk_bytes);
    const auto added = database_.attachments().add_chunk(
        id, number, keyring_.seal(key.wrapped, key.person, place_of_chunk(id, number), part));
    if (!added) return refuse(store_problem(added.error()));
  }
  return {};
}

Result<std::vector<Attachment>, Problem> Attachments::of_case(const http::Principal& principal,
                                                              const std::string& case_id) {
  const auto found = service_.open(principal, case_id);
  if (!found) return refuse(problem_of(found.error()));
  auto rows = database_.attachments().attachments_of(case_id);
  if (!rows) return refuse(store_problem(rows.error()));
  const auto key = key_of(found->subject);
  std::vector<Attachment> all;
  for (AttachmentRow& row : *rows) all.push_back(opened(std::move(row), key.value_or(Key{})));
  return all;
}

Result<Attachment, Problem> Attachments::find(const http::Principal& principal,
                                              const std::string& id) {
  auto row = database_.attachments().attachment(id);
  if (!row) return refuse(store_problem(row.error()));
  const auto found = service_.open(principal, row->case_id);
  if (!found) return refuse(problem_of(found.error()));
  const auto key = key_of(found->subject);
  return opened(std::move(*row), key.value_or(Key{}));
}

Result<std::string, Problem> Attachments::content(const Attachment& attachment) {
  const AttachmentRow& row = attachment.row;
  const auto subject = database_.cases().load(row.case_id);
  if (!subject) return refuse(store_problem(subject.error()));
  const auto key = key_of(subject->subject);
  if (!key) return refuse(key.error());
  std::string content;
  content.reserve(static_cast<std::size_t>(row.size));
  for (int number = 0; number < row.chunks; ++number) {
    const auto sealed = database_.attachments().chunk(row.id, number);
    if (!sealed) return refuse(store_problem(sealed.error()));
    const auto part =
        keyring_.unseal(key->wrapped, key->person, place_of_chunk(row.id, number), *sealed);
    if (!part) throw std::runtime_error("a chunk of an attachment cannot be unsealed");
    content += *part;
  }
  if (definitions::sha256_hex(content) != row.digest) {
    throw std::runtime_error("an attachment differs from its digest");
  }
  return content;
}

// The person whose key seals the case; not_found once that key is destroyed.
Result<Attachments::Key, Problem> Attachments::key_of(const workflow::Case& subject) {
  const std::string& person = subject.fact("key_person").text();
  auto row = database_.persons().person(person);
  if (!row) return refuse(store_problem(row.error()));
  if (row->wrapped_key.empty()) return refuse(Problem{.code = ProblemCode::not_found});
  return Key{person, std::move(row->wrapped_key)};
}

Attachment Attachments::opened(AttachmentRow row, const Key& key) {
  auto name = keyring_.unseal(key.wrapped, key.person, place_of_name(row.id), row.sealed_name);
  return {std::move(row), name.value_or(std::string())};
}

}  // namespace yimen::api
