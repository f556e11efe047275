// SPDX-License-Identifier: MIT
#include "shapes.h"

thread_local int per_thread = 5;
static thread_local std::string text = "of this thread";

extern "C" double area_of(double side) {
  count_calls();
  Square square(side);
  const Shape &shape = square;
  return shape.area();
}

extern "C" int next_of_this_thread() { return ++per_thread + static_cast<int>(text.size()); }
