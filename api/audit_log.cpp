#include "api/audit_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "workflow/value.hpp"

namespace yimen::api {

Result<std::unique_ptr<AuditFile>, std::string> AuditFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return refuse("The audit log " + path + " cannot be opened: " + std::strerror(errno) + ".");
  }
  return std::unique_ptr<AuditFile>(new AuditFile(descriptor));
}

AuditFile::~AuditFile() { ::close(descriptor_); }

bool AuditFile::write(const AuditLine& line) {
  workflow::Object members{{"at", workflow::to_text(line.at)},
                           {"action", line.action},
                           {"account", line.account},
                           {"subject", line.subject},
                           {"trace_id", line.trace_id}};
  if (!line.reason.empty()) members.set("reason", line.reason);
  const std::string bytes = workflow::canonical(members) + "\n";
  const std::lock_guard lock(mutex_);
  const auto written = ::write(descriptor_, bytes.data(), bytes.size());
  return written == static_cast<ssize_t>(bytes.size()) && ::fdatasync(descriptor_) == 0;
}

bool StoredAuditLog::write(const AuditLine& line) {
  const char* list = line.action == "reveal" ? "reveals" : "administration";
  return file_.write(line) &&
         store_.record({list, line.action, line.account, line.subject, line.reason, line.trace_id,
                        line.at});
}

}  // namespace yimen::api
