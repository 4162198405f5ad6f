// The three levels of the township: which units there are and which posts can be held in them.
// Data of the operator, versioned with the definitions; accounts and persons are not here.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "workflow/form.hpp"
#include "workflow/result.hpp"
#include "workflow/value.hpp"

namespace yimen::definitions {

// village, station, department, county, public or system.
[[nodiscard]] const std::vector<std::string>& level_names();

struct Title {
  std::string zh;
  std::string en;
  bool operator==(const Title&) const = default;
};

struct Unit {
  std::string code;
  std::string level;
  Title title;
  std::string parent;         // empty for the top
  std::string division_code;  // twelve digits; empty where it has none or it is not known
  bool operator==(const Unit&) const = default;
};

struct Post {
  std::string code;
  std::string level;  // of the units that hold it
  Title title;
  bool operator==(const Post&) const = default;
};

struct Organisation {
  std::string jurisdiction;
  std::string division_code;  // nine digits of the township
  std::vector<Unit> units;
  std::vector<Post> posts;
  bool operator==(const Organisation&) const = default;

  // Nullptr where there is none.
  [[nodiscard]] const Unit* unit(std::string_view code) const;
  [[nodiscard]] const Post* post(std::string_view code) const;
  [[nodiscard]] bool has_unit_of(std::string_view level) const;
};

// All findings at once: unknown members and levels, codes named twice, parents that are unknown or
// lead in a circle, malformed division codes, posts that no unit can hold.
[[nodiscard]] Result<Organisation, std::vector<workflow::Finding>> organisation_from(
    const workflow::Value& value);
[[nodiscard]] Result<Organisation, std::vector<workflow::Finding>> load_organisation(
    const std::filesystem::path& file);

}  // namespace yimen::definitions
