// The words for people: code -> text in each language, with {name} for parameters.
// A key without a text is answered as it is, so that a forgotten text shows and nothing breaks.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "workflow/result.hpp"
#include "workflow/value.hpp"

namespace yimen::api::http {

enum class Language { zh_cn, en };

// "zh-CN" or "en", as in Content-Language and in the names of the text files.
[[nodiscard]] std::string_view tag(Language language);

// The better liked of the two by an Accept-Language header; Chinese where it does not say.
[[nodiscard]] Language preferred_language(std::string_view accept_language);

class Texts {
 public:
  Texts() = default;

  // Reads zh-CN.json and en.json of the folder: one flat object each, all values strings.
  // The refusal is a sentence naming the file.
  static Result<Texts, std::string> load(const std::filesystem::path& folder);

  void set(Language language, std::string key, std::string text);
  [[nodiscard]] bool has(Language language, std::string_view key) const;

  using Table = std::map<std::string, std::string, std::less<>>;
  // All texts of a language, their parameters not filled in.
  [[nodiscard]] const Table& all(Language language) const;

  // The text with its parameters filled in: codes by their words ("unit.", "post.", "enum." …),
  // instants by the wall clock in Shanghai. Where a parameter is not given, the text KEY.bare
  // instead, if there is one; else it stays as {name}.
  [[nodiscard]] std::string text(Language language, std::string_view key,
                                 const workflow::Object& params = {}) const;

 private:
  std::array<Table, 2> tables_;
};

}  // namespace yimen::api::http
