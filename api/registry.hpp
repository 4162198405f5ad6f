// The registry of people and households: sealed where it lies, found by keyed hashes, shown to
// those whose posts allow it. Whom a principal may not see does not exist for them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/clock.hpp"
#include "api/http/exchange.hpp"
#include "api/ids.hpp"
#include "api/keyring.hpp"
#include "api/person_views.hpp"
#include "definitions/organisation.hpp"
#include "persistence/store.hpp"

namespace yimen::api {

struct Household {
  persistence::HouseholdRow row;
  std::optional<std::string> address;  // nothing once the head's key is destroyed
  std::vector<Person> members;         // the head among them
};

class Registry {
 public:
  // All of them must outlive the registry. The clock is the database's.
  Registry(persistence::PersonStore& store, const Keyring& keyring,
           const definitions::Organisation& organisation, const Clock& clock, IdSource& ids);

  // `body` satisfies person_schema. form_invalid with all findings; not_your_post for a village
  // that is not the principal's; already_known for a known identity number, naming the person only
  // to who may see them.
  [[nodiscard]] Result<Person, http::Problem> add_person(const http::Request& request,
                                                         const workflow::Value& body);
  [[nodiscard]] Result<Household, http::Problem> add_household(const http::Request& request,
                                                               const workflow::Value& body);

  // not_found for nobody and for who is out of sight.
  [[nodiscard]] Result<Person, http::Problem> person(const http::Principal& principal,
                                                     const std::string& id) const;
  [[nodiscard]] Result<Household, http::Problem> household(const http::Principal& principal,
                                                           const std::string& id) const;

  // Those in sight whose name begins so; at most `limit`.
  [[nodiscard]] Result<std::vector<Person>, http::Problem> named(const http::Principal& principal,
                                                                 std::string_view name,
                                                                 int limit) const;
  [[nodiscard]] Result<std::vector<Person>, http::Problem> with_identity_number(
      const http::Principal& principal, std::string_view number) const;

  // What the principal may be shown of the names of these people, by their identifiers; nobody who
  // is out of sight or whose key is destroyed.
  [[nodiscard]] Result<std::map<std::string, std::string>, http::Problem> names_of(
      const http::Principal& principal, std::vector<std::string> ids) const;

  [[nodiscard]] workflow::Instant now() const { return clock_.now(); }

 private:
  [[nodiscard]] Person unsealed(persistence::PersonRow row) const;
  [[nodiscard]] persistence::PersonRow sealed(const PersonFacts& facts,
                                              const workflow::Value& body) const;
  [[nodiscard]] Result<std::vector<workflow::Finding>, http::Problem> place_findings(
      const PersonRights& rights, const workflow::Value& body) const;
  [[nodiscard]] persistence::IdempotencyKey key_of(const http::Request& request,
                                                   const workflow::Value& body) const;
  [[nodiscard]] http::Problem known(const PersonRights& rights,
                                    const persistence::StoreError& error) const;
  [[nodiscard]] Result<Person, http::Problem> head_of(const http::Principal& principal,
                                                      const workflow::Value& body) const;

  persistence::PersonStore& store_;
  const Keyring& keyring_;
  const definitions::Organisation& organisation_;
  const Clock& clock_;
  IdSource& ids_;
};

}  // namespace yimen::api
