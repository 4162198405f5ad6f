#include "api/workers/smtp_mail.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/MailMessage.h>
#include <Poco/Net/MailRecipient.h>
#include <Poco/Net/SMTPClientSession.h>

namespace yimen::api {

namespace {

const Poco::Timespan patience(10, 0);  // seconds

}  // namespace

const std::string* SmtpMail::mailbox_of(const std::string& address) const {
  auto mailbox = settings_.mailboxes.find(address);
  const auto at = address.find('@');
  if (mailbox == settings_.mailboxes.end() && at != std::string::npos) {
    mailbox = settings_.mailboxes.find(address.substr(at));
  }
  return mailbox != settings_.mailboxes.end() ? &mailbox->second : nullptr;
}

bool SmtpMail::reaches(const std::string& address) const { return mailbox_of(address) != nullptr; }

Result<void, std::string> SmtpMail::send(const std::string& address, const std::string& subject,
                                         const std::string& text) const {
  const std::string* mailbox = mailbox_of(address);
  if (mailbox == nullptr) return refuse("no mailbox for " + address);
  try {
    Poco::Net::MailMessage message;
    message.setSender(settings_.from);
    message.addRecipient({Poco::Net::MailRecipient::PRIMARY_RECIPIENT, *mailbox});
    message.setSubject(Poco::Net::MailMessage::encodeWord(subject, "UTF-8"));
    message.setContentType("text/plain; charset=UTF-8");
    message.setContent(text + "\r\n", Poco::Net::MailMessage::ENCODING_BASE64);
    Poco::Net::SMTPClientSession session(settings_.host, settings_.port);
    session.setTimeout(patience);
    session.login();
    session.sendMessage(message);
    session.close();
    return {};
  } catch (const Poco::Exception& error) {
    return refuse("the mail server " + settings_.host + ": " + error.displayText());
  }
}

}  // namespace yimen::api
