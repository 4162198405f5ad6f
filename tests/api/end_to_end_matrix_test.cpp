// Who may do what: every operation by every post, on what is their own (village shili_1, department
// civil_affairs_office), on what is another's, and on what does not exist.
#include <sstream>

#include "tests/api/end_to_end_operations.hpp"
#include "tests/support/problems.hpp"

using namespace yimen;
using namespace yimen::tests;
using workflow::Object;
using workflow::Value;

namespace {

const std::vector<std::string> posts{
    "village_worker@shili_1",    "village_commander@shili_1",
    "station_clerk@station",     "station_director@station",
    "deputy_commander@station",  "commander@station",
    "hotline_operator@station",  "platform_supervisor@station",
    "department_clerk@civil_affairs_office", "department_head@civil_affairs_office",
    "finance_clerk@finance_office",          "county_liaison@county_centre",
    "auditor@station",           "administrator@station"};

// Three letters a cell, for one's own, another's and an unknown one:
//   + done   x 403   - 404   ! 422   . there is no such thing
constexpr std::string_view table = R"(
                 vw  vc  sc  sd  dc  co  ho  ps  dk  dh  fc  cl  au  ad
get_case         +-- +-- ++- ++- ++- ++- ++- ++- +-- +-- --- ++- ++- ---
get_journal      +-- +-- ++- ++- ++- ++- ++- ++- +-- +-- --- ++- ++- ---
annotate_case    +-- +-- ++- ++- ++- ++- ++- ++- +-- +-- --- ++- xx- ---
move_case        x-- x-- !!- xx- xx- xx- xx- xx- +-- x-- --- xx- xx- ---
sign_case        x-- x-- xx- xx- ++- ++- xx- xx- x-- x-- --- xx- xx- ---
open_case        +!! +!! ++! ++! ++! ++! ++! ++! ++! ++! ++! xxx xxx xxx
add_person       +x! +x! ++! ++! xxx xxx ++! xxx ++! ++! xxx xxx xxx xxx
get_person       +-- +-- ++- ++- ++- ++- ++- ++- ++- ++- ++- ++- ++- ---
reveal_person    x-- x-- ++- ++- xx- xx- xx- xx- ++- ++- ++- xx- xx- ---
search_persons   +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. x..
add_household    +x! +x! ++! ++! xxx xxx ++! xxx ++! ++! xxx xxx xxx xxx
get_household    +-- +-- ++- ++- ++- ++- ++- ++- ++- ++- ++- ++- ++- ---
list_cases       +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
get_inbox        +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
list_signoffs    +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
list_notifications +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
put_notifications_seen +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
listen           +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
choose_password  !.. !.. !.. !.. !.. !.. !.. !.. !.. !.. !.. !.. !.. !..
me               +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
get_procedure    +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.-
get_procedure_diagram +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.-
list_procedures  +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
get_form         +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.-
add_to_date      +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
get_calendar_year +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.-
get_organisation +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
list_colleagues  +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
list_texts       +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
list_posts       +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
add_user         x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. +..
list_users       x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. +..
get_user         x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x +.-
change_user      x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x +.-
get_sample_clock +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
put_sample_clock x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. +..
get_board        +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
run_batch        +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
attach_document  +-- +-- ++- ++- ++- ++- ++- ++- +-- +-- --- ++- xx- ---
list_attachments +-- +-- ++- ++- ++- ++- ++- ++- +-- +-- --- ++- ++- ---
get_attachment   +-- +-- ++- ++- ++- ++- ++- ++- +-- +-- --- ++- xx- ---
get_time_limits  x.. x.. +.. +.. +.. +.. +.. +.. x.. x.. x.. +.. +.. x..
list_time_limit_cases x.. x.. +.. +.. +.. +.. +.. +.. x.. x.. x.. +.. +.. x..
list_overdue     x.. x.. +.. +.. +.. +.. +.. +.. x.. x.. x.. +.. +.. x..
list_reveals     x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. +.. x..
list_administration x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. +.. x..
verify_journals  x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. x.. +.. x..
list_audit_entries x.x x.x +.- +.- +.- +.- +.- +.- x.x x.x x.x +.- +.- x.x
get_case_clocks  +-- +-- ++- ++- ++- ++- ++- ++- +-- +-- --- ++- ++- ---
put_calendar_year x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x +.-
list_editions    +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.- +.-
check_edition    x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x x.x +.-
list_post_holders x.. x.. +.. +.. +.. +.. +.. +.. x.. x.. x.. x.. +.. +..
list_sessions    +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
end_session      .-- .-- .-- .-- .-- .-- .-- .-- .-- .-- .-- .-- .-- .--
add_token        +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
list_tokens      +x. +x. +x. +x. +x. +x. +x. +x. +x. +x. +x. +x. +x. ++.
remove_token     +-- +-- +-- +-- +-- +-- +-- +-- +-- +-- +-- +-- +-- ++-
add_delegation   +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. !.. !..
list_delegations +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +.. +..
remove_delegation +-- +-- +-- +-- +-- +-- +-- +-- +-- +-- +-- +-- .-- .+-
)";

char letter_for(int status) {
  switch (status) {
    case 200:
    case 201:
    case 202:
    case 204: return '+';
    case 403: return 'x';
    case 404: return '-';
    case 422: return '!';
    default: return '?';
  }
}

// Route name -> a cell for each post.
std::map<std::string, std::vector<std::string>> rows_of_table() {
  std::map<std::string, std::vector<std::string>> rows;
  std::istringstream lines{std::string(table)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name;
    words >> name;
    if (name.empty() || name == "vw") continue;
    for (std::string cell; words >> cell;) rows[name].push_back(cell);
  }
  return rows;
}

// The body without what differs from request to request.
std::string told(const Answer& answer) {
  Value body = answer.json();
  body.make_object().erase("trace_id");
  return canonical(body);
}

}  // namespace

TEST_CASE("every operation by every post, on one's own, another's and nobody's") {
  TwoVillages town;
  const auto operations = all_operations(town);
  for (const auto& [name, cells] : rows_of_table()) {
    REQUIRE(operations.contains(name));
    REQUIRE(cells.size() == posts.size());
    for (std::size_t column = 0; column < posts.size(); ++column) {
      Client client = town.server.client(posts[column]);
      INFO(name << " by " << posts[column]);
      std::map<Whose, Answer> answers;
      std::string cell;
      for (const Whose whose : {Whose::own, Whose::other, Whose::unknown}) {
        const bool exists = cells[column][static_cast<std::size_t>(whose)] != '.';
        if (exists) answers[whose] = operations.at(name)(client, whose);
        cell.push_back(exists ? letter_for(answers[whose].status) : '.');
      }
      CHECK(cell == cells[column]);
      for (const auto& [whose, answer] : answers) {
        CAPTURE(answer.body);
        CHECK(answer.status < 500);
        if (answer.status == 404) CHECK(told(answer) == told(answers[Whose::unknown]));
      }
    }
  }
  CHECK(town.server.counts().defects == 0);
}

TEST_CASE("the matrix holds every operation that asks who is there") {
  TownshipServer server;
  const auto rows = rows_of_table();
  for (const auto& route : server.routes()) {
    if (route.access != api::http::Access::session || route.name == "log_out") continue;
    CAPTURE(route.name);
    CHECK(rows.contains(route.name));
  }
}

TEST_CASE("lists hold nothing that its reader may not open") {
  TwoVillages town;
  for (const Whose whose : {Whose::own, Whose::other}) {
    (void)town.assigned(whose);
    (void)town.waiting(whose);
  }
  for (const std::string& post : posts) {
    Client client = town.server.client(post);
    CAPTURE(post);
    for (const char* list : {"/v1/cases", "/v1/cases?sort=opened", "/v1/inbox",
                             "/v1/inbox?filter=department", "/v1/inbox?filter=copied",
                             "/v1/inbox?filter=done", "/v1/inbox?filter=started"}) {
      CAPTURE(list);
      const Value items = client.get(list).json()["items"];
      if (post.starts_with("administrator")) CHECK(items.items().empty());
      for (const Value& item : items.items()) {
        CHECK(client.get("/v1/cases/" + item["id"].text()).status == 200);
      }
    }
    const std::size_t all = post.starts_with("administrator") || post.starts_with("finance") ? 0
                            : post.find("shili_1") != std::string::npos ||
                                    post.find("civil_affairs") != std::string::npos
                                ? 2
                                : 4;
    CHECK(client.get("/v1/cases").json()["items"].items().size() == all);
    const Value found =
        client.post("/v1/persons/search", Object{{"name", "示例"}}).json()["items"];
    for (const Value& person : found.items()) {
      CHECK(client.get("/v1/persons/" + person["id"].text()).status == 200);
    }
  }
}

TEST_CASE("an auditor reads what is on record, but no personal text") {
  TwoVillages town;
  const std::string id = town.assigned(Whose::own);
  const auto shown = [&](const std::string& post) {
    return town.server.client(post).get("/v1/cases/" + id).body;
  };
  CHECK(shown("station_clerk@station").find("走访得知") != std::string::npos);
  CHECK(shown("auditor@station").find("走访得知") == std::string::npos);
  const Value actions = workflow::parse(shown("auditor@station")).value()["actions"];
  for (const Value& action : actions.items()) CHECK_FALSE(action["allowed"].truth());
}
