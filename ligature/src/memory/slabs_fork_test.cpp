// SPDX-License-Identifier: MIT
// A process and its forked child, which both go on writing code and data.
#include "memory/slabs.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <functional>

using namespace ligature;

namespace {

struct SlabsFork : testing::TestWithParam<bool> {
  std::unique_ptr<Slabs> slabs = std::move(*Slabs::create({64 << 20, nullptr, GetParam()}));
  int to_child[2], to_parent[2];

  SlabsFork() { EXPECT_TRUE(pipe(to_child) == 0 && pipe(to_parent) == 0); }
  ~SlabsFork() override {
    for (int end : {to_child[0], to_child[1], to_parent[0], to_parent[1]})
      close(end);
  }

  Piece code(char number) {
    Piece piece = *slabs->allocate(Segment::Code, 6);
    const char bytes[] = {'\xb8', number, 0, 0, 0, '\xc3'}; // mov eax, number; ret
    std::memcpy(piece.writable, bytes, sizeof bytes);
    slabs->publish(piece);
    return piece;
  }
  static int run(const Piece &piece) { return reinterpret_cast<int (*)()>(piece.address)(); }
  Piece constant(char number) {
    Piece piece = *slabs->allocate(Segment::Constants, 1);
    *piece.writable = number;
    return piece;
  }
  Piece variable(char number) {
    Piece piece = *slabs->allocate(Segment::Data, 1);
    *piece.address = number;
    return piece;
  }

  static void tell(int *ends) { EXPECT_EQ(write(ends[1], "", 1), 1); }
  static void wait_for(int *ends) {
    char byte;
    EXPECT_EQ(read(ends[0], &byte, 1), 1);
  }
  /// `child` ends with its result as status.
  pid_t begin(const std::function<int()> &child) {
    slabs->before_fork();
    pid_t id = fork();
    if (id == 0) {
      slabs->after_fork_in_child();
      _exit(child());
    }
    slabs->after_fork_in_parent();
    return id;
  }
  static int end(pid_t id) {
    int status = 0;
    waitpid(id, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
};

TEST_P(SlabsFork, EachWritesItsOwn) {
  Piece before = code(1), old_constant = constant(1), old_variable = variable(1);
  pid_t child = begin([&] {
    wait_for(to_child); // the parent has written all of its
    Piece mine = code(3), my_constant = constant(3), my_variable = variable(3);
    bool good = run(before) == 1 && *old_constant.address == 1 && *old_variable.address == 1 &&
                run(mine) == 3 && *my_constant.address == 3 && *my_variable.address == 3;
    *old_variable.address = 9;
    slabs->deallocate(before);
    tell(to_parent);
    wait_for(to_child);
    return good && run(mine) == 3 && *my_constant.address == 3 ? 7 : 1;
  });
  Piece mine = code(2), my_constant = constant(2), my_variable = variable(2);
  tell(to_child);
  wait_for(to_parent);
  EXPECT_EQ(run(before), 1);
  EXPECT_EQ(run(mine), 2);
  EXPECT_EQ(*my_constant.address, 2);
  EXPECT_EQ(*my_variable.address, 2);
  EXPECT_EQ(*old_variable.address, 1);
  slabs->deallocate(mine);
  slabs->deallocate(my_constant);
  tell(to_child);
  EXPECT_EQ(end(child), 7);
  EXPECT_EQ(run(code(4)), 4);
}

TEST_P(SlabsFork, AChildMayForkAgain) {
  pid_t child = begin([&] {
    Piece mine = code(5);
    pid_t grandchild = begin([&] { return run(mine) + run(code(6)); });
    return end(grandchild) + run(mine);
  });
  EXPECT_EQ(end(child), 16);
}

TEST_P(SlabsFork, WithoutMemoryForTheCopyTheChildIsToldSo) {
  Piece before = code(1);
  int lowest = dup(0);
  close(lowest);
  rlimit old{}, none{};
  getrlimit(RLIMIT_NOFILE, &old);
  none = {static_cast<rlim_t>(lowest), old.rlim_max};
  setrlimit(RLIMIT_NOFILE, &none); // no descriptor for a file
  pid_t child = begin([&] {
    auto piece = slabs->allocate(Segment::Code, 6);
    bool told =
        !piece && piece.error().find("a forked process cannot link: memfd_create") != std::string::npos;
    return told ? run(before) : 2;
  });
  setrlimit(RLIMIT_NOFILE, &old);
  EXPECT_EQ(end(child), 1);
  EXPECT_EQ(run(code(4)), 4);
}

INSTANTIATE_TEST_SUITE_P(, SlabsFork, testing::Bool(),
                         [](auto &info) { return info.param ? "PrivateCode" : "SharedCode"; });

} // namespace
