#include "workflow/time.hpp"

#include <cstdio>

namespace yimen::workflow {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr hours shanghai_offset{8};

// Reads from the front of a text; whatever does not fit turns `good` off for good.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  int number(std::size_t digits, int smallest, int largest) {
    if (rest_.size() < digits) return fail();
    int value = 0;
    for (const char digit : rest_.substr(0, digits)) {
      if (!is_digit(digit)) return fail();
      value = value * 10 + (digit - '0');
    }
    rest_.remove_prefix(digits);
    return value < smallest || value > largest ? fail() : value;
  }

  // The character that comes next when it is one of `allowed`, else '\0'.
  char one_of(std::string_view allowed) {
    if (rest_.empty() || allowed.find(rest_.front()) == std::string_view::npos) {
      fail();
      return '\0';
    }
    const char found = rest_.front();
    rest_.remove_prefix(1);
    return found;
  }

  // Between one and three digits behind a point; nothing where there is no point.
  milliseconds fraction() {
    if (rest_.empty() || rest_.front() != '.') return {};
    rest_.remove_prefix(1);
    int value = 0;
    int scale = 1000;
    while (!rest_.empty() && is_digit(rest_.front()) && scale > 1) {
      scale /= 10;
      value += (rest_.front() - '0') * scale;
      rest_.remove_prefix(1);
    }
    if (scale == 1000) fail();
    return milliseconds(value);
  }

  [[nodiscard]] bool done() const { return good_ && rest_.empty(); }
  [[nodiscard]] bool good() const { return good_; }

 private:
  static bool is_digit(char character) { return character >= '0' && character <= '9'; }

  int fail() {
    good_ = false;
    return 0;
  }

  std::string_view rest_;
  bool good_ = true;
};

CivilDate date_from(Scanner& scanner, bool& exists) {
  const int year = scanner.number(4, 0, 9999);
  scanner.one_of("-");
  const int month = scanner.number(2, 1, 12);
  scanner.one_of("-");
  const int day = scanner.number(2, 1, 31);
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  exists = scanner.good() && date.ok();
  return exists ? CivilDate(date) : CivilDate{};
}

minutes offset_from(Scanner& scanner) {
  const char sign = scanner.one_of("Zz+-");
  if (sign == 'Z' || sign == 'z') return {};
  const hours whole(scanner.number(2, 0, 23));
  scanner.one_of(":");
  const minutes offset = whole + minutes(scanner.number(2, 0, 59));
  return sign == '-' ? -offset : offset;
}

std::string date_text(const std::chrono::year_month_day& date) {
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

}  // namespace

CivilDate civil_date_of(Instant at) {
  return CivilDate(std::chrono::floor<days>(at.time_since_epoch() + shanghai_offset));
}

Instant start_of(CivilDate day) {
  return Instant(milliseconds(day.time_since_epoch()) - shanghai_offset);
}

Instant end_of(CivilDate day) { return start_of(day + days(1)) - milliseconds(1); }

std::string to_text(Instant at) {
  const auto day = std::chrono::floor<days>(at);
  const std::chrono::hh_mm_ss time(at - day);
  char text[32];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return date_text(std::chrono::year_month_day(day)) + text;
}

std::string to_text(CivilDate day) { return date_text(std::chrono::year_month_day(day)); }

std::optional<Instant> instant_from(std::string_view text) {
  Scanner scanner(text);
  bool exists = false;
  const CivilDate date = date_from(scanner, exists);
  if (!exists) return std::nullopt;
  scanner.one_of("Tt");
  milliseconds time = hours(scanner.number(2, 0, 23));
  scanner.one_of(":");
  time += minutes(scanner.number(2, 0, 59));
  scanner.one_of(":");
  time += seconds(scanner.number(2, 0, 59));
  time += scanner.fraction();
  const minutes offset = offset_from(scanner);
  if (!scanner.done()) return std::nullopt;
  const Instant at(milliseconds(date.time_since_epoch()) + time - offset);
  const int year = static_cast<int>(
      std::chrono::year_month_day(std::chrono::floor<days>(at)).year());
  if (year < 0 || year > 9999) return std::nullopt;
  return at;
}

std::optional<CivilDate> civil_date_from(std::string_view text) {
  Scanner scanner(text);
  bool exists = false;
  const CivilDate date = date_from(scanner, exists);
  if (!exists || !scanner.done()) return std::nullopt;
  return date;
}

}  // namespace yimen::workflow
