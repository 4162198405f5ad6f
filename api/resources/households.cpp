#include "api/resources/households.hpp"

#include "api/answers.hpp"

namespace yimen::api::resources {

namespace {

using http::Request;
using http::Response;
using workflow::Array;
using workflow::Object;
using workflow::Value;

// The address goes with the names: who is shown these in full is shown it too.
Value view(const Household& household, const PersonRights& rights) {
  Array members;
  for (const Person& member : household.members) members.push_back(masked_view(member, rights));
  Object body{{"id", household.row.id},
              {"village", household.row.village},
              {"head", household.row.head},
              {"members", std::move(members)},
              {"created_at", workflow::to_text(household.row.created_at)}};
  if (household.address && rights.sees_full_names(household.row.village)) {
    body.set("address", *household.address);
  }
  return body;
}

}  // namespace

std::vector<http::Route> Households::routes() {
  return {{.method = "POST",
           .pattern = "/v1/households",
           .name = "add_household",
           .summary = "Register a household and its head",
           .idempotency_key = true,
           .handler = [this](const Request& request) { return post(request); }},
          {.method = "GET",
           .pattern = "/v1/households/{id}",
           .name = "get_household",
           .summary = "One household with its members, masked",
           .handler = [this](const Request& request) { return get(request); }}};
}

Response Households::post(const Request& request) {
  const auto body = body_of(request, household_schema());
  if (!body) return failed(body.error());
  const auto added = registry_.add_household(request, *body);
  if (!added) return failed(added.error());
  Response response = http::json(201, view(*added, rights_of(*request.principal)));
  response.headers.add("location", "/v1/households/" + added->row.id);
  return response;
}

Response Households::get(const Request& request) {
  const auto household = registry_.household(*request.principal,
                                             std::string(request.parameters.get("id")));
  if (!household) return failed(household.error());
  return http::json(200, view(*household, rights_of(*request.principal)));
}

}  // namespace yimen::api::resources
