// The route table as data, and the checks that are the same for every route.
// What can be refused by the head alone is refused before the body is read.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/exchange.hpp"
#include "api/http/texts.hpp"
#include "workflow/result.hpp"

namespace yimen::api::http {

enum class Access { public_access, session };

using Handler = std::function<Response(const Request&)>;

// Fills `principal`, or says why it cannot (a forged session, a failed CSRF check). Asked for every
// route with Access::session; a request that is still nobody's afterwards is answered with 401.
using Authenticate = std::function<std::optional<Problem>(Request&)>;

struct Route {
  std::string method{};
  // Literals and {name}; a last segment {name...} takes the rest of the path.
  std::string pattern{};
  Access access = Access::session;
  bool before_password_change = false;  // also for those who must first choose a password
  std::string name{};
  std::string summary{};
  bool idempotency_key = false;
  bool if_match = false;
  std::size_t body_bytes_max = 64 * 1024;
  // What a body must be; empty for anything.
  std::string content_type = "application/json";
  Handler handler{};
};

class Router {
 public:
  // Throws std::logic_error when two routes have one method and one pattern. GET serves HEAD.
  // `texts` must outlive the router. Safe to use from several threads if the handlers are.
  Router(const Texts& texts, std::vector<Route> routes, Authenticate authenticate = {});

  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }
  // The largest body that any route takes.
  [[nodiscard]] std::size_t body_bytes_max() const;

  // Everything that the head decides: 404, 405, OPTIONS, 401, 413, 415, 428, keys. Fills the
  // request's parameters, principal and idempotency key. The refusal is a finished answer.
  [[nodiscard]] Result<const Route*, Response> admit(Request& request) const;
  // Calls the handler of an admitted request and finishes its answer. Lets exceptions pass.
  [[nodiscard]] Response run(const Route& route, const Request& request) const;
  // Both in turn, for a request whose body is already there.
  [[nodiscard]] Response handle(Request request) const;

  // A problem as a finished answer, in the language and with the trace id of the request.
  [[nodiscard]] Response answer(const Request& request, Response response) const;

 private:
  struct Node {
    std::vector<std::string> segments;  // a parameter is kept as {name}
    bool takes_rest = false;
    std::vector<const Route*> routes;
    std::string allow;
  };

  void add(const Route& route);
  [[nodiscard]] const Node* find(Request& request) const;
  [[nodiscard]] Response not_this_method(const Request& request, const Node& node) const;
  [[nodiscard]] std::optional<Problem> unfit(const Route& route, Request& request) const;

  const Texts& texts_;
  std::vector<Route> routes_;
  std::vector<Node> nodes_;  // literals before parameters, parameters before rests
  Authenticate authenticate_;
};

}  // namespace yimen::api::http
