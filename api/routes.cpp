#include "api/routes.hpp"

#include <iterator>

#include "api/registry.hpp"
#include "api/resources/attachments.hpp"
#include "api/resources/audit.hpp"
#include "api/resources/batches.hpp"
#include "api/resources/board.hpp"
#include "api/resources/calendar.hpp"
#include "api/resources/cases.hpp"
#include "api/resources/colleagues.hpp"
#include "api/resources/delegations.hpp"
#include "api/resources/editions.hpp"
#include "api/resources/events.hpp"
#include "api/resources/households.hpp"
#include "api/resources/inbox.hpp"
#include "api/resources/metrics.hpp"
#include "api/resources/notifications.hpp"
#include "api/resources/operation.hpp"
#include "api/resources/organisations.hpp"
#include "api/resources/persons.hpp"
#include "api/resources/post_holders.hpp"
#include "api/resources/procedures.hpp"
#include "api/resources/sessions.hpp"
#include "api/resources/signoffs.hpp"
#include "api/resources/specification.hpp"
#include "api/resources/tokens.hpp"
#include "api/resources/users.hpp"
#include "api/resources/words.hpp"

namespace yimen::api {

struct Resources::All {
  explicit All(const Environment& given)
      : registry(given.database.persons(), given.keyring, given.rulebook.organisation(),
                 given.clock, given.ids),
        kept_documents(given.service, given.database, given.keyring, given.clock, given.ids),
        batch_runs(given.service, given.database.batches(), given.clock, given.ids),
        attachments(kept_documents, given.service),
        audit(given.service, given.database),
        batches(batch_runs, given.service),
        board(given.service, given.database.cases()),
        calendar(given.rulebook, given.database, given.audit_log, given.real_clock),
        cases(given.service, given.database.cases(), registry),
        colleagues(given.accounts),
        delegations(given.database.delegations(), given.accounts, given.database.accounts(),
                    given.service, given.audit_log, given.real_clock, given.ids),
        editions(given.rulebook),
        events(given.feed),
        households(registry),
        inbox(given.service, given.database.cases(), registry),
        metrics(given.database, given.clock, given.real_clock, given.workers),
        notifications(given.database.notifications(), given.rulebook.texts(), given.clock),
        operation(given.database, given.sample_clock, given.real_clock, given.workers),
        organisations(given.rulebook.organisation()),
        persons(registry, given.audit_log, given.clock),
        post_holders(given.accounts, given.database.delegations(), given.real_clock),
        procedures(given.rulebook),
        sessions(given.authentication, given.accounts, given.rulebook.organisation(), given.clock),
        signoffs(given.service, given.database.cases(), registry),
        specification(given.rulebook),
        tokens(given.database.tokens(), given.authentication, given.service, given.audit_log,
               given.real_clock, given.ids),
        users(given.accounts, given.audit_log, given.real_clock, given.database.is_sample()),
        words(given.rulebook.texts()) {}

  Registry registry;
  api::Attachments kept_documents;
  api::Batches batch_runs;
  resources::Attachments attachments;
  resources::Audit audit;
  resources::Batches batches;
  resources::Board board;
  resources::Calendar calendar;
  resources::Cases cases;
  resources::Colleagues colleagues;
  resources::Delegations delegations;
  resources::Editions editions;
  resources::Events events;
  resources::Households households;
  resources::Inbox inbox;
  resources::Metrics metrics;
  resources::Notifications notifications;
  resources::Operation operation;
  resources::Organisations organisations;
  resources::Persons persons;
  resources::PostHolders post_holders;
  resources::Procedures procedures;
  resources::Sessions sessions;
  resources::Signoffs signoffs;
  resources::Specification specification;
  resources::Tokens tokens;
  resources::Users users;
  resources::Words words;
};

Resources::Resources(const Environment& environment) : all_(std::make_unique<All>(environment)) {}

Resources::~Resources() = default;

std::vector<http::Route> Resources::routes() {
  std::vector<http::Route> routes;
  const auto add = [&](std::vector<http::Route> more) {
    std::move(more.begin(), more.end(), std::back_inserter(routes));
  };
  add(all_->operation.routes());
  add(all_->metrics.routes());
  add(all_->specification.routes());
  add(all_->sessions.routes());
  add(all_->inbox.routes());
  add(all_->notifications.routes());
  add(all_->events.routes());
  add(all_->signoffs.routes());
  add(all_->board.routes());
  add(all_->cases.routes());
  add(all_->batches.routes());
  add(all_->attachments.routes());
  add(all_->audit.routes());
  add(all_->procedures.routes());
  add(all_->editions.routes());
  add(all_->words.routes());
  add(all_->calendar.routes());
  add(all_->persons.routes());
  add(all_->households.routes());
  add(all_->organisations.routes());
  add(all_->post_holders.routes());
  add(all_->colleagues.routes());
  add(all_->users.routes());
  add(all_->tokens.routes());
  add(all_->delegations.routes());
  all_->specification.describe(routes);
  all_->metrics.traffic().expect(routes);
  return routes;
}

void Resources::watch(const http::Server* server) { all_->metrics.watch(server); }

void Resources::answered(const http::Request& request, const http::Response& response,
                         std::chrono::microseconds taken) {
  all_->metrics.traffic().count(request, response, taken);
}

void Resources::stop_being_ready() { all_->operation.stop_being_ready(); }

}  // namespace yimen::api
