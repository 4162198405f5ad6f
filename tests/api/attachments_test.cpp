// Documents of cases: taken in, sealed, put on record, given back.
#include "api/file_types.hpp"
#include "tests/api/casework_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using namespace yimen::tests;
using Catch::Matchers::Contains;
using workflow::Value;

namespace {

std::string pdf_of(std::size_t bytes) {
  std::string text = "%PDF-1.7\n";
  while (text.size() + 6 < bytes) text.push_back(static_cast<char>('a' + text.size() % 26));
  return text + "%%EOF\n";
}

struct Sent {
  std::string content = pdf_of(400'000);
  std::string type = "application/pdf";
  std::string name = "%E7%94%B3%E8%AF%B7%E4%B9%A6.pdf";  // 申请书.pdf
  std::string kind = "application";
};

api::http::Response send(Casework& office, const std::string& id,
                         api::http::Fields headers, const Sent& sent = {}) {
  if (!headers.has("idempotency-key")) headers.add("idempotency-key", office.fresh_key());
  headers.add("content-type", sent.type);
  headers.add("x-filename", sent.name);
  return office.ask("POST", "/v1/cases/" + id + "/attachments?document_kind=" + sent.kind,
                    headers, sent.content);
}

bool holds(const std::string& bytes, std::string_view text) {
  return bytes.find(text) != std::string::npos;
}

}  // namespace

SCENARIO("a document is kept, put on record and given back as it came") {
  Casework office;
  const auto clerk = office.as("station_clerk", "station");
  const std::string id = office.applied_case();
  auto headers = clerk;
  headers.add("idempotency-key", "upload-1");
  const Sent sent;
  const auto answer = send(office, id, headers, sent);
  REQUIRE(answer.status == 201);
  const Value body = body_of(answer);
  const std::string place = "/v1/attachments/" + body["id"].text();
  CHECK(answer.headers.get("location") == place);
  CHECK(body["size"].integer() == std::ssize(sent.content));
  CHECK(body["digest"].text() == definitions::sha256_hex(sent.content));
  CHECK(body["file_name"].text() == "申请书.pdf");

  THEN("its digest is in the journal and its name is not") {
    const workflow::Case subject = office.look(id);
    REQUIRE(subject.last("attach") != nullptr);
    CHECK(subject.last("attach")->sequence == body["sequence"].integer());
    CHECK(subject.last("attach")->data["digest"] == body["digest"]);
    CHECK(subject.last("attach")->data["document_kind"].text() == "application");
    CHECK(subject.revision == body["revision"].integer());
    const std::string database = office.database.bytes();
    CHECK_FALSE(holds(database, "申请书"));
    CHECK_FALSE(holds(database, sent.content.substr(100, 60)));
  }
  THEN("it comes back to be saved, never to be shown") {
    const auto got = office.get(place, clerk);
    REQUIRE(got.status == 200);
    CHECK(got.body == sent.content);
    CHECK(got.content_type == "application/pdf");
    CHECK(got.headers.get("content-disposition") ==
          "attachment; filename=\"document.pdf\"; "
          "filename*=UTF-8''%E7%94%B3%E8%AF%B7%E4%B9%A6.pdf");
    CHECK(got.headers.get("x-content-type-options") == "nosniff");
    CHECK(got.headers.get("cache-control") == "no-store");
    CHECK_THAT(std::string(got.headers.get("content-security-policy")), Contains("sandbox"));
    CHECK(office.ask("HEAD", place, clerk).omit_body);
  }
  THEN("only who sees the case sees it, and auditors see that it is there") {
    CHECK(office.get(place).status == 401);
    CHECK(office.get(place, office.as("village_worker", "shili_1")).status == 200);
    CHECK(office.get(place, office.as("village_worker", "shili_2")).status == 404);
    CHECK(office.get(place, office.as("administrator", "station")).status == 404);
    const auto auditor = office.as("auditor", "station");
    CHECK(office.get(place, auditor).status == 403);
    const auto list = office.get("/v1/cases/" + id + "/attachments", auditor);
    REQUIRE(body_of(list)["items"].items().size() == 1);
    const Value line = body_of(list)["items"].items().front();
    CHECK(line["digest"] == body["digest"]);
    CHECK_FALSE(line.has("file_name"));
    const auto full = office.get("/v1/cases/" + id + "/attachments", clerk);
    CHECK(body_of(full)["items"].items().front()["file_name"].text() == "申请书.pdf");
  }
  THEN("the same request again gets the same answer and keeps nothing more") {
    CHECK(send(office, id, headers, sent).body == answer.body);
    Sent other = sent;
    other.name = "other.pdf";
    CHECK(code_of(send(office, id, headers, other)) == "idempotency_key_reused");
    const auto list = office.get("/v1/cases/" + id + "/attachments", clerk);
    CHECK(body_of(list)["items"].items().size() == 1);
    CHECK(office.look(id).all("attach").size() == 1);
  }
  THEN("an unknown one is not found") {
    CHECK(office.get("/v1/attachments/01920000-0000-7000-8000-00000000dead", clerk).status == 404);
  }
}

SCENARIO("what may not be put on record is not kept") {
  Casework office;
  const auto clerk = office.as("station_clerk", "station");
  const std::string id = office.applied_case();
  const auto nothing_kept = [&] {
    return body_of(office.get("/v1/cases/" + id + "/attachments", clerk))["items"].items().empty();
  };
  CHECK(send(office, id, {}).status == 401);
  CHECK(send(office, id, office.as("village_worker", "shili_2")).status == 404);
  CHECK(send(office, id, office.as("auditor", "station")).status == 403);
  Sent odd;
  odd.kind = "love_letter";
  const auto refused = send(office, id, clerk, odd);
  CHECK(refused.status == 422);
  CHECK_THAT(refusals_of(refused), Contains("/document_kind"));
  CHECK(send(office, "01920000-0000-7000-8000-00000000dead", clerk).status == 404);
  CHECK(nothing_kept());
}

SCENARIO("a document must be what it says, by type, name and bytes") {
  Casework office;
  const auto clerk = office.as("station_clerk", "station");
  const std::string id = office.applied_case();
  const auto refusal = [&](const Sent& sent) { return refusals_of(send(office, id, clerk, sent)); };
  Sent sent;
  sent.type = "text/html";
  CHECK(send(office, id, clerk, sent).status == 415);
  sent = {};
  sent.name = "a.exe";
  CHECK(refusal(sent) == "file_extension_differs /x-filename");
  sent.name = "..%2Fa.pdf";
  CHECK(refusal(sent) == "file_name_unsafe /x-filename");
  sent.name = "%FF.pdf";
  CHECK(refusal(sent) == "file_name_unsafe /x-filename");
  sent.name = "";
  CHECK(refusal(sent) == "required /x-filename");
  sent = {};
  sent.content = "<html>%%EOF";
  CHECK(refusal(sent) == "file_content_differs");
  sent.content = "";
  CHECK(refusal(sent) == "required");
  sent.content = pdf_of(10 * 1024 * 1024 + 1);
  CHECK(send(office, id, clerk, sent).status == 413);
  sent.content = pdf_of(10 * 1024 * 1024);
  CHECK(send(office, id, clerk, sent).status == 201);
}

TEST_CASE("the list of types judges name and bytes") {
  using namespace api;
  const FileType* text = file_type("text/plain; charset=utf-8");
  const FileType* png = file_type("image/png");
  const FileType* jpeg = file_type("Image/JPEG");
  REQUIRE(text != nullptr);
  REQUIRE(png != nullptr);
  REQUIRE(jpeg != nullptr);
  CHECK(file_type("application/zip") == nullptr);
  CHECK(file_types().size() == 6);
  CHECK(name_problem(*jpeg, "照片.JPEG").empty());
  CHECK(name_problem(*jpeg, "照片.jpg").empty());
  CHECK(name_problem(*jpeg, "照片") == "file_extension_differs");
  CHECK(name_problem(*jpeg, ".jpg") == "file_name_unsafe");
  CHECK(name_problem(*jpeg, "a\xe2\x80\xaegpj.exe.jpg") == "file_name_unsafe");
  CHECK(name_problem(*jpeg, std::string(200, 'a') + ".jpg") == "file_name_too_long");
  CHECK(content_problem(*text, "走访记录\n").empty());
  CHECK(content_problem(*text, "\xff\xfe") == "file_content_differs");
  CHECK(content_problem(*text, std::string("a\0b", 3)) == "file_content_differs");
  CHECK(content_problem(*jpeg, "\xff\xd8\xff\xe0....\xff\xd9").empty());
  CHECK(content_problem(*png, "\x89PNG\r\n\x1a\n") == "file_content_differs");
}
