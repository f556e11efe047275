// SPDX-License-Identifier: MIT
// What the two modules of the symbol space tests share: inline code, a class with virtual functions, exceptions.
#pragma once
#include <stdexcept>
#include <string>

struct Shape {
  virtual ~Shape() = default;
  virtual double area() const { return 0; }
};

struct Square : Shape {
  explicit Square(double side) : side(side) {}
  double area() const override {
    if (side < 0)
      throw std::invalid_argument("negative side");
    return side * side;
  }
  double side;
};

template <class T> inline T counted = T(0);
inline int &count_calls() {
  static int calls = 0;
  return ++calls, calls;
}

extern thread_local int per_thread;
