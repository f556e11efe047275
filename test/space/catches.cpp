// SPDX-License-Identifier: MIT
#include "shapes.h"

#include <cstdlib>

extern "C" double area_of(double side);
extern "C" void note(int what); // of the test

namespace {
struct Noted {
  explicit Noted(int number) : number(number) { note(number); }
  ~Noted() { note(-number); }
  int number;
};
Noted late(2);
__attribute__((init_priority(200))) Noted early(1);
} // namespace

extern "C" double area_or(double side, double otherwise) {
  try {
    return area_of(side);
  } catch (const std::invalid_argument &error) {
    return std::string(error.what()) == "negative side" ? otherwise : -1;
  }
}

extern "C" int calls() { return count_calls(); }
extern "C" int read_per_thread() { return per_thread; }
extern "C" void at_the_end() {
  std::atexit([] { note(100); });
}
__attribute__((destructor)) static void last() { note(200); }
