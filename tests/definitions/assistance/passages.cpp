#include "tests/definitions/assistance/passages.hpp"

namespace yimen::tests {

using namespace std::chrono_literals;

Actor its_clerk(const Story& story) {
  return story.holder() == "station" ? story.township().station_clerk()
                                     : story.township().department_clerk(story.holder());
}

Actor its_head(const Story& story) {
  return story.holder() == "station" ? story.township().station_director()
                                     : story.township().department_head(story.holder());
}

void is_found(Story& story, Object lead) {
  const Actor worker = story.township().village_worker();
  story.when(worker).with(std::move(lead)).takes("discover");
  story.when(worker).records("record_visit");
}

void the_village_meets(Story& story, Object meeting) {
  story.when(story.township().village_commander())
      .with(std::move(meeting))
      .records("record_meeting");
}

void is_reported(Story& story, Object lead) {
  is_found(story, std::move(lead));
  story.when(story.township().village_worker()).takes("submit_for_review");
  the_village_meets(story);
  story.when(story.township().village_commander()).takes("agree");
}

void is_accepted(Story& story, std::string_view category) {
  story.when(story.township().station_clerk())
      .with({{"category", category}, {"basis", "application"}})
      .takes("accept");
}

void is_assigned(Story& story, std::string_view category, std::string_view unit) {
  is_accepted(story, category);
  story.when(story.township().station_clerk()).with({{"unit", unit}}).takes("assign");
}

void is_investigated(Story& story, std::string_view opinion) {
  const Actor clerk = its_clerk(story);
  if (!story.stands("sign_for")) story.when(clerk).takes("sign_for");
  const auto* category = story.township().edition.category(story.fact("category").text());
  for (const std::string& document : category->required_documents) {
    story.when(clerk).with({{"document_kind", document}}).records("attach");
  }
  story.when(clerk).records("record_investigation");
  story.when(clerk).records("record_matching");
  story.when(clerk).with({{"opinion", opinion}}).records("record_opinion");
}

void is_handled(Story& story) {
  const Actor clerk = its_clerk(story);
  const Actor head = its_head(story);
  story.when(clerk).records("record_measure");
  story.when(clerk).takes("handle");
  story.when(head).signs();
}

void comes_to_be_handled(Story& story, std::string_view category, std::string_view unit) {
  is_reported(story);
  is_assigned(story, category, unit);
  story.township().later(24h);
  is_investigated(story);
  is_handled(story);
}

void is_published(Story& story) {
  story.when(story.township().station_clerk())
      .with({{"content",
              Object{{"applicant_shown", "full_name"},
                     {"members", 3},
                     {"category", story.fact("category")},
                     {"fields", Array{"applicant", "village", "members", "category"}}}},
             {"place", Array{"village_board"}}})
      .takes("publish");
  story.when(story.township().village_commander()).records("post_notice");
}

void the_station_decides_to_report(Story& story) {
  story.when(story.township().station_director())
      .with({{"kind", "station_decision"}, {"decision", "report_to_county"}})
      .records("record_meeting");
}

void the_county_approves(Story& story) {
  is_published(story);
  story.township().later(8 * 24h);
  the_station_decides_to_report(story);
  story.when(story.township().commander()).with({{"purpose", "approval"}}).takes("escalate");
  story.when(story.township().county_liaison()).takes("county_approve");
}

void is_delivered(Story& story) {
  const Township& township = story.township();
  story.when(township.village_commander()).records("post_long_term_notice");
  story.when(township.finance_clerk()).records("record_payment");
  story.when(township.village_worker()).records("record_delivery");
}

}  // namespace yimen::tests
