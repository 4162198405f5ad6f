#include "definitions/supervision_order/procedure.hpp"

#include "definitions/supervision_order/step.hpp"
#include "definitions/supervision_order/table.hpp"
#include "workflow/procedure_of.hpp"

namespace yimen::definitions::supervision_order {

namespace {

struct Definition {
  static constexpr std::string_view name = "supervision_order";
  using states = supervision_order::states;
  using table = supervision_order::table;
  using annotations = supervision_order::annotations;
  static constexpr auto step = &supervision_order::step;
  static constexpr std::string_view numbering_event{};  // orders bear no number
};

}  // namespace

const workflow::Procedure& procedure() {
  static const workflow::Procedure made = workflow::procedure_of<Definition>();
  return made;
}

}  // namespace yimen::definitions::supervision_order
