// SPDX-License-Identifier: MIT
// Values that may be missing, through iteration: a search that gives a number or nothing, an iterator of
// one's own, and a vector that holds either. The same in Julia: ../small_unions.jl
#include "measure.h"
#include <optional>
#include <utility>
#include <vector>

struct Collatz {
  int64_t start;
  std::optional<std::pair<int64_t, int64_t>> iterate(int64_t n) const {
    if (n == 0)
      return std::nullopt;
    return std::pair{n, n == 1 ? 0 : n % 2 == 0 ? n / 2 : 3 * n + 1};
  }
  std::optional<std::pair<int64_t, int64_t>> iterate() const { return iterate(start); }
};

static std::optional<int64_t> smallest_factor(int64_t n, int64_t limit) {
  for (int64_t p = 2; p <= limit; p++)
    if (n % p == 0)
      return p;
  return std::nullopt;
}

__attribute__((noinline)) static int64_t work(int64_t n) {
  int64_t sum = 0;
  for (int64_t k = 1; k <= n; k++) {
    Collatz c{k};
    for (auto next = c.iterate(); next; next = c.iterate(next->second))
      sum += next->first & 15;
  }
  std::vector<std::optional<int64_t>> found;
  for (int64_t k = 1; k <= n; k++)
    found.push_back(smallest_factor(k, 10));
  for (int64_t round = 1; round <= 20; round++)
    for (auto &f : found)
      if (f)
        sum += *f * round;
  return sum;
}

MEASURE(200000, "%" PRId64)
