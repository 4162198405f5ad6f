#include "api/registry.hpp"

#include <algorithm>
#include <utility>

#include "api/answers.hpp"

namespace yimen::api {

namespace {

using http::Problem;
using http::ProblemCode;
using http::Request;
using persistence::PersonRow;
using persistence::StoreError;
using persistence::StoreErrorKind;
using workflow::Finding;
using workflow::Value;

constexpr std::string_view by_identity_number = "identity_number";
constexpr std::string_view by_name = "name";

// A village's posts look for a name among their own people only.
std::string by_name_in(std::string_view village) { return "name@" + std::string(village); }

std::string place_of_person(const std::string& id) { return "persons|sealed|" + id; }
std::string place_of_household(const std::string& id) { return "households|sealed|" + id; }

Problem not_your_post() { return {.code = ProblemCode::not_your_post}; }
Problem not_found() { return {.code = ProblemCode::not_found}; }

void append(std::vector<Finding>& findings, std::vector<Finding> more) {
  findings.insert(findings.end(), more.begin(), more.end());
}

}  // namespace

Registry::Registry(persistence::PersonStore& store, const Keyring& keyring,
                   const definitions::Organisation& organisation, const Clock& clock, IdSource& ids)
    : store_(store), keyring_(keyring), organisation_(organisation), clock_(clock), ids_(ids) {}

// ---- persons ------------------------------------------------------------------------------------

Result<Person, Problem> Registry::add_person(const Request& request, const Value& body) {
  const PersonRights rights = rights_of(*request.principal);
  if (!rights.adds_some()) return refuse(not_your_post());
  const PersonFacts facts = facts_from(body);
  auto findings = fact_findings(facts, clock_.now());
  auto misplaced = place_findings(rights, body);
  if (!misplaced) return refuse(std::move(misplaced.error()));
  append(findings, std::move(*misplaced));
  if (!findings.empty()) return refuse(findings_problem(findings));
  PersonRow row = sealed(facts, body);
  const auto added = store_.add_person(row, key_of(request, body));
  if (added) return Person{std::move(row), facts};
  const StoreError& error = added.error();
  if (error.kind == StoreErrorKind::repeated && error.earlier) {
    return person(*request.principal, error.earlier->subject_id);
  }
  return refuse(known(rights, error));
}

PersonRow Registry::sealed(const PersonFacts& facts, const Value& body) const {
  PersonRow row;
  row.created_at = clock_.now();
  row.id = ids_.uuid(row.created_at);
  row.household = body["household"].text();
  row.village = body["village"].text();
  row.wrapped_key = keyring_.new_person_key(row.id);
  row.sealed = keyring_.seal(row.wrapped_key, row.id, place_of_person(row.id), sealed_text(facts));
  if (facts.identity_type == "identity_number") {
    row.identity_index = keyring_.index(by_identity_number, facts.identity_number);
  }
  for (const std::string& word : name_beginnings(facts.name)) {
    row.name_tokens.push_back(keyring_.index(by_name, word));
    row.name_tokens.push_back(keyring_.index(by_name_in(row.village), word));
  }
  return row;
}

Person Registry::unsealed(PersonRow row) const {
  Person person{std::move(row), std::nullopt};
  const auto text = keyring_.unseal(person.row.wrapped_key, person.row.id,
                                    place_of_person(person.row.id), person.row.sealed);
  if (text) person.facts = from_sealed_text(*text);
  return person;
}

// The village must be one and the principal's; the household must be in it.
Result<std::vector<Finding>, Problem> Registry::place_findings(const PersonRights& rights,
                                                               const Value& body) const {
  const std::string& village = body["village"].text();
  const definitions::Unit* unit = organisation_.unit(village);
  if (unit == nullptr || unit->level != "village") {
    return std::vector<Finding>{{"/village", "unknown_unit", {}}};
  }
  if (!rights.adds(village)) return refuse(not_your_post());
  if (!body.has("household")) return std::vector<Finding>{};
  const auto household = store_.household(body["household"].text());
  if (household && household->village == village) return std::vector<Finding>{};
  if (!household && household.error().kind != StoreErrorKind::not_found) {
    return refuse(store_problem(household.error()));
  }
  const bool is_seen = household && rights.sees(household->village);
  return std::vector<Finding>{{"/household", is_seen ? "other_village" : "household_id", {}}};
}

Problem Registry::known(const PersonRights& rights, const StoreError& error) const {
  if (error.kind != StoreErrorKind::already_exists) return store_problem(error);
  Problem problem = problem_with(ProblemCode::already_known, "identity_known");
  problem.refusals.front().pointer = "/identity/number";
  if (!error.earlier) return problem;
  const auto row = store_.person(error.earlier->subject_id);
  if (row && rights.sees(row->village)) problem.refusals.front().params.set("person", row->id);
  return problem;
}

Result<Person, Problem> Registry::person(const http::Principal& principal,
                                         const std::string& id) const {
  const PersonRights rights = rights_of(principal);
  auto row = store_.person(id);
  if (!row) return refuse(store_problem(row.error()));
  if (!rights.sees(row->village)) return refuse(not_found());
  return unsealed(std::move(*row));
}

Result<std::vector<Person>, Problem> Registry::named(const http::Principal& principal,
                                                     std::string_view name, int limit) const {
  const PersonRights rights = rights_of(principal);
  if (!rights.sees_some()) return refuse(not_your_post());
  const std::string word = name_word(name);
  std::vector<std::string> tokens;
  if (rights.township) {
    tokens.push_back(keyring_.index(by_name, word));
  } else {
    for (const std::string& village : rights.villages) {
      tokens.push_back(keyring_.index(by_name_in(village), word));
    }
  }
  std::vector<Person> found;
  for (const std::string& token : tokens) {
    auto rows = store_.find_persons("", {token}, limit - static_cast<int>(found.size()));
    if (!rows) return refuse(store_problem(rows.error()));
    for (PersonRow& row : *rows) found.push_back(unsealed(std::move(row)));
    if (static_cast<int>(found.size()) >= limit) break;
  }
  return found;
}

Result<std::vector<Person>, Problem> Registry::with_identity_number(
    const http::Principal& principal, std::string_view number) const {
  const PersonRights rights = rights_of(principal);
  if (!rights.sees_some()) return refuse(not_your_post());
  const std::string index = keyring_.index(by_identity_number, tidy_identity_number(number));
  auto rows = store_.find_persons(index, {}, 1);
  if (!rows) return refuse(store_problem(rows.error()));
  std::vector<Person> found;
  for (PersonRow& row : *rows) {
    if (rights.sees(row.village)) found.push_back(unsealed(std::move(row)));
  }
  return found;
}

Result<std::map<std::string, std::string>, Problem> Registry::names_of(
    const http::Principal& principal, std::vector<std::string> ids) const {
  const PersonRights rights = rights_of(principal);
  std::map<std::string, std::string> names;
  if (!rights.sees_some()) return names;
  std::ranges::sort(ids);
  const auto repeated = std::ranges::unique(ids);
  ids.erase(repeated.begin(), repeated.end());
  auto rows = store_.persons(ids);
  if (!rows) return refuse(store_problem(rows.error()));
  for (PersonRow& row : *rows) {
    if (!rights.sees(row.village)) continue;
    const Person person = unsealed(std::move(row));
    if (person.facts) names.emplace(person.row.id, shown_name(person, rights));
  }
  return names;
}

// Keyed, because a plain digest of a short body with a number in it could be guessed.
persistence::IdempotencyKey Registry::key_of(const Request& request, const Value& body) const {
  return {request.principal->account, request.idempotency_key,
          keyring_.index("request", request.method + " " + request.path + "\n" +
                                        workflow::canonical(body))};
}

// ---- households ---------------------------------------------------------------------------------

Result<Household, Problem> Registry::add_household(const Request& request, const Value& body) {
  const PersonRights rights = rights_of(*request.principal);
  if (!rights.adds_some()) return refuse(not_your_post());
  auto findings = place_findings(rights, body);
  if (!findings) return refuse(std::move(findings.error()));
  const std::string address = tidy(body["address"].text());
  if (auto problem = text_problem(address)) findings->push_back({"/address", *problem, {}});
  if (address.empty()) findings->push_back({"/address", "too_short", {{"min", 1}}});
  if (!findings->empty()) return refuse(findings_problem(*findings));
  auto head = head_of(*request.principal, body);
  if (!head) return refuse(std::move(head.error()));
  persistence::HouseholdRow row;
  row.created_at = clock_.now();
  row.id = ids_.uuid(row.created_at);
  row.village = body["village"].text();
  row.head = head->row.id;
  row.sealed =
      keyring_.seal(head->row.wrapped_key, row.head, place_of_household(row.id), address);
  const auto added = store_.add_household(row, key_of(request, body));
  if (added) return household(*request.principal, row.id);
  const StoreError& error = added.error();
  if (error.kind != StoreErrorKind::repeated || !error.earlier) {
    return refuse(store_problem(error));
  }
  return household(*request.principal, error.earlier->subject_id);
}

Result<Person, Problem> Registry::head_of(const http::Principal& principal,
                                          const Value& body) const {
  auto head = person(principal, body["head"].text());
  if (!head && head.error().code != ProblemCode::not_found) return head;
  if (!head || !head->facts) {
    return refuse(findings_problem({{"/head", "person_id", {}}}));
  }
  if (head->row.village != body["village"].text()) {
    return refuse(findings_problem({{"/head", "other_village", {}}}));
  }
  return head;
}

Result<Household, Problem> Registry::household(const http::Principal& principal,
                                               const std::string& id) const {
  auto row = store_.household(id);
  if (!row) return refuse(store_problem(row.error()));
  if (!rights_of(principal).sees(row->village)) return refuse(not_found());
  auto members = store_.household_members(id);
  if (!members) return refuse(store_problem(members.error()));
  auto head = store_.person(row->head);
  if (!head) return refuse(store_problem(head.error()));
  Household found{std::move(*row), std::nullopt, {}};
  found.address = keyring_.unseal(head->wrapped_key, head->id,
                                  place_of_household(found.row.id), found.row.sealed);
  const bool is_member = std::ranges::find(*members, head->id, &PersonRow::id) != members->end();
  if (!is_member) found.members.push_back(unsealed(std::move(*head)));
  for (PersonRow& member : *members) found.members.push_back(unsealed(std::move(member)));
  return found;
}

}  // namespace yimen::api
