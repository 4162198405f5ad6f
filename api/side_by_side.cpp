#include "api/side_by_side.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace yimen::api {

void side_by_side(std::size_t count, const std::function<void(std::size_t)>& work,
                  std::size_t hands) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr thrown;
  {
    std::vector<std::jthread> threads;
    for (std::size_t hand = 0; hand < std::min(count, hands); ++hand) {
      threads.emplace_back([&] {
        try {
          for (std::size_t one = next++; one < count; one = next++) work(one);
        } catch (...) {
          const std::lock_guard lock(mutex);
          if (!thrown) thrown = std::current_exception();
        }
      });
    }
  }
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace yimen::api
