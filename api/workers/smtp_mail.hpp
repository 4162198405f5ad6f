// Mail by SMTP (RFC 5321), to the mailboxes of units and posts that the settings name.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "api/workers/mail.hpp"

namespace yimen::api {

struct SmtpSettings {
  std::string host;
  std::uint16_t port = 25;
  std::string from;
  std::map<std::string, std::string> mailboxes;  // by address, `@UNIT` or `POST@UNIT`
};

class SmtpMail final : public Mail {
 public:
  explicit SmtpMail(SmtpSettings settings) : settings_(std::move(settings)) {}

  // A post without a mailbox of its own is reached at its unit's.
  [[nodiscard]] bool reaches(const std::string& address) const override;
  [[nodiscard]] Result<void, std::string> send(const std::string& address,
                                               const std::string& subject,
                                               const std::string& text) const override;

 private:
  [[nodiscard]] const std::string* mailbox_of(const std::string& address) const;

  const SmtpSettings settings_;
};

}  // namespace yimen::api
