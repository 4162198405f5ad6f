// The two files of texts hold the same keys and parameters, and a text for every word that the
// procedure, the organisation and the edition can show to people.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "definitions/assistance/procedure.hpp"
#include "definitions/definition_file.hpp"
#include "definitions/edition_loader.hpp"
#include "definitions/organisation.hpp"
#include "definitions/supervision_order/procedure.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using workflow::Value;

namespace {

const std::filesystem::path definitions_folder =
    std::filesystem::path(YIMEN_SOURCE_DIR) / "definitions";

Value texts(const std::string& language) {
  const auto value = definitions::value_in(definitions_folder / "texts" / (language + ".json"));
  REQUIRE(value);
  return *value;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::set<std::string> keys_of(const Value& table) {
  std::set<std::string> keys;
  for (const auto& [key, text] : table.members()) keys.insert(key);
  return keys;
}

std::set<std::string> placeholders_of(const std::string& text) {
  std::set<std::string> names;
  for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    const std::size_t end = text.find('}', at);
    REQUIRE(end != std::string::npos);
    names.insert(text.substr(at + 1, end - at - 1));
  }
  return names;
}

// The words of forms: names of members, and the values of enums.
void gather(const Value& schema, std::set<std::string>& words) {
  for (const Value& value : schema["enum"].items()) words.insert("enum." + value.text());
  for (const auto& [name, property] : schema["properties"].members()) {
    words.insert("field." + name);
    gather(property, words);
  }
  if (schema.has("items")) gather(schema["items"], words);
}

void gather(const workflow::Edition& edition, std::set<std::string>& words) {
  for (const auto& [code, form] : edition.forms) gather(form.schema, words);
  for (const auto& [code, category] : edition.categories) words.insert("category." + code);
  for (const auto& [post, level] : edition.post_level) words.insert("level." + level);
  for (const auto& reason : edition.lateness_reasons) words.insert("enum." + reason);
  for (const workflow::ClockRule& clock : edition.clocks) {
    words.insert("clock." + clock.name);
    for (const workflow::LimitRule& limit : clock.limits) {
      words.insert("limit." + limit.code);
      words.insert("basis." + limit.basis);
      words.insert("mark." + limit.mark);
    }
  }
  for (const auto* ladder : {&edition.ladder, &edition.emergency_ladder}) {
    for (const auto& rung : *ladder) {
      words.insert("rung." + rung.code);
      words.insert("notification." + rung.code);
    }
  }
}

void gather(const workflow::Procedure& procedure, std::set<std::string>& words) {
  words.insert("procedure." + std::string(procedure.name));
  for (const auto state : procedure.states) words.insert("state." + std::string(state));
  for (const auto event : procedure.events) words.insert("event." + std::string(event));
  for (const auto& row : procedure.annotations) {
    words.insert("annotation." + std::string(row.name));
  }
  for (const auto& guard : procedure.guards) words.insert("refusal." + std::string(guard.name));
  const auto edition = definitions::load_edition(
      definitions_folder / procedure.name / "editions" / "heyu-2021.json");
  REQUIRE(edition);
  gather(*edition, words);
}

std::set<std::string> words_to_show() {
  std::set<std::string> words;
  gather(definitions::assistance::procedure(), words);
  gather(definitions::supervision_order::procedure(), words);
  for (const char* code :
       {"no_such_step", "not_your_post", "not_your_unit", "four_eyes", "stale_revision",
        "lateness_reason_required", "unknown_lateness_reason", "backdated_too_far",
        "in_the_future", "signature_not_yours", "already_signed", "not_your_turn",
        "unknown_choice", "proposal_closed", "nothing_to_take_back", "take_back_window_passed",
        "not_your_step", "pending_signoff"}) {
    words.insert("refusal." + std::string(code));
  }
  for (const std::string& format : workflow::format_names()) words.insert("finding." + format);
  const auto organisation =
      definitions::load_organisation(definitions_folder / "organisation/heyu.json");
  REQUIRE(organisation);
  for (const auto& unit : organisation->units) words.insert("unit." + unit.code);
  for (const auto& post : organisation->posts) words.insert("post." + post.code);
  return words;
}

// Every finding's code is a text literal in the sources that find.
std::set<std::string> finding_codes() {
  std::set<std::string> codes;
  for (const char* folder : {"workflow", "definitions"}) {
    for (const auto& file :
         std::filesystem::directory_iterator(std::filesystem::path(YIMEN_SOURCE_DIR) / folder)) {
      const std::string name = file.path().filename().string();
      const bool finds = name.starts_with("form") || name.starts_with("edition_") ||
                         name.starts_with("organisation") || name.starts_with("object_reader");
      if (!finds || file.path().extension() != ".cpp") continue;
      const std::string text = bytes_of(file.path());
      for (std::size_t at = text.find("add("); at != std::string::npos;
           at = text.find("add(", at + 1)) {
        const std::size_t end = text.find(';', at);
        const std::string call = text.substr(at, end - at);
        // The code is the first literal that follows a comma and is a lower-case word.
        const std::size_t comma = call.find(", \"");
        if (comma == std::string::npos) continue;
        const std::string code = call.substr(comma + 3, call.find('"', comma + 3) - comma - 3);
        if (code.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos) {
          codes.insert("finding." + code);
        }
      }
    }
  }
  return codes;
}

}  // namespace

TEST_CASE("both languages say the same, with the same parameters") {
  const Value chinese = texts("zh-CN");
  const Value english = texts("en");
  CHECK(keys_of(chinese) == keys_of(english));
  for (const auto& [key, text] : chinese.members()) {
    CAPTURE(key);
    CHECK_FALSE(text.text().empty());
    CHECK_FALSE(english[key].text().empty());
    CHECK(placeholders_of(text.text()) == placeholders_of(english[key].text()));
  }
}

TEST_CASE("every word that people see has its text") {
  const auto known = keys_of(texts("zh-CN"));
  std::set<std::string> missing;
  for (const std::string& word : words_to_show()) {
    if (!known.contains(word)) missing.insert(word);
  }
  CHECK(missing == std::set<std::string>{});
}

TEST_CASE("every finding has its text") {
  const auto known = keys_of(texts("zh-CN"));
  const auto codes = finding_codes();
  CHECK(codes.size() > 50);
  std::set<std::string> missing;
  for (const std::string& code : codes) {
    if (!known.contains(code)) missing.insert(code);
  }
  CHECK(missing == std::set<std::string>{});
}

TEST_CASE("keys stand sorted, one a line, so that texts merge well") {
  for (const char* language : {"zh-CN", "en"}) {
    CAPTURE(language);
    std::ifstream stream(definitions_folder / "texts" / (std::string(language) + ".json"));
    std::vector<std::string> keys;
    for (std::string line; std::getline(stream, line);) {
      const std::size_t begin = line.find('"');
      if (begin != std::string::npos) {
        keys.push_back(line.substr(begin + 1, line.find('"', begin + 1) - begin - 1));
      }
    }
    CHECK(keys.size() == keys_of(texts(language)).size());
    CHECK(std::is_sorted(keys.begin(), keys.end()));
  }
}
