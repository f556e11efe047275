// SPDX-License-Identifier: MIT
#include "memory/allocation.h"

namespace ligature {

Allocation &Allocation::operator=(Allocation &&other) noexcept {
  reset();
  slabs_ = other.slabs_;
  pieces_ = std::move(other.pieces_);
  other.pieces_.clear();
  return *this;
}

void Allocation::reset() {
  for (const Piece &piece : pieces_)
    slabs_->deallocate(piece);
  pieces_.clear();
}

size_t Allocation::bytes() const {
  size_t sum = 0;
  for (const Piece &piece : pieces_)
    sum += piece.size;
  return sum;
}

bool Allocation::contains(const void *address) const {
  auto at = reinterpret_cast<uintptr_t>(address);
  for (const Piece &piece : pieces_)
    if (auto begin = reinterpret_cast<uintptr_t>(piece.address); at >= begin && at < begin + piece.size)
      return true;
  return false;
}

} // namespace ligature
