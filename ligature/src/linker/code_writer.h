// SPDX-License-Identifier: MIT
//
// The few instructions that small pieces of code are made of, written without LLVM: through the writable
// view, with displacements for where they will run.
#pragma once

#include "memory/slabs.h"

#include <cstring>

namespace ligature {

class CodeWriter {
public:
  /// `code` must hold what is written; a jump takes 6 bytes, a lea 7.
  explicit CodeWriter(const Piece &code) : code_(code) {}
  void jump_through(const void *cell) { instruction({0xff, 0x25}, cell); }
  void lea_r11(const void *target) { instruction({0x4c, 0x8d, 0x1d}, target); }
  void lea_rdi(const void *target) { instruction({0x48, 0x8d, 0x3d}, target); }
  void lea_rdx(const void *target) { instruction({0x48, 0x8d, 0x15}, target); }
  /// Call before anybody runs it.
  void finish(Slabs &slabs) {
    slabs.publish(code_);
    if (code_.reused)
      Slabs::synchronise_cores();
  }

private:
  void instruction(std::initializer_list<unsigned char> opcode, const void *target) {
    for (unsigned char byte : opcode)
      code_.writable[at_++] = static_cast<char>(byte);
    auto next = reinterpret_cast<uintptr_t>(code_.address) + at_ + 4;
    auto displacement = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(target) - next);
    std::memcpy(code_.writable + at_, &displacement, 4);
    at_ += 4;
  }
  const Piece &code_;
  size_t at_ = 0;
};

} // namespace ligature
