// SPDX-License-Identifier: MIT
//
// The pieces of memory that were placed together, for one linked unit or one stub: given back together.
#pragma once

#include "memory/slabs.h"

#include <vector>

namespace ligature {

/// Gives its pieces back when destroyed.
class Allocation {
public:
  Allocation() = default;
  explicit Allocation(Slabs &slabs) : slabs_(&slabs) {}
  Allocation(Allocation &&other) noexcept { *this = std::move(other); }
  Allocation &operator=(Allocation &&other) noexcept;
  ~Allocation() { reset(); }
  void add(const Piece &piece) { pieces_.push_back(piece); }
  void reset();
  size_t bytes() const;
  bool contains(const void *address) const;
  const std::vector<Piece> &pieces() const { return pieces_; }

private:
  Slabs *slabs_ = nullptr;
  std::vector<Piece> pieces_;
};

} // namespace ligature
