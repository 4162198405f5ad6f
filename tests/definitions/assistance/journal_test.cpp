// The journal of real casework: no change of it goes unseen, and no personal value stands in it.
#include <algorithm>
#include <set>

#include "tests/definitions/assistance/passages.hpp"
#include "tests/support/catch.hpp"

namespace yimen::tests {

namespace {

using workflow::first_broken;
using workflow::SealedEntry;

using Chain = std::vector<SealedEntry>;

Chain first_of(const Chain& chain, std::size_t length) {
  return {chain.begin(), chain.begin() + static_cast<std::ptrdiff_t>(length)};
}

// Flips one bit of every byte of the last entry's text, in turn; counts the flips that are not
// seen at that entry.
int unseen_flips(Chain& chain, std::string SealedEntry::*text, int& flips) {
  int unseen = 0;
  const auto sequence = static_cast<std::int64_t>(chain.size());
  std::string& bytes = chain.back().*text;
  for (char& byte : bytes) {
    const char before = byte;
    byte = static_cast<char>(byte ^ 1);
    if (first_broken(chain, digests()) != sequence) ++unseen;
    byte = before;
    ++flips;
  }
  return unseen;
}

// The parts of a text behind their lengths, as the seal writes them.
std::string parts(std::string_view first, std::string_view second) {
  std::string text;
  for (const std::string_view part : {first, second}) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      text.push_back(static_cast<char>((part.size() >> static_cast<unsigned>(shift)) & 255U));
    }
    text.append(part);
  }
  return text;
}

std::string hexadecimal(std::string_view raw) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const char byte : raw) {
    text.push_back(digits[static_cast<unsigned char>(byte) >> 4U]);
    text.push_back(digits[static_cast<unsigned char>(byte) & 15U]);
  }
  return text;
}

void is_told_in_full(Story& story) {
  const Township& township = story.township();
  comes_to_be_handled(story, "subsistence_allowance");
  is_published(story);
  story.when(township.a_villager()).takes("object");
  story.when(township.village_commander())
      .with({{"objection", story.last_sequence("object")}})
      .records("answer_objection");
  story.when(township.deputy_commander()).takes("reject_objection");
  story.when(township.station_clerk()).records("note");
  story.when(township.station_director())
      .with({{"proposer", township.station_clerk().person}})
      .records("exempt_from_notice");
}

}  // namespace

TEST_CASE("every flipped byte of fifty entries breaks the chain at its entry") {
  int entries = 0;
  int flips = 0;
  int unseen = 0;
  for (int number = 0; number < 10; ++number) {
    Township township;
    township.later(std::chrono::hours(number));
    Story story(township);
    is_found(story, {{"known", "第" + std::to_string(number) + "户"}});
    story.when(township.station_clerk()).takes("receive_application");
    is_assigned(story, "temporary_relief");
    REQUIRE(first_broken(story.chain(), digests()) == 0);
    for (std::size_t length = 1; length <= 5; ++length) {
      Chain chain = first_of(story.chain(), length);
      unseen += unseen_flips(chain, &SealedEntry::bytes, flips);
      unseen += unseen_flips(chain, &SealedEntry::previous_hash, flips);
      unseen += unseen_flips(chain, &SealedEntry::hash, flips);
      ++entries;
    }
  }
  CHECK(entries == 50);
  CHECK(flips > 50'000);
  CHECK(unseen == 0);
}

TEST_CASE("an entry that is taken out, doubled, moved or slipped in breaks the chain") {
  Township township;
  Story story(township);
  is_told_in_full(story);
  Story other(township, "01920000-0000-7000-8000-0000000000c9");
  is_told_in_full(other);
  const Chain& whole = story.chain();
  REQUIRE(whole.size() > 20);

  for (std::size_t at = 0; at + 1 < whole.size(); ++at) {
    const auto place = static_cast<std::ptrdiff_t>(at);
    const auto sequence = static_cast<std::int64_t>(at) + 1;
    INFO("entry " << sequence);
    Chain without = whole;
    without.erase(without.begin() + place);
    CHECK(first_broken(without, digests()) == sequence);
    Chain doubled = whole;
    doubled.insert(doubled.begin() + place, whole[at]);
    CHECK(first_broken(doubled, digests()) == sequence + 1);
    Chain swapped = whole;
    std::swap(swapped[at], swapped[at + 1]);
    CHECK(first_broken(swapped, digests()) == sequence);
    Chain foreign = whole;
    foreign[at] = other.chain()[at];
    const std::int64_t broken = first_broken(foreign, digests());
    // The first entry of another case is a good beginning; its own successors are missed.
    CHECK(broken == (at == 0 ? 2 : sequence));
  }
  CHECK(first_broken({}, digests()) == 0);
  CHECK(first_broken(first_of(whole, whole.size() - 1), digests()) == 0);
}

TEST_CASE("a chain is not whole under another digest") {
  Township township;
  Story story(township);
  is_found(story);
  workflow::Digests other = digests();
  other.algorithm = "sm3";
  CHECK(first_broken(story.chain(), other) == 1);
}

TEST_CASE("no personal value stands in the journal, and each can be proved by it") {
  Township township;
  Story story(township);
  is_told_in_full(story);
  std::string journal;
  for (const auto& entry : story.chain()) journal += entry.bytes;

  std::set<std::string> pointers;
  for (const auto& value : story.personal()) {
    const std::string text = workflow::parse(value.value)->text();
    INFO(value.pointer << " " << text);
    REQUIRE(text.size() > 3);
    CHECK(journal.find(text) == std::string::npos);
    CHECK(value.salt.size() == 16);
    CHECK(journal.find(value.salt) == std::string::npos);
    const std::string proof =
        hexadecimal(digests().hmac(value.salt, parts(value.pointer, value.value)));
    CHECK(journal.find(proof) != std::string::npos);
    pointers.insert(value.pointer);
  }
  for (const char* pointer : {"/known", "/objector", "/contact", "/statement", "/finding",
                              "/reason", "/text", "/findings", "/answer"}) {
    INFO(pointer);
    CHECK(pointers.contains(pointer));
  }
}

TEST_CASE("equal personal values of two entries are not seen to be equal") {
  Township township;
  Story story(township);
  is_found(story);
  const Actor worker = township.village_worker();
  story.when(worker).with({{"text", "同一句话"}}).records("note");
  story.when(worker).with({{"text", "同一句话"}}).records("note");
  const auto& entries = story.entries();
  CHECK(entries.back().digests.at("/text") != entries[entries.size() - 2].digests.at("/text"));
}

}  // namespace yimen::tests
