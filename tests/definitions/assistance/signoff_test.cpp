// Sign-offs of the procedure: one of, all of, votes, sequence, substitutes, four eyes.
#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

namespace {

using workflow::SignoffMode;
using workflow::SignoffRule;

// A case whose clerk only has to propose `handle`.
struct Ready {
  Township township;
  Story story{township};

  explicit Ready(SignoffRule rule) {
    township.edition.events["handle"].front().signoff = std::move(rule);
    is_reported(story);
    is_assigned(story, "temporary_relief");
    is_investigated(story);
    story.when(its_clerk(story)).records("record_measure");
  }

  void propose() { story.when(its_clerk(story)).takes("handle"); }
};

SignoffRule rule_of(SignoffMode mode, std::vector<std::string> posts,
                    std::vector<std::string> substitutes = {}) {
  SignoffRule rule;
  rule.mode = mode;
  rule.posts = std::move(posts);
  rule.substitutes = std::move(substitutes);
  return rule;
}

}  // namespace

SCENARIO("without a sign-off the event happens at once") {
  Ready given{SignoffRule{}};
  given.propose();
  CHECK(given.story.state() == "handled");
}

SCENARIO("one signature of several is enough") {
  Ready given{rule_of(SignoffMode::one_of, {"department_head"},
                      {"station_director", "deputy_commander"})};
  Story& story = given.story;
  const Township& township = given.township;
  const Actor clerk = its_clerk(story);
  const Actor head = its_head(story);
  given.propose();

  GIVEN("an open proposal") {
    THEN("the case has not moved, and the same is not proposed twice") {
      CHECK(story.state() == "assigned_to_department");
      CHECK(story.when(clerk).cannot_take("handle").has("pending_signoff"));
      CHECK_FALSE(story.is_possible(clerk, "handle"));
    }
    THEN("only signers of the proposer's own department sign, by a known choice") {
      CHECK(story.when(township.department_head("disabled_federation"))
                .cannot_sign()
                .has("not_your_unit"));
      CHECK(story.when(township.station_clerk()).cannot_sign().has("signature_not_yours"));
      CHECK(story.when(head).cannot_sign("maybe").has("unknown_choice"));
      CHECK(story.when(head).cannot_sign("recuse").has("unknown_choice"));
      CHECK(story.when(head).cannot_sign(999, "agree").kind ==
            workflow::RefusalKind::no_such_step);
    }
    THEN("four eyes are two people, whatever posts they hold") {
      Actor same_person = head;
      same_person.person = clerk.person;
      CHECK(story.when(same_person).cannot_sign().has("four_eyes"));
    }
    THEN("a refusal ends it, and it may be proposed again") {
      story.when(head).signs("refuse");
      CHECK(story.state() == "assigned_to_department");
      CHECK(story.subject().proposals.back().outcome == "refused");
      CHECK(story.when(township.deputy_commander())
                .cannot_sign(story.subject().proposals.back().sequence, "agree")
                .has("proposal_closed"));
      given.propose();
      story.when(head).signs();
      CHECK(story.state() == "handled");
    }
    THEN("another event supersedes it") {
      story.when(township.station_clerk())
          .with({{"unit", "disabled_federation"}})
          .takes("transfer");
      CHECK(story.subject().proposals.back().outcome == "withdrawn");
    }
    THEN("conditions are judged on what stands when the last one signs") {
      story.when(clerk).with({{"relatives", true}}).records("record_investigation");
      CHECK(story.when(head).cannot_sign().has("no_relative_conflict"));
      CHECK(story.proposal().outcome.empty());
    }
  }

  GIVEN("two signers who sign at the same instant") {
    const std::int64_t proposal = story.proposal().sequence;
    story.when(head).signs();
    const auto revision = story.subject().revision;
    story.when(township.station_director()).signs(proposal, "agree");
    THEN("neither sees an error, and the second changes nothing") {
      CHECK(story.state() == "handled");
      CHECK(story.subject().revision == revision);
      CHECK(story.subject().proposals.back().signatures.size() == 2);
    }
    THEN("whoever may not sign may not sign afterwards either") {
      CHECK(story.when(township.auditor())
                .cannot_sign(proposal, "agree")
                .has("signature_not_yours"));
      CHECK(story.when(head).cannot_sign(proposal, "agree").has("already_signed"));
      CHECK(story.when(clerk).cannot_sign(proposal, "agree").has("four_eyes"));
    }
  }

  GIVEN("a finance clerk who was added") {
    story.when(head)
        .with({{"proposal", story.proposal().sequence}, {"post", "finance_clerk"}})
        .records("add_signer");
    THEN("nobody stands in for them") {
      story.when(township.station_director()).signs();
      CHECK(story.state() == "assigned_to_department");
      story.when(township.finance_clerk()).signs();
      CHECK(story.state() == "handled");
    }
    THEN("their signature alone is not enough") {
      story.when(township.finance_clerk()).signs();
      CHECK(story.state() == "assigned_to_department");
      story.when(head).signs();
      CHECK(story.state() == "handled");
      CHECK(story.when(head)
                .with({{"proposal", 1}})
                .cannot_record("add_signer")
                .has("proposal_is_open"));
    }
  }

  GIVEN("a signature that comes after the limit") {
    story.on("2026-04-01 10:00");
    THEN("the one who signs says why") {
      CHECK(story.when(head).cannot_sign().has("lateness_reason_required"));
      CHECK(story.when(head)
                .late_because("因为忙")
                .cannot_sign()
                .has("unknown_lateness_reason"));
      story.when(head).late_because("staff_shortage").signs();
      CHECK(story.state() == "handled");
      CHECK(story.entries().back().lateness_reason == "staff_shortage");
    }
    THEN("the case is handled when it was signed, not when it was proposed") {
      story.when(head).late_because("staff_shortage").signs();
      CHECK(story.clock("state").started_at == at("2026-04-01 10:00"));
      CHECK(story.due_on("state") == "2026-04-03");
    }
  }
}

SCENARIO("all must sign, at once or in their sequence") {
  SignoffRule rule = rule_of(SignoffMode::all_of, {"department_head", "station_director"},
                             {"deputy_commander"});
  GIVEN("a proposal that all sign in any order") {
    Ready given{rule};
    const Actor head = its_head(given.story);
    given.propose();
    WHEN("the second signs first") {
      given.story.when(given.township.station_director()).signs();
      THEN("it waits for the first, or a substitute") {
        CHECK(given.story.state() == "assigned_to_department");
        CHECK(given.story.when(given.township.station_director())
                  .cannot_sign()
                  .has("already_signed"));
        given.story.when(given.township.deputy_commander()).signs();
        CHECK(given.story.state() == "handled");
      }
    }
    WHEN("one of them refuses") {
      given.story.when(head).signs("refuse");
      THEN("the proposal has failed") {
        CHECK(given.story.subject().proposals.back().outcome == "refused");
      }
    }
  }
  GIVEN("a proposal that they sign one after another") {
    rule.in_sequence = true;
    Ready given{rule};
    const Actor head = its_head(given.story);
    given.propose();
    THEN("the second waits for the first") {
      CHECK(given.story.when(given.township.station_director())
                .cannot_sign()
                .has("not_your_turn"));
      given.story.when(head).signs();
      given.story.when(given.township.station_director()).signs();
      CHECK(given.story.state() == "handled");
    }
    THEN("a substitute for the first does not stop the second") {
      given.story.when(given.township.deputy_commander()).signs();
      CHECK(given.story.state() == "assigned_to_department");
      given.story.when(given.township.station_director()).signs();
      CHECK(given.story.state() == "handled");
    }
  }
}

SCENARIO("a vote needs its quorum and a certain majority") {
  SignoffRule rule = rule_of(SignoffMode::vote, {"department_head", "station_director"},
                             {"deputy_commander"});
  rule.members = 5;
  rule.quorum = 3;
  rule.majority_percent = 50;
  Ready given{rule};
  Story& story = given.story;
  const Township& township = given.township;
  const auto head_of = [&](std::string_view unit) { return township.department_head(unit); };
  given.propose();

  GIVEN("two votes for it") {
    story.when(head_of("civil_affairs_office")).signs();
    story.when(head_of("disabled_federation")).signs();
    THEN("the quorum is missing") { CHECK(story.state() == "assigned_to_department"); }
    THEN("a third makes both quorum and majority") {
      story.when(township.station_director()).signs();
      CHECK(story.state() == "handled");
    }
    THEN("somebody who recuses himself counts for the quorum, not for the majority") {
      story.when(township.station_director()).signs("recuse");
      // Two of four voters are not more than half, and two votes are outstanding.
      CHECK(story.state() == "assigned_to_department");
      story.when(head_of("emergency_office")).signs();
      CHECK(story.state() == "handled");
    }
  }
  GIVEN("three votes against it") {
    for (const char* unit : {"civil_affairs_office", "disabled_federation", "emergency_office"}) {
      story.when(head_of(unit)).signs("refuse");
    }
    THEN("no outstanding vote can turn it") {
      CHECK(story.subject().proposals.back().outcome == "refused");
      CHECK(story.state() == "assigned_to_department");
    }
  }
}

}  // namespace yimen::tests
