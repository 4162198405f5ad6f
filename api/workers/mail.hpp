// What goes by mail: that there is something to read in the application, and never what.
#pragma once

#include <string>

#include "workflow/result.hpp"

namespace yimen::api {

class Mail {
 public:
  virtual ~Mail() = default;
  // Whether the address of a notification has a mailbox.
  [[nodiscard]] virtual bool reaches(const std::string& address) const = 0;
  // The refusal is a sentence for the log.
  [[nodiscard]] virtual Result<void, std::string> send(const std::string& address,
                                                       const std::string& subject,
                                                       const std::string& text) const = 0;
};

}  // namespace yimen::api
