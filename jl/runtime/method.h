// SPDX-License-Identifier: MIT
// Methods, method tables, dispatch, world ages and what becomes invalid when a method is added.
//
// A call f(args...) looks its method up by the types of f and the arguments in the caller's world. A
// global direct-mapped cache and a per-table leaf cache keep that to a few loads. Definitions raise the world
// counter; code instances carry the range of worlds in which they hold, and edges from a method (or from the
// absence of a better one) to the code that relied on it. The runtime compiles nothing: it calls
// CompilerHooks.
#pragma once

#include "jl/runtime/types.h"

namespace jl {

inline constexpr uint64_t kWorldMax = ~uint64_t{0};
uint64_t current_world();
/// Where it is counted, for code that reads it itself.
const std::atomic<uint64_t> *current_world_address();

/// What the engine provides. Set once at start.
struct CompilerHooks {
  /// Gives `instance` code that is valid in `world`: compiled, or set up to be interpreted. Never null;
  /// throws a Julia exception when that cannot be (for example UndefVarError for a static parameter).
  CodeInstance *(*code_for)(Task *, MethodInstance *instance, uint64_t world);
  /// Lowers a method's pending body. Throws a Julia error on faults found by lowering.
  CodeInfo *(*lower_method)(Task *, Method *method);
  /// Asks an instance's generator for its body. Throws what the generator throws.
  CodeInfo *(*generate_body)(Task *, MethodInstance *instance) = nullptr;
  /// The names of the method's arguments after the function itself; fewer or none when they are not known.
  /// May be null. Throws nothing.
  void (*argument_names)(Task *, Method *method, GcVector<Symbol> &out) = nullptr;
  /// Makes exactly this code callable, compiled or interpreted. False for code that the program made and gave
  /// no body.
  bool (*prepare_code)(Task *, CodeInstance *code) = nullptr;
};
void set_compiler_hooks(const CompilerHooks &hooks);
const CompilerHooks &compiler_hooks();
/// The method's lowered body, lowering it now if that has not happened.
CodeInfo *method_source(Task *task, Method *method);
/// The body that calls of this instance run: the method's, or what its generator makes for the instance's
/// types.
CodeInfo *instance_source(Task *task, MethodInstance *instance);

// --- Functions and methods --------------------------------------------------------------------------------
/// A new generic function with its own singleton type, no methods.
Value *new_generic_function(Module *module, Symbol name);
/// A function with a native body taking any arguments; subtype of Core.Builtin.
Value *new_builtin_function(Module *module, Symbol name, BuiltinFn body);
/// Adds `method` (its sig, nargs, source etc. are set) in a new world. A method with an equal signature is
/// replaced. Invalidates what relied on the old lookup. Throws ErrorException for signatures that cannot be
/// (no function type).
enum class EqualMethod : uint8_t { MayBeThere, IsNotThere }; // the caller knows; else it is looked for
void add_method(Task *task, Method *method, EqualMethod equal = EqualMethod::MayBeThere);
/// How many methods were replaced or deleted, of all functions.
size_t ended_methods();
Method *new_method(Module *module, Symbol name);
/// Ends `method` in a new world; what it shadowed is called again.
void delete_method(Method *method);
/// All methods of the function type's table that are visible in `world`, in definition order.
void methods_of(Value *function_type, uint64_t world, GcVector<Method *> &out);

/// One method that may be called for an argument type.
struct MethodMatch {
  Method *method;
  Value *spec_types; // intersection of the method's signature with the query
  SimpleVector *sparams;
  bool fully_covers; // every call of the query's type goes to this method or a more specific match before it
};
/// The methods a call with argument types `sig` (Tuple type, function included) may reach in `world`, most
/// specific first; only those not shadowed. `min`/`max` receive the worlds for which this answer holds. False
/// when there are more than `limit` (then out is empty). `ambiguous` is set when some call of `sig` is
/// ambiguous.
bool find_methods(Value *sig, uint64_t world, int limit, GcVector<MethodMatch> &out, uint64_t &min,
                  uint64_t &max, bool &ambiguous);
/// The method instance for exactly these argument types, but for @nospecialize arguments and varargs beyond a
/// length. Calls by dispatch also share instances among Type{T} and Function arguments that are only passed
/// on.
MethodInstance *specialize(Method *method, Value *spec_types, SimpleVector *sparams);
MethodInstance *new_thunk_instance(Module *module, CodeInfo *code);

// --- Code instances ---------------------------------------------------------------------------------------
CodeInstance *new_code_instance(MethodInstance *instance, Value *rettype, Value *rettype_const,
                                uint64_t min_world, uint64_t max_world);
/// Puts `code` in front of the instance's cache. One critical section with the check that no equal one is
/// there: returns the one to use.
CodeInstance *install_code_instance(MethodInstance *instance, CodeInstance *code);
inline bool holds_in(const CodeInstance *code, uint64_t world) {
  return code->min_world.load(std::memory_order_relaxed) <= world &&
         world <= code->max_world.load(std::memory_order_acquire);
}
/// Can the code be called, or is it still to be compiled?
inline bool can_be_entered(const CodeInstance *code) {
  return code->entry.invoke.load(std::memory_order_acquire) != nullptr;
}
/// The newest code instance valid in `world` that is `wanted`, an inferred one before one that is only
/// interpreted; or null.
template <class F>
CodeInstance *find_code_instance(const MethodInstance *instance, uint64_t world, F wanted) {
  CodeInstance *interpreted = nullptr;
  for (CodeInstance *c = instance->cache.load(std::memory_order_acquire); c; c = c->next)
    if (holds_in(c, world) && wanted(c)) {
      if (c->is_inferred)
        return c;
      interpreted = interpreted ? interpreted : c;
    }
  return interpreted;
}

// --- Errors -----------------------------------------------------------------------------------------------
/// Why no method was called, for MethodError's message: the lines after "MethodError: ". `no method matching
/// f(::Int64)`, or `f(::Int64, ::Float64) is ambiguous.` with its candidates.
std::string method_error_message(Value *f, Value *const *args, uint32_t n, uint64_t world);
/// `f(x::Int64, y; k) where T`: the method as reflection shows it.
std::string method_to_string(Method *m);
/// "Closest candidates are:" and its lines, or empty.
std::string method_candidates(Value *f, Value *const *args, uint32_t n, uint64_t world);

// --- Edges ------------------------------------------------------------------------------------------------
/// `caller` relied on `callee` being what calls of spec type reach.
void add_edge(MethodInstance *callee, CodeInstance *caller);
/// `caller` relied on the answer of find_methods for `sig` (also on there being no method).
void add_lookup_edge(Value *sig, CodeInstance *caller);
/// `caller` relied on the value of a constant binding, or on its being undefined or not constant.
void add_binding_edge(Binding *binding, CodeInstance *caller);
/// A constant was defined or redefined: bumps the world, invalidates what relied on the old state.
void invalidate_binding(Binding *binding);

// --- Calling ----------------------------------------------------------------------------------------------
/// f(args...) by dispatch in the task's world. The one way in for C++ code.
Value *apply(Task *task, Value *f, Value **args, uint32_t n);
Value *apply_latest(Task *task, Value *f, Value **args, uint32_t n);
/// Runs exactly this instance (no dispatch), compiled or interpreted as the engine decides.
Value *invoke_instance(Task *task, MethodInstance *instance, Value *f, Value **args, uint32_t n);

} // namespace jl
