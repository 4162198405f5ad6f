#include "api/password_rules.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "workflow/pattern.hpp"

namespace yimen::api {

namespace {

using workflow::Finding;

constexpr std::int64_t length_min = 8;
constexpr std::int64_t length_max = 128;
constexpr std::size_t name_length_min = 4;  // a shorter name may happen to be part of anything

// Those of eight characters and more that head the published lists, worldwide and in China.
constexpr std::array<std::string_view, 100> common{
    "00000000", "000000000", "01234567", "0123456789", "11111111", "111111111", "1111111111",
    "11223344", "112233445566", "12121212", "123123123", "12341234", "1234554321", "12345678",
    "123456789", "1234567890", "123456789a", "12345678a", "123456abc", "12345qwert", "1234qwer",
    "123654789", "13145200", "1314520520", "147258369", "147852369", "159357456", "1q2w3e4r",
    "1q2w3e4r5t", "1qaz2wsx", "1qaz@wsx", "1qazxsw2", "20082008", "31415926", "3141592653",
    "520131400", "5201314520", "521521521", "55555555", "66666666", "7758521521", "77777777",
    "87654321", "88888888", "888888888", "8888888888", "963852741", "98765432", "987654321",
    "9876543210", "99999999", "a12345678", "a123456789", "a1b2c3d4", "aa123456", "aa123456789",
    "aaaaaaaa", "abc12345", "abc123456", "abc123456789", "abcd1234", "abcdefgh", "admin123",
    "admin1234", "admin888", "administrator", "asd123456", "asdasdasd", "asdf1234", "asdfghjk",
    "asdfghjkl", "baobei520", "baseball", "chongqing", "computer", "dearbook", "football",
    "iloveyou", "internet", "letmein1", "p@ssw0rd", "pass1234", "passw0rd", "password",
    "password1", "password123", "q123456789", "qazwsxedc", "qq123456", "qq123456789", "qwer1234",
    "qwerasdf", "qwerty123", "qwertyui", "qwertyuiop", "superman", "welcome1", "woaini1314",
    "woaini520", "zaq12wsx"};
static_assert(std::ranges::is_sorted(common));

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& letter : out) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter | 0x20);
  }
  return out;
}

// One character over and over.
bool is_monotonous(std::string_view text) {
  return text.find_first_not_of(text.front()) == std::string_view::npos;
}

}  // namespace

std::vector<Finding> password_findings(std::string_view password, std::string_view account_name) {
  const auto length = static_cast<std::int64_t>(workflow::code_points(password).size());
  if (length < length_min) return {{"/password", "too_short", {{"min", length_min}}}};
  if (length > length_max) return {{"/password", "too_long", {{"max", length_max}}}};
  const std::string plain = lower(password);
  if (std::ranges::binary_search(common, std::string_view(plain)) || is_monotonous(plain)) {
    return {{"/password", "common_password", {}}};
  }
  if (account_name.size() >= name_length_min && plain.find(account_name) != std::string::npos) {
    return {{"/password", "password_names_account", {}}};
  }
  return {};
}

}  // namespace yimen::api
