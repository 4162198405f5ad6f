// A decent HTTP client for end-to-end tests: one kept connection, JSON both ways, cookies.
// Reconnects when the server has closed the kept connection; not for several threads.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tests/support/raw_http.hpp"
#include "tests/support/recorder.hpp"
#include "workflow/value.hpp"

namespace yimen::tests {

class Client {
 public:
  using Fields = api::http::Fields;

  explicit Client(std::uint16_t port, std::string address = "127.0.0.1")
      : port_(port), address_(std::move(address)) {}

  // Sent with every request from now on; an empty value takes the header away.
  Client& always(std::string_view name, std::string value) {
    always_.set(name, std::move(value));
    return *this;
  }

  Answer get(std::string_view target, const Fields& headers = {}) {
    return send("GET", target, std::nullopt, headers);
  }
  Answer post(std::string_view target, const workflow::Value& body, const Fields& headers = {}) {
    return send("POST", target, workflow::canonical(body), headers);
  }
  Answer put(std::string_view target, const workflow::Value& body, const Fields& headers = {}) {
    return send("PUT", target, workflow::canonical(body), headers);
  }
  Answer patch(std::string_view target, const workflow::Value& body, const Fields& headers = {}) {
    return send("PATCH", target, workflow::canonical(body), headers);
  }
  Answer remove(std::string_view target, const Fields& headers = {}) {
    return send("DELETE", target, std::nullopt, headers);
  }

  // The body is JSON unless the headers name another content type. Throws std::runtime_error when
  // the server closes without an answer.
  Answer send(std::string_view method, std::string_view target,
              const std::optional<std::string>& body = std::nullopt, const Fields& headers = {}) {
    const std::string bytes = request(method, target, body, headers);
    for (const bool last_try : {!connection_, true}) {
      if (!connection_) connection_.emplace(port_, address_);
      std::optional<Answer> answer;
      if (connection_->send(bytes)) answer = connection_->read_answer(method == "HEAD");
      if (!answer || answer->header("connection") == "close") connection_.reset();
      if (answer) {
        keep_cookies(*answer);
        record(method, target, body, *answer);
        return std::move(*answer);
      }
      if (last_try) break;
    }
    throw std::runtime_error("no answer to " + std::string(method) + " " + std::string(target));
  }

  [[nodiscard]] const std::map<std::string, std::string>& cookies() const { return cookies_; }
  void forget_cookies() { cookies_.clear(); }

 private:
  std::string request(std::string_view method, std::string_view target,
                      const std::optional<std::string>& body, const Fields& headers) const {
    Fields all;
    all.set("host", (address_ == "::1" ? "[::1]" : address_) + ":" + std::to_string(port_));
    if (body) all.set("content-type", "application/json");
    if (body) all.set("content-length", std::to_string(body->size()));
    if (!cookies_.empty()) all.set("cookie", cookie_header());
    for (const auto& [name, value] : always_) all.set(name, value);
    for (const auto& [name, value] : headers) all.set(name, value);
    std::string out;
    out.append(method).append(" ").append(target).append(" HTTP/1.1\r\n");
    for (const auto& [name, value] : all) {
      if (!value.empty()) out.append(name).append(": ").append(value).append("\r\n");
    }
    return out.append("\r\n").append(body.value_or(""));
  }

  std::string cookie_header() const {
    std::string out;
    for (const auto& [name, value] : cookies_) {
      out.append(out.empty() ? "" : "; ").append(name).append("=").append(value);
    }
    return out;
  }

  void keep_cookies(const Answer& answer) {
    for (const auto& [name, value] : answer.headers) {
      if (name != "set-cookie") continue;
      const std::string pair = value.substr(0, value.find(';'));
      const auto equals = pair.find('=');
      if (equals == std::string::npos) continue;
      if (value.find("Max-Age=0") != std::string::npos) {
        cookies_.erase(pair.substr(0, equals));
      } else {
        cookies_[pair.substr(0, equals)] = pair.substr(equals + 1);
      }
    }
  }

  const std::uint16_t port_;
  const std::string address_;
  Fields always_;
  std::map<std::string, std::string> cookies_;
  std::optional<RawHttp> connection_;
};

}  // namespace yimen::tests
