#include "workflow/pattern.hpp"

#include <algorithm>
#include <limits>

namespace yimen::workflow {

namespace {

constexpr std::size_t longest_pattern = 200;
constexpr std::size_t largest_count = 1000;
constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();
constexpr char32_t replacement = 0xFFFD;

constexpr bool is_digit(char32_t point) { return point >= U'0' && point <= U'9'; }

// How many bytes the sequence has that begins with this one; 0 when it begins none.
constexpr std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

}  // namespace

std::u32string code_points(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = sequence_length(lead);
    bool whole = length != 0 && at + length <= text.size();
    char32_t point = length < 2 ? lead : lead & (0x7Fu >> length);
    for (std::size_t next = 1; whole && next < length; ++next) {
      const auto byte = static_cast<unsigned char>(text[at + next]);
      whole = (byte & 0xC0u) == 0x80u;
      point = (point << 6u) | (byte & 0x3Fu);
    }
    points.push_back(whole ? point : replacement);
    at += whole ? length : 1;
  }
  return points;
}

bool Pattern::Part::takes(char32_t point) const {
  const bool listed = std::ranges::any_of(ranges, [point](const auto& range) {
    return point >= range.first && point <= range.second;
  });
  return listed != negated;
}

// Reads a pattern from left to right; each function is false where the subset is left.
class Pattern::Reader {
 public:
  explicit Reader(std::u32string text) : text_(std::move(text)) {}

  bool read(std::vector<Part>& parts) {
    if (text_.size() < 2 || text_.size() > longest_pattern || !skip(U'^')) return false;
    while (at_ < text_.size() && text_[at_] != U'$') {
      Part part;
      if (!read_taken(part) || !read_count(part)) return false;
      parts.push_back(std::move(part));
    }
    return skip(U'$') && at_ == text_.size();
  }

 private:
  bool skip(char32_t point) {
    if (at_ >= text_.size() || text_[at_] != point) return false;
    ++at_;
    return true;
  }

  bool read_taken(Part& part) {
    if (skip(U'[')) return read_class(part);
    if (skip(U'\\')) return read_escape(part);
    constexpr std::u32string_view reserved = U"^$.|()]{}*+?";
    if (reserved.find(text_[at_]) != std::u32string_view::npos) return false;
    part.ranges.emplace_back(text_[at_], text_[at_]);
    ++at_;
    return true;
  }

  bool read_escape(Part& part) {
    if (at_ >= text_.size()) return false;
    const char32_t point = text_[at_++];
    if (point == U'd') {
      part.ranges.emplace_back(U'0', U'9');
      return true;
    }
    constexpr std::u32string_view escapable = U"\\^$.|()[]{}*+?-/";
    if (escapable.find(point) == std::u32string_view::npos) return false;
    part.ranges.emplace_back(point, point);
    return true;
  }

  bool read_class(Part& part) {
    part.is_class = true;
    part.negated = skip(U'^');
    while (at_ < text_.size() && text_[at_] != U']') {
      if (skip(U'\\')) {
        if (!read_escape(part)) return false;
        continue;
      }
      const char32_t first = text_[at_++];
      if (first == U'[') return false;
      char32_t last = first;
      if (at_ + 1 < text_.size() && text_[at_] == U'-' && text_[at_ + 1] != U']') {
        last = text_[at_ + 1];
        at_ += 2;
      }
      if (last < first || last == U'\\' || last == U'[') return false;
      part.ranges.emplace_back(first, last);
    }
    return !part.ranges.empty() && skip(U']');
  }

  bool read_number(std::size_t& number) {
    const std::size_t begin = at_;
    number = 0;
    while (at_ < text_.size() && is_digit(text_[at_]) && number <= largest_count) {
      number = number * 10 + (text_[at_++] - U'0');
    }
    return at_ != begin && number <= largest_count;
  }

  bool read_count(Part& part) {
    if (skip(U'?')) {
      part.least = 0;
    } else if (skip(U'*')) {
      part.least = 0;
      part.most = unlimited;
    } else if (skip(U'+')) {
      part.most = unlimited;
    } else if (skip(U'{')) {
      if (!read_number(part.least)) return false;
      part.most = part.least;
      if (skip(U',')) {
        part.most = unlimited;
        if (at_ < text_.size() && text_[at_] != U'}' && !read_number(part.most)) return false;
      }
      return part.most >= part.least && skip(U'}');
    }
    return true;
  }

  std::u32string text_;
  std::size_t at_ = 0;
};

std::optional<Pattern> Pattern::compile(std::string_view text) {
  if (text.size() > 4 * longest_pattern) return std::nullopt;
  Pattern pattern;
  if (!Reader(code_points(text)).read(pattern.parts_)) return std::nullopt;
  return pattern;
}

bool Pattern::matches(std::string_view text) const {
  const std::u32string points = code_points(text);
  const std::size_t size = points.size();
  // reached[i]: the parts so far take exactly the first i code points.
  std::vector<char> reached(size + 1, 0);
  reached[0] = 1;
  std::vector<std::size_t> run(size + 1, 0);
  for (const Part& part : parts_) {
    for (std::size_t at = size; at-- > 0;) run[at] = part.takes(points[at]) ? run[at + 1] + 1 : 0;
    // Each start opens the interval of its possible ends; a running balance joins them.
    std::vector<int> balance(size + 2, 0);
    for (std::size_t at = 0; at <= size; ++at) {
      const std::size_t most = std::min(part.most, run[at]);
      if (reached[at] == 0 || most < part.least) continue;
      ++balance[at + part.least];
      --balance[at + most + 1];
    }
    int open = 0;
    for (std::size_t at = 0; at <= size; ++at) {
      open += balance[at];
      reached[at] = open > 0 ? 1 : 0;
    }
  }
  return reached[size] != 0;
}

bool Pattern::takes_free_text() const {
  const auto reaches_far = [](const auto& range) {
    return range.second > 0x7F && range.second != range.first;
  };
  return std::ranges::any_of(parts_, [&](const Part& part) {
    return part.is_class && (part.negated || std::ranges::any_of(part.ranges, reaches_far));
  });
}

}  // namespace yimen::workflow
