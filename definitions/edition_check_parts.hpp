// The parts of the check of an edition; `edition_check.cpp` puts them together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "definitions/object_reader.hpp"
#include "definitions/organisation.hpp"
#include "workflow/edition.hpp"
#include "workflow/procedure.hpp"

namespace yimen::definitions {

struct EditionCheck {
  const workflow::Edition& edition;
  const workflow::Procedure& procedure;
  const Organisation& organisation;
  std::vector<Finding>& findings;

  void add(std::string pointer, std::string code, workflow::Object params = {}) const {
    findings.push_back({std::move(pointer), std::move(code), std::move(params)});
  }
  // Adds a finding for each name that the edition does not list as a post.
  void check_posts(const std::vector<std::string>& posts, const std::string& pointer) const;
  [[nodiscard]] bool is_event_or_annotation(std::string_view name) const;
  // Whether the post is of one of the levels and some unit can hold it.
  [[nodiscard]] bool may_act(const std::string& post,
                             const std::vector<std::string_view>& levels) const;
};

// Policies of events and annotations, sign-offs and posts.
void check_steps(const EditionCheck& check);
// Limits for every open state, names in clock rules, dates, ladders.
void check_clocks(const EditionCheck& check);
// Schemas, examples, and the vocabularies that forms repeat.
void check_forms(const EditionCheck& check);

}  // namespace yimen::definitions
