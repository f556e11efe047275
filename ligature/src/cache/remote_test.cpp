// SPDX-License-Identifier: MIT
// The remote tier, against Debian's redis-server and against servers that lie, dawdle or hang up.
#include "cache/remote.h"

#include "cache/test_folder.h"

#include <gtest/gtest.h>

#include <hiredis/hiredis.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

using namespace ligature;
using namespace ligature::cache;
using namespace std::chrono_literals;

namespace {

sockaddr_un socket_address(const std::string &path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::ranges::copy(path, address.sun_path);
  return address;
}

bool answers(const std::string &path) {
  File file(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address = socket_address(path);
  char reply[8] = {};
  return connect(file.fd(), reinterpret_cast<sockaddr *>(&address), sizeof address) == 0 &&
         send(file.fd(), "PING\r\n", 6, MSG_NOSIGNAL) == 6 && recv(file.fd(), reply, 5, 0) == 5;
}

/// A server of its own on a socket in `folder`.
class Redis {
public:
  explicit Redis(const std::string &folder) : path(folder + "/redis") {
    pid_ = fork();
    if (pid_ == 0) {
      int null = open("/dev/null", O_RDWR);
      dup2(null, 1);
      dup2(null, 2);
      execlp("redis-server", "redis-server", "--port", "0", "--unixsocket", path.c_str(), "--save", "",
             "--appendonly", "no", "--dir", folder.c_str(), nullptr);
      _exit(127);
    }
    for (int i = 0; i < 1000 && !answers(path); ++i)
      std::this_thread::sleep_for(10ms);
  }
  ~Redis() { stop(); }
  void stop() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    pid_ = -1;
  }
  void freeze(bool frozen) { kill(pid_, frozen ? SIGSTOP : SIGCONT); }
  /// One command, past the cache; the reply as text.
  std::string command(std::initializer_list<std::string_view> arguments) {
    Resolver resolver(*Address::parse("unix://" + path));
    Connection connection;
    std::string text, formatted = format_command(arguments);
    EXPECT_EQ(connection.open(resolver, Clock::now() + 10s), "");
    EXPECT_EQ(connection.exchange(std::span(&formatted, 1), 1 << 30, Clock::now() + 10s,
                                  [&](size_t, const redisReply &reply) { text = reply_text(reply); }),
              "");
    return text;
  }
  const std::string path;

private:
  using Clock = std::chrono::steady_clock;
  static std::string reply_text(const redisReply &reply);
  pid_t pid_ = -1;
};

std::string Redis::reply_text(const redisReply &reply) {
  return reply.type == REDIS_REPLY_INTEGER ? std::to_string(reply.integer)
         : reply.str                       ? std::string(reply.str, reply.len)
                                           : std::string();
}

/// Accepts one connection after the other and answers each command with the same bytes, `pause` before each
/// of them.
class Liar {
public:
  Liar(const std::string &folder, std::string answer, std::chrono::milliseconds pause = 0ms)
      : path(folder + "/liar"), answer_(std::move(answer)), pause_(pause),
        listener_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address = socket_address(path);
    EXPECT_EQ(bind(listener_.fd(), reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    EXPECT_EQ(listen(listener_.fd(), 8), 0);
    thread_ = std::thread([this] { serve(); });
  }
  ~Liar() {
    stop_ = true;
    thread_.join();
  }
  const std::string path;
  std::atomic<unsigned> asked{0};

private:
  void serve() {
    while (!stop_) {
      pollfd waiting{listener_.fd(), POLLIN, 0};
      if (poll(&waiting, 1, 10) <= 0)
        continue;
      File client(accept4(listener_.fd(), nullptr, nullptr, SOCK_CLOEXEC));
      while (!stop_ && answer(client))
        ;
    }
  }
  bool answer(const File &client) {
    char bytes[4096];
    pollfd waiting{client.fd(), POLLIN, 0};
    if (poll(&waiting, 1, 10) <= 0)
      return true;
    if (recv(client.fd(), bytes, sizeof bytes, 0) <= 0 || answer_.empty())
      return false;
    ++asked;
    if (pause_ == 0ms)
      return send(client.fd(), answer_.data(), answer_.size(), MSG_NOSIGNAL) > 0;
    for (char c : answer_) {
      std::this_thread::sleep_for(pause_);
      if (stop_ || send(client.fd(), &c, 1, MSG_NOSIGNAL) != 1)
        return false;
    }
    return true;
  }
  const std::string answer_;
  const std::chrono::milliseconds pause_;
  const File listener_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class RemoteCache : public testing::Test {
protected:
  TestFolder folder;
  Told told;

  CacheOptions options(const std::string &socket, const std::string &local,
                       const std::string &secret = "a secret") {
    CacheOptions options;
    options.folder = folder.inside(local);
    options.remote = "unix://" + socket;
    options.remote_secret = secret;
    options.remote_budget = 5s; // these tests are about what is found, but for those that say otherwise
    options.say = told.sink();
    return options;
  }
  void fill(const std::string &socket, const std::string &local, uint64_t count, size_t bytes = 1000) {
    auto cache = Cache::open(options(socket, local));
    for (uint64_t i = 0; i < count; ++i)
      cache->put("unit", test_key(i), test_value(i, bytes), 77us);
    cache->finish(20s);
    ASSERT_EQ(cache->counters().remote_writes, count) << told.all();
  }
  /// What a server that answers so does to a lookup with a budget of 100 ms.
  std::string lie(const std::string &answer, std::chrono::milliseconds pause = 0ms) {
    Liar liar(folder.path, answer, pause);
    CacheOptions given = options(liar.path, "a");
    given.remote_budget = 100ms;
    auto cache = Cache::open(given);
    EXPECT_FALSE(cache->get("unit", test_key(1)));
    EXPECT_GE(cache->counters().errors, 1u);
    cache->finish(1s);
    std::filesystem::remove(liar.path);
    return told.all();
  }
};

TEST_F(RemoteCache, AnotherMachineFindsIt) {
  Redis redis(folder.path);
  fill(redis.path, "a", 50);
  auto cache = Cache::open(options(redis.path, "b"));
  for (uint64_t i = 0; i < 50; ++i)
    ASSERT_EQ(copy_of(cache->get("unit", test_key(i))), test_value(i, 1000));
  EXPECT_FALSE(cache->get("object", test_key(1)));
  EXPECT_EQ(cache->counters().remote_hits, 50u);
  EXPECT_EQ(cache->counters().errors, 0u) << told.all();
  cache->finish(20s);
  EXPECT_EQ(cache->counters().remote_writes, 0u) << "what came from there need not go there";
  CacheOptions local = options(redis.path, "b");
  local.remote.clear();
  EXPECT_EQ(copy_of(Cache::open(local)->get("unit", test_key(7))), test_value(7, 1000));
}

TEST_F(RemoteCache, PrefetchIsOneConversation) {
  Redis redis(folder.path);
  fill(redis.path, "a", 300);
  auto cache = Cache::open(options(redis.path, "b"));
  std::vector<CachePlace> places;
  for (uint64_t i = 0; i < 310; ++i)
    places.push_back({"unit", test_key(i)});
  cache->prefetch(places);
  redis.stop();
  for (uint64_t i = 0; i < 300; ++i)
    ASSERT_EQ(copy_of(cache->get("unit", test_key(i))), test_value(i, 1000)) << i;
  EXPECT_EQ(cache->counters().remote_hits, 300u);
  EXPECT_EQ(cache->counters().hits, 300u);
}

TEST_F(RemoteCache, ReadOnlyWritesNothing) {
  Redis redis(folder.path);
  fill(redis.path, "a", 1);
  CacheOptions reading = options(redis.path, "b");
  reading.remote_read_only = true;
  auto cache = Cache::open(reading);
  EXPECT_TRUE(cache->get("unit", test_key(0)));
  cache->put("unit", test_key(5), test_value(5, 10), 1us);
  cache->finish(10s);
  EXPECT_EQ(cache->counters().remote_writes, 0u);
  EXPECT_EQ(redis.command({"DBSIZE"}), "1");
}

TEST_F(RemoteCache, LargeValuesStayHere) {
  Redis redis(folder.path);
  CacheOptions given = options(redis.path, "a");
  given.remote_most_bytes = 1000;
  auto cache = Cache::open(given);
  cache->put("unit", test_key(0), test_value(0, 1000), 1us);
  cache->put("unit", test_key(1), test_value(1, 1001), 1us);
  cache->finish(10s);
  EXPECT_EQ(cache->counters().remote_writes, 1u);
  EXPECT_EQ(cache->counters().writes, 2u);
}

TEST_F(RemoteCache, ManyLargeValuesInARow) {
  Redis redis(folder.path);
  fill(redis.path, "a", 24, 1 << 20);
  auto cache = Cache::open(options(redis.path, "b"));
  for (uint64_t i = 0; i < 24; ++i)
    ASSERT_EQ(copy_of(cache->get("unit", test_key(i))), test_value(i, 1 << 20));
}

TEST_F(RemoteCache, AnotherSecretIsAMiss) {
  Redis redis(folder.path);
  fill(redis.path, "a", 3);
  auto cache = Cache::open(options(redis.path, "b", "another"));
  for (uint64_t i = 0; i < 3; ++i)
    EXPECT_FALSE(cache->get("unit", test_key(i)));
  EXPECT_EQ(cache->counters().errors, 3u);
  EXPECT_NE(told.all().find("not sealed with our secret"), std::string::npos);
}

TEST_F(RemoteCache, ChangedOrSwappedValuesAreMisses) {
  Redis redis(folder.path);
  fill(redis.path, "a", 2, 100);
  std::string first, second, name;
  auto key_of = [&](uint64_t number) {
    std::string text = "ligature:1:unit:";
    for (uint8_t byte : test_key(number)) {
      char digits[3];
      std::snprintf(digits, sizeof digits, "%02x", byte);
      text += digits;
    }
    return text;
  };
  first = redis.command({"GET", key_of(0)});
  second = redis.command({"GET", key_of(1)});
  ASSERT_EQ(first.size(), 148u);
  redis.command({"SET", key_of(0), second});
  auto cache = Cache::open(options(redis.path, "b"));
  EXPECT_FALSE(cache->get("unit", test_key(0))) << "sealed for another key";
  unsigned tried = 0;
  for (size_t at = 0; at < first.size(); at += 3, ++tried) {
    std::string changed = first;
    changed[at] = char(changed[at] ^ (1 << (at % 8)));
    redis.command({"SET", key_of(0), changed});
    EXPECT_FALSE(cache->get("unit", test_key(0))) << at;
  }
  for (size_t length : {0, 10, 47, 48, 100, 147}) {
    redis.command({"SET", key_of(0), first.substr(0, length)});
    EXPECT_FALSE(cache->get("unit", test_key(0))) << length;
    ++tried;
  }
  EXPECT_EQ(cache->counters().errors, tried + 1);
  redis.command({"SET", key_of(0), first});
  EXPECT_TRUE(cache->get("unit", test_key(0)));
}

TEST_F(RemoteCache, AWrongTypeIsAMiss) {
  Redis redis(folder.path);
  std::string key = "ligature:1:unit:";
  for (uint8_t byte : test_key(0)) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", byte);
    key += digits;
  }
  redis.command({"LPUSH", key, "x"});
  auto cache = Cache::open(options(redis.path, "a"));
  EXPECT_FALSE(cache->get("unit", test_key(0)));
  EXPECT_EQ(cache->counters().errors, 1u);
  EXPECT_NE(told.all().find("WRONGTYPE"), std::string::npos);
}

TEST_F(RemoteCache, WithoutASecretItIsOff) {
  auto cache = Cache::open(options("/nowhere", "a", ""));
  EXPECT_FALSE(cache->get("unit", test_key(0)));
  EXPECT_EQ(cache->counters().errors, 1u);
  EXPECT_NE(told.all().find("needs a secret"), std::string::npos);
}

TEST_F(RemoteCache, AMissingServerIsAskedOnce) {
  auto cache = Cache::open(options(folder.inside("nobody"), "a"));
  for (uint64_t i = 0; i < 100; ++i)
    EXPECT_FALSE(cache->get("unit", test_key(i)));
  EXPECT_EQ(cache->counters().errors, 1u) << told.all();
  cache->put("unit", test_key(0), test_value(0, 10), 1us);
  cache->finish(5s);
  EXPECT_EQ(cache->counters().writes, 1u);
  EXPECT_EQ(cache->counters().dropped_writes, 1u);
}

TEST_F(RemoteCache, AServerThatDiesAndComesBack) {
  auto redis = std::make_unique<Redis>(folder.path);
  fill(redis->path, "a", 1);
  std::string path = redis->path;
  auto cache = Cache::open(options(path, "b"));
  EXPECT_TRUE(cache->get("unit", test_key(0)));
  redis->stop();
  std::filesystem::remove(path);
  EXPECT_FALSE(cache->get("unit", test_key(1)));
  EXPECT_FALSE(cache->get("unit", test_key(1)));
  EXPECT_EQ(cache->counters().errors, 1u);
  redis = std::make_unique<Redis>(folder.path);
  fill(path, "c", 2);
  bool found = false;
  for (int i = 0; i < 300 && !found; ++i) {
    std::this_thread::sleep_for(50ms);
    found = cache->get("unit", test_key(1)).has_value();
  }
  EXPECT_TRUE(found);
}

TEST_F(RemoteCache, AFrozenServerCostsOneBudget) {
  Redis redis(folder.path);
  fill(redis.path, "a", 3);
  CacheOptions given = options(redis.path, "b");
  given.remote_budget = 100ms;
  auto cache = Cache::open(given);
  EXPECT_TRUE(cache->get("unit", test_key(0)));
  redis.freeze(true);
  auto begin = std::chrono::steady_clock::now();
  for (uint64_t i = 1; i < 200; ++i)
    EXPECT_FALSE(cache->get("unit", test_key(i)));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s) << "199 budgets are 20 seconds";
  EXPECT_EQ(cache->counters().errors, 1u);
  for (uint64_t i = 1000; i < 3000; ++i)
    cache->put("unit", test_key(i), test_value(i, 10000), 1us);
  cache->finish(5s);
  EXPECT_EQ(cache->counters().writes, 2001u) << "with what was found there; this machine's are not held up";
  EXPECT_EQ(cache->counters().remote_writes + cache->counters().dropped_writes, 2000u);
  EXPECT_GT(cache->counters().dropped_writes, 0u);
  redis.freeze(false);
}

TEST_F(RemoteCache, LiesAreMisses) {
  lie("+OK\r\n");
  EXPECT_NE(told.all().find("another kind"), std::string::npos);
  lie("$5\r\nhello\r\n");
  EXPECT_NE(told.all().find("not sealed"), std::string::npos);
  lie("$99999999999\r\n");
  EXPECT_NE(told.all().find("more than was agreed"), std::string::npos);
  lie("$9000000\r\n" + std::string(9000000, 'x'));
  lie("*1073741824\r\n");
  EXPECT_NE(told.all().find("not asked"), std::string::npos);
  lie("*1\r\n*1\r\n*1\r\n$1\r\nx\r\n");
  lie("HTTP/1.1 400 Bad Request\r\n");
  lie("-LOADING of the data set\r\n");
  EXPECT_NE(told.all().find("LOADING"), std::string::npos);
  lie("-\033[2Jand more\r\n");
  EXPECT_NE(told.all().find("?[2Jand more"), std::string::npos) << "nothing for the terminal";
  lie("$-2\r\n");
  lie("$12x\r\n");
  lie(":" + std::string(100000, '7'));
  EXPECT_NE(told.all().find("without end"), std::string::npos);
  lie("");
  EXPECT_NE(told.all().find("connection closed"), std::string::npos);
}

TEST_F(RemoteCache, ADrippingServerCostsOneBudget) {
  lie("$5\r\nhello world, this takes very long\r\n", 60ms);
  EXPECT_NE(told.all().find("within the time"), std::string::npos);
}

TEST_F(RemoteCache, ASlowServerThatHasNothingIsAskedNoMore) {
  Liar liar(folder.path, "$-1\r\n", 2ms);
  CacheOptions given = options(liar.path, "a");
  given.remote_budget = 20ms;
  auto cache = Cache::open(given);
  for (uint64_t i = 0; i < 1000; ++i)
    EXPECT_FALSE(cache->get("unit", test_key(i)));
  EXPECT_LT(liar.asked, 200u) << "10 ms each, a second in all";
  EXPECT_GT(liar.asked, 0u);
}

TEST(RemoteAddress, TakesThemApart) {
  auto whole = Address::parse("redis://:pass:word@[::1]:7000/3");
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->host, "::1");
  EXPECT_EQ(whole->port, "7000");
  EXPECT_EQ(whole->password, "pass:word");
  EXPECT_EQ(whole->database, 3);
  EXPECT_EQ(whole->shown, "redis://[::1]:7000/3");
  auto plain = Address::parse("redis://cache.example");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->host, "cache.example");
  EXPECT_EQ(plain->port, "6379");
  EXPECT_EQ(Address::parse("unix:///run/redis.sock")->path, "/run/redis.sock");
  for (const char *wrong : {"", "redis://", "redis://h:port", "redis://h:99999", "redis://h/x",
                            "unix://relative", "http://h", "redis://user@h"})
    EXPECT_FALSE(Address::parse(wrong)) << wrong;
}

TEST(RemoteAddress, AHostThatNobodyKnowsIsGivenUpInTime) {
  Resolver resolver(*Address::parse("redis://no-such-host.invalid:1"));
  Connection connection;
  auto begin = std::chrono::steady_clock::now();
  EXPECT_NE(connection.open(resolver, begin + 100ms), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

} // namespace
