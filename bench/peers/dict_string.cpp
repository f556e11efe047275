// SPDX-License-Identifier: MIT
// A hash table with a million strings as keys: filled, then every key looked up in another order.
// The same in Julia: ../dict_string.jl
#include "measure.h"
#include <string>
#include <unordered_map>
#include <vector>

// The keys are made once: the table is what is measured.
static std::vector<std::string> keys;
static void make_keys(int64_t n) {
  if (int64_t(keys.size()) == n)
    return;
  keys.clear();
  for (int64_t k = 1; k <= n; k++)
    keys.push_back("key " + std::to_string(k * 7919 % 1000003) + "/" + std::to_string(k));
}

__attribute__((noinline)) static int64_t work(int64_t n) {
  make_keys(n);
  std::unordered_map<std::string, int64_t> table;
  for (int64_t k = 1; k <= n; k++)
    table[keys[k - 1]] = k;
  int64_t sum = 0, place = 0;
  for (int64_t k = 1; k <= n; k++) {
    place = (place + 7919) % n;
    sum += table.at(keys[place]) ^ k;
  }
  return sum + int64_t(table.size());
}

MEASURE(1000000, "%" PRId64)
