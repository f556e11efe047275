// SPDX-License-Identifier: MIT
// Makes opaque closures: what Base.Experimental.@opaque calls. The result's type comes from inference.
#include <map>
#include <mutex>

#include "jl/content/unit_keys.h"
#include "jl/engine/machine_code.h"
#include "jl/engine/natives.h"
#include "jl/engine/policy.h"
#include "jl/engine/state.h"
#include "jl/infer/infer.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/opaque_closure.h"
#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

Method *only_method(Task *task, Value *closure) {
  GcVector<Method *> all;
  methods_of(type_of(closure), task->world, all);
  if (all.size() != 1 || all[0]->builtin)
    throw_error(task,
                "an opaque closure is made of an anonymous function without optional or keyword arguments");
  return all[0];
}

/// The declared types of the arguments, without the function.
Value *declared_arguments(const Method *method) {
  SimpleVector *parameters = static_cast<DataType *>(unwrap_union_all(method->sig))->parameters;
  return rewrap_union_all(make_tuple_type({parameters->data + 1, parameters->length - 1}), method->sig);
}

void check_length(Task *task, const Method *method, const DataType *given) {
  size_t length = given->parameters->length, fixed = size_t(method->nargs) - 1 - (method->is_vararg ? 1 : 0);
  bool is_open = length && type_of((*given->parameters)[length - 1]) == types::Vararg_;
  if (length - (is_open ? 1 : 0) < fixed)
    throw_error(task, "Argument type tuple has too few required arguments for method");
  if (!method->is_vararg && (is_open || length > fixed))
    throw_error(task, "Argument type tuple has too many required arguments for method");
}

/// The closure's method for arguments `given`.
MethodInstance *instance_for(Task *task, Value *closure, Method *method, Value *given) {
  auto *body = static_cast<DataType *>(unwrap_union_all(given));
  GcVector<Value *> all{type_of(closure)};
  all.insert(all.end(), body->parameters->data, body->parameters->data + body->parameters->length);
  GcVector<Value *> sparams;
  Value *types = intersect_with_sparams(rewrap_union_all(make_tuple_type(all), given), method->sig, sparams);
  if (types == types::Bottom_)
    throw_error(task, "the argument types of the opaque closure are none that its method takes");
  return specialize(method, types, new_svec(task, sparams));
}

/// Within [lowest, highest], as far as the body's own result goes.
Value *result_type(Task *task, Value *inferred, Value *lowest, Value *highest) {
  Value *members[] = {lowest, inferred};
  Value *result = is_subtype(lowest, inferred) ? inferred : make_union(members);
  return is_subtype(result, highest) ? result : highest;
}

} // namespace

Value *native_new_opaque_closure(Task *task, Value *, Value **args, uint32_t) {
  Value *closure = args[0];
  Method *method = only_method(task, closure);
  Value *given = args[1] == nothing_value() ? declared_arguments(method) : args[1];
  if (!is_type(given) || !is_tuple_type(unwrap_union_all(given)))
    throw_error(task, "OpaqueClosure argument tuple must be a tuple type");
  for (Value *bound : {args[2], args[3]})
    if (!is_type(bound))
      throw_type_error(task, "OpaqueClosure", types::Type, bound);
  check_length(task, method, static_cast<DataType *>(unwrap_union_all(given)));
  MethodInstance *instance = instance_for(task, closure, method, given);
  Value *inferred = infer(task, instance, task->world)->rettype;
  Value *result = result_type(task, inferred, args[2], args[3]);
  OpaqueClosure *made = new_opaque_closure(task, closure, instance, given, result);
  made->result_is_checked = !is_subtype(inferred, result);
  return made;
}

namespace {

/// Entries that were made, for ever.
struct KnownEntries {
  std::mutex mutex;
  std::map<std::pair<DataType *, CodeInstance *>, void *> addresses; // looked up only, never iterated

  static KnownEntries &get() {
    static auto *known = new KnownEntries;
    return *known;
  }
  void *find(DataType *type, CodeInstance *target) {
    RuntimeLock lock(mutex);
    auto found = addresses.find({type, target});
    return found == addresses.end() ? nullptr : found->second;
  }
  void *add(DataType *type, CodeInstance *target, void *address) {
    RuntimeLock lock(mutex);
    return addresses.try_emplace({type, target}, address).first->second;
  }
};

/// Code that enters opaque closures of `type`: straight to `target`, or by a boxed call.
void *entry_of(Task *task, DataType *type, CodeInstance *target) {
  if (void *known = KnownEntries::get().find(type, target))
    return known;
  GcVector<Method *> methods; // all opaque closures have one
  methods_of(type, current_world(), methods);
  MethodInstance *instance = specialize(methods.front(), opaque_call_types(type), empty_svec());
  UnitSubject subject{new_code_instance(instance, opaque_closure_result(type), nullptr, 0, kWorldMax),
                      kept_units() ? content::opaque_entry_key(type, target) : std::nullopt};
  subject.things = {target, type};
  ligature::UnitHandle unit = find_or_make(task, subject, [&](Compiler &compiler) {
    return compiler.compile_opaque_entry(task, subject.code, target);
  });
  void *address = keep_for_ever(subject, std::move(unit));
  return address ? KnownEntries::get().add(type, target, address) : nullptr;
}

} // namespace

void *opaque_entry(Task *task, OpaqueClosure *closure) {
  CodeInstance *code = compile_now(task, closure->instance, closure->world);
  bool is_direct = !closure->result_is_checked && has_typed_ir(code);
  void *address = entry_of(task, type_of(closure), is_direct ? code : nullptr);
  if (!address)
    throw_error(task, "an opaque closure's entry could not be linked");
  closure->specptr.store(address, std::memory_order_release);
  return address;
}

} // namespace jl
