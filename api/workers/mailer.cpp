#include "api/workers/mailer.hpp"

#include "api/log.hpp"

namespace yimen::api {

namespace {

constexpr std::chrono::seconds pause{20};
constexpr int batch_size = 50;

}  // namespace

void Mailer::start() {
  pacer_.start(pause, [this] { return deliver() == batch_size; });
}

std::size_t Mailer::deliver() {
  const auto waiting = store_.to_mail(0, batch_size);
  if (!waiting) return 0;
  std::size_t sent = 0;
  for (const persistence::Notification& row : *waiting) {
    if (!workers_.holds(row.case_id)) continue;
    const auto params = workflow::parse(row.params).value_or(workflow::Value(workflow::Object{}));
    const std::string text = texts_.text(http::Language::zh_cn, "notification." + row.code,
                                         params.members());
    const auto done =
        mail_.send(row.address, texts_.text(http::Language::zh_cn, "mail.subject"), text);
    if (!done) {
      log(LogLevel::warning, "mail_not_sent", {{"why", done.error()}});
      return sent;
    }
    if (!store_.mailed({row.place})) return sent;
    ++sent;
  }
  return sent;
}

}  // namespace yimen::api
