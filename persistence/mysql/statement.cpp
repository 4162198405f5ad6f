#include "persistence/mysql/statement.hpp"

#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>

#include "persistence/mysql/driver.hpp"

namespace yimen::persistence::mysql {

namespace {

sql::SQLString text_of(std::string_view text) {
  return {text.data() != nullptr ? text.data() : "", text.size()};
}

void bind_one(sql::PreparedStatement& statement, unsigned index, const Parameter& parameter) {
  if (const auto* integer = std::get_if<std::int64_t>(&parameter)) {
    statement.setInt64(index, *integer);
  } else if (const auto* text = std::get_if<std::string_view>(&parameter)) {
    statement.setString(index, text_of(*text));
  } else if (const auto* blob = std::get_if<Blob>(&parameter)) {
    statement.setString(index, text_of(blob->bytes));
  } else {
    statement.setNull(index, 0);
  }
}

}  // namespace

Rows::Rows(std::unique_ptr<sql::ResultSet> rows, Link& link)
    : rows_(std::move(rows)), link_(&link) {}
Rows::~Rows() = default;
Rows::Rows(Rows&&) noexcept = default;

bool Rows::next() {
  return called(*link_, Call::fetch, [&] { return rows_->next(); });
}

std::int64_t Rows::integer(unsigned column) const {
  return translated(*link_, [&] { return rows_->getInt64(column + 1); });
}

std::string Rows::text(unsigned column) const {
  return translated(*link_, [&] { return std::string(rows_->getString(column + 1)); });
}

workflow::Instant Rows::instant(unsigned column) const {
  return workflow::instant_of(integer(column));
}

std::optional<workflow::Instant> Rows::instant_or_nothing(unsigned column) const {
  if (translated(*link_, [&] { return rows_->isNull(column + 1); })) return {};
  return instant(column);
}

Statement::Statement(std::unique_ptr<sql::PreparedStatement> statement, Link& link)
    : statement_(std::move(statement)), link_(link) {}
Statement::~Statement() = default;

void Statement::bind(std::span<const Parameter> parameters) {
  unsigned index = 0;
  for (const Parameter& each : parameters) bind_one(*statement_, ++index, each);
}

Rows Statement::query(std::initializer_list<Parameter> parameters) {
  return query(std::span(parameters.begin(), parameters.size()));
}

Rows Statement::query(std::span<const Parameter> parameters) {
  return called(link_, Call::run, [&] {
    bind(parameters);
    return Rows(std::unique_ptr<sql::ResultSet>(statement_->executeQuery()), link_);
  });
}

int Statement::execute(std::initializer_list<Parameter> parameters) {
  return execute(std::span(parameters.begin(), parameters.size()));
}

int Statement::execute(std::span<const Parameter> parameters) {
  return called(link_, Call::run, [&] {
    bind(parameters);
    return statement_->executeUpdate();
  });
}

}  // namespace yimen::persistence::mysql
