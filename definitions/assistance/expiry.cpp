#include "definitions/assistance/expiry.hpp"

#include <algorithm>

#include "definitions/assistance/reading.hpp"

namespace yimen::definitions::assistance {

namespace {

// The kinds of documents on record, each once; the explanation's own paper where there are none.
Array dossier_of(const workflow::Case& subject) {
  Array kinds;
  for (const Record* document : subject.all(attach::name)) {
    const Value& kind = document->data["document_kind"];
    if (std::ranges::find(kinds, kind) == kinds.end()) kinds.push_back(kind);
  }
  if (kinds.empty()) kinds.emplace_back("refusal_record");
  return kinds;
}

}  // namespace

Value expiry_data(const workflow::Case& subject, std::string_view event,
                  const workflow::Edition& edition) {
  if (event == publish::name) {
    return Object{{"kind", edition.explained_notice}, {"place", Array{"township_board"}}};
  }
  if (event == archive::name) return Object{{"dossier", dossier_of(subject)}};
  return Object{};
}

}  // namespace yimen::definitions::assistance
