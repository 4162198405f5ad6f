// The contract of every store for lists: filters, scope, order and pages.
#include <algorithm>
#include <map>

#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

using Ids = std::vector<std::string>;

Ids ids_of(const Result<CasePage, StoreError>& page) {
  REQUIRE(page);
  Ids ids;
  for (const CaseSummary& row : page->items) ids.push_back(row.id);
  return ids;
}

Ids numbered(std::initializer_list<int> numbers) {
  Ids ids;
  for (const int number : numbers) ids.push_back(id_of(number));
  return ids;
}

void archive(CaseStore& cases, const Move& opened, int at) {
  const Move moved = step_from(opened.loaded(), at, [&](workflow::Entry& entry) {
    entry.changes.state = "archived";
    workflow::Clock clock = opened.next.clocks.front();
    clock.stopped_at = minute(at);
    clock.stopped_by = entry.sequence;
    entry.changes.clocks = {clock};
  });
  REQUIRE(moved.commit(cases));
}

// Four cases: 1 and 2 in village 1, 3 and 4 in village 2; 4 is archived, 2 is due first.
void four_cases(CaseStore& cases) {
  const auto in_village_2 = [](workflow::Entry& entry) {
    entry.changes.facts.set("village", "village-2");
    entry.changes.facts.set("department", "civil-affairs");
    entry.changes.facts.set("subject", id_of(700));
    entry.changes.holder = workflow::Holder{"civil-affairs", id_of(800)};
    entry.changes.units = {"village-2", "civil-affairs"};
  };
  REQUIRE(opening(1, 0, 300).commit(cases));
  REQUIRE(opening(2, 10, 100, [](workflow::Entry& entry) {
            entry.changes.facts.set("emergency", true);
            entry.changes.facts.set("number", "2026-00001");
          }).commit(cases));
  REQUIRE(opening(3, 20, 200, in_village_2).commit(cases));
  const Move fourth = opening(4, 30, 400, in_village_2);
  REQUIRE(fourth.commit(cases));
  archive(cases, fourth, 40);
}

}  // namespace

SCENARIO("a list shows what the case says") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  four_cases(cases);
  const auto page = cases.search({});
  REQUIRE(page->items.size() == 4);
  const CaseSummary& row = page->items[1];
  CHECK(row.id == id_of(3));
  CHECK(row.procedure == "assistance");
  CHECK(row.state == "discovered");
  CHECK(row.category == "illness");
  CHECK(row.village == "village-2");
  CHECK(row.department == "civil-affairs");
  CHECK(row.subject == id_of(700));
  CHECK(row.holder_unit == "civil-affairs");
  CHECK(row.holder_person == id_of(800));
  CHECK(row.revision == 1);
  CHECK(row.opened_at == minute(20));
  CHECK(row.state_since == minute(20));
  CHECK(row.due_at == minute(200));
  CHECK_FALSE(row.suspended_at);
  CHECK_FALSE(row.is_closed);
  CHECK(page->items[0].emergency);
  CHECK(page->items[0].number == "2026-00001");
  CHECK(page->items[3].is_closed);
  CHECK(page->items[3].state_since == minute(40));
  CHECK_FALSE(page->items[3].due_at);
  CHECK(page->items[0].subject.empty());
}

SCENARIO("a list tells which clocks run beside the state's own") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  const Move opened = opening(1, 0, 300, [](workflow::Entry& entry) {
    for (const char* name : {"state", "sign_for", "discovery"}) {
      workflow::Clock clock = entry.changes.clocks.front();
      clock.name = name;
      clock.state = clock.name == "state" ? "discovered" : "";
      entry.changes.clocks.push_back(clock);
    }
    entry.changes.clocks.erase(entry.changes.clocks.begin());
  });
  const auto committed = opened.commit(cases);
  INFO((committed ? "" : committed.error().detail));
  REQUIRE(committed);
  CHECK(cases.search({})->items.front().waits_for ==
        std::vector<std::string>{"discovery", "sign_for"});
  REQUIRE(step_from(opened.loaded(), 10, [&](workflow::Entry& entry) {
            workflow::Clock clock = opened.next.clocks[1];
            clock.stopped_at = minute(10);
            clock.stopped_by = entry.sequence;
            entry.changes.clocks = {clock};
          }).commit(cases));
  CHECK(cases.search({})->items.front().waits_for == std::vector<std::string>{"discovery"});
}

SCENARIO("filters restrict a list, each of them") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  four_cases(cases);
  const auto found = [&](const std::function<void(CaseQuery&)>& restrict) {
    CaseQuery query;
    restrict(query);
    return ids_of(cases.search(query));
  };
  CHECK(found([](CaseQuery&) {}) == numbered({2, 3, 1, 4}));
  CHECK(found([](CaseQuery& query) { query.is_closed = false; }) == numbered({2, 3, 1}));
  CHECK(found([](CaseQuery& query) { query.is_closed = true; }) == numbered({4}));
  CHECK(found([](CaseQuery& query) { query.state = "archived"; }) == numbered({4}));
  CHECK(found([](CaseQuery& query) { query.procedure = "objection"; }).empty());
  CHECK(found([](CaseQuery& query) { query.village = "village-2"; }) == numbered({3, 4}));
  CHECK(found([](CaseQuery& query) { query.department = "none"; }).empty());
  CHECK(found([](CaseQuery& query) { query.category = "illness"; }).size() == 4);
  CHECK(found([](CaseQuery& query) { query.holder_unit = "village-1"; }) == numbered({2, 1}));
  CHECK(found([](CaseQuery& query) { query.number = "2026-00001"; }) == numbered({2}));
  CHECK(found([](CaseQuery& query) { query.number = ""; }).empty());
  CHECK(found([](CaseQuery& query) { query.person = id_of(700); }) == numbered({3, 4}));
  CHECK(found([](CaseQuery& query) { query.person = id_of(900); }).size() == 4);
  const auto in_role = [&](const std::string& role) {
    return found([&](CaseQuery& query) {
      query.person = id_of(700);
      query.person_role = role;
    });
  };
  CHECK(in_role("subject") == numbered({3, 4}));
  CHECK(in_role("started").empty());
  CHECK(found([](CaseQuery& query) { query.due_before = minute(300); }) == numbered({2, 3}));
  CHECK(found([](CaseQuery& query) { query.opened_from = minute(20); }) == numbered({3, 4}));
  CHECK(found([](CaseQuery& query) { query.sort = CaseQuery::Sort::opened; }) ==
        numbered({4, 3, 2, 1}));
}

SCENARIO("desks are listed by unit, person and state") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  four_cases(cases);
  const auto on = [&](std::vector<Desk> desks, CaseQuery query = {}) {
    query.desks = std::move(desks);
    query.is_closed = false;
    return ids_of(cases.search(query));
  };
  CHECK(on({{.unit = "village-1"}}) == numbered({2, 1}));
  CHECK(on({{.unit = "civil-affairs"}}) == numbered({3}));
  CHECK(on({{.unit = "village-1"}, {.unit = "civil-affairs"}}) == numbered({2, 3, 1}));
  CHECK(on({{.unit = "nowhere"}}).empty());
  const std::vector<std::string> discovered{"assistance/discovered"};
  const std::vector<std::string> reviewed{"assistance/village_review", "objection/discovered"};
  REQUIRE(step_from(*cases.load(id_of(1)), 50, [](workflow::Entry& entry) {
            entry.changes.state = "village_review";
          }).commit(cases));
  CHECK(on({{.unit = "village-1", .states = discovered}}) == numbered({2}));
  CHECK(on({{.unit = "village-1", .states = reviewed}}) == numbered({1}));
  CHECK(on({{.unit = "village-1", .states = reviewed, .in_other_states = true}}) == numbered({2}));
  AND_THEN("what lies with a person lies only on that person's desk") {
    const std::vector<std::string> nobody;
    CHECK(on({{.unit = "civil-affairs", .persons = std::vector{id_of(800)}}}) == numbered({3}));
    CHECK(on({{.unit = "civil-affairs", .persons = std::vector{id_of(801)}}}).empty());
    CHECK(on({{.unit = "civil-affairs", .persons = nobody}}).empty());
    CHECK(on({{.unit = "village-1", .persons = nobody}}) == numbered({2, 1}));
  }
  AND_THEN("a reader who may not see a case does not see it on a desk") {
    CaseQuery query;
    query.visible_to = {"village-2"};
    CHECK(on({{.unit = "village-1"}}, query).empty());
    query.visible_to = {"village-1", "village-2"};
    CHECK(on({{.unit = "village-1"}}, query) == numbered({2, 1}));
  }
  AND_THEN("they are listed by due date only") {
    CaseQuery query;
    query.desks = {{.unit = "village-1"}};
    query.sort = CaseQuery::Sort::opened;
    CHECK(cases.search(query).error().kind == StoreErrorKind::invalid);
  }
}

SCENARIO("a reader sees the cases of the reader's units, each once") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  four_cases(cases);
  const auto seen_by = [&](std::vector<std::string> units, CaseQuery query = {}) {
    query.visible_to = std::move(units);
    return ids_of(cases.search(query));
  };
  CHECK(seen_by({"village-1"}) == numbered({2, 1}));
  CHECK(seen_by({"village-2", "civil-affairs"}) == numbered({3, 4}));
  CHECK(seen_by({"village-1", "civil-affairs"}) == numbered({2, 3, 1, 4}));
  CHECK(seen_by({"village-9"}).empty());
  CHECK(seen_by({}).empty());
  CaseQuery by_person;
  by_person.person = id_of(700);
  CHECK(seen_by({"village-1"}, by_person).empty());
  CHECK(seen_by({"village-2"}, by_person) == numbered({3, 4}));
  CaseQuery by_number;
  by_number.number = "2026-00001";
  CHECK(seen_by({"village-2"}, by_number).empty());
  GIVEN("a case that is shown to one more unit") {
    const auto loaded = cases.load(id_of(1));
    REQUIRE(step_from(*loaded, 50, [](workflow::Entry& entry) {
              entry.changes.units = {"village-2"};
            }).commit(cases));
    CHECK(seen_by({"village-2"}) == numbered({3, 1, 4}));
  }
}

SCENARIO("pages follow each other though cases come and move between them") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  const auto sort = GENERATE(CaseQuery::Sort::due, CaseQuery::Sort::opened);
  const bool is_scoped = GENERATE(false, true);
  CaseStore& cases = fixture->database().cases();
  for (int number = 1; number <= 25; ++number) {
    const bool is_in_two = number % 3 == 0;
    // Several share a date, so that the id decides.
    REQUIRE(opening(number, number / 4, 1'000 + number / 2, [&](workflow::Entry& entry) {
              if (is_in_two) entry.changes.units.push_back("station");
            }).commit(cases));
  }
  CaseQuery query;
  query.sort = sort;
  query.limit = 7;
  if (is_scoped) query.visible_to = {"village-1", "station"};
  std::map<std::string, int> seen;
  int pages = 0;
  do {
    const auto page = cases.search(query);
    REQUIRE(page);
    CHECK(page->items.size() <= 7);
    for (const CaseSummary& row : page->items) ++seen[row.id];
    query.cursor = page->next;
    // One before the page's place, one behind it.
    REQUIRE(opening(100 + pages, 0, 1).commit(cases));
    ++pages;
  } while (!query.cursor.empty() && pages < 20);
  for (int number = 1; number <= 25; ++number) CHECK(seen[id_of(number)] == 1);
  CHECK(std::ranges::all_of(seen, [](const auto& entry) { return entry.second == 1; }));
}

SCENARIO("a cursor of another list is invalid, and limits are kept") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  for (int number = 1; number <= 3; ++number) REQUIRE(opening(number).commit(cases));
  CaseQuery query;
  query.limit = 1;
  query.cursor = cases.search(query)->next;
  REQUIRE_FALSE(query.cursor.empty());
  query.limit = 0;
  CHECK(cases.search(query)->items.size() == 1);
  query.sort = CaseQuery::Sort::opened;
  CHECK(cases.search(query).error().kind == StoreErrorKind::invalid);
  for (const std::string forged : {"x", "%%%%", "ZHx4fHk", "b3w1"}) {
    query.cursor = forged;
    CHECK(cases.search(query).error().kind == StoreErrorKind::invalid);
  }
}

}  // namespace yimen::persistence
