// SPDX-License-Identifier: MIT
//
// One connection to a Redis or Valkey server. The socket is ours and never blocks, so that a time limit holds
// for an exchange as a whole, however slowly a server drips; hiredis formats the commands and reads the
// replies. A server is not trusted: what it announces is looked at before it is believed.
#pragma once

#include "base/mutex.h"
#include "cache/file_handle.h"
#include "cache/store.h"

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <vector>

struct redisReply;

namespace ligature::cache {

/// "redis://[:password@]host[:port][/db]" or "unix:///path", taken apart.
struct Address {
  std::string path; ///< of a socket; then there is no host
  std::string host, port = "6379", password;
  int database = 0;
  std::string shown; ///< for people: without the password

  /// The error reads "'redis://***@h:0', expected redis://...": without the password as well.
  static std::expected<Address, std::string> parse(const std::string &text);
};

/// Where an address leads. Asking for a host by name may take long: it is done by a thread of its own, once.
class Resolver {
public:
  explicit Resolver(Address address);
  const Address &address() const { return address_; }
  struct Endpoint {
    int family;
    std::string bytes; ///< a sockaddr
  };
  /// Empty when it is not known by then.
  std::vector<Endpoint> endpoints(Deadline deadline);

private:
  struct Answer;
  const Address address_;
  std::shared_ptr<Answer> answer_;
};

/// A command with its arguments, as it goes over the wire.
std::string format_command(std::initializer_list<std::string_view> arguments);

class Connection {
public:
  Connection();
  ~Connection();
  Connection(const Connection &) = delete;
  Connection &operator=(const Connection &) = delete;

  bool is_open() const { return bool(socket_); }
  /// Connects, and says who we are. An empty text, or what went wrong.
  std::string open(Resolver &resolver, Deadline deadline);
  void close();

  using OnReply = std::function<void(size_t index, const redisReply &)>;
  /// Sends all commands and calls `on_reply` for each reply, in order. Replies of over `most_bytes` are lies.
  /// An empty text when all were answered by then, else what went wrong; the connection is closed in that
  /// case.
  std::string exchange(std::span<const std::string> commands, uint64_t most_bytes, Deadline deadline,
                       const OnReply &on_reply);

private:
  std::string connect_to(const Resolver::Endpoint &endpoint, Deadline deadline);
  std::string run(std::span<const std::string> commands, uint64_t most_bytes, Deadline deadline,
                  const OnReply &on_reply);
  std::string receive();
  std::string take_replies(uint64_t most_bytes, size_t expected, size_t &answered, const OnReply &on_reply);

  File socket_;
  struct Reader;
  std::unique_ptr<Reader> reader_;
};

} // namespace ligature::cache
