// /v1/procedures and /v1/forms: the tables and editions as data, and the tables as drawings.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "api/http/router.hpp"
#include "api/rulebook.hpp"

namespace yimen::api::resources {

class Procedures {
 public:
  explicit Procedures(const Rulebook& rulebook) : rulebook_(rulebook) {}

  [[nodiscard]] std::vector<http::Route> routes();

 private:
  [[nodiscard]] http::Response list(const http::Request& request) const;
  [[nodiscard]] http::Response get(const http::Request& request) const;
  [[nodiscard]] http::Response form(const http::Request& request) const;
  [[nodiscard]] http::Response diagram(const http::Request& request);

  struct Drawing {
    std::string text;
    std::string digest;
  };
  // Drawn when first asked for and kept: a table changes with the program only. An edition changes
  // nothing in it. From several threads.
  [[nodiscard]] const Drawing& drawing(const workflow::Procedure& procedure,
                                       http::Language language, bool as_bpmn);

  const Rulebook& rulebook_;
  std::mutex drawings_guard_;
  std::map<std::tuple<std::string_view, http::Language, bool>, Drawing> drawings_;
};

}  // namespace yimen::api::resources
