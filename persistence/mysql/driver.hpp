// How every call to the driver is made: with faults for the tests, and with the driver's exceptions
// turned into ours. Only for the units that include the driver.
#pragma once

#include <cppconn/exception.h>

#include <type_traits>
#include <utility>

#include "persistence/mysql/failure.hpp"
#include "persistence/mysql/statement.hpp"

namespace yimen::persistence::mysql {

template <class F>
auto translated(Link& link, F&& perform) {
  try {
    return perform();
  } catch (const sql::SQLException& error) {
    link.is_lost = link.is_lost || is_lost(error.getErrorCode());
    throw Failure(error.getErrorCode(), error.what());
  } catch (const Failure& failure) {
    link.is_lost = link.is_lost || is_lost(failure.code());
    throw;
  }
}

template <class F>
auto called(Link& link, Call call, F&& perform) {
  const auto faulty = [&](void (Faults::*moment)(Call)) {
    if (link.faults != nullptr) (link.faults->*moment)(call);
  };
  return translated(link, [&] {
    faulty(&Faults::before);
    if constexpr (std::is_void_v<decltype(perform())>) {
      perform();
      faulty(&Faults::after);
    } else {
      auto answer = perform();
      faulty(&Faults::after);
      return answer;
    }
  });
}

}  // namespace yimen::persistence::mysql
