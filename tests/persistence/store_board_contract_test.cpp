// The contract of every store for the board: each of its counts lists the cases that it counts.
#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

// In the middle of everything: cases were due before it, and are after it.
constexpr int present = 1'000;

BoardQuery board_at_present() {
  BoardQuery query;
  query.now = minute(present);
  query.amber_before = minute(present + 100);
  query.ages = {minute(900), minute(800), minute(700), minute(600), minute(100)};
  return query;
}

Change held_by(const std::string& unit, const Change& more = {}) {
  return [unit, more](workflow::Entry& entry) {
    entry.changes.holder = workflow::Holder{unit, {}};
    entry.changes.units = {unit, "village-1"};
    if (more) more(entry);
  };
}

void suspend(workflow::Entry& entry) {
  entry.changes.clocks.front().suspensions = {{minute(present - 10), {}, "papers", 1}};
}

void await_sign_for(workflow::Entry& entry) {
  entry.changes.clocks.push_back(clock_of("sign_for", "", 1, 1, 10, present + 5'000));
}

// Two units: office 1 has one case of each colour, office 2 two that are late; a closed one beside.
void fill(CaseStore& cases) {
  REQUIRE(opening(1, 950, present - 1, held_by("office-1")).commit(cases));
  REQUIRE(opening(2, 850, present + 50, held_by("office-1")).commit(cases));
  REQUIRE(opening(3, 750, present + 50, held_by("office-1", suspend)).commit(cases));
  REQUIRE(opening(4, 650, present + 100, held_by("office-1", await_sign_for)).commit(cases));
  REQUIRE(opening(5, 550, present - 1, held_by("office-2")).commit(cases));
  REQUIRE(opening(6, 50, present - 1, held_by("office-2")).commit(cases));
  const Move closed = opening(7, 50, present - 1, held_by("office-2"));
  REQUIRE(closed.commit(cases));
  const Move archived = step_from(closed.loaded(), 60, [](workflow::Entry& entry) {
    entry.changes.state = "archived";
  });
  REQUIRE(archived.commit(cases));
}

std::int64_t found(CaseStore& cases, CaseQuery query, const std::string& unit) {
  query.holder_unit = unit;
  query.is_closed = false;
  const auto page = cases.search(query);
  REQUIRE(page);
  return std::ssize(page->items);
}

}  // namespace

SCENARIO("the board counts the open cases of each unit and state by colour and age") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  fill(cases);
  const BoardQuery query = board_at_present();
  const auto cells = cases.board(query);
  REQUIRE(cells);
  REQUIRE(cells->size() == 2);
  const BoardCell& first = cells->front();
  CHECK(first == BoardCell{"office-1", "assistance", "discovered", 1, 1, 1, 1,
                           {1, 1, 1, 1, 0, 0}, 1});
  CHECK(cells->back() == BoardCell{"office-2", "assistance", "discovered", 2, 0, 0, 0,
                                   {0, 0, 0, 0, 1, 1}, 0});

  THEN("each colour lists the cases that it counts") {
    CaseQuery red;
    red.due_before = query.now;
    CaseQuery amber;
    amber.due_from = query.now;
    amber.due_before = query.amber_before;
    amber.is_suspended = false;
    CaseQuery blue;
    blue.due_from = query.now;
    blue.is_suspended = true;
    CaseQuery green;
    green.due_from = query.amber_before;
    green.is_suspended = false;
    for (const BoardCell& cell : *cells) {
      CHECK(found(cases, red, cell.holder_unit) == cell.red);
      CHECK(found(cases, amber, cell.holder_unit) == cell.amber);
      CHECK(found(cases, blue, cell.holder_unit) == cell.blue);
      CHECK(found(cases, green, cell.holder_unit) == cell.green);
    }
  }
  THEN("so does each age, and the wait for a signature") {
    CaseQuery second_age;
    second_age.in_state_from = query.ages[1];
    second_age.in_state_before = query.ages[0];
    CHECK(found(cases, second_age, "office-1") == 1);
    CaseQuery oldest;
    oldest.in_state_before = query.ages[4];
    CHECK(found(cases, oldest, "office-2") == 1);
    CaseQuery waiting;
    waiting.waits_for = "sign_for";
    CHECK(found(cases, waiting, "office-1") == 1);
    CHECK(found(cases, waiting, "office-2") == 0);
    waiting.visible_to = std::vector<std::string>{"office-1", "village-1"};
    CHECK(found(cases, waiting, "office-1") == 1);
  }
}

SCENARIO("who sees a few units' cases only is shown the board of those") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  fill(cases);
  BoardQuery query = board_at_present();
  query.visible_to = std::vector<std::string>{"office-1"};
  REQUIRE(cases.board(query)->size() == 1);
  CHECK(cases.board(query)->front().awaiting_sign_for == 1);
  query.visible_to = std::vector<std::string>{"office-2", "village-1"};
  const auto both = cases.board(query);
  REQUIRE(both->size() == 2);
  CHECK(both->back().red == 2);
  query.visible_to = std::vector<std::string>{};
  CHECK(cases.board(query)->empty());
}

}  // namespace yimen::persistence
