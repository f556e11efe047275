// SPDX-License-Identifier: MIT
#include "cache/remote.h"

#include <hiredis/hiredis.h>

#include <algorithm>

namespace ligature::cache {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kFirstPause{1000}, kLongestPause{60000};
constexpr size_t kPrefetchBytes = 256 << 20; // all together

/// "ligature:1:unit:<64 digits>"
std::string key_text(const Place &place) {
  std::string text = "ligature:" + std::to_string(kSchema) + ":" + std::string(place.space_name()) + ":";
  for (uint8_t byte : place.key) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

} // namespace

std::shared_ptr<Remote> Remote::open(const CacheOptions &options, std::shared_ptr<Reporter> reporter) {
  if (options.remote.empty())
    return nullptr;
  if (options.remote_secret.empty()) {
    reporter->fail("the remote tier is off: it needs a secret (LIGATURE_CACHE_SECRET_FILE)");
    return nullptr;
  }
  auto address = Address::parse(options.remote);
  if (!address) {
    reporter->fail("the remote tier is off: its address is " + address.error());
    return nullptr;
  }
  return std::shared_ptr<Remote>(new Remote(options, std::move(*address), std::move(reporter)));
}

Remote::Remote(const CacheOptions &options, Address address, std::shared_ptr<Reporter> reporter)
    : key_(options.remote_secret), read_only_(options.remote_read_only),
      most_bytes_(options.remote_most_bytes), budget_(options.remote_budget), reporter_(std::move(reporter)),
      resolver_(std::move(address)) {}

void Remote::leave_alone(Lane &lane, const std::string &why) {
  reporter_->fail("remote tier " + resolver_.address().shown + ": " + why + "; left alone for a while");
  lane.connection.close();
  lane.pause = std::clamp(lane.pause * 2, kFirstPause, kLongestPause);
  lane.retry_at = (Clock::now() + lane.pause).time_since_epoch().count();
}

/// False when there was no conversation, or not all of it.
bool Remote::converse(Lane &lane, std::span<const std::string> commands, Deadline deadline,
                      const Connection::OnReply &on_reply) {
  if (Clock::now().time_since_epoch().count() < lane.retry_at)
    return false;
  std::unique_lock lock(lane.mutex, deadline);
  if (!lock || Clock::now().time_since_epoch().count() < lane.retry_at)
    return false;
  std::string problem;
  if (!lane.connection.is_open())
    problem = lane.connection.open(resolver_, deadline);
  if (problem.empty())
    problem = lane.connection.exchange(commands, most_bytes_ + kSealedHeaderBytes, deadline, on_reply);
  if (!problem.empty()) {
    leave_alone(lane, problem);
    return false;
  }
  lane.pause = std::chrono::milliseconds(0);
  return true;
}

std::optional<RemoteValue> Remote::accept(const Place &place, const redisReply &reply) {
  if (reply.type == REDIS_REPLY_NIL)
    return std::nullopt;
  if (reply.type != REDIS_REPLY_STRING) {
    reporter_->fail("remote tier: " + (reply.type == REDIS_REPLY_ERROR
                                           ? std::string(reply.str, reply.len)
                                           : std::string("an answer of another kind")));
    return std::nullopt;
  }
  std::optional<RemoteValue> value = open_sealed(key_, place, {reply.str, size_t(reply.len)});
  if (!value)
    reporter_->fail("remote tier: a value was not sealed with our secret for its place; not used");
  return value;
}

void Remote::account(Clock::duration spent, const std::optional<RemoteValue> &value) {
  int64_t loss =
      std::chrono::duration_cast<std::chrono::microseconds>(spent).count() - (value ? value->cost_us : 0);
  int64_t before = fruitless_us_;
  while (!fruitless_us_.compare_exchange_weak(before, std::max<int64_t>(0, before + loss)))
    ;
  if (!is_worth_asking())
    reporter_->tell("remote tier " + resolver_.address().shown +
                    ": too slow for how little it has; not asked any more");
}

std::optional<RemoteValue> Remote::get(const Place &place) {
  if (!is_worth_asking())
    return std::nullopt;
  std::string command = format_command({"GET", key_text(place)});
  std::optional<RemoteValue> value;
  Clock::time_point begin = Clock::now();
  converse(reading_, std::span(&command, 1), begin + budget_,
           [&](size_t, const redisReply &reply) { value = accept(place, reply); });
  account(Clock::now() - begin, value);
  return value;
}

// One GET after the other without waiting, rather than one MGET: what has come when the time is up is of use.
void Remote::get_many(std::span<const Place> places,
                      const std::function<void(const Place &, RemoteValue)> &found) {
  if (places.empty())
    return;
  std::vector<std::string> commands;
  for (const Place &place : places)
    commands.push_back(format_command({"GET", key_text(place)}));
  size_t bytes = 0;
  converse(reading_, commands, Clock::now() + 10 * budget_, [&](size_t index, const redisReply &reply) {
    std::optional<RemoteValue> value = accept(places[index], reply);
    if (value && (bytes += value->bytes.size()) <= kPrefetchBytes)
      found(places[index], std::move(*value));
  });
}

void Remote::put(std::span<const NewEntry> entries, Deadline deadline) {
  std::vector<std::string> commands;
  for (const NewEntry &entry : entries) {
    std::optional<Header> header = decode_header(entry.bytes);
    if (!header || header->length > most_bytes_)
      continue;
    std::span<const std::byte> value = std::span(entry.bytes).subspan(kHeaderBytes);
    commands.push_back(format_command(
        {"SET", key_text(entry.place), seal_value(key_, entry.place, value, header->cost_us)}));
  }
  size_t kept = 0;
  if (!commands.empty())
    converse(writing_, commands, deadline, [&](size_t, const redisReply &reply) {
      if (reply.type == REDIS_REPLY_STATUS)
        ++kept;
      else if (reply.type == REDIS_REPLY_ERROR)
        reporter_->fail("remote tier: " + std::string(reply.str, reply.len));
    });
  reporter_->counters.remote_writes += kept;
  reporter_->counters.dropped_writes += commands.size() - kept;
}

} // namespace ligature::cache
