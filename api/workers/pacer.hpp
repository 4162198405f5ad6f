// The rhythm of a thread that works, waits for a while or until it is woken, and ends when told.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace yimen::api {

class Pacer {
 public:
  ~Pacer() { stop(); }

  // `work` says whether to go on at once; else the next turn comes after `pause` or a wake.
  void start(std::chrono::milliseconds pause, std::function<bool()> work) {
    thread_ = std::thread([this, pause, work = std::move(work)] {
      bool goes_on = true;
      while (goes_on || waits(pause)) {
        goes_on = work() && !ends();
      }
    });
  }
  // Returns once the turn that it is in has ended.
  void stop() {
    set(ends_);
    if (thread_.joinable()) thread_.join();
  }
  void wake() { set(is_woken_); }

 private:
  void set(bool& flag) {
    {
      const std::lock_guard lock(mutex_);
      flag = true;
    }
    woken_.notify_one();
  }
  // False at the end.
  bool waits(std::chrono::milliseconds pause) {
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, pause, [this] { return is_woken_ || ends_; });
    is_woken_ = false;
    return !ends_;
  }
  bool ends() {
    const std::lock_guard lock(mutex_);
    return ends_;
  }

  std::mutex mutex_;
  std::condition_variable woken_;
  bool is_woken_ = false;
  bool ends_ = false;
  std::thread thread_;
};

}  // namespace yimen::api
