#include "api/console_files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "definitions/digest.hpp"

namespace yimen::api {

namespace {

namespace fs = std::filesystem;

std::string_view type_of(const std::string& extension) {
  static const std::map<std::string_view, std::string_view> types{
      {".css", "text/css; charset=utf-8"},
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".png", "image/png"},
      {".svg", "image/svg+xml"},
      {".webmanifest", "application/manifest+json"},
      {".woff2", "font/woff2"}};
  const auto found = types.find(extension);
  return found != types.end() ? found->second : std::string_view();
}

std::optional<std::string> bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

Result<ConsoleFiles, std::string> ConsoleFiles::load(const std::string& folder) {
  ConsoleFiles console;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; at != end; at.increment(error)) {
    if (error) break;
    const std::string_view type = type_of(at->path().extension().string());
    if (!at->is_regular_file() || type.empty()) continue;
    auto bytes = bytes_of(at->path());
    if (!bytes) return refuse("the console's file cannot be read: " + at->path().string());
    const std::string etag = definitions::sha256_hex(*bytes).substr(0, 32);
    std::string gzipped = bytes_of(at->path().string() + ".gz").value_or(std::string());
    console.files_[fs::relative(at->path(), folder).generic_string()] = {
        std::string(type), etag, std::move(*bytes), std::move(gzipped)};
  }
  if (console.find("index.html") == nullptr) {
    return refuse("there is no console in the folder " + folder);
  }
  return console;
}

const ConsoleFile* ConsoleFiles::find(std::string_view path) const {
  const auto found = files_.find(path);
  return found != files_.end() ? &found->second : nullptr;
}

}  // namespace yimen::api
