// Documents of cases: taken in, sealed in chunks under the key of the case's person, put on record
// by the annotation `attach`, and given back. A document is there once its entry is committed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/case_service.hpp"

namespace yimen::api {

struct Upload {
  std::string case_id;
  std::string document_kind;
  std::string content_type;  // of the list
  std::string file_name;
  std::string_view content;
  persistence::IdempotencyKey key;
};

struct Attachment {
  persistence::AttachmentRow row;
  std::string file_name;  // empty once the person's key is destroyed
};

struct Attached {
  Attachment attachment;
  std::int64_t revision = 0;  // of the case, as the entry left it
};

class Attachments {
 public:
  // All of them must outlive the attachments.
  Attachments(CaseService& service, persistence::Database& database, const Keyring& keyring,
              const Clock& clock, IdSource& ids)
      : service_(service), database_(database), keyring_(keyring), clock_(clock), ids_(ids) {}

  // Refused as the annotation would be, before anything is written. The same request again gets the
  // same answer.
  [[nodiscard]] Result<Attached, http::Problem> add(const http::Principal& principal,
                                                    const Upload& upload);
  // Of a case that the principal may see, in the order of their entries.
  [[nodiscard]] Result<std::vector<Attachment>, http::Problem> of_case(
      const http::Principal& principal, const std::string& case_id);
  // not_found where the principal may not see the case.
  [[nodiscard]] Result<Attachment, http::Problem> find(const http::Principal& principal,
                                                       const std::string& id);
  // The whole document, proved by its digest. not_found once the person's key is destroyed; throws
  // where the database has lost or altered a part.
  [[nodiscard]] Result<std::string, http::Problem> content(const Attachment& attachment);

 private:
  struct Key {
    std::string person;
    std::string wrapped;
  };

  [[nodiscard]] Result<Attached, http::Problem> submit(const http::Principal& principal,
                                                       const Upload& upload, Submission submission,
                                                       const Key& key);
  [[nodiscard]] Result<Attached, http::Problem> answered(const Committed& committed);
  [[nodiscard]] Result<void, http::Problem> store_chunks(const std::string& id,
                                                         std::string_view content, int count,
                                                         const Key& key);
  [[nodiscard]] Result<Key, http::Problem> key_of(const workflow::Case& subject);
  [[nodiscard]] Attachment opened(persistence::AttachmentRow row, const Key& key);

  CaseService& service_;
  persistence::Database& database_;
  const Keyring& keyring_;
  const Clock& clock_;
  IdSource& ids_;
};

}  // namespace yimen::api
