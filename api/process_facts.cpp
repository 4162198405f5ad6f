#include "api/process_facts.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace yimen::api {

namespace {

std::string text_of(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The fields of /proc/self/stat behind the program's name, which may hold spaces; the first is the
// third of proc(5).
std::vector<std::string> stat_fields() {
  const std::string text = text_of("/proc/self/stat");
  const auto end_of_name = text.rfind(')');
  std::vector<std::string> fields;
  if (end_of_name == std::string::npos) return fields;
  std::istringstream rest(text.substr(end_of_name + 1));
  for (std::string field; rest >> field;) fields.push_back(std::move(field));
  return fields;
}

std::uint64_t number_at(const std::vector<std::string>& fields, std::size_t place_in_proc) {
  const std::size_t at = place_in_proc - 3;
  return at < fields.size() ? std::strtoull(fields[at].c_str(), nullptr, 10) : 0;
}

// Seconds since 1970, when the machine was started.
std::uint64_t boot_time() {
  std::istringstream lines(text_of("/proc/stat"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("btime ")) return std::strtoull(line.c_str() + 6, nullptr, 10);
  }
  return 0;
}

std::uint64_t open_descriptors() {
  std::error_code error;
  const std::filesystem::directory_iterator all("/proc/self/fd", error);
  if (error) return 0;
  return static_cast<std::uint64_t>(std::distance(begin(all), end(all)));
}

std::uint64_t descriptors_max() {
  rlimit limit{};
  return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : 0;
}

}  // namespace

void write_process_facts(Exposition& out) {
  constexpr std::uint64_t a_second = 1'000'000;
  const auto fields = stat_fields();
  const auto ticks = static_cast<std::uint64_t>(sysconf(_SC_CLK_TCK));
  const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  const std::uint64_t used = number_at(fields, 14) + number_at(fields, 15);
  const std::uint64_t started = number_at(fields, 22);
  out.family("process_cpu_seconds_total", "counter", "Time on the processor, user and system.");
  out.seconds(used * (a_second / ticks));
  out.family("process_start_time_seconds", "gauge", "When the process began, since 1970.");
  out.seconds(boot_time() * a_second + started * (a_second / ticks));
  out.gauge("process_virtual_memory_bytes", "Virtual memory.", number_at(fields, 23));
  out.gauge("process_resident_memory_bytes", "Memory that is there.",
            number_at(fields, 24) * page);
  out.gauge("process_open_fds", "Descriptors that are open.", open_descriptors());
  out.gauge("process_max_fds", "Descriptors that may be open.", descriptors_max());
}

}  // namespace yimen::api
