#include "api/resources/attachments.hpp"

#include "api/answers.hpp"
#include "api/body.hpp"
#include "api/case_views.hpp"
#include "api/file_types.hpp"
#include "api/http/percent.hpp"
#include "api/scope.hpp"
#include "definitions/digest.hpp"

namespace yimen::api::resources {

namespace {

using http::Problem;
using http::ProblemCode;
using http::Request;
using http::Response;
using workflow::Array;
using workflow::Object;

constexpr std::size_t document_bytes_max = 10 * 1024 * 1024;

Object view(const Attachment& attachment, bool shows_name) {
  const persistence::AttachmentRow& row = attachment.row;
  Object view{{"id", row.id},
              {"case", row.case_id},
              {"sequence", row.sequence},
              {"document_kind", row.document_kind},
              {"content_type", row.content_type},
              {"size", row.size},
              {"digest", row.digest},
              {"account", row.account},
              {"created_at", workflow::to_text(row.created_at)}};
  if (shows_name && !attachment.file_name.empty()) view.set("file_name", attachment.file_name);
  return view;
}

Problem fault(std::string code, std::string pointer) {
  return {.code = ProblemCode::form_invalid,
          .refusals = {{std::move(code), {}, std::move(pointer), {}}}};
}

// A name is personal and so is never part of an address: it comes percent-encoded in a header.
Result<Upload, Problem> upload_in(const Request& request, const CaseService& service) {
  if (auto unknown = unknown_parameter(request, {"document_kind"})) return refuse(*unknown);
  const FileType* type = file_type(request.headers.get("content-type"));
  if (type == nullptr) return refuse(Problem{.code = ProblemCode::unsupported_media_type});
  const auto name =
      http::percent_decoded(request.headers.get("x-filename"), http::Plus::is_plus);
  if (!name) return refuse(fault("file_name_unsafe", "/x-filename"));
  if (auto code = name_problem(*type, *name); !code.empty()) {
    return refuse(fault(std::move(code), "/x-filename"));
  }
  if (request.body.empty()) return refuse(fault("required", ""));
  if (auto code = content_problem(*type, request.body); !code.empty()) {
    return refuse(fault(std::move(code), ""));
  }
  Upload upload;
  upload.case_id = request.parameters.get("id");
  upload.document_kind = request.query.get("document_kind");
  upload.content_type = type->content_type;
  upload.file_name = *name;
  upload.content = request.body;
  const Object asked{{"target", request.path},
                     {"kind", upload.document_kind},
                     {"type", upload.content_type},
                     {"name", upload.file_name},
                     {"digest", definitions::sha256_hex(request.body)}};
  upload.key = {request.principal->account, request.idempotency_key,
                service.digest_of(canonical(asked))};
  return upload;
}

std::string disposition(const Attachment& attachment) {
  const FileType* type = file_type(attachment.row.content_type);
  const std::string plain =
      "document." + std::string(type != nullptr ? type->extension : std::string_view("bin"));
  const std::string& name = attachment.file_name.empty() ? plain : attachment.file_name;
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" +
         http::percent_encoded(name);
}

}  // namespace

std::vector<http::Route> Attachments::routes() {
  return {{.method = "POST",
           .pattern = "/v1/cases/{id}/attachments",
           .name = "attach_document",
           .summary = "Keeps a document and puts it on record",
           .idempotency_key = true,
           .body_bytes_max = document_bytes_max,
           .content_type = "",
           .handler = [this](const Request& request) { return post(request); }},
          {.method = "GET",
           .pattern = "/v1/cases/{id}/attachments",
           .name = "list_attachments",
           .summary = "The documents of a case, without their content",
           .handler = [this](const Request& request) { return list(request); }},
          {.method = "GET",
           .pattern = "/v1/attachments/{id}",
           .name = "get_attachment",
           .summary = "A document itself",
           .handler = [this](const Request& request) { return get(request); }}};
}

Response Attachments::post(const Request& request) {
  const auto upload = upload_in(request, service_);
  if (!upload) return failed(upload.error());
  const auto attached = attachments_.add(*request.principal, *upload);
  if (!attached) return failed(attached.error());
  Object body = view(attached->attachment, true);
  body.set("revision", attached->revision);
  Response response = http::json(201, std::move(body));
  response.headers.add("location", "/v1/attachments/" + attached->attachment.row.id);
  response.headers.add("etag", entity_tag(attached->revision));
  return response;
}

Response Attachments::list(const Request& request) {
  if (auto unknown = unknown_parameter(request, {})) return failed(std::move(*unknown));
  const http::Principal& principal = *request.principal;
  const auto found = attachments_.of_case(principal, std::string(request.parameters.get("id")));
  if (!found) return failed(found.error());
  Array items;
  for (const Attachment& attachment : *found) {
    items.emplace_back(view(attachment, reads_personal_texts(principal)));
  }
  return http::json(200, Object{{"items", std::move(items)}, {"next", ""}});
}

// Only to be saved, never to be shown by the browser as part of our own site.
Response Attachments::get(const Request& request) {
  if (auto unknown = unknown_parameter(request, {})) return failed(std::move(*unknown));
  const auto found =
      attachments_.find(*request.principal, std::string(request.parameters.get("id")));
  if (!found) return failed(found.error());
  if (!reads_personal_texts(*request.principal)) return failed(ProblemCode::not_your_post);
  auto content = attachments_.content(*found);
  if (!content) return failed(content.error());
  Response response;
  response.content_type = found->row.content_type;
  if (response.content_type == "text/plain") response.content_type += "; charset=utf-8";
  response.body = std::move(*content);
  response.headers.add("content-disposition", disposition(*found));
  response.headers.add("content-security-policy", "sandbox; default-src 'none'");
  response.headers.add("cache-control", "no-store");
  response.headers.add("x-content-type-options", "nosniff");
  return response;
}

}  // namespace yimen::api::resources
