// Figures in the Prometheus text format 0.0.4. A family is announced once, before its samples.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace yimen::api {

class Exposition {
 public:
  using Label = std::pair<std::string_view, std::string_view>;
  using Labels = std::initializer_list<Label>;

  static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

  void family(std::string_view name, std::string_view type, std::string_view help);
  // `suffix` is _bucket, _sum or _count of a histogram.
  void sample(std::uint64_t value, Labels labels = {}, std::string_view suffix = {});
  // Seconds, written with six decimals.
  void seconds(std::uint64_t microseconds, Labels labels = {}, std::string_view suffix = {});

  // A family of one sample without labels.
  void counter(std::string_view name, std::string_view help, std::uint64_t value);
  void gauge(std::string_view name, std::string_view help, std::uint64_t value);

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void head(Labels labels, std::string_view suffix);

  std::string name_;
  std::string text_;
};

}  // namespace yimen::api
