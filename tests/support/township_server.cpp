#include "tests/support/township_server.hpp"

#include <stdexcept>

#include "api/base64url.hpp"
#include "definitions/digest.hpp"

namespace yimen::tests {

namespace {

using workflow::Object;
using workflow::Value;

const api::Rulebook& the_rulebook() {
  static const api::Rulebook rulebook = [] {
    auto loaded = api::Rulebook::load(std::string(YIMEN_SOURCE_DIR) + "/definitions");
    if (!loaded) throw std::runtime_error("definitions: " + loaded.error().front());
    return std::move(*loaded);
  }();
  return rulebook;
}

template <class T>
T opened(Result<T, std::string> result) {
  if (!result) throw std::runtime_error(result.error());
  return std::move(*result);
}

std::string key(std::string_view what, int number) {
  return std::string(what) + "-" + std::to_string(number);
}

Value at_present(const Value& schema, const Value& example, workflow::Instant now) {
  const std::string& format = schema["format"].text();
  if (format == "instant") return workflow::to_text(now);
  if (format == "civil_date") return workflow::to_text(workflow::civil_date_of(now));
  if (!example.is_object()) return example;
  Object members;
  for (const auto& [name, value] : example.members()) {
    members.set(name, at_present(schema["properties"][name], value, now));
  }
  return members;
}

}  // namespace

std::string identity_number(int order) {
  constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  std::string digits = std::to_string(order % 1000);
  digits.insert(0, 3 - digits.size(), '0');
  const int day = 1 + order / 1000 % 28;
  std::string number =
      "999999197001" + std::string(day < 10 ? "0" : "") + std::to_string(day) + digits;
  int sum = 0;
  for (std::size_t at = 0; at < number.size(); ++at) sum += (number[at] - '0') * weights[at];
  return number + "10X98765432"[sum % 11];
}

TownshipServer::TownshipServer(bool is_sample)
    : rulebook_(the_rulebook()),
      keyring_(opened(api::Keyring::open(folder_.file("key")))),
      database_({.sample = is_sample,
                 .jurisdiction = rulebook_.organisation().jurisdiction,
                 .vocabulary = rulebook_.vocabulary()}),
      audit_file_(opened(api::AuditFile::open(folder_.file("audit.log")))),
      audit_log_(*audit_file_, database_->audit()),
      clock_(workflow::instant_from(frozen_at).value()),
      accounts_(database_->accounts(), rulebook_.organisation(), real_clock_, ids_),
      authentication_(accounts_, *database_, real_clock_, ids_),
      service_(*database_, rulebook_, keyring_, clock_, ids_),
      workers_(*database_, service_, clock_, real_clock_, ids_),
      feed_(database_->news(), accounts_, authentication_, real_clock_),
      resources_({.database = *database_,
                  .rulebook = rulebook_,
                  .keyring = keyring_,
                  .service = service_,
                  .accounts = accounts_,
                  .authentication = authentication_,
                  .audit_log = audit_log_,
                  .clock = clock_,
                  .real_clock = real_clock_,
                  .ids = ids_,
                  .feed = feed_,
                  .sample_clock = is_sample ? &clock_ : nullptr,
                  .workers = &workers_}),
      router_(std::make_unique<api::http::Router>(
          rulebook_.texts(), resources_.routes(), [this](api::http::Request& request) {
            return authentication_.authenticate(request);
          })),
      server_(opened(api::http::Server::start(*router_, {.threads = 160, .queued_max = 160}))) {
  feed_.start();
}

TownshipServer::~TownshipServer() { server_.reset(); }

Staff TownshipServer::add_staff(const std::string& name,
                                const std::vector<persistence::PostRow>& posts,
                                const std::string& password) {
  const auto now = real_clock_.now();
  persistence::AccountRow row;
  row.id = ids_.uuid(now);
  row.name = name;
  row.display_name = name;
  row.password_hash = password.empty() ? "none" : api::hash_password(password);
  row.posts = posts;
  row.created_at = now;
  if (!database_->accounts().add_account(row)) throw std::runtime_error("no account " + name);
  const std::string token = api::base64url(ids_.random(32));
  const auto added = database_->accounts().add_session(
      {definitions::sha256_hex(token), row.id, true, now, now, now + std::chrono::hours(24)});
  if (!added) throw std::runtime_error("no session for " + name);
  return {row.id, token};
}

const Staff& TownshipServer::staff(const std::string& post_at_unit) {
  const auto known = staff_.find(post_at_unit);
  if (known != staff_.end()) return known->second;
  const auto at = post_at_unit.find('@');
  const persistence::PostRow post{post_at_unit.substr(0, at), post_at_unit.substr(at + 1)};
  return staff_.emplace(post_at_unit, add_staff(post.post + "." + post.unit, {post}))
      .first->second;
}

Client TownshipServer::client_of(const Staff& staff) const {
  Client client(port());
  client.always("authorization", "Bearer " + staff.token).always("accept-language", "en");
  return client;
}

Client TownshipServer::client(const std::string& post_at_unit) {
  return client_of(staff(post_at_unit));
}

Client TownshipServer::nobody() const {
  Client client(port());
  client.always("accept-language", "en");
  return client;
}

std::string TownshipServer::person(const std::string& village) {
  const int number = ++people_;
  const Object body{{"name", "示例" + std::to_string(number)},
                    {"village", village},
                    {"identity", Object{{"type", "identity_number"},
                                        {"number", identity_number(number)}}}};
  const Answer answer = client("station_clerk@station")
                            .post("/v1/persons", body, {{"idempotency-key", key("p", number)}});
  if (answer.status != 201) throw std::runtime_error("no person: " + answer.body);
  return answer.json()["id"].text();
}

std::pair<std::string, std::string> TownshipServer::household(const std::string& village) {
  const std::string head = person(village);
  const Object body{{"village", village}, {"head", head}, {"address", "示例组一号"}};
  const Answer answer = client("station_clerk@station")
                            .post("/v1/households", body, {{"idempotency-key", "h-" + head}});
  if (answer.status != 201) throw std::runtime_error("no household: " + answer.body);
  return {head, answer.json()["id"].text()};
}

Value TownshipServer::form(const std::string& name, const std::string& state,
                           const Object& members) const {
  const auto* edition = rulebook_.edition_in_force("assistance", clock_.now());
  const auto* policy = edition->annotation(name);
  if (policy == nullptr) policy = edition->step(name, state);
  const workflow::Form* form = policy != nullptr ? edition->form(policy->form) : nullptr;
  Value filled = form != nullptr ? at_present(form->schema, form->examples.front(), clock_.now())
                                 : Value(Object{});
  for (const auto& [member, value] : members) filled.make_object().set(member, value);
  return filled;
}

std::map<std::string, std::int64_t> TownshipServer::rows() const {
  std::map<std::string, std::int64_t> counts;
  for (const char* table : {"accounts", "case_persons", "cases", "households", "idempotency",
                            "journal", "outbox", "persons", "personal_values", "rungs"}) {
    counts[table] = database_.rows_in(table);
  }
  return counts;
}

void TownshipServer::move_clock(std::string_view to) {
  if (!clock_.advance_to(workflow::instant_from(to).value(), real_clock_.now())) {
    throw std::runtime_error("the clock moves forward only");
  }
}

}  // namespace yimen::tests
