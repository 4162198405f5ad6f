// Office documents: which archives are kept and which are not.
#include "api/archive_check.hpp"

#include <cstdint>
#include <vector>

#include "tests/support/catch.hpp"

using yimen::api::archive_problem;

namespace {

struct Part {
  std::string name;
  std::string packed = "x";
  std::uint32_t unpacked = 1;
  std::uint16_t method = 8;
  std::uint16_t flags = 0;
};

std::string number(std::uint64_t value, int length) {
  std::string bytes;
  for (int byte = 0; byte < length; ++byte) {
    bytes.push_back(static_cast<char>(value >> (8 * byte)));
  }
  return bytes;
}

std::uint32_t length_of(const std::string& text) { return static_cast<std::uint32_t>(text.size()); }

// What the local and the central header have in common.
std::string shared_header(const Part& part) {
  return number(20, 2) + number(part.flags, 2) + number(part.method, 2) + number(0, 8) +
         number(length_of(part.packed), 4) + number(part.unpacked, 4) +
         number(length_of(part.name), 2) + number(0, 2);
}

// A ZIP archive by the book (APPNOTE 4.3); `before` moves every entry's place, as a bomb would.
std::string archive(const std::vector<Part>& parts, bool overlapping = false) {
  std::string bytes;
  std::string directory;
  for (const Part& part : parts) {
    const std::uint32_t place = overlapping ? 0 : length_of(bytes);
    directory += "PK\1\2" + number(20, 2) + shared_header(part) + number(0, 10) +
                 number(place, 4) + part.name;
    bytes += "PK\3\4" + shared_header(part) + part.name + part.packed;
  }
  const std::uint32_t begins = length_of(bytes);
  const auto count = static_cast<std::uint32_t>(parts.size());
  return bytes + directory + "PK\5\6" + number(0, 4) + number(count, 2) + number(count, 2) +
         number(length_of(directory), 4) + number(begins, 4) + number(0, 2);
}

const Part types{.name = "[Content_Types].xml"};
const Part document{.name = "word/document.xml"};

std::string problem(const std::string& bytes) { return archive_problem(bytes, document.name); }

}  // namespace

TEST_CASE("a document with its parts is kept") {
  CHECK(problem(archive({types, document})).empty());
  CHECK(problem(archive({types, document, {.name = "word/media/photo.png"}})).empty());
}

TEST_CASE("an archive without the parts of its kind is another kind of file") {
  CHECK(problem(archive({document})) == "archive_lacks_part");
  CHECK(problem(archive({types, {.name = "xl/workbook.xml"}})) == "archive_lacks_part");
}

TEST_CASE("an archive that is cut, padded or contradicts itself is unsound") {
  const std::string whole = archive({types, document});
  CHECK(problem("") == "archive_unsound");
  CHECK(problem("PK\3\4") == "archive_unsound");
  CHECK(problem(whole.substr(0, whole.size() - 1)) == "archive_unsound");
  CHECK(problem(whole.substr(1)) == "archive_unsound");
  CHECK(problem("MZ" + whole) == "archive_unsound");
  CHECK(problem(whole + "more") == "archive_unsound");
  CHECK(problem(archive({types, document}, true)) == "archive_unsound");
  CHECK(problem(archive({types, {.name = "word/document.xml", .flags = 1}})) == "archive_unsound");
  CHECK(problem(archive({types, {.name = "word/document.xml", .method = 14}})) ==
        "archive_unsound");
  CHECK(problem(archive({types, document, {.name = "../../etc/passwd"}})) == "archive_unsound");
  CHECK(problem(archive({types, document, {.name = "/etc/passwd"}})) == "archive_unsound");
  CHECK(problem(archive({types, document, {.name = "a", .unpacked = 5, .method = 0}})) ==
        "archive_unsound");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    CAPTURE(at);
    std::string cut = whole.substr(0, at);
    CHECK_FALSE(problem(cut).empty());
  }
}

TEST_CASE("an archive that unpacks to more than anybody writes is too large") {
  CHECK(problem(archive({types, document, {.name = "a", .unpacked = 300u << 20u}})) ==
        "archive_too_large");
  const std::string filler(1'000, 'x');
  CHECK(problem(archive({types, document, {.name = "a", .packed = filler, .unpacked = 90'000}}))
            .empty());
  CHECK(problem(archive({types, document, {.name = "a", .packed = filler, .unpacked = 900'000}})) ==
        "archive_too_large");
  std::vector<Part> many{types, document};
  for (int count = 0; count < 2'000; ++count) many.push_back({.name = std::to_string(count)});
  CHECK(problem(archive(many)) == "archive_too_large");
}

TEST_CASE("a document that brings programs is not kept") {
  for (const char* name : {"word/vbaProject.bin", "word/embeddings/oleObject1.bin", "a.exe",
                           "word/activeX/activeX1.xml"}) {
    CHECK(problem(archive({types, document, {.name = name}})) == "archive_with_programs");
  }
}
