#include "api/http/texts.hpp"

#include <charconv>
#include <fstream>
#include <iterator>
#include <utility>

#include "workflow/time.hpp"

namespace yimen::api::http {

namespace {

constexpr std::array languages = {Language::zh_cn, Language::en};

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The weight of one Accept-Language item, 0..1000; an item that cannot be read weighs nothing.
int weight(std::string_view parameters) {
  const auto at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  const std::string_view number = trim(parameters.substr(at + 2));
  if (number.empty() || (number[0] != '0' && number[0] != '1')) return 0;
  if (number[0] == '1') return 1000;
  int thousandths = 0;
  int unit = 100;
  for (const char digit : number.substr(number.size() > 1 ? 2 : 1)) {
    if (digit < '0' || digit > '9') return 0;
    thousandths += (digit - '0') * unit;
    unit /= 10;
  }
  return thousandths;
}

bool is_language(std::string_view range, std::string_view primary) {
  if (range.size() < 2 || (range.size() > 2 && range[2] != '-')) return false;
  return (range[0] | 0x20) == primary[0] && (range[1] | 0x20) == primary[1];
}

using Words = std::map<std::string, std::string, std::less<>>;

// Parameters that hold codes, and under which keys the codes have their words.
std::string_view words_for(std::string_view parameter) {
  static const std::map<std::string_view, std::string_view> kinds{
      {"post", "post."},          {"posts", "post."},      {"unit", "unit."},
      {"units", "unit."},         {"holder", "unit."},     {"department", "unit."},
      {"state", "state."},        {"event", "event."},     {"annotation", "annotation."},
      {"clock", "clock."},        {"level", "level."},     {"category", "category."},
      {"missing", "enum."},       {"document", "enum."},   {"restricted", "enum."},
      {"fields", "enum."},        {"kind", "enum."}};
  const auto found = kinds.find(parameter);
  return found != kinds.end() ? found->second : std::string_view();
}

// An instant as the clock on the wall shows it.
std::string local_time(workflow::Instant at) {
  const workflow::CivilDate day = workflow::civil_date_of(at);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(at - workflow::start_of(day));
  const auto digits = [](long number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return workflow::to_text(day) + " " + digits(minutes.count() / 60) + ":" +
         digits(minutes.count() % 60);
}

std::string worded(const workflow::Value& value, std::string_view parameter, const Words& words) {
  if (value.is_array()) {
    std::string list;
    for (const workflow::Value& item : value.items()) {
      const auto separator = words.find("list.separator");
      if (!list.empty()) list += separator != words.end() ? separator->second : ", ";
      list += worded(item, parameter, words);
    }
    return list;
  }
  if (!value.is_string()) return workflow::canonical(value);
  const auto known = words.find(std::string(words_for(parameter)) + value.text());
  if (known != words.end() && !words_for(parameter).empty()) return known->second;
  const auto at = workflow::instant_from(value.text());
  return at ? local_time(*at) : value.text();
}

// Whether each parameter that the text names is given.
bool can_be_filled(std::string_view text, const workflow::Object& params) {
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{')) {
    const auto close = text.find('}', open);
    if (close == std::string_view::npos) return true;
    if (params.find(text.substr(open + 1, close - open - 1)) == nullptr) return false;
    text.remove_prefix(close + 1);
  }
  return true;
}

void append_parameter(std::string& out, std::string_view name, const workflow::Object& params,
                      const Words& words) {
  const workflow::Value* value = params.find(name);
  if (value == nullptr) {
    out.append("{").append(name).append("}");
  } else {
    out += worded(*value, name, words);
  }
}

std::string filled(std::string_view text, const workflow::Object& params, const Words& words) {
  std::string out;
  out.reserve(text.size());
  while (true) {
    const auto open = text.find('{');
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) return out.append(text);
    out.append(text.substr(0, open));
    append_parameter(out, text.substr(open + 1, close - open - 1), params, words);
    text.remove_prefix(close + 1);
  }
}

Result<workflow::Object, std::string> read_table(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return refuse("cannot read the texts " + file.string());
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  auto value = workflow::parse(bytes);
  if (!value) {
    return refuse(file.string() + ": " + value.error().code + " at byte " +
                  std::to_string(value.error().offset));
  }
  if (!value->is_object()) return refuse(file.string() + ": not an object");
  return value->make_object();
}

}  // namespace

std::string_view tag(Language language) {
  return language == Language::en ? "en" : "zh-CN";
}

Language preferred_language(std::string_view accept_language) {
  int chinese = 0;
  int english = 0;
  while (!accept_language.empty()) {
    const auto comma = accept_language.find(',');
    const std::string_view item = accept_language.substr(0, comma);
    const auto semicolon = item.find(';');
    const std::string_view range = trim(item.substr(0, semicolon));
    const int liked =
        semicolon == std::string_view::npos ? 1000 : weight(item.substr(semicolon + 1));
    if (is_language(range, "en")) english = std::max(english, liked);
    if (is_language(range, "zh")) chinese = std::max(chinese, liked);
    if (comma == std::string_view::npos) break;
    accept_language.remove_prefix(comma + 1);
  }
  return english > chinese ? Language::en : Language::zh_cn;
}

Result<Texts, std::string> Texts::load(const std::filesystem::path& folder) {
  Texts texts;
  for (const Language language : languages) {
    const auto file = folder / (std::string(tag(language)) + ".json");
    auto table = read_table(file);
    if (!table) return refuse(table.error());
    for (const auto& [key, text] : *table) {
      if (!text.is_string()) return refuse(file.string() + ": " + key + " is not a text");
      texts.set(language, key, text.text());
    }
  }
  return texts;
}

void Texts::set(Language language, std::string key, std::string text) {
  tables_[static_cast<std::size_t>(language)].insert_or_assign(std::move(key), std::move(text));
}

bool Texts::has(Language language, std::string_view key) const {
  return tables_[static_cast<std::size_t>(language)].contains(key);
}

const Texts::Table& Texts::all(Language language) const {
  return tables_[static_cast<std::size_t>(language)];
}

std::string Texts::text(Language language, std::string_view key,
                        const workflow::Object& params) const {
  const Table& table = tables_[static_cast<std::size_t>(language)];
  const auto found = table.find(key);
  if (found == table.end()) return std::string(key);
  if (!can_be_filled(found->second, params)) {
    const auto bare = table.find(std::string(key) + ".bare");
    if (bare != table.end()) return bare->second;
  }
  return filled(found->second, params, table);
}

}  // namespace yimen::api::http
