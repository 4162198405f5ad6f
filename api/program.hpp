// Everything behind the API over one open database, in the order of its making.
#pragma once

#include <memory>

#include "api/http/router.hpp"
#include "api/live_feed.hpp"
#include "api/routes.hpp"
#include "api/workers/workers.hpp"

namespace yimen::api {

// What is given outlives it.
struct Program {
  // `audit_file` is told what auditors read in the database too. `pages` are served beside the API:
  // the console's files, for those who have a browser.
  Program(persistence::Database& database, const Rulebook& rulebook, const Keyring& keyring,
          AuditLog& audit_file, bool behind_proxy, std::vector<http::Route> pages = {},
          const Mail* mail = nullptr);

  const SystemClock real_clock;
  const std::unique_ptr<SampleClock> sample_clock;  // null on a database that is no sample
  const Clock& clock;
  StoredAuditLog audit_log;
  RandomIds ids;
  Accounts accounts;
  Authentication authentication;
  CaseService service;
  Workers workers;  // not yet started
  LiveFeed feed;    // neither
  Resources resources;
  const http::Router router;
};

}  // namespace yimen::api
