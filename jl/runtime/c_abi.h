// SPDX-License-Identifier: MIT
// How values of a type travel to and from C on x86-64 (System V): the one classification that compiled calls
// (jl/emit/foreign.h), the interpreter's (foreign_call.h) and callbacks share.
//
// An immutable of at most 16 bytes goes in one or two words, each of them in an integer or an SSE register; a
// larger one in memory. Types without a C form of their own (Any, Ref{T}, mutable structs, structs with
// references) are the address of the object.
#pragma once

#include "jl/runtime/types.h"

namespace jl {

enum class CPlace : uint8_t {
  Nothing,     // no value: Cvoid, Union{}, structs without fields
  Scalar,      // a primitive of 1, 2, 4 or 8 bytes
  Words,       // a struct or 128 bits, in registers if enough are left, else as a whole on the stack
  Memory,      // a struct, on the stack; as a result through the caller's buffer
  Object,      // the address of the object
  Unsupported, // a primitive of another size
};

/// Eight bytes of a struct, or what is left of it.
struct CWord {
  bool is_float = false;  // goes in an SSE register
  bool is_packed = false; // two Float32
  uint8_t bytes = 0;      // that hold data
  Value *only = nullptr;  // the primitive type that fills it, if it is just one
};

struct CPassing {
  CPlace place = CPlace::Object;
  uint8_t n_words = 0;
  bool is_signed = false; // a Scalar that fills its register up with its sign
  CWord words[2];
  uint32_t size = 0;
  uint32_t alignment = 8; // on the stack: 8, or 16 with an Int128 inside
};

/// Of any type; one that is not known to be concrete is an Object.
CPassing c_passing(Value *type);

/// Why a C function cannot have this result; null: it can. Objects come back as Any, as Ref{T}, or as their
/// own mutable type.
const char *c_result_problem(Value *type);

/// Registers that the arguments of one call have left.
struct CRegisters {
  unsigned integer = 6, floating = 8;
  /// Takes what an argument in Words needs. False, and nothing taken, when it has to go on the stack as a
  /// whole.
  bool take(const CPassing &passing);
  /// The same for a scalar or an address, whose place the backend finds.
  void take_scalar(Value *type, const CPassing &passing);
};

} // namespace jl
