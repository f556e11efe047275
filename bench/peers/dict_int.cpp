// SPDX-License-Identifier: MIT
// A hash table with a million integer keys: filled, read back, and updated in place.
// The same in Julia: ../dict_int.jl
#include "measure.h"
#include <unordered_map>

static int64_t following(int64_t key) {
  return (key * 1103515245 + 12345) % 2147483648;
}

__attribute__((noinline)) static int64_t work(int64_t n) {
  std::unordered_map<int64_t, int64_t> table;
  int64_t key = 1;
  for (int64_t i = 1; i <= n; i++) {
    key = following(key);
    table[key] = i;
  }
  int64_t sum = 0;
  key = 1;
  for (int64_t i = 1; i <= n; i++) {
    key = following(key);
    sum += table.at(key);
    if (table.contains(key + 1))
      sum += 1;
  }
  key = 1;
  for (int64_t i = 1; i <= n / 2; i++) {
    key = following(key);
    auto found = table.find(key);
    table[key] = (found == table.end() ? 0 : found->second) + i;
  }
  for (auto [k, v] : table)
    sum += k ^ v;
  return sum + int64_t(table.size());
}

MEASURE(1000000, "%" PRId64)
