#include "api/paging.hpp"

#include <utility>

namespace yimen::api {

namespace {

std::string percent_encoded(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char letter : text) {
    const bool is_plain = (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
                          (letter >= 'a' && letter <= 'z') || letter == '-' || letter == '.' ||
                          letter == '_' || letter == '~';
    const auto byte = static_cast<unsigned char>(letter);
    if (is_plain) {
      out.push_back(letter);
    } else {
      out.append({'%', digits[byte >> 4U], digits[byte & 15U]});
    }
  }
  return out;
}

// The same question, asked from there on.
std::string target_of_next(const http::Request& request, std::string_view parameter,
                           const std::string& next) {
  std::string target = request.path + "?";
  for (const auto& [name, value] : request.query) {
    if (name == parameter) continue;
    target.append(percent_encoded(name)).append("=").append(percent_encoded(value)).append("&");
  }
  return target.append(parameter).append("=").append(percent_encoded(next));
}

}  // namespace

http::Response page_of(const http::Request& request, workflow::Array items,
                       std::string_view parameter, const std::string& next) {
  http::Response response =
      http::json(200, workflow::Object{{"items", std::move(items)}, {"next", next}});
  if (!next.empty()) {
    response.headers.add("link",
                         "<" + target_of_next(request, parameter, next) + ">; rel=\"next\"");
  }
  return response;
}

}  // namespace yimen::api
