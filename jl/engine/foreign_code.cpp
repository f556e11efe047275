// SPDX-License-Identifier: MIT
#include "jl/engine/foreign_code.h"

#include <mutex>

#include "jl/content/unit_keys.h"
#include "jl/engine/machine_code.h"
#include "jl/engine/policy.h"
#include "jl/engine/state.h"
#include "jl/infer/infer.h"
#include "jl/runtime/c_abi.h"
#include "jl/runtime/callback.h"
#include "jl/runtime/method.h"
#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/task.h"
#include "jl/runtime/types.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

/// The code that calls from C reach in the newest world; null when that depends on more than the types.
CodeInstance *target_of(Task *task, Value *f, SimpleVector *types) {
  GcVector<Value *> all{is_type(f) ? type_of_type(f) : type_of(f)};
  for (size_t i = 0; i < types->length; i++) {
    Value *pointee = callback_pointee(types->data[i]);
    all.push_back(pointee ? pointee : types->data[i]);
    if (!is_concrete_type(all.back()))
      return nullptr;
  }
  GcVector<MethodMatch> found;
  uint64_t min = 0, max = 0;
  bool ambiguous = false;
  if (!find_methods(make_tuple_type(all), task->world, 1, found, min, max, ambiguous) || found.size() != 1 ||
      !found.front().fully_covers || found.front().method->builtin)
    return nullptr;
  MethodMatch &match = found.front();
  return compile_now(task, specialize(match.method, match.spec_types, match.sparams), task->world);
}

/// Stands for a callback among those that rely on `target` being what calls of its types reach: never run,
/// only ended.
CodeInstance *watch(Task *task, CodeInstance *target) {
  CodeInstance *watcher = new_code_instance(target->def, target->rettype, nullptr, task->world, kWorldMax);
  add_edge(target->def, watcher);
  add_lookup_edge(target->def->spec_types, watcher);
  return watcher;
}

/// Compiled callbacks have no stack check of their own: what needs much stack goes another way.
bool is_small(Value *result, SimpleVector *types) {
  size_t bytes = c_passing(result).size;
  for (size_t i = 0; i < types->length; i++)
    bytes += c_passing(types->data[i]).size;
  return bytes <= 1024;
}

/// Of a function that belongs to no method.
UnitSubject nameless(const std::optional<content::Hash> &key) {
  return {new_code_instance(nullptr, types::Any, nullptr, 0, kWorldMax), key};
}

/// Code of calls that were made, for ever.
struct KnownCall {
  Value *code, *result, *types;
  void *function;
};
std::mutex mutex;
GcVector<KnownCall> *known = nullptr; // a root: the collector scans static data

void *find_known(Value *code, Value *result, Value *types) {
  RuntimeLock lock(mutex);
  if (known)
    for (const KnownCall &call : *known)
      if (call.result == result && call.types == types && egal(call.code, code))
        return call.function;
  return nullptr;
}

void add_known(const KnownCall &call) {
  RuntimeLock lock(mutex);
  if (!known)
    known = gc_new<GcVector<KnownCall>>();
  known->push_back(call);
}

} // namespace

void *callback_code(Task *task, Value *f, Value *result, SimpleVector *types) {
  const Engine::Impl &engine = Engine::Impl::get();
  if (engine.options.compile == CompileMode::Min || !engine.base_loaded || !is_small(result, types))
    return nullptr;
  uint64_t world = task->world;
  task->world = current_world();
  CodeInstance *target = target_of(task, f, types);
  CodeInstance *watcher = target ? watch(task, target) : nullptr;
  UnitSubject subject =
      nameless(kept_units() ? content::callback_key(f, result, types, target) : std::nullopt);
  subject.things = {target, watcher, current_world_address()};
  ligature::UnitHandle unit = find_or_make(task, subject, [&](Compiler &compiler) {
    return compiler.compile_callback(task, subject.code, {f, result, types, target, watcher});
  });
  task->world = world;
  return keep_for_ever(subject, std::move(unit));
}

void *llvm_call_code(Task *task, Value *code, Value *result, Value *types) {
  if (void *function = find_known(code, result, types))
    return function;
  UnitSubject subject = nameless(kept_units() ? content::llvm_call_key(code, result, types) : std::nullopt);
  void *function = keep_for_ever(subject, find_or_make(task, subject, [&](Compiler &compiler) {
                                   return compiler.compile_llvm_call(task, subject.code, code, result, types);
                                 }));
  if (function)
    add_known({code, result, types, function});
  return function;
}

} // namespace jl
