// SPDX-License-Identifier: MIT
// Signatures of C functions as libffi wants them, for calls (foreign_call.h) and callbacks (callback.h) that
// are not compiled.
//
// libffi is told what c_abi.h has found rather than fields: a struct in registers becomes one or two scalars,
// one on the stack a block of bytes. (It knows neither Float16 nor fields without bytes, and version 3.4
// loses the first floating-point argument when a struct's integer word takes the last integer register.)
#pragma once

#include <ffi.h>

#include "jl/runtime/c_abi.h"
#include "jl/runtime/gc.h"

namespace jl {

struct FfiParameter {
  Value *type;
  CPassing passing;
  uint32_t first = 0;       // libffi argument
  uint32_t count = 0;       // of libffi arguments: 2 for a struct of two words in registers
  bool is_promoted = false; // behind `...`: Float32 as double, small integers as int
};

struct FfiSignature {
  Value *result_type = nullptr;
  GcVector<FfiParameter> parameters;
  GcVector<ffi_type *> types;
  ffi_cif cif;
};

/// The first `fixed` parameters come before `...`. Throws ErrorException for types that cannot be passed to
/// C.
FfiSignature *make_ffi_signature(Task *task, Value *result, std::span<Value *const> types, uint32_t fixed);

/// Values of such types are passed as their bytes, others as the object's address or not at all.
bool is_passed_as_bits(const CPassing &passing);
/// Bytes that libffi may write for a result of this type.
size_t ffi_result_size(Value *type);
/// The value of what libffi has received.
Value *box_from_c(Task *task, Value *type, void *bytes);

} // namespace jl
