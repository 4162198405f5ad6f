// What a resource sees of HTTP: a request and a response as plain values, no sockets, no Poco.
// Header names are lower case; a request's path segments and query are percent-decoded.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/problem.hpp"
#include "api/http/texts.hpp"
#include "workflow/result.hpp"
#include "workflow/value.hpp"

namespace yimen::api::http {

// Names and values in the order they came. Few at a time, so a search is a walk.
class Fields {
 public:
  struct Field {
    std::string name;
    std::string value;
    bool operator==(const Field&) const = default;
  };

  Fields() = default;
  Fields(std::initializer_list<Field> fields) : fields_(fields) {}

  // Null where there is no such field.
  [[nodiscard]] const std::string* find(std::string_view name) const;
  // Empty where there is no such field.
  [[nodiscard]] std::string_view get(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
  void add(std::string name, std::string value);
  // Adds the field or replaces its value.
  void set(std::string_view name, std::string value);

  [[nodiscard]] auto begin() const { return fields_.begin(); }
  [[nodiscard]] auto end() const { return fields_.end(); }
  [[nodiscard]] std::size_t size() const { return fields_.size(); }
  bool operator==(const Fields&) const = default;

 private:
  std::vector<Field> fields_;
};

struct Post {
  std::string post;
  std::string unit;
  std::string level;
  std::string for_person{};  // who holds it, where the principal covers for them
  bool operator==(const Post&) const = default;
};

// Who asks, as the authentication found it.
struct Principal {
  std::string account;
  std::string person;
  std::string session;
  std::vector<Post> posts;
  std::string token{};      // its id, where a machine asks
  bool reads_only = false;  // of a token
  bool must_change_password = false;  // before anything else

  // Some post of the name, in whichever unit.
  [[nodiscard]] bool holds(std::string_view post) const;
  bool operator==(const Principal&) const = default;
};

struct Request {
  std::string method = "GET";
  std::string path = "/";             // as sent, without the query
  std::vector<std::string> segments;  // of the path, decoded
  Fields parameters;                  // {name} of the route's pattern, filled by the router
  Fields query;
  Fields headers;
  std::uint64_t content_length = 0;  // announced; the body may not have been read yet
  std::string body;
  std::string remote_address;
  std::string trace_id;
  Language language = Language::zh_cn;
  std::string_view route;              // name of the matched route, kept by the router
  std::string idempotency_key;         // unquoted; filled by the router where a route requires one
  std::optional<Principal> principal;  // filled by the router's authentication
};

class Stream;

struct Response {
  int status = 200;
  Fields headers{};
  std::string content_type = "application/json";
  std::string body{};
  // When set, the router makes status, type and body of it, in the reader's language.
  std::optional<Problem> problem{};
  // The answer to HEAD keeps the length of the body it does not carry.
  bool omit_body = false;
  // When set, the answer has no end: behind its head the connection is handed over, and no request
  // thread is bound to it any more.
  std::function<void(std::unique_ptr<Stream>)> take_over{};
};

// A success with a JSON body in canonical form.
[[nodiscard]] Response json(int status, const workflow::Value& body);
[[nodiscard]] Response no_content();
// Headers such as ETag or Allow may be added to what comes back.
[[nodiscard]] Response failed(Problem problem);
[[nodiscard]] Response failed(ProblemCode code);

// Makes path, segments and query of a request target. Refused with malformed_target: a broken
// percent escape, invalid UTF-8, control characters, an encoded slash, dot segments, a query
// parameter given twice. A plus in the query is a space.
[[nodiscard]] Result<Request, Problem> request_for(std::string method, std::string_view target);

// The body as a JSON object, or malformed_json with `reason` and the byte `offset`.
[[nodiscard]] Result<workflow::Value, Problem> json_body(const Request& request);

// The trace id of a valid W3C traceparent of version 00; empty for anything else.
[[nodiscard]] std::string_view trace_id_of(std::string_view traceparent);

}  // namespace yimen::api::http
