#include "api/key_file.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

namespace yimen::api {

namespace {

constexpr std::string_view digits = "0123456789abcdef";
constexpr std::size_t file_bytes_max = 2 * key_bytes + 1;  // with a line end

class File {
 public:
  File(const std::string& path, int flags)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

std::string because_of_errno(const std::string& sentence) {
  return sentence + ": " + std::strerror(errno) + ".";
}

std::optional<std::string> bytes_of(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.size() != 2 * key_bytes) return std::nullopt;
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); at += 2) {
    const auto high = digits.find(text[at]);
    const auto low = digits.find(text[at + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

Result<std::string, std::string> read(const File& file, const std::string& path) {
  struct stat found {};
  if (::fstat(file.descriptor(), &found) != 0 || !S_ISREG(found.st_mode)) {
    return refuse("The key file " + path + " is not a plain file.");
  }
  if ((found.st_mode & 077U) != 0) {
    return refuse("The key file " + path +
                  " can be read by others; leave it to its owner alone (chmod 600).");
  }
  std::string text(file_bytes_max + 1, '\0');
  const auto length = ::read(file.descriptor(), text.data(), text.size());
  if (length < 0) return refuse(because_of_errno("The key file " + path + " cannot be read"));
  auto key = bytes_of(std::string_view(text).substr(0, static_cast<std::size_t>(length)));
  OPENSSL_cleanse(text.data(), text.size());
  if (!key) {
    return refuse("The key file " + path + " is malformed: it must hold 64 hexadecimal digits.");
  }
  return std::move(*key);
}

// The name of a new file is durable once its folder is.
bool synchronise_folder_of(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path();
  const File folder(parent.empty() ? "." : parent.string(), O_RDONLY | O_DIRECTORY);
  return folder.is_open() && ::fsync(folder.descriptor()) == 0;
}

Result<std::string, std::string> random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) == 1) {
    return bytes;
  }
  return refuse(std::string("The operating system gives no random bytes for a key."));
}

std::string digits_of(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    text += digits[static_cast<unsigned char>(byte) >> 4U];
    text += digits[static_cast<unsigned char>(byte) & 15U];
  }
  return text;
}

bool write(const std::string& path, const std::string& text) {
  const File file(path, O_WRONLY | O_CREAT | O_EXCL);
  return file.is_open() &&
         ::write(file.descriptor(), text.data(), text.size()) ==
             static_cast<ssize_t>(text.size()) &&
         ::fsync(file.descriptor()) == 0;
}

// Under a name of its own first: whoever finds the file finds all of it, and of several who make it
// at once one is heard. False, with errno, where there is one already too.
bool publish(const std::string& path, const std::string& own_path, const std::string& text) {
  const bool is_published =
      write(own_path, text) && ::link(own_path.c_str(), path.c_str()) == 0;
  const int why = errno;
  ::unlink(own_path.c_str());
  errno = why;
  return is_published;
}

Result<std::string, std::string> make(const std::string& path) {
  constexpr std::size_t suffix_bytes = 8;
  const auto key = random_bytes(key_bytes);
  if (!key) return key;
  const auto suffix = random_bytes(suffix_bytes);
  if (!suffix) return suffix;
  std::string text = digits_of(*key) + '\n';
  const bool is_published = publish(path, path + "." + digits_of(*suffix), text);
  OPENSSL_cleanse(text.data(), text.size());
  if (!is_published && errno != EEXIST) {
    return refuse(because_of_errno("The key file " + path + " cannot be made"));
  }
  if (!synchronise_folder_of(path)) {
    return refuse(because_of_errno("The key file " + path + " cannot be written"));
  }
  const File file(path, O_RDONLY);
  if (file.is_open()) return read(file, path);
  return refuse(because_of_errno("The key file " + path + " cannot be read"));
}

}  // namespace

Result<std::string, std::string> key_in(const std::string& path) {
  const File file(path, O_RDONLY);
  if (file.is_open()) return read(file, path);
  if (errno == ENOENT) return make(path);
  return refuse(because_of_errno("The key file " + path + " cannot be read"));
}

}  // namespace yimen::api
