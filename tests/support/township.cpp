#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <stdexcept>

#include "definitions/assistance/procedure.hpp"
#include "definitions/calendar_loader.hpp"
#include "definitions/edition_loader.hpp"
#include "tests/support/casework.hpp"

namespace yimen::tests {

namespace {

const std::filesystem::path definitions_folder =
    std::filesystem::path(YIMEN_SOURCE_DIR) / "definitions";

std::string sha256(std::string_view text) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       reinterpret_cast<unsigned char*>(digest.data()), &length);
  return digest;
}

template <class T>
T loaded(Result<T, std::vector<workflow::Finding>> result, const std::string& what) {
  if (result) return std::move(*result);
  std::string message = what;
  for (const auto& finding : result.error()) message += " " + finding.pointer + ":" + finding.code;
  throw std::runtime_error(message);
}

workflow::WorkingCalendar working_calendar() {
  auto calendar = definitions::load_calendar(definitions_folder / "calendars");
  if (!calendar) throw std::runtime_error("calendar: " + calendar.error().front());
  return std::move(*calendar);
}

const workflow::Edition& heyu_2021() {
  static const auto edition = loaded(
      definitions::load_edition(definitions_folder / "assistance/editions/heyu-2021.json"),
      "edition");
  return edition;
}

// A person's identifier that is the same for the same post and unit.
std::string person_of(std::string_view post, std::string_view unit) {
  constexpr char hexadecimal[] = "0123456789abcdef";
  const std::string digest = sha256(std::string(post) + "@" + std::string(unit));
  std::string person = "01920000-0000-7000-8000-";
  for (int byte = 0; byte < 6; ++byte) {
    const auto number = static_cast<unsigned char>(digest[static_cast<std::size_t>(byte)]);
    person.push_back(hexadecimal[number >> 4U]);
    person.push_back(hexadecimal[number & 15U]);
  }
  return person;
}

}  // namespace

const workflow::Digests& digests() {
  static const workflow::Digests made{"sha256", sha256, hmac_sha256};
  return made;
}

Instant at(std::string_view local) {
  std::string text(local);
  text.replace(text.find(' '), 1, "T");
  const auto instant = workflow::instant_from(text + ":00+08:00");
  if (!instant) throw std::runtime_error("not a time: " + text);
  return *instant;
}

Township::Township()
    : edition(heyu_2021()),
      organisation(loaded(
          definitions::load_organisation(definitions_folder / "organisation/heyu.json"),
          "organisation")),
      calendar(working_calendar()),
      now(at("2026-03-02 09:00")) {}

workflow::Rules Township::rules() const {
  return {definitions::assistance::procedure(), edition, calendar};
}

Actor Township::holder_of(std::string_view post, std::string_view unit) const {
  const definitions::Unit* known = organisation.unit(unit);
  if (known == nullptr) throw std::runtime_error("no such unit: " + std::string(unit));
  return {person_of(post, unit), std::string(post), std::string(unit), known->level};
}

Actor Township::village_worker(std::string_view village) const {
  return holder_of("village_worker", village);
}
Actor Township::village_commander(std::string_view village) const {
  return holder_of("village_commander", village);
}
Actor Township::station_clerk() const { return holder_of("station_clerk", "station"); }
Actor Township::station_director() const { return holder_of("station_director", "station"); }
Actor Township::deputy_commander() const { return holder_of("deputy_commander", "station"); }
Actor Township::commander() const { return holder_of("commander", "station"); }
Actor Township::hotline_operator() const { return holder_of("hotline_operator", "station"); }
Actor Township::auditor() const { return holder_of("auditor", "station"); }
Actor Township::department_clerk(std::string_view unit) const {
  return holder_of("department_clerk", unit);
}
Actor Township::department_head(std::string_view unit) const {
  return holder_of("department_head", unit);
}
Actor Township::finance_clerk() const { return holder_of("finance_clerk", "finance_office"); }
Actor Township::county_liaison() const { return holder_of("county_liaison", "county_centre"); }
Actor Township::a_villager() const { return holder_of("public", "public"); }
Actor Township::the_system() const { return holder_of("system", "system"); }

}  // namespace yimen::tests
