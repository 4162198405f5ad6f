#include <filesystem>
#include <fstream>

#include "api/http/router.hpp"
#include "api/resources/console.hpp"
#include "api/scratch_folder.hpp"
#include "tests/support/catch.hpp"

using namespace yimen;

namespace {

// A console of three files, one of them packed, and something that is none of its files.
class BuiltConsole {
 public:
  BuiltConsole() {
    write("index.html", "<!doctype html>");
    write("worker.js", "self;");
    write("assets/main-1a2b.js", "script as it is");
    write("assets/main-1a2b.js.gz", "packed");
    write("assets/notes.txt", "of no known type");
  }

  [[nodiscard]] api::http::Response ask(const std::string& target,
                                        const api::http::Fields& headers = {}) const {
    static const api::http::Texts texts;
    api::resources::Console console(api::ConsoleFiles::load(folder()).value());
    const api::http::Router router(texts, console.routes());
    auto request = api::http::request_for("GET", target).value();
    request.headers = headers;
    return router.handle(std::move(request));
  }

  [[nodiscard]] std::string folder() const { return scratch_.file("console"); }

 private:
  void write(const std::string& name, const std::string& text) const {
    const auto path = std::filesystem::path(folder()) / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }

  const api::ScratchFolder scratch_;
};

}  // namespace

TEST_CASE("Every page of the console is its one index, asked for each time") {
  const BuiltConsole console;
  for (const char* page : {"/", "/console", "/console/inbox", "/console/cases/1/form"}) {
    CAPTURE(page);
    const auto answer = console.ask(page);
    CHECK(answer.status == 200);
    CHECK(answer.body == "<!doctype html>");
    CHECK(answer.content_type == "text/html; charset=utf-8");
    CHECK(answer.headers.get("cache-control") == "no-cache");
  }
}

TEST_CASE("The console's policy lets no script in but its own") {
  const auto answer = BuiltConsole().ask("/");
  const std::string policy(answer.headers.get("content-security-policy"));
  CHECK_THAT(policy, Catch::Contains("script-src 'self';"));
  CHECK_THAT(policy, !Catch::Contains("unsafe"));
}

TEST_CASE("A file is packed for those who take it, and kept for ever") {
  const BuiltConsole console;
  const auto plain = console.ask("/assets/main-1a2b.js");
  const auto packed = console.ask("/assets/main-1a2b.js", {{"accept-encoding", "br, gzip"}});
  CHECK(plain.body == "script as it is");
  CHECK(plain.headers.get("content-encoding").empty());
  CHECK(packed.body == "packed");
  CHECK(packed.headers.get("content-encoding") == "gzip");
  CHECK(packed.headers.get("vary") == "accept-encoding");
  CHECK_THAT(std::string(packed.headers.get("cache-control")), Catch::Contains("immutable"));
}

TEST_CASE("What has not changed is not sent again") {
  const BuiltConsole console;
  const std::string tag(console.ask("/").headers.get("etag"));
  CHECK(console.ask("/", {{"if-none-match", tag}}).status == 304);
  CHECK(console.ask("/", {{"if-none-match", "\"another\""}}).status == 200);
}

TEST_CASE("What is no file of the console is not found") {
  const BuiltConsole console;
  for (const char* target : {"/assets/gone.js", "/assets/notes.txt", "/assets/main-1a2b.js.gz",
                             "/assets/index.html", "/other"}) {
    CAPTURE(target);
    CHECK(console.ask(target).status == 404);
  }
}

TEST_CASE("A folder without an index is no console") {
  const api::ScratchFolder folder;
  CHECK_FALSE(api::ConsoleFiles::load(folder.file("nothing")));
}
