#include "api/keyring.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <utility>

#include "api/base64url.hpp"
#include "api/key_file.hpp"

namespace yimen::api {

namespace {

constexpr std::size_t digest_bytes = 32;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t key_id_length = 11;  // 64 bits in base64url
constexpr std::string_view version = "v1";
constexpr std::string_view place_of_keys = "person_key";

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

void demand(bool done) {
  if (!done) throw std::runtime_error("the cryptographic library failed");
}

std::string sha256(std::string_view text) {
  std::string digest(digest_bytes, '\0');
  demand(EVP_Digest(text.data(), text.size(), bytes_of(digest), nullptr, EVP_sha256(), nullptr) ==
         1);
  return digest;
}

std::string hmac(std::string_view key, std::string_view text) {
  std::string digest(digest_bytes, '\0');
  demand(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(text), text.size(),
              bytes_of(digest), nullptr) != nullptr);
  return digest;
}

std::string random_bytes(std::size_t length) {
  std::string bytes(length, '\0');
  demand(RAND_bytes(bytes_of(bytes), static_cast<int>(length)) == 1);
  return bytes;
}

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    text += digits[static_cast<unsigned char>(byte) >> 4U];
    text += digits[static_cast<unsigned char>(byte) & 15U];
  }
  return text;
}

std::string id_of(std::string_view key) {
  return base64url(hmac(key, "yimen key id v1")).substr(0, key_id_length);
}

// What is authenticated beside the text: where the value lies and whose it is.
std::string label(std::string_view key_id, std::string_view place, std::string_view person) {
  std::string text(version);
  for (const std::string_view part : {key_id, place, person}) text.append("|").append(part);
  return text;
}

Cipher new_cipher() {
  Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  demand(cipher != nullptr);
  return cipher;
}

struct Sealed {
  std::string nonce;
  std::string text;
  std::string tag;
};

Sealed encrypt(std::string_view key, std::string_view authenticated, std::string_view text) {
  Sealed sealed{random_bytes(nonce_bytes), std::string(text.size(), '\0'),
                std::string(tag_bytes, '\0')};
  const Cipher cipher = new_cipher();
  int length = 0;
  demand(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(key),
                            bytes_of(std::as_const(sealed.nonce))) == 1);
  demand(EVP_EncryptUpdate(cipher.get(), nullptr, &length, bytes_of(authenticated),
                           static_cast<int>(authenticated.size())) == 1);
  demand(EVP_EncryptUpdate(cipher.get(), bytes_of(sealed.text), &length, bytes_of(text),
                           static_cast<int>(text.size())) == 1);
  demand(EVP_EncryptFinal_ex(cipher.get(), bytes_of(sealed.text) + length, &length) == 1);
  demand(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, sealed.tag.data()) ==
         1);
  return sealed;
}

std::optional<std::string> decrypt(std::string_view key, std::string_view authenticated,
                                   Sealed& sealed) {
  std::string text(sealed.text.size(), '\0');
  const Cipher cipher = new_cipher();
  int length = 0;
  demand(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(key),
                            bytes_of(std::as_const(sealed.nonce))) == 1);
  demand(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, sealed.tag.data()) ==
         1);
  demand(EVP_DecryptUpdate(cipher.get(), nullptr, &length, bytes_of(authenticated),
                           static_cast<int>(authenticated.size())) == 1);
  demand(EVP_DecryptUpdate(cipher.get(), bytes_of(text), &length,
                           bytes_of(std::as_const(sealed.text)),
                           static_cast<int>(sealed.text.size())) == 1);
  if (EVP_DecryptFinal_ex(cipher.get(), bytes_of(text) + length, &length) != 1) {
    return std::nullopt;
  }
  return text;
}

std::string seal_under(std::string_view key, std::string_view place, std::string_view person,
                       std::string_view text) {
  const std::string key_id = id_of(key);
  const Sealed sealed = encrypt(key, label(key_id, place, person), text);
  std::string line(version);
  line.append(":").append(key_id);
  for (const std::string& part : {sealed.nonce, sealed.text, sealed.tag}) {
    line.append(":").append(base64url(part));
  }
  return line;
}

// The five parts of a sealed line; nothing when it has another number of them.
std::optional<std::array<std::string_view, 5>> parts_of(std::string_view line) {
  std::array<std::string_view, 5> parts;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    const auto colon = line.find(':');
    if ((colon == std::string_view::npos) != (at + 1 == parts.size())) return std::nullopt;
    parts[at] = line.substr(0, colon);
    if (colon != std::string_view::npos) line.remove_prefix(colon + 1);
  }
  return parts;
}

std::optional<std::string> unseal_under(std::string_view key, std::string_view place,
                                        std::string_view person, std::string_view line) {
  const auto parts = parts_of(line);
  if (!parts || (*parts)[0] != version || (*parts)[1] != id_of(key)) return std::nullopt;
  auto nonce = from_base64url((*parts)[2]);
  auto text = from_base64url((*parts)[3]);
  auto tag = from_base64url((*parts)[4]);
  if (!nonce || !text || !tag || nonce->size() != nonce_bytes || tag->size() != tag_bytes) {
    return std::nullopt;
  }
  Sealed sealed{std::move(*nonce), std::move(*text), std::move(*tag)};
  return decrypt(key, label((*parts)[1], place, person), sealed);
}

}  // namespace

Result<Keyring, std::string> Keyring::open(const std::string& path) {
  auto key = key_in(path);
  if (!key) return refuse(std::move(key.error()));
  Keyring keyring;
  keyring.wrapping_key_ = hmac(*key, "yimen wrapping key v1");
  keyring.index_key_ = hmac(*key, "yimen index key v1");
  OPENSSL_cleanse(key->data(), key->size());
  return keyring;
}

workflow::Digests Keyring::digests() { return {"sha256", sha256, hmac}; }

std::string Keyring::new_person_key(std::string_view person) const {
  std::string key = random_bytes(key_bytes);
  std::string wrapped = seal_under(wrapping_key_, place_of_keys, person, key);
  OPENSSL_cleanse(key.data(), key.size());
  return wrapped;
}

std::string Keyring::seal(std::string_view wrapped_key, std::string_view person,
                          std::string_view place, std::string_view text) const {
  auto key = unseal_under(wrapping_key_, place_of_keys, person, wrapped_key);
  if (!key || key->size() != key_bytes) {
    throw std::runtime_error("the person's key cannot be unwrapped");
  }
  std::string sealed = seal_under(*key, place, person, text);
  OPENSSL_cleanse(key->data(), key->size());
  return sealed;
}

std::optional<std::string> Keyring::unseal(std::string_view wrapped_key, std::string_view person,
                                           std::string_view place,
                                           std::string_view sealed) const {
  auto key = unseal_under(wrapping_key_, place_of_keys, person, wrapped_key);
  if (!key || key->size() != key_bytes) return std::nullopt;
  auto text = unseal_under(*key, place, person, sealed);
  OPENSSL_cleanse(key->data(), key->size());
  return text;
}

std::string Keyring::index(std::string_view name, std::string_view text) const {
  return hexadecimal(hmac(hmac(index_key_, name), text));
}

std::string Keyring::fingerprint() const { return id_of(wrapping_key_); }

}  // namespace yimen::api
