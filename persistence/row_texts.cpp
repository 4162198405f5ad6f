#include "persistence/row_texts.hpp"

#include "workflow/value.hpp"

namespace yimen::persistence {

using workflow::Value;

std::string text_of(const std::vector<PostRow>& posts) {
  workflow::Array items;
  for (const PostRow& post : posts) items.emplace_back(workflow::Array{post.post, post.unit});
  return workflow::canonical(items);
}

std::vector<PostRow> posts_in(const std::string& text) {
  std::vector<PostRow> posts;
  const Value items = workflow::parse(text).value_or(Value{});
  for (const Value& item : items.items()) {
    posts.push_back({item.items().at(0).text(), item.items().at(1).text()});
  }
  return posts;
}

std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names;
  const Value items = workflow::parse(text).value_or(Value{});
  for (const Value& item : items.items()) names.push_back(item.text());
  return names;
}

std::optional<std::string> list_of(const std::optional<std::vector<std::string>>& names) {
  if (!names) return {};
  workflow::Array items;
  for (const std::string& name : *names) items.push_back(name);
  return workflow::canonical(items);
}

}  // namespace yimen::persistence
