// SPDX-License-Identifier: MIT
// Values on their way to C and back: the LLVM signature of a C function, and how each value gets into the
// form in which it is passed. Where values go is decided by jl/runtime/c_abi.h; calls (foreign.h) and
// callbacks (callbacks.h) both use this.
#pragma once

#include "jl/emit/context.h"
#include "jl/runtime/c_abi.h"

namespace jl::emit {

struct CParameter {
  Value *type = nullptr;
  CPassing passing;
  bool on_stack = false;    // a struct that goes as bytes on the stack
  bool is_promoted = false; // a Float32 behind `...`, which C takes as a double
  unsigned first = 0;       // LLVM parameter
};

struct CSignature {
  Value *result_type = nullptr;
  CPassing result;
  bool never_returns = false;
  std::vector<CParameter> parameters;
  llvm::Type *buffer_type = nullptr; // of a result in memory
  llvm::FunctionType *type = nullptr;
  llvm::AttributeList attributes;
};

/// The first `fixed` parameters come before `...`. Types are such that c_passing knows a place for them.
CSignature make_c_signature(UnitContext &unit, Value *result, llvm::ArrayRef<Value *> parameters,
                            size_t fixed);

/// Appends what is passed for `value` (of the parameter's type, or an address for an object).
void pass_to_c(Emitter &e, const CParameter &parameter, const Val &value,
               llvm::SmallVectorImpl<llvm::Value *> &passed);
/// The value that C handed to the function being written.
Val receive_from_c(Emitter &e, const CParameter &parameter);

/// The caller's memory for a result in memory, else null.
llvm::Value *make_result_buffer(Emitter &e, const CSignature &signature);
/// What a call gave; `object_type` says what the object is, where it is one.
Val result_from_c(Emitter &e, const CSignature &signature, llvm::CallInst *call, llvm::Value *buffer,
                  Value *object_type);
/// Ends the function being written with `value`, which has the result's type.
void return_to_c(Emitter &e, const CSignature &signature, const Val &value);

} // namespace jl::emit
