#include "tests/support/mariadb.hpp"

#include <arpa/inet.h>
#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <fcntl.h>
#include <mysql_driver.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace yimen::tests {

namespace {

using persistence::mysql::Server;
using std::chrono::steady_clock;

constexpr std::chrono::seconds start_max{60};
constexpr auto administrator = "yimen";
constexpr auto password = "only-for-tests";

std::uint16_t free_port() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool is_bound =
      ::bind(listener, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(listener);
  if (!is_bound) throw std::runtime_error("no free port for MariaDB");
  return ntohs(address.sin_port);
}

// Runs a program whose words go to a file. It does not outlive the thread that began it.
pid_t begin(std::vector<std::string> words, const std::string& log) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t process = ::fork();
  if (process != 0) return process;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

// Where a server says that it is ready, as it would to systemd (sd_notify(3)).
class Readiness final {
 public:
  explicit Readiness(const std::string& path)
      : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    ::unlink(path.c_str());
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("MariaDB cannot say that it is ready at " + path);
    }
  }
  ~Readiness() { ::close(socket_); }
  Readiness(const Readiness&) = delete;
  Readiness& operator=(const Readiness&) = delete;

  // False when the process has ended or the time is over before that.
  [[nodiscard]] bool is_told_by(pid_t process) const {
    const int ended = static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
    std::array<pollfd, 2> watched{{{socket_, POLLIN, 0}, {ended, POLLIN, 0}}};
    const auto until = steady_clock::now() + start_max;
    bool is_ready = false;
    while (!is_ready && watched[1].revents == 0) {
      const auto left = std::max(until - steady_clock::now(), steady_clock::duration::zero());
      const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(left).count();
      if (::poll(watched.data(), watched.size(), static_cast<int>(milliseconds)) <= 0) break;
      std::array<char, 4096> text{};
      const ssize_t length = ::recv(socket_, text.data(), text.size(), MSG_DONTWAIT);
      if (length > 0) {
        is_ready = std::string_view(text.data(), static_cast<std::size_t>(length))
                       .find("READY=1") != std::string_view::npos;
      }
    }
    ::close(ended);
    return is_ready;
  }

 private:
  int socket_;
};

std::string end_of(const std::string& log) {
  std::ifstream file(log);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return text.size() > 2'000 ? text.substr(text.size() - 2'000) : text;
}

// What a server started as root wants to hear.
void add_user(std::vector<std::string>& words) {
  if (::geteuid() == 0) words.emplace_back("--user=root");
}

std::unique_ptr<sql::Connection> connected(const Server& server) {
  const std::string place = "tcp://" + server.host + ":" + std::to_string(server.port);
  std::unique_ptr<sql::Connection> made(
      sql::mysql::get_driver_instance()->connect(place, server.user, server.password));
  if (!server.schema.empty()) made->setSchema(server.schema);
  return made;
}

}  // namespace

MariadbShell::MariadbShell(const Server& server) : connection_(connected(server)) {}
MariadbShell::~MariadbShell() = default;

std::string MariadbShell::operator()(const std::string& statement) {
  try {
    const std::unique_ptr<sql::Statement> running(connection_->createStatement());
    if (!running->execute(statement)) return {};
    const std::unique_ptr<sql::ResultSet> rows(running->getResultSet());
    return rows->next() ? std::string(rows->getString(1)) : std::string();
  } catch (const sql::SQLException& error) {
    return error.what();
  }
}

std::vector<std::string> MariadbShell::rows_of(const std::string& statement) {
  try {
    const std::unique_ptr<sql::Statement> running(connection_->createStatement());
    if (!running->execute(statement)) return {};
    const std::unique_ptr<sql::ResultSet> rows(running->getResultSet());
    const unsigned columns = rows->getMetaData()->getColumnCount();
    std::vector<std::string> all;
    while (rows->next()) {
      std::string& row = all.emplace_back(rows->getString(1));
      for (unsigned at = 2; at <= columns; ++at) row += " " + rows->getString(at);
    }
    return all;
  } catch (const sql::SQLException& error) {
    return {error.what()};
  }
}

std::string MariadbShell::everything() {
  std::string all;
  for (const std::string& table : rows_of("SHOW TABLES")) {
    for (const std::string& row : rows_of("SELECT * FROM " + table)) all += row;
  }
  return all;
}

Mariadb& Mariadb::instance() {
  static Mariadb server(Durability::of_crash);
  return server;
}

Mariadb::Mariadb(Durability durability) : durability_(durability) {
  const std::string log = folder_.file("install.log");
  std::vector<std::string> words{"mariadb-install-db", "--no-defaults",
                                 "--datadir=" + folder_.file("data"), "--skip-test-db",
                                 "--auth-root-authentication-method=normal",
                                 "--innodb-log-file-size=16M"};
  add_user(words);
  int status = 0;
  ::waitpid(begin(std::move(words), log), &status, 0);
  if (status != 0) throw std::runtime_error("mariadb-install-db failed: " + end_of(log));
  std::ofstream(folder_.file("init.sql"))
      << "CREATE USER IF NOT EXISTS " << administrator << "@'127.0.0.1' IDENTIFIED BY '"
      << password << "';\nGRANT ALL ON *.* TO " << administrator << "@'127.0.0.1';\n";
  start();
}

void Mariadb::start() {
  const std::string log = folder_.file("server.log");
  if (port_ == 0) port_ = free_port();
  const Readiness readiness(folder_.file("ready"));
  std::vector<std::string> words{"env",
                                 "NOTIFY_SOCKET=" + folder_.file("ready"),
                                 "mariadbd",
                                 "--no-defaults",
                                 "--datadir=" + folder_.file("data"),
                                 "--socket=" + folder_.file("socket"),
                                 "--pid-file=" + folder_.file("pid"),
                                 "--init-file=" + folder_.file("init.sql"),
                                 "--bind-address=127.0.0.1",
                                 "--port=" + std::to_string(port_),
                                 "--skip-name-resolve",
                                 "--max-connections=500"};
  if (durability_ == Durability::of_power) {
    words.insert(words.end(), {"--innodb-log-file-size=512M", "--innodb-buffer-pool-size=1G",
                               "--innodb-flush-log-at-trx-commit=1"});
  } else {
    words.insert(words.end(), {"--innodb-log-file-size=16M", "--innodb-buffer-pool-size=64M",
                               "--innodb-flush-log-at-trx-commit=2", "--innodb-doublewrite=0",
                               "--skip-sync-frm", "--innodb-flush-method=nosync",
                               "--debug-no-sync"});
  }
  add_user(words);
  process_ = begin(std::move(words), log);
  if (readiness.is_told_by(process_)) return;
  throw std::runtime_error("MariaDB does not start: " + end_of(log));
}

void Mariadb::crash() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = 0;
}

// Its data is thrown away: there is nothing to wait for.
Mariadb::~Mariadb() {
  if (process_ != 0) crash();
}

Server Mariadb::server(const std::string& schema) const {
  return {"127.0.0.1", port_, administrator, password, schema};
}

MariadbSchema::MariadbSchema() {
  static std::atomic<int> made = 0;
  name_ = "yimen_" + std::to_string(++made);
  const std::string answer = MariadbShell(Mariadb::instance().server())(
      "CREATE DATABASE " + name_ + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
  if (!answer.empty()) throw std::runtime_error(answer);
}

MariadbSchema::~MariadbSchema() {
  try {
    MariadbShell(Mariadb::instance().server())("DROP DATABASE " + name_);
  } catch (const std::exception&) {
    // A server that a test brought down takes its schemas with it.
  }
}

Server MariadbSchema::server() const { return Mariadb::instance().server(name_); }

}  // namespace yimen::tests
