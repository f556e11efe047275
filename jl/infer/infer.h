// SPDX-License-Identifier: MIT
// Type inference and optimisation: lowered IR of a method instance -> code instance with typed IR.
//
// The result is a function of the source and the methods visible in `world`. Recursion is solved as a
// fixpoint over whole strongly connected components, widening looks at types alone (depth, size), and calls
// inside a component are never inlined, so that it does not matter from which function inference was entered.
#pragma once

#include "jl/infer/typed.h"

namespace jl {

struct InferStats {
  uint64_t units_inferred = 0; // method instances inferred
  double milliseconds = 0;
};

/// Infers and optimises `instance` for `world`; callees are inferred as needed. Returns the code instance
/// installed in the instance's cache (found there when it is inferred already), with rettype, effects, edges
/// and typed IR; code that was installed from what an earlier session knew has none (infer_body). Throws when
/// the stack or memory ends, and otherwise nothing: a method whose body cannot be lowered gives a code
/// instance that returns Union{} and is only interpreted. Thread-safe (one inference at a time inside).
CodeInstance *infer(Task *task, MethodInstance *instance, uint64_t world);

/// `hook` is asked before an instance is inferred: code for it that is valid in `world`, installed, or null.
/// It is not asked for callees, nor under inference's lock.
void set_known_code_hook(CodeInstance *(*hook)(Task *, MethodInstance *instance, uint64_t world));
/// Code that was installed from what an earlier session knew, without typed IR: makes it by inferring its
/// instance again. False when that came to another result; then other code has been installed.
bool infer_body(Task *task, CodeInstance *code, uint64_t world);

/// infer_body in the task's world, or, for code that does not hold there, in the first that it holds in. True
/// when there is typed IR.
bool give_body(Task *task, CodeInstance *code);
/// infer(), with typed IR: for whoever shows it.
CodeInstance *infer_whole(Task *task, MethodInstance *instance, uint64_t world);
/// Is the typed IR here, or can infer_body make it?
bool has_typed_ir(const CodeInstance *code);

/// The typed IR before optimisation, slots as in the source (code_typed(optimize=false)), as text; and after.
std::string typed_listing(Task *task, MethodInstance *instance, uint64_t world, bool optimized);
/// Return type of calling f with these argument types (Base.return_types, promote_op); Any when not known.
Value *infer_return_type(Task *task, Value *call_signature, uint64_t world);
InferStats infer_stats();
/// Is program code being run at compile time, on this thread? It is not worth compiling then: it runs once.
bool infer_is_evaluating();

} // namespace jl
