#include "api/live_feed.hpp"

#include <algorithm>
#include <utility>

#include "api/answers.hpp"
#include "api/log.hpp"
#include "api/scope.hpp"
#include "api/workers/addresses.hpp"

namespace yimen::api {

namespace {

using http::Problem;
using http::ProblemCode;
using persistence::CaseNews;
using workflow::Instant;

constexpr std::size_t seats_max = 200;
constexpr int seats_of_account_max = 8;
constexpr std::chrono::seconds retry_after{15};
constexpr std::chrono::milliseconds pause{1'000};
constexpr std::chrono::seconds heartbeat{15};
constexpr int page = 1'000;
constexpr std::size_t recent_max = 4'000;
// So many notifications back may still come late.
constexpr std::int64_t told_window = 200;

std::string id_line(std::int64_t place) { return "id: " + std::to_string(place) + "\n"; }

std::string case_event(const CaseNews& news) {
  const workflow::Object data{{"id", news.case_id},
                              {"sequence", news.sequence},
                              {"revision", news.revision}};
  return id_line(news.place) + "event: case\ndata: " + canonical(data) + "\n\n";
}

// Nobody can say any more what was missed.
std::string reset_event(std::int64_t place) {
  return id_line(place) + "event: reset\ndata: {}\n\n";
}

constexpr std::string_view notifications_event = "event: notifications\ndata: {}\n\n";

}  // namespace

// A place among those who listen, given back at its end.
class LiveFeed::Seat {
 public:
  Seat(LiveFeed& feed, std::string account) : feed_(feed), account_(std::move(account)) {
    const std::lock_guard lock(feed_.seats_mutex_);
    int& own = feed_.seats_of_[account_];
    is_taken_ = feed_.seats_ < seats_max && own < seats_of_account_max;
    if (!is_taken_) return;
    ++own;
    ++feed_.seats_;
  }
  ~Seat() {
    if (!is_taken_) return;
    const std::lock_guard lock(feed_.seats_mutex_);
    --feed_.seats_;
    if (--feed_.seats_of_[account_] == 0) feed_.seats_of_.erase(account_);
  }
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;
  [[nodiscard]] bool is_taken() const { return is_taken_; }

 private:
  LiveFeed& feed_;
  const std::string account_;
  bool is_taken_ = false;
};

struct LiveFeed::Listener {
  http::Principal principal;
  Scope scope;
  std::vector<std::string> addresses;
  std::int64_t told = 0;  // everything up to this place
  std::uint64_t changes = 0;
  Instant proven_at;
  std::shared_ptr<Seat> seat;
  std::unique_ptr<http::Stream> stream;

  void be(http::Principal now) {
    principal = std::move(now);
    scope = scope_of(principal);
    addresses = addresses_of(principal);
  }
  [[nodiscard]] bool sees(const CaseNews& news) const {
    if (scope.township) return true;
    return std::ranges::any_of(news.units, [&](const std::string& unit) {
      return std::ranges::find(scope.units, unit) != scope.units.end();
    });
  }
  [[nodiscard]] std::string events_in(const auto& entries) const {
    std::string text;
    for (const CaseNews& news : entries) {
      if (news.place > told && sees(news)) text += case_event(news);
    }
    return text;
  }
};

LiveFeed::LiveFeed(persistence::NewsStore& store, Accounts& accounts,
                   Authentication& authentication, const Clock& clock)
    : store_(store), accounts_(accounts), authentication_(authentication), clock_(clock) {}

LiveFeed::~LiveFeed() { stop(); }

void LiveFeed::start() {
  pacer_.start(pause, [this] {
    try {
      turn();
    } catch (const std::exception& error) {
      log(LogLevel::error, "feed_failed", {{"what", error.what()}});
    }
    return false;
  });
}

void LiveFeed::stop() {
  pacer_.stop();
  const std::lock_guard lock(mutex_);
  coming_.clear();
  listeners_.clear();
}

Result<std::function<void(std::unique_ptr<http::Stream>)>, Problem> LiveFeed::listen(
    const http::Principal& principal, std::optional<std::int64_t> after) {
  Listener listener;
  listener.seat = std::make_shared<Seat>(*this, principal.account);
  if (!listener.seat->is_taken()) {
    return refuse(Problem{.code = ProblemCode::overloaded, .retry_after = retry_after});
  }
  listener.changes = accounts_.changes();
  listener.proven_at = clock_.now();
  listener.be(principal);
  const auto latest = store_.latest_entry();
  if (!latest) return refuse(store_problem(latest.error()));
  listener.told = after.value_or(*latest);
  const auto shared = std::make_shared<Listener>(std::move(listener));
  return [this, shared](std::unique_ptr<http::Stream> stream) {
    join(std::move(*shared), std::move(stream));
  };
}

void LiveFeed::join(Listener listener, std::unique_ptr<http::Stream> stream) {
  listener.stream = std::move(stream);
  {
    const std::lock_guard lock(mutex_);
    coming_.push_back(std::move(listener));
  }
  pacer_.wake();
}

void LiveFeed::turn() {
  {
    const std::lock_guard lock(mutex_);
    for (Listener& listener : coming_) {
      // A client that knows the id from the start misses nothing, whenever it is cut off.
      const std::string greeting = "retry: 3000\n" + id_line(listener.told) + "\n";
      if (listener.stream->send(greeting)) listeners_.push_back(std::move(listener));
    }
    coming_.clear();
  }
  if (listeners_.empty()) {
    recent_.clear();
    told_.clear();
    last_ = 0;
    return;
  }
  if (!follow()) return;
  const Instant now = clock_.now();
  listeners_.remove_if([&](Listener& listener) { return !tell(listener, now); });
  addresses_told_.clear();
}

// What has come since the last turn, or since the first listener came.
bool LiveFeed::follow() {
  if (last_ == 0) {
    const auto latest = store_.latest_entry();
    if (!latest) return false;
    // Who has come since is behind it by little, and finds that here.
    const auto earliest =
        std::ranges::min_element(listeners_, {}, &Listener::told)->told;
    first_ = last_ = std::clamp<std::int64_t>(earliest, std::max<std::int64_t>(*latest - page, 0),
                                              *latest);
  }
  while (true) {
    auto entries = store_.entries_after(last_, page);
    if (!entries) return false;
    const bool is_full = static_cast<int>(entries->size()) == page;
    for (CaseNews& news : *entries) {
      last_ = news.place;
      recent_.push_back(std::move(news));
    }
    while (recent_.size() > recent_max) {
      first_ = recent_.front().place;
      recent_.pop_front();
    }
    if (!is_full) break;
  }
  follow_told();
  return true;
}

void LiveFeed::follow_told() {
  if (told_.empty()) {
    const auto latest = store_.latest_told();
    if (latest) told_.insert(*latest);
    return;
  }
  const std::int64_t from = std::max<std::int64_t>(*told_.rbegin() - told_window, 0);
  const bool is_first = told_.size() == 1;
  const auto rows = store_.told_after(from, page);
  if (!rows) return;
  const std::int64_t known = *told_.rbegin();
  for (const persistence::Told& row : *rows) {
    const bool is_old = is_first && row.place <= known;
    if (told_.insert(row.place).second && !is_old) addresses_told_.insert(row.address);
  }
  told_.erase(told_.begin(), told_.lower_bound(from));
}

bool LiveFeed::may_go_on(Listener& listener, Instant now) {
  const std::uint64_t changes = accounts_.changes();
  const bool is_proven = changes == listener.changes && now >= listener.proven_at &&
                         now - listener.proven_at < heartbeat;
  if (is_proven) return true;
  auto principal = authentication_.renewed(listener.principal);
  if (!principal || !*principal || (*principal)->must_change_password) return false;
  listener.be(std::move(**principal));
  listener.changes = changes;
  listener.proven_at = now;
  // The heartbeat: shows a broken connection, and how far the client has come.
  return listener.stream->send(":\n" + id_line(listener.told) + "\n");
}

// What lies before the entries at hand; nothing where the store cannot be asked.
std::optional<std::string> LiveFeed::missed(Listener& listener) {
  const auto entries = store_.entries_after(listener.told, page);
  if (!entries) return std::nullopt;
  const bool is_too_much =
      static_cast<int>(entries->size()) == page && entries->back().place < first_;
  if (is_too_much || listener.told > last_) {
    listener.told = last_;
    return reset_event(last_);
  }
  std::string text = listener.events_in(*entries);
  if (!entries->empty()) listener.told = entries->back().place;
  return text;
}

bool LiveFeed::tell(Listener& listener, Instant now) {
  if (!may_go_on(listener, now)) return false;
  std::string text;
  if (listener.told < first_ || listener.told > last_) {
    auto missed_text = missed(listener);
    if (!missed_text) return false;
    text = std::move(*missed_text);
  }
  text += listener.events_in(recent_);
  listener.told = std::max(listener.told, last_);
  const bool is_told = std::ranges::any_of(listener.addresses, [&](const std::string& address) {
    return addresses_told_.contains(address);
  });
  if (is_told) text += notifications_event;
  return listener.stream->send(text);
}

}  // namespace yimen::api
