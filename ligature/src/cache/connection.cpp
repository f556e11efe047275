// SPDX-License-Identifier: MIT
#include "cache/connection.h"

#include <hiredis/hiredis.h>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace ligature::cache {

namespace {

using Clock = std::chrono::steady_clock;

std::string failure(const char *what) {
  return std::string(what) + ": " + std::strerror(errno);
}
const char *const kTooSlow = "no answer within the time given";

/// Waits for the events; false when the deadline comes first.
bool wait_for(int fd, short events, Deadline deadline, short &happened) {
  for (;;) {
    auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{fd, events, 0};
    int ready = left > 0 ? poll(&waiting, 1, int(std::min<int64_t>(left, 60000))) : 0;
    happened = waiting.revents;
    if (ready > 0)
      return true;
    if (ready == 0 ? Clock::now() >= deadline : errno != EINTR)
      return false;
  }
}

bool parse_number(std::string_view text, int most, int &out) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && out >= 0 && out <= most;
}

/// For people: whatever stands before the last @ may be a password, or part of it.
std::string without_password(const std::string &text) {
  size_t at = text.rfind('@');
  return at == std::string::npos || text.starts_with("unix://") ? text : "redis://***@" + text.substr(at + 1);
}

} // namespace

std::expected<Address, std::string> Address::parse(const std::string &text) {
  Address address;
  auto wrong = [&] {
    return std::unexpected("'" + without_password(text) +
                           "', expected redis://[:password@]host[:port][/db] or unix:///path");
  };
  if (text.starts_with("unix://")) {
    address.path = text.substr(7);
    address.shown = text;
    if (!address.path.starts_with('/') || address.path.size() >= sizeof(sockaddr_un::sun_path))
      return wrong();
    return address;
  }
  if (!text.starts_with("redis://"))
    return wrong();
  std::string rest = text.substr(8);
  if (size_t at = rest.rfind('@'); at != std::string::npos) {
    size_t colon = rest.find(':');
    if (colon >= at)
      return wrong();
    address.password = rest.substr(colon + 1, at - colon - 1);
    rest = rest.substr(at + 1);
  }
  address.shown = "redis://" + rest;
  int number;
  if (size_t slash = rest.find('/'); slash != std::string::npos) {
    if (slash + 1 < rest.size() &&
        !parse_number(std::string_view(rest).substr(slash + 1), 1 << 20, address.database))
      return wrong();
    rest.resize(slash);
  }
  size_t colon = rest.rfind(':');
  if (colon != std::string::npos && rest.find(']', colon) == std::string::npos) {
    address.port = rest.substr(colon + 1);
    rest.resize(colon);
    if (!parse_number(address.port, 65535, number) || number == 0)
      return wrong();
  }
  if (rest.size() > 2 && rest.front() == '[' && rest.back() == ']')
    rest = rest.substr(1, rest.size() - 2);
  address.host = rest;
  return rest.empty() ? std::expected<Address, std::string>(wrong()) : address;
}

// --- Where it leads

struct Resolver::Answer {
  Mutex mutex;
  Condition known;
  bool done GUARDED_BY(mutex) = false;
  std::vector<Endpoint> endpoints GUARDED_BY(mutex);

  void resolve(const std::string &host, const std::string &port, int flags);
};

void Resolver::Answer::resolve(const std::string &host, const std::string &port, int flags) {
  addrinfo hints{}, *list = nullptr;
  hints.ai_flags = flags;
  hints.ai_socktype = SOCK_STREAM;
  std::vector<Endpoint> found;
  if (getaddrinfo(host.c_str(), port.c_str(), &hints, &list) == 0)
    for (addrinfo *one = list; one; one = one->ai_next)
      found.push_back(
          {one->ai_family, std::string(reinterpret_cast<const char *>(one->ai_addr), one->ai_addrlen)});
  if (list)
    freeaddrinfo(list);
  Guard guard(mutex);
  endpoints = std::move(found);
  done = !endpoints.empty() || !(flags & AI_NUMERICHOST);
  known.notify_all();
}

Resolver::Resolver(Address address) : address_(std::move(address)), answer_(std::make_shared<Answer>()) {
  if (!address_.path.empty()) {
    sockaddr_un unix_address{};
    unix_address.sun_family = AF_UNIX;
    std::ranges::copy(address_.path, unix_address.sun_path);
    Guard guard(answer_->mutex);
    answer_->endpoints = {
        {AF_UNIX, std::string(reinterpret_cast<const char *>(&unix_address), sizeof unix_address)}};
    answer_->done = true;
    return;
  }
  answer_->resolve(address_.host, address_.port, AI_NUMERICHOST | AI_NUMERICSERV);
  {
    Guard guard(answer_->mutex);
    if (answer_->done)
      return;
  }
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    std::thread([answer = answer_, host = address_.host, port = address_.port] {
      answer->resolve(host, port, AI_NUMERICSERV);
    }).detach();
  } catch (const std::system_error &) { // then it is never known
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

std::vector<Resolver::Endpoint> Resolver::endpoints(Deadline deadline) {
  Guard guard(answer_->mutex);
  while (!answer_->done && answer_->known.wait_until(guard, deadline))
    ;
  return answer_->endpoints;
}

// --- Talking

std::string format_command(std::initializer_list<std::string_view> arguments) {
  std::vector<const char *> texts;
  std::vector<size_t> lengths;
  for (std::string_view argument : arguments) {
    texts.push_back(argument.data());
    lengths.push_back(argument.size());
  }
  char *formatted = nullptr;
  int length = redisFormatCommandArgv(&formatted, int(texts.size()), texts.data(), lengths.data());
  std::string command = length > 0 ? std::string(formatted, size_t(length)) : std::string();
  std::free(formatted); // hiredis takes it from malloc
  return command;
}

struct Connection::Reader {
  redisReader *reader = redisReaderCreate();
  ~Reader() {
    if (reader)
      redisReaderFree(reader);
  }
  std::string_view unread() const { return {reader->buf + reader->pos, reader->len - reader->pos}; }
  bool between_replies() const { return reader->ridx == -1; }
};

Connection::Connection() = default;
Connection::~Connection() = default;

void Connection::close() {
  socket_ = File();
  reader_.reset();
}

std::string Connection::connect_to(const Resolver::Endpoint &endpoint, Deadline deadline) {
  socket_ = File(socket(endpoint.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket_)
    return failure("no socket");
  auto *address = reinterpret_cast<const sockaddr *>(endpoint.bytes.data());
  if (connect(socket_.fd(), address, socklen_t(endpoint.bytes.size())) != 0) {
    short happened;
    if (errno != EINPROGRESS)
      return failure("cannot connect");
    if (!wait_for(socket_.fd(), POLLOUT, deadline, happened))
      return kTooSlow;
    socklen_t size = sizeof errno;
    int error = 0;
    if (getsockopt(socket_.fd(), SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) {
      errno = error;
      return failure("cannot connect");
    }
  }
  int on = 1;
  if (endpoint.family != AF_UNIX)
    setsockopt(socket_.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return {};
}

std::string Connection::open(Resolver &resolver, Deadline deadline) {
  std::string problem = "its name is not known";
  for (const Resolver::Endpoint &endpoint : resolver.endpoints(deadline)) {
    problem = connect_to(endpoint, deadline);
    if (problem.empty())
      break;
  }
  if (!problem.empty()) {
    close();
    return problem;
  }
  reader_ = std::make_unique<Reader>();
  std::vector<std::string> greeting;
  const Address &address = resolver.address();
  if (!address.password.empty())
    greeting.push_back(format_command({"AUTH", address.password}));
  if (address.database)
    greeting.push_back(format_command({"SELECT", std::to_string(address.database)}));
  std::string refused;
  problem = exchange(greeting, 1024, deadline, [&](size_t, const redisReply &reply) {
    if (reply.type == REDIS_REPLY_ERROR)
      refused = "refused: " + std::string(reply.str, reply.len);
  });
  if (!refused.empty())
    close();
  return problem.empty() ? refused : problem;
}

std::string Connection::exchange(std::span<const std::string> commands, uint64_t most_bytes,
                                 Deadline deadline, const OnReply &on_reply) {
  std::string problem = run(commands, most_bytes, deadline, on_reply);
  if (!problem.empty())
    close();
  return problem;
}

/// Sends as many of the commands at once as one call takes, but for the first `skipped` bytes. What send()
/// answers.
static ssize_t send_some(int fd, std::span<const std::string> commands, size_t skipped) {
  constexpr size_t kMostAtOnce = 256;
  std::array<iovec, kMostAtOnce> parts;
  msghdr message{};
  message.msg_iov = parts.data();
  for (const std::string &command : commands.first(std::min(commands.size(), kMostAtOnce))) {
    parts[message.msg_iovlen++] = {const_cast<char *>(command.data()) + skipped, command.size() - skipped};
    skipped = 0;
  }
  return sendmsg(fd, &message, MSG_NOSIGNAL);
}

/// Reads and writes at once: a server that waits for us to read must not wait for ever.
std::string Connection::run(std::span<const std::string> commands, uint64_t most_bytes, Deadline deadline,
                            const OnReply &on_reply) {
  size_t answered = 0, sending = 0, sent = 0;
  while (answered < commands.size()) {
    short events = POLLIN | (sending < commands.size() ? POLLOUT : 0), happened = 0;
    if (!wait_for(socket_.fd(), events, deadline, happened))
      return kTooSlow;
    if (happened & POLLOUT && sending < commands.size()) {
      ssize_t put = send_some(socket_.fd(), commands.subspan(sending), sent);
      if (put < 0 && errno != EAGAIN && errno != EINTR)
        return failure("sending failed");
      for (sent += put > 0 ? size_t(put) : 0; sending < commands.size() && sent >= commands[sending].size();
           sending++)
        sent -= commands[sending].size();
    }
    if (happened & (POLLIN | POLLERR | POLLHUP)) {
      std::string problem = receive();
      if (problem.empty())
        problem = take_replies(most_bytes, commands.size(), answered, on_reply);
      if (!problem.empty())
        return problem;
    }
  }
  return {};
}

std::string Connection::receive() {
  char bytes[65536];
  ssize_t got = recv(socket_.fd(), bytes, sizeof bytes, 0);
  if (got == 0)
    return "connection closed";
  if (got < 0)
    return errno == EAGAIN || errno == EINTR ? std::string() : failure("receiving failed");
  return redisReaderFeed(reader_->reader, bytes, size_t(got)) == REDIS_OK ? std::string() : "out of memory";
}

std::string Connection::take_replies(uint64_t most_bytes, size_t expected, size_t &answered,
                                     const OnReply &on_reply) {
  while (answered < expected) {
    std::string_view unread = reader_->unread();
    if (reader_->between_replies() && !unread.empty()) {
      // A string, a number, a state or an error, and no longer than it may be: nothing else was asked for.
      size_t end = unread.find("\r\n");
      uint64_t length = 0;
      if (std::string_view("$+-:").find(unread[0]) == std::string_view::npos)
        return "it answers what was not asked";
      if (end == std::string_view::npos)
        return unread.size() > 4096 ? "it answers without end" : "";
      if (unread[0] == '$' && unread[1] != '-') {
        auto parsed = std::from_chars(unread.data() + 1, unread.data() + end, length);
        if (parsed.ec != std::errc() || length > most_bytes)
          return "it sends more than was agreed";
      }
    }
    void *reply = nullptr;
    if (redisReaderGetReply(reader_->reader, &reply) != REDIS_OK)
      return "it does not speak the protocol";
    if (!reply)
      return {};
    on_reply(answered++, *static_cast<redisReply *>(reply));
    freeReplyObject(reply);
  }
  return {};
}

} // namespace ligature::cache
