// Keys and ciphers: what is sealed comes back whole, for whom and where it was sealed, or never.
#include <sys/stat.h>

#include <fstream>
#include <barrier>
#include <filesystem>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "api/base64url.hpp"
#include "api/keyring.hpp"
#include "tests/api/registry_sample.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;
using api::Keyring;
using tests::TemporaryFolder;

namespace {

void write(const std::string& path, const std::string& text, mode_t mode) {
  std::ofstream(path) << text;
  REQUIRE(::chmod(path.c_str(), mode) == 0);
}

std::string error_of(const std::string& path) {
  const auto keyring = Keyring::open(path);
  return keyring ? std::string() : keyring.error();
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("base64url has one spelling for each text") {
  CHECK(api::base64url("") == "");
  CHECK(api::base64url("f") == "Zg");
  CHECK(api::base64url("fo") == "Zm8");
  CHECK(api::base64url("foobar") == "Zm9vYmFy");
  CHECK(api::base64url("\xfb\xff") == "-_8");
  CHECK(api::from_base64url("Zm8") == "fo");
  CHECK(api::from_base64url("-_8") == "\xfb\xff");
  for (const char* bad : {"Z", "Zh", "Zm9", "Zm8=", "Z m8", "+/8", "Zm8\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(api::from_base64url(bad));
  }
}

TEST_CASE("of many who make the key file at once all have the same key") {
  constexpr int makers = 8;
  for (int round = 0; round < 30; ++round) {
    const TemporaryFolder folder;
    const std::string path = folder.file("key");
    std::barrier start(makers);
    std::vector<std::string> fingerprints(makers);
    std::vector<std::thread> running;
    for (std::size_t maker = 0; maker < makers; ++maker) {
      running.emplace_back([&, maker] {
        start.arrive_and_wait();
        const auto keyring = Keyring::open(path);
        fingerprints[maker] = keyring ? keyring->fingerprint() : keyring.error();
      });
    }
    for (std::thread& thread : running) thread.join();
    CHECK(std::set(fingerprints.begin(), fingerprints.end()).size() == 1);
    CHECK(fingerprints.front() == Keyring::open(path)->fingerprint());
    // Nothing of those who came too late is left.
    CHECK(std::distance(std::filesystem::directory_iterator(path.substr(0, path.rfind('/'))),
                        std::filesystem::directory_iterator()) == 1);
  }
}

SCENARIO("the key file is made once and read ever after") {
  GIVEN("a folder without a key") {
    const TemporaryFolder folder;
    const std::string path = folder.file("key");
    WHEN("the keyring is opened") {
      const auto first = Keyring::open(path);
      THEN("the file is there, for its owner only") {
        REQUIRE(first);
        struct stat found {};
        REQUIRE(::stat(path.c_str(), &found) == 0);
        CHECK((found.st_mode & 0777U) == 0600U);
        CHECK(found.st_size == 65);
      }
      AND_WHEN("it is opened again") {
        const auto second = Keyring::open(path);
        THEN("it is the same key") {
          REQUIRE(second);
          CHECK(first->fingerprint() == second->fingerprint());
          CHECK(first->index("name", "x") == second->index("name", "x"));
        }
      }
    }
  }
}

TEST_CASE("a key file that is not fit for use is refused with a sentence") {
  const TemporaryFolder folder;
  const std::string digits(64, 'a');
  write(folder.file("group"), digits, 0640);
  write(folder.file("world"), digits, 0604);
  write(folder.file("short"), digits.substr(1), 0600);
  write(folder.file("long"), digits + "a", 0600);
  write(folder.file("capital"), std::string(64, 'A'), 0600);
  write(folder.file("empty"), "", 0600);
  write(folder.file("good"), digits + "\n", 0400);
  CHECK(contains(error_of(folder.file("group")), "can be read by others"));
  CHECK(contains(error_of(folder.file("world")), "can be read by others"));
  for (const char* name : {"short", "long", "capital", "empty"}) {
    CAPTURE(name);
    CHECK(contains(error_of(folder.file(name)), "64 hexadecimal digits"));
  }
  CHECK(contains(error_of(folder.file("nowhere/key")), "cannot be made"));
  CHECK(contains(error_of(folder.file(".")), "is not a plain file"));
  CHECK(error_of(folder.file("good")).empty());
}

SCENARIO("a sealed value is bound to its person and its place") {
  const TemporaryFolder folder;
  const Keyring keyring = Keyring::open(folder.file("key")).value();
  GIVEN("a value sealed under a person's key") {
    const std::string key = keyring.new_person_key("p1");
    const std::string sealed = keyring.seal(key, "p1", "persons|sealed|p1", "张三");
    THEN("it has the five parts of its format and hides the text") {
      CHECK(sealed.starts_with("v1:"));
      CHECK(std::count(sealed.begin(), sealed.end(), ':') == 4);
      CHECK_FALSE(contains(sealed, "张三"));
      CHECK_FALSE(contains(sealed, api::base64url("张三")));
    }
    THEN("it comes back whole") {
      CHECK(keyring.unseal(key, "p1", "persons|sealed|p1", sealed) == "张三");
    }
    THEN("sealing it again gives other bytes") {
      CHECK(keyring.seal(key, "p1", "persons|sealed|p1", "张三") != sealed);
    }
    THEN("it does not open elsewhere, for somebody else, or under another person's key") {
      const std::string other = keyring.new_person_key("p2");
      CHECK_FALSE(keyring.unseal(key, "p1", "persons|sealed|p2", sealed));
      CHECK_FALSE(keyring.unseal(key, "p2", "persons|sealed|p1", sealed));
      CHECK_FALSE(keyring.unseal(other, "p2", "persons|sealed|p1", sealed));
      CHECK_FALSE(keyring.unseal(other, "p1", "persons|sealed|p1", sealed));
    }
    THEN("the alteration of any character is noticed") {
      for (std::size_t at = 0; at < sealed.size(); ++at) {
        std::string altered = sealed;
        altered[at] = altered[at] == 'A' ? 'B' : 'A';
        CAPTURE(at);
        CHECK_FALSE(keyring.unseal(key, "p1", "persons|sealed|p1", altered));
      }
      for (std::size_t length = 0; length < sealed.size(); ++length) {
        CHECK_FALSE(
            keyring.unseal(key, "p1", "persons|sealed|p1", sealed.substr(0, length)));
      }
      CHECK_FALSE(keyring.unseal(key, "p1", "persons|sealed|p1", sealed + ":"));
    }
    THEN("another key file opens nothing and seals nothing under that person's key") {
      const Keyring stranger = Keyring::open(folder.file("other")).value();
      CHECK_FALSE(stranger.unseal(key, "p1", "persons|sealed|p1", sealed));
      CHECK_THROWS_AS(stranger.seal(key, "p1", "x", "y"), std::runtime_error);
      CHECK(stranger.fingerprint() != keyring.fingerprint());
    }
    THEN("a destroyed key leaves nothing to open") {
      CHECK_FALSE(keyring.unseal("", "p1", "persons|sealed|p1", sealed));
    }
  }
  GIVEN("an empty text and a long one") {
    const std::string key = keyring.new_person_key("p1");
    for (const std::string& text : {std::string(), std::string(100'000, 'x')}) {
      CHECK(keyring.unseal(key, "p1", "a", keyring.seal(key, "p1", "a", text)) == text);
    }
  }
}

TEST_CASE("a keyed hash depends on key, name and text") {
  const TemporaryFolder folder;
  const Keyring one = Keyring::open(folder.file("one")).value();
  const Keyring two = Keyring::open(folder.file("two")).value();
  const std::set<std::string> hashes{one.index("a", "x"), one.index("a", "y"),
                                     one.index("b", "x"), two.index("a", "x")};
  CHECK(hashes.size() == 4);
  CHECK(one.index("a", "x").size() == 64);
  CHECK(one.index("a", "x") == one.index("a", "x"));
}

TEST_CASE("the journal's digests are SHA-256 and its HMAC") {
  const workflow::Digests digests = Keyring::digests();
  const auto hex = [](const std::string& bytes) {
    std::string text;
    for (const char byte : bytes) {
      text += "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4U];
      text += "0123456789abcdef"[static_cast<unsigned char>(byte) & 15U];
    }
    return text;
  };
  CHECK(digests.algorithm == "sha256");
  CHECK(hex(digests.hash("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, test case 2.
  CHECK(hex(digests.hmac("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("a password is verified as it was given, and an unknown account's never") {
  const std::string hash = api::hash_password("a pass phrase of mine");
  CHECK(hash.starts_with("$argon2id$v=19$m=47104,t=2,p=1$"));
  CHECK(api::is_password(hash, "a pass phrase of mine"));
  CHECK_FALSE(api::is_password(hash, "a pass phrase of mine "));
  CHECK_FALSE(api::is_password("", "a pass phrase of mine"));
  CHECK_FALSE(api::is_password("", ""));
}
