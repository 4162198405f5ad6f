#include "workflow/format.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "workflow/form.hpp"
#include "workflow/time.hpp"

namespace yimen::workflow {

namespace {

constexpr bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
constexpr bool is_hex(char letter) { return is_digit(letter) || (letter >= 'a' && letter <= 'f'); }
constexpr bool is_unit_letter(char letter) {
  return is_digit(letter) || (letter >= 'a' && letter <= 'z') || letter == '_';
}

bool all(std::string_view text, bool (*is_good)(char)) {
  return std::ranges::all_of(text, is_good);
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool hyphen = at == 8 || at == 13 || at == 18 || at == 23;
    if (hyphen ? text[at] != '-' : !is_hex(text[at])) return false;
  }
  return true;
}

bool is_mobile(std::string_view text) {
  return text.size() == 11 && all(text, is_digit) && text[0] == '1' && text[1] >= '3';
}

// 023-59265746, 0591-8765432, either with an extension: -12.
bool is_landline(std::string_view text) {
  const std::size_t hyphen = text.find('-');
  if (hyphen != 3 && hyphen != 4) return false;
  const std::string_view area = text.substr(0, hyphen);
  std::string_view number = text.substr(hyphen + 1);
  const std::size_t second = number.find('-');
  if (second != std::string_view::npos) {
    const std::string_view extension = number.substr(second + 1);
    if (extension.empty() || extension.size() > 6 || !all(extension, is_digit)) return false;
    number = number.substr(0, second);
  }
  return area[0] == '0' && all(area, is_digit) && (number.size() == 7 || number.size() == 8) &&
         all(number, is_digit);
}

std::optional<std::string> phone_problem(std::string_view text) {
  if (text.find('*') != std::string_view::npos) return "masked_value";
  if (is_mobile(text) || is_landline(text)) return std::nullopt;
  return "phone";
}

bool is_instant(std::string_view text) {
  return text.size() <= 40 && instant_from(text).has_value();
}
bool is_civil_date(std::string_view text) { return civil_date_from(text).has_value(); }
bool is_division_code(std::string_view text) { return text.size() == 12 && all(text, is_digit); }
bool is_unit_code(std::string_view text) {
  return !text.empty() && text.size() <= 40 && all(text, is_unit_letter);
}
bool is_digest(std::string_view text) { return text.size() == 64 && all(text, is_hex); }

using Shape = bool (*)(std::string_view);

constexpr std::array<std::pair<std::string_view, Shape>, 9> shapes{{
    {"civil_date", is_civil_date},
    {"digest", is_digest},
    {"division_code", is_division_code},
    {"household_id", is_uuid},
    {"instant", is_instant},
    {"money", is_money_amount},
    {"person_id", is_uuid},
    {"unit_code", is_unit_code},
    {"uuid", is_uuid},
}};

}  // namespace

std::optional<std::string> identity_number_problem(std::string_view text) {
  if (text.find('*') != std::string_view::npos) return "masked_value";
  constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  if (text.size() != 18 || !all(text.substr(0, 17), is_digit)) return "identity_number";
  const char last = text[17] == 'x' ? 'X' : text[17];
  if (!is_digit(last) && last != 'X') return "identity_number";
  const std::string birth = std::string(text.substr(6, 4)) + "-" + std::string(text.substr(10, 2)) +
                            "-" + std::string(text.substr(12, 2));
  if (!civil_date_from(birth)) return "identity_number_date";
  std::size_t sum = 0;
  for (std::size_t at = 0; at < weights.size(); ++at) {
    sum += static_cast<std::size_t>((text[at] - '0') * weights[at]);
  }
  constexpr std::string_view check_digits = "10X98765432";
  if (check_digits[sum % 11] != last) return "identity_number_check_digit";
  return std::nullopt;
}

std::optional<std::string> format_problem(std::string_view format, std::string_view text) {
  if (format == "identity_number") return identity_number_problem(text);
  if (format == "phone") return phone_problem(text);
  for (const auto& [name, is_good] : shapes) {
    if (name == format && is_good(text)) return std::nullopt;
  }
  return std::string(format);
}

bool is_money_amount(std::string_view text) {
  if (text.size() < 4 || text.size() > 15 || text[text.size() - 3] != '.') return false;
  const std::string_view whole = text.substr(0, text.size() - 3);
  return all(whole, is_digit) && all(text.substr(text.size() - 2), is_digit) &&
         (whole.size() == 1 || whole[0] != '0');
}

bool is_money(const Value& value) {
  return value.is_object() && value.members().size() == 2 && value["currency"].text() == "CNY" &&
         is_money_amount(value["amount"].text());
}

const std::vector<std::string>& format_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all_names{"identity_number", "phone"};
    for (const auto& [name, is_good] : shapes) all_names.emplace_back(name);
    std::ranges::sort(all_names);
    return all_names;
  }();
  return names;
}

}  // namespace yimen::workflow
