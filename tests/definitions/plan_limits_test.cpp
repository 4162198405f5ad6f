// Every sentence of the plan that names a time, by a figure or by a word (及时, 定期, 第一时间, 限时),
// has its row in an edition, or a reason why it has none. An edition that loses one fails here.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "definitions/edition_loader.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using workflow::LimitRule;

namespace {

struct Sentence {
  std::string requirement;  // R-number of the domain's list
  std::string clause;       // of the plan: section.paragraph
  std::string words;
  std::vector<std::string> limits;
  std::string why_none{};
};

constexpr const char* ledger = "the monthly ledger is not a procedure yet";
constexpr const char* inspection = "inspection and self-assessment are not a procedure yet";

// clang-format off
const std::vector<Sentence> sentences{
    {"R1",  "1",     "及时将符合条件的困难群众全部纳入救助范围",
     {"statutory_30_working", "statutory_30_calendar", "statutory_delegated_20_working",
      "statutory_rigid_30_working", "statutory_rigid_before_2025", "statutory_tekun_35_working",
      "statutory_temporary_15_working", "statutory_child_30_working",
      "statutory_monitoring_20_working", "statutory_other_20_working",
      "statutory_without_approval_20_working"}},
    {"R4",  "1",     "定期开展预警监测", {}, "early warning is not a procedure yet"},
    {"R4",  "1",     "发现及时", {"discovery_10_working", "discovered_5_working"}},
    {"R13", "2.2",   "要及时受理困难群众救助申请", {"acceptance_2_working"}},
    {"R14", "2.2",   "指挥站定期召开专题会议", {"joint_review_10_working"}},
    {"R16", "2.2",   "受助及时", {"first_help_24_hours"}},
    {"R18", "2.2",   "主动配合户籍地落实救助办理", {"referred_out_20_working"}},
    {"R25", "2.3",   "根据拟办情况进行实时更新管理", {},
     "a ledger is a view over cases and cannot lag behind them"},
    {"R34", "2.4.1", "及时向乡其他科室收集（反馈）信息、转（交）力业务", {"assignment_1_working"}},
    {"R44", "2.4.2", "及时受理、承办、分办、转办各类救助事项",
     {"reported_3_working", "declined_5_working", "sign_for_2_working"}},
    {"R47", "2.4.2", "时时更新工作动态", {}, "a step is seen as soon as it is committed"},
    {"R49", "2.4.2", "及时响应信息线索的调查核实",
     {"investigation_start_3_working", "investigation_temporary_5_working"}},
    {"R58", "2.4.3", "发现困难险情及时报告",
     {"discovery_emergency_2_hours", "discovered_emergency_2_hours",
      "village_review_emergency_2_hours", "reported_emergency_2_hours"}},
    {"R58", "2.4.3", "第一时间协同处置",
     {"acceptance_emergency_1_hour", "assignment_emergency_1_hour",
      "joint_review_emergency_24_hours", "assigned_emergency_5_working", "papers_5_working",
      "order_acknowledged_1_hour", "reissued_acknowledged_1_hour", "order_reported_4_hours"}},
    {"R59", "2.4.3", "防止出现因救助不及时导致极端事件发生", {"first_help_24_hours"}},
    {"R60", "2.4.3", "救助对象长期公示制度",
     {"long_term_notice_10_working", "long_term_notice_20_working"}},
    {"R63", "2.4.4", "集体研究后，同意救助的录入", {"village_review_5_working"}},
    {"R68", "2.4.4", "应按程序及时办理",
     {"assigned_15_working", "assigned_dibao_10_working", "assigned_temporary_10_working",
      "opinion_dibao_10_working", "opinion_tekun_15_working"}},
    {"R69", "2.4.4", "说明原因，做好解释",
     {"explanation_3_working", "refusal_3_working", "refusal_other_3_working"}},
    {"R77", "2.4.4", "各科室每月将救助台账报民政办", {}, ledger},
    {"R78", "2.4.4", "各科室应结合实际情况定期更新工作记录", {},
     "an interval and no date: a case would turn red for want of a note"},
    {"R80", "2.4.4", "于当月月末将全乡救助情况台账报县民政局备案", {}, ledger},
    {"R81", "2.4.4", "于次月5日前进行归类汇总", {"explained_by_5th"}},
    {"R82", "2.4.4", "已办结的建档归卷", {"publicized_10_working", "handled_archive_10_working"}},
    {"R84", "2.4.4", "未办结的，说明情况，限时办结", {},
     "the station sets the day, set_completion_date; every open state has a limit besides"},
    {"R85", "2.4.4", "经乡救助指挥站研究后及时上报县指挥中心",
     {"county_report_3_working", "county_reply_20_working", "county_dibao_10_working",
      "county_tekun_15_working"}},
    {"R86", "2.4.4", "于12月初对照工作方案开展自查评估总结", {}, inspection},
    {"R88", "2.5",   "应及时向县主动发现救助中心办公室报告", {"county_report_emergency_2_hours"}},
    {"R72", "2.5",   "对专题会审结果及时进行公示",
     {"notice_start_2_working", "handled_publish_2_working"}},
    {"R74", "2.5",   "对公示期满无异议的", {"objection_10_calendar", "objection_tekun_15_working"}},
    {"R75", "2.5",   "现场给予政策解答", {}, "the answer on the spot is the step itself: explain"},
    {"R93", "3.3",   "不定期深入各村（社区）开展监督检查",
     {"order_acknowledged_1_working", "reissued_acknowledged_1_working",
      "order_reported_3_working", "order_closed_2_working"}},
};
// clang-format on

std::map<std::string, LimitRule> limits_of_editions() {
  std::map<std::string, LimitRule> limits;
  for (const char* procedure : {"assistance", "supervision_order"}) {
    const auto edition = definitions::load_edition(std::string(YIMEN_SOURCE_DIR) + "/definitions/" +
                                                   procedure + "/editions/heyu-2021.json");
    REQUIRE(edition);
    for (const workflow::ClockRule& clock : edition->clocks) {
      for (const LimitRule& limit : clock.limits) limits[limit.code] = limit;
    }
  }
  return limits;
}

}  // namespace

TEST_CASE("every sentence of the plan that names a time has its limit, with a basis") {
  const auto limits = limits_of_editions();
  const std::set<std::string> marks{"statute", "plan", "regional", "proposal"};
  for (const Sentence& sentence : sentences) {
    CAPTURE(sentence.requirement, sentence.clause, sentence.words);
    CHECK(sentence.limits.empty() == !sentence.why_none.empty());
    for (const std::string& code : sentence.limits) {
      CAPTURE(code);
      const auto limit = limits.find(code);
      REQUIRE(limit != limits.end());
      CHECK_FALSE(limit->second.basis.empty());
      CHECK(marks.contains(limit->second.mark));
    }
  }
}

TEST_CASE("every limit of an edition is there for a sentence of the plan") {
  std::set<std::string> named;
  for (const Sentence& sentence : sentences) {
    named.insert(sentence.limits.begin(), sentence.limits.end());
  }
  for (const auto& [code, limit] : limits_of_editions()) {
    CAPTURE(code);
    CHECK(named.contains(code));
  }
}

TEST_CASE("no sentence of the plan with a word of time is left out") {
  // How often the plan has each.
  const auto [word, count] = GENERATE(table<std::string, int>({{"及时", 13},
                                                               {"定期", 4},
                                                               {"第一时间", 1},
                                                               {"限时", 1},
                                                               {"实时", 1},
                                                               {"时时", 1},
                                                               {"每月", 1},
                                                               {"当月月末", 1},
                                                               {"次月5日前", 1},
                                                               {"12月初", 1}}));
  CAPTURE(word);
  CHECK(std::ranges::count_if(sentences, [&](const Sentence& sentence) {
          return sentence.words.find(word) != std::string::npos;
        }) == count);
}

TEST_CASE("the one figure of the plan that a case's clock can keep is the fifth of the month") {
  CHECK(limits_of_editions().at("explained_by_5th").budget ==
        workflow::Budget{workflow::BudgetUnit::day_of_next_month, 5, false});
}
