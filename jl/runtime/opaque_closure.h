// SPDX-License-Identifier: MIT
// Core.OpaqueClosure{A,R}: a closure that takes arguments A, gives an R, and runs in the world it was made
// in.
//
// What it calls is a closure like any other (a struct of captured values with one method), held together with
// that method's instance for A and the world. Nothing that is defined later changes what it does; so its type
// tells all that callers need to know, and inference takes R for granted.
#pragma once

#include "jl/runtime/method.h"

namespace jl {

struct OpaqueClosure : Value {
  Value *captures; // the closure
  uint64_t world;
  Method *source;                   // of the closure
  std::atomic<void *> specptr;      // code with the unboxed signature that opaque_call_types says; null until
                                    // compiled code calls it
  MethodInstance *instance;         // of `source` for A
  std::atomic<CodeInstance *> code; // of the instance: what it runs, once that is known
  bool result_is_checked;           // the body may give something else than an R
};

/// Makes one: `closure` is what is called, `instance` its method's for arguments `argument_types` (a Tuple
/// type).
OpaqueClosure *new_opaque_closure(Task *task, Value *closure, MethodInstance *instance, Value *argument_types,
                                  Value *result_type);
inline bool is_opaque_closure_type(Value *t) {
  return is_instance_of_wrapper(t, types::OpaqueClosure);
}
/// The R of a type OpaqueClosure{A,R}; null where that is not known.
Value *opaque_closure_result(Value *type);
/// Tuple{OpaqueClosure{A,R}, A...}: what compiled calls pass, unboxed, when A says how many of which types.
/// Else null.
Value *opaque_call_types(Value *type);
/// What gives an opaque closure its specptr: set by the engine, as only the compiler can. Only compiled code
/// asks.
using OpaqueEntryHook = void *(*)(Task *, OpaqueClosure *closure);
void set_opaque_entry_hook(OpaqueEntryHook hook);
/// Calls it: the native body of the one method that all opaque closures have. Throws MethodError for a wrong
/// number of arguments, TypeError for wrong ones.
Value *call_opaque_closure(Task *task, Value *f, Value **args, uint32_t n);

} // namespace jl
