// SPDX-License-Identifier: MIT
#include "base/bytes.h"
#include "base/no_threads.h"
#include "base/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <limits>

using namespace ligature;

TEST(Bytes, NumbersRoundTrip) {
  const int64_t signed_values[] = {0,
                                   -1,
                                   1,
                                   63,
                                   -64,
                                   64,
                                   1 << 20,
                                   std::numeric_limits<int64_t>::min(),
                                   std::numeric_limits<int64_t>::max()};
  const uint64_t values[] = {0, 1, 127, 128, 300, ~uint64_t{0}};
  ByteWriter writer;
  for (int64_t value : signed_values)
    writer.sleb(value);
  for (uint64_t value : values)
    writer.uleb(value);
  writer.text("name");
  auto bytes = writer.take();
  ByteReader reader(bytes);
  for (int64_t value : signed_values)
    EXPECT_EQ(reader.sleb(), value);
  for (uint64_t value : values)
    EXPECT_EQ(reader.uleb(), value);
  EXPECT_EQ(reader.text(), "name");
  EXPECT_TRUE(reader.ok());
  EXPECT_TRUE(reader.at_end());
}

TEST(Bytes, ReadingPastTheEndFailsAndStaysFailed) {
  ByteWriter writer;
  writer.uleb(1000); // a length, and no text after it
  auto bytes = writer.take();
  ByteReader reader(bytes);
  EXPECT_EQ(reader.text(), "");
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.u8(), 0);
}

TEST(Bytes, NumberOfMoreThan64BitsFails) {
  std::vector<std::byte> bytes(10, std::byte{0xff});
  bytes.push_back(std::byte{0x01});
  ByteReader reader(bytes);
  reader.uleb();
  EXPECT_FALSE(reader.ok());
}

TEST(ThreadPool, RunsEverythingBeforeItStops) {
  std::atomic<int> ran{0}, started{0}, stopped{0};
  {
    ThreadPool pool(3, {[&] { ++started; }, [&] { ++stopped; }});
    for (int i = 0; i < 500; ++i)
      pool.run([&] { ++ran; });
    pool.wait_idle();
    EXPECT_EQ(ran, 500);
    pool.run([&] { ++ran; });
  }
  EXPECT_EQ(ran, 501);
  EXPECT_EQ(started, 3);
  EXPECT_EQ(stopped, 3);
}

TEST(ThreadPool, WithoutAThreadTasksRunAtOnce) {
  NoThreads none;
  ThreadPool pool(2);
  int ran = 0;
  pool.run([&] { ++ran; });
  EXPECT_EQ(ran, 1);
  pool.wait_idle();
}

TEST(ThreadPool, ChainOfTasksDoesNotDeepenTheStack) {
  std::atomic<int> left{100000};
  ThreadPool pool(1);
  std::function<void()> step = [&] {
    if (--left > 0)
      pool.run(step);
  };
  pool.run(step);
  pool.wait_idle();
  EXPECT_EQ(left, 0);
}
