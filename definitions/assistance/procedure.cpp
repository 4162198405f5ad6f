#include "definitions/assistance/procedure.hpp"

#include "definitions/assistance/expiry.hpp"
#include "definitions/assistance/step.hpp"
#include "definitions/assistance/table.hpp"
#include "workflow/procedure_of.hpp"

namespace yimen::definitions::assistance {

namespace {

struct Definition {
  static constexpr std::string_view name = "assistance";
  using states = assistance::states;
  using table = assistance::table;
  using annotations = assistance::annotations;
  static constexpr auto step = &assistance::step;
  static constexpr std::string_view numbering_event = accept::name;
  static constexpr auto expiry_data = &assistance::expiry_data;
};

}  // namespace

const workflow::Procedure& procedure() {
  static const workflow::Procedure made = workflow::procedure_of<Definition>();
  return made;
}

}  // namespace yimen::definitions::assistance
