// The load of one deciding thread: the bare machine over every cell of the table, a hand-written
// switch over the same rows beside it, and whole decisions on a case in the middle of its life.
// Counts what is taken from the heap; the machine must take nothing.
#include <benchmark/benchmark.h>

#include <cstdio>

#include "definitions/assistance/procedure.hpp"
#include "tests/benchmark/allocations.hpp"
#include "tests/benchmark/assistance_switch.hpp"
#include "tests/definitions/assistance/passages.hpp"
#include "workflow/draft.hpp"
#include "workflow/judgement.hpp"

namespace yimen::tests {

namespace {

using workflow::EntryKind;
using workflow::RowBits;
using workflow::Step;
using workflow::StepResult;

const workflow::Procedure& procedure() { return definitions::assistance::procedure(); }

struct Cell {
  int state;
  int event;
  RowBits bits;
};

// Every (state, event), with all conditions fulfilled and with none.
std::vector<Cell> every_cell() {
  std::vector<Cell> cells;
  for (int state = 0; state < static_cast<int>(procedure().states.size()); ++state) {
    for (int event = 0; event < static_cast<int>(procedure().events.size()); ++event) {
      cells.push_back({state, event, RowBits().set()});
      cells.push_back({state, event, RowBits()});
    }
  }
  return cells;
}

bool is_the_same_table() {
  for (const auto& [state, event, bits] : every_cell()) {
    const Step ours = procedure().step(state, event, bits);
    const Step theirs = switch_step(state, event, bits);
    if (ours.result != theirs.result || ours.row != theirs.row) return false;
  }
  return true;
}

template <class Function>
void measure_steps(benchmark::State& state, Function step) {
  const auto cells = every_cell();
  long taken = 0;
  const long before = allocations();
  for (auto _ : state) {
    for (const auto& [from, event, bits] : cells) {
      taken += step(from, event, bits).result == StepResult::taken ? 1 : 0;
    }
  }
  const long during = allocations() - before;
  benchmark::DoNotOptimize(taken);
  state.SetItemsProcessed(state.iterations() * static_cast<long>(cells.size()));
  state.counters["heap/step"] =
      static_cast<double>(during) /
      static_cast<double>(state.iterations() * static_cast<long>(cells.size()));
}

void machine_step(benchmark::State& state) { measure_steps(state, procedure().step); }
void hand_written_switch(benchmark::State& state) { measure_steps(state, switch_step); }

// A case that its department has investigated, with some twenty records.
struct Middle {
  Township township;
  Story story{township};

  Middle() {
    is_reported(story);
    is_assigned(story, "temporary_relief");
    is_investigated(story);
    story.when(its_clerk(story)).records("record_measure");
  }

  // The form of an event or annotation has its name.
  [[nodiscard]] workflow::Command command(EntryKind kind, std::string_view event) const {
    workflow::Command command;
    command.case_id = story.subject().id;
    command.kind = kind;
    command.data = story.form_for(event, {});
    command.event = event;
    command.actor = its_clerk(story);
    return command;
  }
};

void measure_decisions(benchmark::State& state, const Middle& middle,
                       const workflow::Command& command, bool is_taken) {
  const auto rules = middle.township.rules();
  const long before = allocations();
  for (auto _ : state) {
    const auto decision = decide(middle.story.subject(), command, rules, middle.township.now);
    if (decision.has_value() != is_taken) state.SkipWithError("answered otherwise");
    benchmark::DoNotOptimize(decision);
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["heap/decision"] = static_cast<double>(allocations() - before) /
                                    static_cast<double>(state.iterations());
}

// What stands between a command and its outcome: every guard of every row, then the machine. The
// form has been read, nothing is written yet.
void judge_transition(benchmark::State& state) {
  const Middle middle;
  auto command = middle.command(EntryKind::transition, "transfer");
  command.actor = middle.township.station_clerk();
  const auto rules = middle.township.rules();
  const workflow::Case& subject = middle.story.subject();
  const workflow::StepPolicy* policy = rules.edition.step(command.event, subject.state);
  const workflow::Draft draft = draft_of(command, policy->form, rules.edition,
                                         subject.sequence + 1, middle.township.now);
  const workflow::GuardContext context{subject,       command,        draft.record,
                                       rules.edition, rules.calendar, middle.township.now};
  const std::vector<int> rows =
      procedure().rows_of(procedure().state_index(subject.state),
                          procedure().event_index(command.event));
  const long before = allocations();
  for (auto _ : state) {
    const workflow::Judgement judgement = judge(rows, context, procedure());
    if (judgement.row == nullptr) state.SkipWithError("no row fires");
    benchmark::DoNotOptimize(judgement);
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["heap/decision"] = static_cast<double>(allocations() - before) /
                                    static_cast<double>(state.iterations());
}

void decide_proposal(benchmark::State& state) {
  const Middle middle;
  measure_decisions(state, middle, middle.command(EntryKind::transition, "handle"), true);
}

void decide_annotation(benchmark::State& state) {
  const Middle middle;
  measure_decisions(state, middle, middle.command(EntryKind::annotation, "note"), true);
}

void decide_transition_with_clocks(benchmark::State& state) {
  const Middle middle;
  auto command = middle.command(EntryKind::transition, "transfer");
  command.actor = middle.township.station_clerk();
  measure_decisions(state, middle, command, true);
}

void decide_refusal(benchmark::State& state) {
  const Middle middle;
  auto command = middle.command(EntryKind::transition, "return_to_station");
  command.actor = its_head(middle.story);
  measure_decisions(state, middle, command, false);
}

void list_possible_actions(benchmark::State& state) {
  const Middle middle;
  const auto actor = its_clerk(middle.story);
  for (auto _ : state) benchmark::DoNotOptimize(middle.story.possible_to(actor));
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(machine_step)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(hand_written_switch)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(judge_transition)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(decide_annotation)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(decide_proposal)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(decide_transition_with_clocks)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(decide_refusal)->Repetitions(5)->ReportAggregatesOnly();
BENCHMARK(list_possible_actions)->Repetitions(5)->ReportAggregatesOnly();

}  // namespace

}  // namespace yimen::tests

int main(int argc, char** argv) {
  if (!yimen::tests::is_the_same_table()) {
    std::fputs("the hand-written switch is not the table any more\n", stderr);
    return 1;
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
