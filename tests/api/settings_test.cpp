// Where the database is, and how its password comes to the program.
#include "api/settings.hpp"

#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace yimen::api {

using Catch::Matchers::Contains;

namespace {

DatabaseAddress address_in(const std::string& text) {
  const auto address = database_address_from(text);
  REQUIRE(address);
  return *address;
}

std::vector<std::string> wrong_in(const std::vector<std::string>& arguments) {
  const auto settings = read_settings(arguments, {});
  REQUIRE_FALSE(settings);
  return settings.error();
}

}  // namespace

SCENARIO("a database is a file or a schema on a server") {
  CHECK(address_in("sqlite:a b/yimen.db").path == "a b/yimen.db");
  CHECK(address_in("sqlite:a b/yimen.db").text() == "sqlite:a b/yimen.db");
  const DatabaseAddress address = address_in("mysql://yimen@db-1.county:3307/heyu");
  CHECK_FALSE(address.is_file());
  CHECK(address.user == "yimen");
  CHECK(address.host == "db-1.county");
  CHECK(address.port == 3307);
  CHECK(address.schema == "heyu");
  CHECK(address.text() == "mysql://yimen@db-1.county:3307/heyu");
  CHECK(address.beside() == "var/heyu");
  CHECK(address_in("mysql://yimen@127.0.0.1/heyu").port == 3306);
  CHECK(address_in("mysql://yimen@[::1]:3307/heyu").host == "[::1]");
  CHECK(address_in("mysql://yimen@[::1]/heyu").port == 3306);
}

SCENARIO("what is no address of a database is refused") {
  const std::string text = GENERATE(
      "", "sqlite:", "mysql:", "mysql://", "mysql://host/heyu", "mysql://@host/heyu",
      "mysql://user@/heyu", "mysql://user@host", "mysql://user@host/", "mysql://user@host:0/heyu",
      "mysql://user@host:70000/heyu", "mysql://user@host:x/heyu", "mysql://user@host/a/b",
      "mysql://user@host/heyu?reconnect=1", "mysql://user@ho st/heyu", "postgres://user@host/heyu",
      "mysql://user@host;x/heyu");
  CAPTURE(text);
  const auto address = database_address_from(text);
  REQUIRE_FALSE(address);
  CHECK_THAT(address.error(), Contains("mysql://USER@HOST"));
}

SCENARIO("from and to are days or databases") {
  const auto settings = read_settings({"simulate", "--from", "2026-01-01", "--to=2026-03-31"},
                                      {{"LC_MESSAGES", "zh_CN.UTF-8"}, {"LANG", "C"}});
  REQUIRE(settings);
  CHECK(settings->simulated_from == workflow::civil_date_from("2026-01-01"));
  CHECK(settings->simulated_to == workflow::civil_date_from("2026-03-31"));
  CHECK(settings->speaks_chinese);
  CHECK(wrong_in({"simulate", "--from", "2026-02-30"}).size() == 1);
  const auto copy = read_settings({"copy", "--from", "sqlite:a"}, {{"LANG", "en_GB.UTF-8"}});
  REQUIRE(copy);
  CHECK(copy->copy_from.path == "a");
  CHECK_FALSE(copy->simulated_from);
  CHECK_FALSE(copy->speaks_chinese);
}

SCENARIO("a password in the address is refused without being repeated") {
  const auto wrong = wrong_in({"serve", "--database", "mysql://user:secret@host/heyu"});
  REQUIRE(wrong.size() == 1);
  CHECK_THAT(wrong.front(), Contains("--database-password-file"));
  CHECK_THAT(wrong.front(), !Contains("secret"));
}

SCENARIO("a server's password comes from a file or from the environment") {
  const tests::TemporaryFolder folder;
  const std::string file = folder.file("password");
  std::ofstream(file) << "from the file\nand no more\n";
  const std::vector<std::string> arguments{"serve", "--database", "mysql://user@host/heyu"};
  const std::map<std::string, std::string> environment{
      {"YIMEN_DATABASE_PASSWORD", "from the environment"}};
  CHECK(read_settings(arguments, {})->database.password.empty());
  CHECK(read_settings(arguments, environment)->database.password == "from the environment");
  std::vector<std::string> with_file = arguments;
  with_file.insert(with_file.end(), {"--database-password-file", file});
  CHECK(read_settings(with_file, environment)->database.password == "from the file");
  CHECK(read_settings(with_file, {})->key_file == "var/heyu.key");
  CHECK(read_settings({"copy", "--from", "sqlite:a", "--to", "mysql://user@host/heyu"},
                      environment)
            ->copy_to.password == "from the environment");
  with_file.back() = folder.file("none");
  CHECK(wrong_in(with_file) ==
        std::vector{"database-password-file " + folder.file("none") + ": cannot be read"});
}

}  // namespace yimen::api
