// The contract of every store for its workers: leases, rungs that are due, effects to perform, and
// what people are told.
#include "tests/persistence/store_fixture.hpp"
#include "tests/support/catch.hpp"

namespace yimen::persistence {

namespace {

constexpr std::chrono::seconds lease_time{30};

std::vector<Lease> all_shards(DeadlineStore& store, int at = 0, const char* worker = "worker-1") {
  return store.hold_shards(worker, minute(at), minute(at) + lease_time).value();
}

Lease lease_for(const std::vector<Lease>& leases, const std::string& case_id) {
  for (const Lease& lease : leases) {
    if (lease.shard == shard_of(case_id)) return lease;
  }
  throw std::runtime_error("no lease for " + case_id);
}

RungMark mark_of(const DueRung& due, const std::vector<Lease>& leases) {
  return {due.key, lease_for(leases, due.key.case_id)};
}

std::vector<DueRung> due_at(DeadlineStore& store, const std::vector<Lease>& leases, int at,
                            int limit = 100) {
  return store.due_rungs(leases, minute(at), limit).value();
}

Notification told(int number, const std::string& mark, const std::string& address) {
  Notification row;
  row.case_id = id_of(number);
  row.mark = mark;
  row.address = address;
  row.code = "deadline_half";
  row.params = "{}";
  row.created_at = minute(1);
  return row;
}

RungEnd finish(DeadlineStore& store, const RungMark& mark, int at,
               const std::vector<Notification>& notifications = {}) {
  return store.finish_rungs({{mark, notifications}}, minute(at)).value().at(0);
}

StoreErrorKind kind_of(const Result<void, StoreError>& done) {
  REQUIRE_FALSE(done);
  return done.error().kind;
}

}  // namespace

SCENARIO("rungs that are due are taken by due time and finished once") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  DeadlineStore& deadlines = fixture->database().deadlines();
  REQUIRE(opening(1, 0, 600).commit(cases));  // half at 300
  REQUIRE(opening(2, 0, 200).commit(cases));  // half at 100
  REQUIRE(opening(3, 0, 400).commit(cases));  // half at 200
  const auto leases = all_shards(deadlines);

  THEN("nothing is due before its time, and all in the order of time") {
    CHECK(due_at(deadlines, leases, 99).empty());
    const auto due = due_at(deadlines, leases, 300);
    REQUIRE(due.size() == 3);
    CHECK(due[0] == DueRung{{id_of(2), "state", 1, "half"}, 1, minute(100)});
    CHECK(due[1].key.case_id == id_of(3));
    CHECK(due[2].key.case_id == id_of(1));
    CHECK(due_at(deadlines, leases, 300, 2).size() == 2);
  }
  WHEN("one is finished") {
    const DueRung first = due_at(deadlines, leases, 100).front();
    const RungMark mark = mark_of(first, leases);
    REQUIRE(finish(deadlines, mark, 101, {told(2, "rung", "@village-1")}) == RungEnd::done);
    THEN("the next one of its ladder is armed") {
      CHECK(due_at(deadlines, leases, 199).empty());
      CHECK(due_at(deadlines, leases, 200).front().key.rung == "expired");
    }
    THEN("it cannot be finished again") {
      CHECK(finish(deadlines, mark, 102) == RungEnd::repeated);
    }
    THEN("somebody has been told") {
      const auto found =
          fixture->database().notifications().notifications({{"@village-1"}, "a", false, 0, 10});
      REQUIRE(found);
      CHECK(found->size() == 1);
    }
  }
  WHEN("the clock has stopped meanwhile") {
    const DueRung first = due_at(deadlines, leases, 100).front();
    const Move closed = step_from(cases.load(id_of(2)).value(), 90, [](workflow::Entry& entry) {
      entry.changes.state = "archived";
      entry.changes.clocks = {clock_of("state", "discovered", 1, 1, 0, 200)};
      entry.changes.clocks.front().stopped_at = minute(90);
      entry.changes.clocks.front().rungs.clear();
    });
    REQUIRE(closed.commit(cases));
    THEN("its rung can no longer be finished and nobody is told") {
      CHECK(finish(deadlines, mark_of(first, leases), 101, {told(2, "rung", "@village-1")}) ==
            RungEnd::repeated);
      CHECK(fixture->database()
                .notifications()
                .notifications({{"@village-1"}, "a", false, 0, 10})
                ->empty());
    }
  }
}

SCENARIO("rungs are finished together, each by its own right") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  DeadlineStore& deadlines = fixture->database().deadlines();
  for (int number = 1; number <= 4; ++number) REQUIRE(opening(number, 0, 200).commit(cases));
  const auto leases = all_shards(deadlines);
  std::vector<FinishedRung> rungs;
  for (const DueRung& due : due_at(deadlines, leases, 100)) {
    rungs.push_back({mark_of(due, leases), {}});
  }
  REQUIRE(rungs.size() == 4);
  std::ranges::sort(rungs, {}, [](const FinishedRung& one) { return one.mark.rung.case_id; });
  for (int number = 1; number <= 4; ++number) {
    rungs[static_cast<std::size_t>(number - 1)].notifications = {
        told(number, "rung", "@village-1")};
  }
  REQUIRE(finish(deadlines, rungs[1].mark, 101) == RungEnd::done);
  ++rungs[2].mark.lease.epoch;
  CHECK(deadlines.finish_rungs(rungs, minute(102)).value() ==
        std::vector{RungEnd::done, RungEnd::repeated, RungEnd::lease_lost, RungEnd::done});
  const auto told_of =
      fixture->database().notifications().notifications({{"@village-1"}, "a", false, 0, 10});
  REQUIRE(told_of->size() == 2);
  CHECK(told_of->at(0).case_id == id_of(4));
  CHECK(told_of->at(1).case_id == id_of(1));
  CHECK(due_at(deadlines, leases, 199).size() == 1);
  CHECK(deadlines.finish_rungs({}, minute(103)).value().empty());
}

SCENARIO("cases with a clock that is due from an instant on are found, look by look") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  DeadlineStore& deadlines = fixture->database().deadlines();
  REQUIRE(opening(1, 0, 300).commit(cases));
  REQUIRE(opening(2, 0, 200).commit(cases));
  REQUIRE(opening(3, 0, 299).commit(cases));
  REQUIRE(opening(4, 0, 400).commit(cases));
  const Move stopped = step_from(cases.load(id_of(4)).value(), 90, [](workflow::Entry& entry) {
    entry.changes.clocks = {clock_of("state", "discovered", 1, 1, 0, 400)};
    entry.changes.clocks.front().stopped_at = minute(90);
  });
  REQUIRE(stopped.commit(cases));
  using Ids = std::vector<std::string>;
  CHECK(deadlines.cases_due(minute(299), "", 10)->ids == Ids{id_of(1), id_of(3)});
  CHECK(deadlines.cases_due(minute(299), "", 10)->next.empty());
  const auto first = deadlines.cases_due(minute(300), "", 2).value();
  CHECK(first.ids == Ids{id_of(1)});
  CHECK(first.next == id_of(2));
  CHECK(deadlines.cases_due(minute(300), first.next, 2)->ids.empty());
}

SCENARIO("an entry that is the effect of a rung is written once") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  DeadlineStore& deadlines = fixture->database().deadlines();
  const Move opened = opening(1, 0, 200);
  REQUIRE(opened.commit(cases));
  const auto leases = all_shards(deadlines);
  const RungMark mark = mark_of(due_at(deadlines, leases, 100).front(), leases);
  const auto effect = [&](const Move& move) {
    CommitRequest request = move.request();
    request.rung = mark;
    request.notifications = {told(1, "rung", "@village-1")};
    return cases.commit(request);
  };
  const auto notifications = [&] {
    return fixture->database().notifications().notifications({{"@village-1"}, "a", false, 0, 10});
  };
  const Move first = step_from(opened.loaded(), 101);
  REQUIRE(effect(first));
  CHECK(notifications()->size() == 1);
  CHECK(due_at(deadlines, leases, 100).empty());
  CHECK(due_at(deadlines, leases, 200).front().key.rung == "expired");
  const Move second = step_from(first.loaded(), 102);
  CHECK(kind_of(effect(second)) == StoreErrorKind::repeated);
  CHECK(cases.load(id_of(1))->subject.sequence == 2);
  CHECK(notifications()->size() == 1);

  THEN("not at all once the shard has passed into other hands") {
    const RungMark next = mark_of(due_at(deadlines, leases, 200).front(), leases);
    (void)all_shards(deadlines, 10, "worker-2");
    CommitRequest request = second.request();
    request.rung = next;
    CHECK(kind_of(cases.commit(request)) == StoreErrorKind::lease_lost);
    CHECK(finish(deadlines, next, 201) == RungEnd::lease_lost);
    CHECK(cases.load(id_of(1))->subject.sequence == 2);
  }
}

SCENARIO("workers share the shards, and a lease that runs out passes on") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  DeadlineStore& deadlines = fixture->database().deadlines();
  const auto first = all_shards(deadlines, 0, "worker-1");
  REQUIRE(first.size() == shard_count);
  CHECK(deadlines.hold_shards("worker-2", minute(0), minute(0) + lease_time)->empty());

  WHEN("the first renews while both are seen") {
    const auto kept = all_shards(deadlines, 0, "worker-1");
    const auto given = all_shards(deadlines, 0, "worker-2");
    THEN("each has half, under a new epoch where the hands changed") {
      CHECK(kept.size() == shard_count / 2);
      CHECK(given.size() == shard_count / 2);
      for (const Lease& lease : kept) CHECK(lease.epoch == 1);
      for (const Lease& lease : given) CHECK(lease.epoch == 2);
    }
    THEN("whoever falls silent loses its part to the other") {
      const auto all = all_shards(deadlines, 5, "worker-2");
      CHECK(all.size() == shard_count);
    }
  }
  WHEN("the first falls silent and comes back") {
    const auto taken = all_shards(deadlines, 5, "worker-2");
    CHECK(taken.size() == shard_count);
    CHECK(deadlines.hold_shards("worker-1", minute(5), minute(5) + lease_time)->empty());
  }
  WHEN("the clock is put back by a day") {
    THEN("leases of the future do not stand in the way") {
      CHECK(all_shards(deadlines, -1'440, "worker-2").size() == shard_count);
    }
  }
  WHEN("only some shards are held") {
    CaseStore& cases = fixture->database().cases();
    for (int number = 1; number <= 32; ++number) REQUIRE(opening(number, 0, 200).commit(cases));
    (void)all_shards(deadlines, 0, "worker-1");
    const auto half = all_shards(deadlines, 0, "worker-2");
    THEN("only their rungs are taken") { CHECK(due_at(deadlines, half, 100).size() == 16); }
  }
}

SCENARIO("effects are performed in the order of commits and finished once") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  DeadlineStore& deadlines = fixture->database().deadlines();
  for (int number = 1; number <= 2; ++number) {
    Move move = opening(number);
    move.effects = {{"notify_unit", workflow::Object{{"unit", "office"}}},
                    {"tell_county", workflow::Object{}}};
    REQUIRE(move.commit(cases));
  }
  const auto leases = all_shards(deadlines);
  const auto rows = deadlines.outbox(leases, 0, 10).value();
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].case_id == id_of(1));
  CHECK(rows[0].kind == "notify_unit");
  CHECK(rows[0].details == R"({"unit":"office"})");
  CHECK(rows[0].ordinal == 1);
  CHECK(rows[1].ordinal == 2);
  CHECK(rows[2].case_id == id_of(2));
  CHECK(deadlines.outbox(leases, rows[1].place, 1)->front() == rows[2]);

  const Lease lease = lease_for(leases, id_of(1));
  REQUIRE(deadlines.finish_effect(rows[0], lease, minute(1), {told(1, "effect", "@office")}));
  CHECK(kind_of(deadlines.finish_effect(rows[0], lease, minute(1), {})) ==
        StoreErrorKind::repeated);
  CHECK(deadlines.outbox(leases, 0, 10)->size() == 3);
  CHECK(kind_of(deadlines.finish_effect(rows[1], {lease.shard, lease.worker, lease.epoch + 1},
                                        minute(1), {})) == StoreErrorKind::lease_lost);
}

SCENARIO("clocks that lost their rungs are found and armed again") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  DeadlineStore& deadlines = fixture->database().deadlines();
  for (int number = 1; number <= 3; ++number) REQUIRE(opening(number, 0, 200).commit(cases));
  const auto leases = all_shards(deadlines);
  CHECK(deadlines.stray_clocks("", 100)->found.empty());

  WHEN("a ladder has come to its end") {
    for (int rung = 0; rung < 2 * 3; ++rung) {
      const DueRung due = due_at(deadlines, leases, 200).front();
      REQUIRE(finish(deadlines, mark_of(due, leases), 200) == RungEnd::done);
    }
    THEN("its clock is among them, with none armed") {
      const auto strays = deadlines.stray_clocks("", 100).value();
      REQUIRE(strays.found.size() == 3);
      StrayClock first = strays.found.front();
      std::ranges::sort(first.acted);
      CHECK(first == StrayClock{id_of(1), "state", 1, 0, true, {"expired", "half"}});
      CHECK(strays.next.empty());
    }
  }
  WHEN("an entry writes the rungs of its case anew") {
    const DueRung due = due_at(deadlines, leases, 100).front();
    REQUIRE(finish(deadlines, mark_of(due, leases), 101) == RungEnd::done);
    CommitRequest request;
    const Move move = step_from(cases.load(due.key.case_id).value(), 102);
    request = move.request();
    request.rearms = true;
    REQUIRE(cases.commit(request));
    THEN("what has acted does not act again, and the next is armed") {
      const auto left = due_at(deadlines, leases, 200);
      const auto of_case = std::ranges::find_if(left, [&](const DueRung& one) {
        return one.key.case_id == due.key.case_id;
      });
      REQUIRE(of_case != left.end());
      CHECK(of_case->key.rung == "expired");
      CHECK(deadlines.stray_clocks("", 100)->found.empty());
    }
  }
  WHEN("the look goes on from where it ended") {
    const auto first = deadlines.stray_clocks("", 2).value();
    CHECK(first.next == id_of(2));
    CHECK(deadlines.stray_clocks(first.next, 2)->next.empty());
  }
}

SCENARIO("people are told once, by address, and each account sees for itself") {
  const auto fixture = GENERATE(from_range(store_kinds())).make();
  CaseStore& cases = fixture->database().cases();
  Database& database = fixture->database();
  Move move = opening(1);
  move.effects = {{"notify_unit", workflow::Object{}}, {"notify_unit", workflow::Object{}}};
  REQUIRE(move.commit(cases));
  const auto leases = all_shards(database.deadlines());
  const auto rows = database.deadlines().outbox(leases, 0, 10).value();
  const Lease lease = lease_for(leases, id_of(1));
  Notification mailed = told(1, "first", "head@office");
  mailed.by_mail = true;
  REQUIRE(database.deadlines().finish_effect(rows[0], lease, minute(1),
                                             {told(1, "first", "@office"), mailed}));
  REQUIRE(database.deadlines().finish_effect(
      rows[1], lease, minute(1),
      {told(1, "first", "@office"), told(1, "second", "@office"), told(1, "first", "@village")}));

  NotificationStore& store = database.notifications();
  NotificationQuery query{{"@office", "head@office"}, "account-1", false, 0, 10};
  const auto all = store.notifications(query).value();
  REQUIRE(all.size() == 3);
  CHECK(all[0].mark == "second");
  CHECK(all[0].place > all[1].place);

  THEN("a page goes on before a place") {
    query.limit = 2;
    CHECK(store.notifications(query)->size() == 2);
    query.before = all[1].place;
    CHECK(store.notifications(query)->size() == 1);
  }
  THEN("what one account has seen, another has not") {
    REQUIRE(store.mark_seen("account-1", {"@office"}, {all[0].place, all[1].place, all[2].place},
                            minute(7)));
    query.unseen_only = true;
    const auto unseen = store.notifications(query).value();
    REQUIRE(unseen.size() == 1);
    CHECK(unseen.front().address == "head@office");
    query.account = "account-2";
    CHECK(store.notifications(query)->size() == 3);
  }
  THEN("only what goes by mail is to be mailed, until it is") {
    const auto waiting = store.to_mail(0, 10).value();
    REQUIRE(waiting.size() == 1);
    CHECK(waiting.front().address == "head@office");
    CHECK(store.to_mail(waiting.front().place, 10)->empty());
    REQUIRE(store.mailed({waiting.front().place}));
    CHECK(store.to_mail(0, 10)->empty());
  }
}

}  // namespace yimen::persistence
