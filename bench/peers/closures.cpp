// SPDX-License-Identifier: MIT
// Closures in a hot loop: made there, passed on, composed, and called from a vector of them.
// The same in Julia: ../closures.jl
#include "measure.h"
#include <vector>

template <class F> static int64_t fold_with(F f, int64_t n) {
  int64_t sum = 0;
  for (int64_t i = 1; i <= n; i++)
    sum = f(sum, i);
  return sum;
}
template <class F, class G> static auto compose(F f, G g) {
  return [=](int64_t x) { return f(g(x)); };
}
static auto make_rule(int64_t k) {
  return [=](int64_t x) { return (x * k + 7) % 1009; };
}

__attribute__((noinline)) static int64_t work(int64_t n) {
  int64_t total = 0;
  for (int64_t k = 1; k <= 100; k++) {
    int64_t step = k * 3;
    auto mix = compose([=](int64_t x) { return x ^ step; }, [=](int64_t x) { return x * k + 1; });
    total += fold_with([=](int64_t sum, int64_t i) { return (sum + mix(i)) % 1000003; }, n);
  }
  std::vector<decltype(make_rule(1))> rules;
  for (int64_t k = 1; k <= 16; k++)
    rules.push_back(make_rule(k));
  int64_t x = 1;
  for (int64_t i = 1; i <= n; i++)
    for (auto &rule : rules)
      x = rule(x);
  return total + x;
}

MEASURE(200000, "%" PRId64)
