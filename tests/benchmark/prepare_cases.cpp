// Makes a database with many cases that wait in a department, through the service and so through
// the door: what the HTTP benchmarks run on. Prints "case revision" a line.
//   prepare_cases DATABASE DEFINITIONS COUNT
#include <atomic>
#include <cstdio>
#include <iostream>
#include <mutex>
#include <thread>

#include "api/case_service.hpp"
#include "persistence/sqlite/database.hpp"

namespace {

using namespace yimen;
namespace http = api::http;
using workflow::Array;
using workflow::Object;
using workflow::Value;

constexpr int hands = 64;
constexpr const char* digest =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

[[noreturn]] void give_up(const std::string& why) {
  std::cerr << "prepare_cases: " << why << "\n";
  std::exit(1);
}

http::Principal holder(const char* post, const char* unit, const char* level) {
  const std::string person = std::string("01920000-0000-7000-8000-0000000000") +
                             (post[0] == 'v' ? "11" : "12");
  return {"bench", person, "", {{post, unit, level}}};
}

// One case on its way to the department, by the people of one village and the station.
class Walk {
 public:
  Walk(api::CaseService& service, const api::Clock& clock) : service_(service), clock_(clock) {}

  std::pair<std::string, std::int64_t> to_department(const std::string& person) {
    const auto villager = holder("village_commander", "shili_1", "village");
    const auto clerk = holder("station_clerk", "station", "station");
    take(villager, workflow::EntryKind::transition, "discover",
         Object{{"channel", "patrol"},
                {"place", Object{{"village", "shili_1"}, {"registered_outside", false}}},
                {"subject", person},
                {"household", person},
                {"key_category", "other"},
                {"category", "temporary_relief"},
                {"known", "走访得知家中近来困难，需要进一步核实。"},
                {"emergency", false},
                {"restricted", "none"},
                {"authorisation", true}});
    take(villager, workflow::EntryKind::annotation, "record_visit",
         Object{{"kind", "home"},
                {"visitors", Array{"01920000-0000-7000-8000-000000000101",
                                   "01920000-0000-7000-8000-000000000102"}},
                {"household_seen", true},
                {"findings", "家中两人，一人长期患病，主要收入为务农。"}});
    take(villager, workflow::EntryKind::transition, "submit_for_review", Object{});
    take(villager, workflow::EntryKind::annotation, "record_meeting",
         Object{{"kind", "village_review"}, {"members_due", 7}, {"present", 6}, {"recused", 1},
                {"votes_for", 5}, {"votes_against", 0}, {"abstained", 0},
                {"relatives_recused", true}, {"decision", "agree"}, {"minutes", digest},
                {"held_on", workflow::to_text(clock_.now())}});
    take(villager, workflow::EntryKind::transition, "agree", Object{});
    take(clerk, workflow::EntryKind::transition, "accept",
         Object{{"category", "temporary_relief"}, {"basis", "application"}});
    take(clerk, workflow::EntryKind::transition, "assign",
         Object{{"unit", "civil_affairs_office"}, {"list_number", "2026-03-001"}});
    return {id_, revision_};
  }

 private:
  void take(const http::Principal& who, workflow::EntryKind kind, const char* event, Value data) {
    api::Submission submission;
    submission.kind = kind;
    submission.case_id = id_;
    submission.procedure = "assistance";
    submission.event = event;
    submission.data = std::move(data);
    auto done = service_.submit(who, submission);
    if (!done) {
      const auto& refusals = done.error().refusals.all;
      give_up(std::string(event) + " is refused: " +
              (refusals.empty() ? done.error().store.detail : refusals.front().code + " " +
                                                                 refusals.front().pointer));
    }
    id_ = done->subject.id;
    revision_ = done->subject.revision;
  }

  api::CaseService& service_;
  const api::Clock& clock_;
  std::string id_;
  std::int64_t revision_ = 0;
};

}  // namespace

int main(int count, char** words) {
  if (count != 4) give_up("prepare_cases DATABASE DEFINITIONS COUNT");
  const auto rulebook = api::Rulebook::load(words[2]);
  if (!rulebook) give_up(rulebook.error().front());
  persistence::sqlite::Options options;
  options.path = words[1];
  options.jurisdiction = rulebook->organisation().jurisdiction;
  for (const auto* procedure : rulebook->procedures()) {
    for (std::size_t state = 1; state < procedure->states.size(); ++state) {
      options.vocabulary.push_back(
          {std::string(procedure->name), std::string(procedure->states[state])});
    }
  }
  auto database = persistence::sqlite::open(options);
  if (!database) give_up(database.error());
  const auto keyring = api::Keyring::open(options.path + ".key");
  if (!keyring) give_up(keyring.error());
  const api::SystemClock clock;
  api::RandomIds ids;
  api::CaseService service(**database, *rulebook, *keyring, clock, ids);

  const int wanted = std::atoi(words[3]);
  std::atomic<int> taken = 0;
  std::mutex printing;
  std::vector<std::thread> threads;
  for (int hand = 0; hand < hands; ++hand) {
    threads.emplace_back([&] {
      while (taken++ < wanted) {
        persistence::PersonRow row;
        row.id = ids.uuid(clock.now());
        row.village = "shili_1";
        row.wrapped_key = keyring->new_person_key(row.id);
        row.sealed = keyring->seal(row.wrapped_key, row.id, "persons", "{}");
        row.created_at = clock.now();
        if (!(*database)->persons().add_person(row, {})) give_up("a person is refused");
        const auto [id, revision] = Walk(service, clock).to_department(row.id);
        const std::lock_guard lock(printing);
        std::cout << id << " " << revision << "\n";
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return 0;
}
