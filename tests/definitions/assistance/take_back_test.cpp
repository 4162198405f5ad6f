// Taking back: by whoever did it, for a while, until somebody else has acted.
#include <algorithm>

#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

using namespace std::chrono_literals;

SCENARIO("a step is taken back within the window by whoever took it") {
  Township township;
  Story story(township);
  is_reported(story);
  is_accepted(story, "temporary_relief");
  const Actor clerk = township.station_clerk();
  const Case before = story.subject();
  story.township().later(10min);
  story.when(clerk).takes("assign");

  GIVEN("an assignment to the wrong department") {
    WHEN("the clerk takes it back in time") {
      story.township().later(60min);
      CHECK(story.is_possible(clerk, "take_back"));
      story.when(clerk).takes_back();
      THEN("state, holder, facts and clocks are as before, and the record is void") {
        CHECK(story.state() == before.state);
        CHECK(story.subject().holder == before.holder);
        CHECK(story.subject().facts == before.facts);
        CHECK(story.subject().clocks == before.clocks);
        CHECK_FALSE(story.stands("assign"));
        CHECK(story.subject().records.size() == before.records.size() + 1);
        CHECK(story.entries().back().kind == workflow::EntryKind::take_back);
      }
      THEN("nothing is left to take back, and it can be assigned again") {
        CHECK(story.when(clerk).cannot_take_back().has("nothing_to_take_back"));
        CHECK_FALSE(story.is_possible(clerk, "take_back"));
        story.when(clerk).takes("assign");
        CHECK(story.state() == "assigned_to_department");
      }
    }
    THEN("after two hours it stands") {
      story.township().later(2h + 1ms);
      CHECK(story.when(clerk).cannot_take_back().has("take_back_window_passed"));
      CHECK_FALSE(story.is_possible(clerk, "take_back"));
    }
    THEN("nobody else may take it back") {
      CHECK(story.when(township.station_director()).cannot_take_back().has("not_your_step"));
      CHECK_FALSE(story.is_possible(township.station_director(), "take_back"));
    }
    THEN("once the department has signed for it, it stands") {
      story.when(its_clerk(story)).takes("sign_for");
      CHECK(story.when(clerk).cannot_take_back().has("nothing_to_take_back"));
    }
    THEN("once anybody else has written something on it, it stands") {
      story.when(its_clerk(story)).records("note");
      CHECK(story.when(clerk).cannot_take_back().has("nothing_to_take_back"));
    }
    THEN("what the clerk adds himself does not fix it") {
      story.when(clerk).records("note");
      story.when(clerk).takes_back();
      CHECK(story.state() == "reported_to_station");
      CHECK(story.stands("note"));
    }
    THEN("a stale reader is told so first") {
      CHECK(story.when(clerk).having_read(1).cannot_take_back().kind ==
            workflow::RefusalKind::stale);
    }
  }
}

SCENARIO("records that a step had voided hold again when it is taken back") {
  Township township;
  Story story(township);
  is_reported(story);
  is_assigned(story, "temporary_relief");
  story.when(its_clerk(story)).takes("sign_for");
  const Actor clerk = township.station_clerk();

  GIVEN("a transfer, which clears the signature") {
    story.when(clerk).with({{"unit", "disabled_federation"}}).takes("transfer");
    CHECK_FALSE(story.stands("sign_for"));
    WHEN("it is taken back") {
      story.when(clerk).takes_back();
      THEN("the department has signed for it, and it was never returned") {
        CHECK(story.stands("sign_for"));
        CHECK(story.holder() == "civil_affairs_office");
        CHECK(story.fact("returns").is_null());
        CHECK(story.runs("state"));
      }
    }
  }
  GIVEN("a return to the village, which voids its meeting") {
    Story other(township, "01920000-0000-7000-8000-0000000000c3");
    is_reported(other);
    other.when(clerk).takes("return_to_village");
    CHECK_FALSE(other.stands("record_meeting"));
    other.when(clerk).takes_back();
    THEN("the meeting holds again") {
      CHECK(other.stands("record_meeting"));
      CHECK(other.state() == "reported_to_station");
    }
  }
}

SCENARIO("only what the table calls undoable is taken back") {
  Township township;
  Story story(township);
  is_reported(story);
  GIVEN("an acceptance, which gave the case its number") {
    is_accepted(story, "temporary_relief");
    THEN("it stands") {
      CHECK(story.when(township.station_clerk())
                .cannot_take_back()
                .has("nothing_to_take_back"));
    }
  }
  GIVEN("the table") {
    std::vector<std::string_view> undoable;
    const workflow::Procedure& procedure = township.rules().procedure;
    for (const auto& row : procedure.rows) {
      const auto event = procedure.events[static_cast<std::size_t>(row.event)];
      if (row.undoable && std::ranges::find(undoable, event) == undoable.end()) {
        undoable.push_back(event);
      }
    }
    THEN("it names these ten") {
      CHECK(undoable == std::vector<std::string_view>{
                            "submit_for_review", "agree", "decline", "request_facts",
                            "return_to_village", "assign", "refer_to_joint_review", "transfer",
                            "return_to_station", "handle"});
    }
  }
}

SCENARIO("what was proposed after a step falls with it") {
  Township township;
  Story story(township);
  is_reported(story);
  is_accepted(story, "temporary_relief");
  const Actor director = township.station_director();
  GIVEN("a director who assigns the case, proposes to withdraw it, and takes the former back") {
    story.when(director).takes("assign");
    story.when(director).with({{"reason", "died"}, {"duplicate_of", nullptr}}).takes("withdraw");
    const std::int64_t proposal = story.proposal().sequence;
    story.when(director).takes_back();
    THEN("nobody signs the proposal any more") {
      CHECK(story.state() == "reported_to_station");
      CHECK(story.subject().proposals.back().outcome == "withdrawn");
      CHECK(story.when(township.deputy_commander())
                .cannot_sign(proposal, "agree")
                .has("proposal_closed"));
    }
  }
}

SCENARIO("a handled case is taken back by the clerk who proposed it") {
  Township township;
  Story story(township);
  comes_to_be_handled(story, "temporary_relief");
  const Actor clerk = township.department_clerk();
  THEN("it lies with the department again, and is signed anew") {
    story.when(clerk).takes_back();
    CHECK(story.state() == "assigned_to_department");
    CHECK(story.holder() == "civil_affairs_office");
    CHECK(story.fact("outcome").is_null());
    story.when(clerk).takes("handle");
    story.when(township.department_head()).signs();
    CHECK(story.state() == "handled");
  }
}

}  // namespace yimen::tests
