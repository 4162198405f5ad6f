#include "api/http/server_settings.hpp"

#include <arpa/inet.h>

#include <algorithm>

namespace yimen::api::http {

namespace {

bool is_address(const std::string& text) {
  in6_addr space{};
  return ::inet_pton(AF_INET, text.c_str(), &space) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), &space) == 1;
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1";
}

bool names_a_port(std::string_view host) {
  const auto colon = host.rfind(':');
  return colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos;
}

void add_host(std::vector<std::string>& hosts, std::string host) {
  std::transform(host.begin(), host.end(), host.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  });
  if (std::find(hosts.begin(), hosts.end(), host) == hosts.end()) hosts.push_back(host);
}

}  // namespace

std::string listening_address(const ServerSettings& settings) {
  return settings.host == "localhost" ? "127.0.0.1" : settings.host;
}

std::string host_and_port(std::string_view host, std::uint16_t port) {
  const bool six = host.find(':') != std::string_view::npos;
  std::string out = six ? "[" : "";
  out.append(host).append(six ? "]:" : ":").append(std::to_string(port));
  return out;
}

std::optional<std::string> unusable(const ServerSettings& settings) {
  const std::string address = listening_address(settings);
  if (!is_address(address)) {
    return "cannot listen on " + settings.host + ": it is neither an IP address nor localhost";
  }
  if (!settings.behind_proxy && !is_loopback(address)) {
    return "refusing to listen on " + settings.host +
           " without TLS: only loopback is served unless a proxy that ends TLS is declared";
  }
  if (settings.threads < 1 || settings.queued_max < 1 ||
      settings.requests_per_connection_max < 1) {
    return "the server needs at least one thread, one place in its queue and one request a "
           "connection";
  }
  return std::nullopt;
}

std::vector<std::string> served_hosts(const ServerSettings& settings, std::uint16_t port) {
  std::vector<std::string> hosts;
  const std::string address = listening_address(settings);
  for (const std::string_view host : {std::string_view("localhost"), std::string_view("127.0.0.1"),
                                      std::string_view("::1"), std::string_view(address)}) {
    std::string named = host_and_port(host, port);
    // Browsers leave the default port out.
    if (port == 80) add_host(hosts, named.substr(0, named.size() - 3));
    add_host(hosts, std::move(named));
  }
  for (const std::string& host : settings.allowed_hosts) {
    add_host(hosts, host);
    if (!names_a_port(host)) add_host(hosts, host + ":" + std::to_string(port));
  }
  return hosts;
}

}  // namespace yimen::api::http
