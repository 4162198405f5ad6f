// Who acts when nobody does: the timers and what follows from entries.
#pragma once

#include "api/http/exchange.hpp"

namespace yimen::api {

[[nodiscard]] inline http::Principal system_actor() {
  http::Principal principal;
  principal.account = "system";
  principal.person = "system";
  principal.posts = {{"system", "system", "system", {}}};
  return principal;
}

}  // namespace yimen::api
