// SPDX-License-Identifier: MIT
// Calling: from a function and its arguments to running code.
//
// Two caches stand before the method tables. The global one is keyed by the addresses of the argument types
// (and of arguments that are types), four entries to a set, read without a lock: entries are immutable but
// for their last world, and a set is an array of atomic pointers. Behind it each table keeps its leaves by
// tuple type. Addresses decide here only where things are looked for, never what is found.
#include <cstring>

#include "jl/runtime/abi.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/methods_internal.h"
#include "jl/runtime/task.h"

namespace jl {

namespace {

constexpr size_t kSets = 2048, kWays = 4;
constexpr uint32_t kMaxKeys = 32; // longer calls use the leaf cache

std::atomic<DispatchEntry *> global_cache[kSets][kWays]; // static data: the collector scans it

struct Keys {
  Value *keys[kMaxKeys];
  uint32_t n;
  uint32_t type_keys = 0;
  uint64_t hash = 0;

  void add(uint32_t i, Value *v) {
    DataType *t = type_of(v);
    bool is_type = t->is_kind;
    keys[i] = is_type ? v : static_cast<Value *>(t);
    type_keys |= uint32_t(is_type) << i;
    hash = (hash ^ (reinterpret_cast<uint64_t>(keys[i]) >> 4)) * 0x9e3779b97f4a7c15;
  }

  Keys(Value *f, Value *const *args, uint32_t count) : n(count + 1) {
    add(0, f);
    for (uint32_t i = 0; i < count; ++i)
      add(i + 1, args[i]);
    hash ^= hash >> 29;
  }

  bool match(const DispatchEntry &e) const {
    if (e.hash != hash || e.n != n || e.type_keys != type_keys)
      return false;
    for (uint32_t i = 0; i < n; ++i) // a few words: a call of memcmp costs more
      if (e.keys[i] != keys[i])
        return false;
    return true;
  }
};

DispatchEntry *find_global(const Keys &k, uint64_t world) {
  for (auto &way : global_cache[k.hash % kSets]) {
    DispatchEntry *e = way.load(std::memory_order_acquire);
    if (e && k.match(*e) && e->holds_in(world))
      return e;
  }
  return nullptr;
}

void put_global(DispatchEntry *e) {
  auto &set = global_cache[e->hash % kSets];
  size_t victim = 0;
  for (size_t i = 0; i < kWays; ++i) {
    DispatchEntry *old = set[i].load(std::memory_order_relaxed);
    if (!old || old->max_world.load() != kWorldMax) {
      victim = i;
      break;
    }
    victim = (e->hash >> 32) % kWays;
  }
  set[victim].store(e, std::memory_order_release);
}

DispatchEntry *find_leaf(MethodTable *table, DataType *argument_types, uint64_t world) {
  MethodsLock lock(methods_lock());
  auto known = table->leaves.find(argument_types);
  if (known != table->leaves.end())
    for (DispatchEntry *e : known->second)
      if (e->holds_in(world))
        return e;
  return nullptr;
}

bool same_keys(const DispatchEntry *a, const DispatchEntry *b) {
  return a->n == b->n && a->type_keys == b->type_keys &&
         memcmp(a->keys, b->keys, a->n * sizeof(Value *)) == 0;
}

/// Every entry that the global cache may hold stays in a leaf list, since invalidation finds it there. A
/// method may have come since `e` was looked up: then it must end before that. Returns the entry to use,
/// which may be another thread's.
DispatchEntry *put_leaf(MethodTable *table, DispatchEntry *e, uint64_t looked_up_in) {
  MethodsLock lock(methods_lock());
  auto &entries = table->leaves[e->types];
  for (DispatchEntry *old : entries)
    if (old->min_world == e->min_world && old->max_world.load() >= e->max_world.load() && same_keys(old, e))
      return old;
  if (current_world() != looked_up_in)
    cap_world(e->max_world, dispatch(e->types, e->min_world).max_world);
  entries.push_back(e);
  return e;
}

DispatchEntry *new_entry(const Dispatched &found, DataType *argument_types, const Keys *k) {
  uint32_t n = k ? k->n : 0;
  auto *e = new (gc_alloc_scanned(sizeof(DispatchEntry) + n * sizeof(Value *))) DispatchEntry();
  e->types = argument_types;
  e->instance = specialize_for_dispatch(found.method, argument_types, found.sparams);
  e->min_world = found.min_world;
  e->max_world = found.max_world;
  e->n = n;
  if (k) {
    e->hash = k->hash;
    e->type_keys = k->type_keys;
    memcpy(static_cast<void *>(e->keys), k->keys, n * sizeof(Value *));
  }
  return e;
}

MethodInstance *look_up_slowly(Task *task, Value *f, Value *const *args, uint32_t n, uint64_t world,
                               const Keys *k) {
  DataType *argument_types = jl::argument_types(f, args, n);
  TypeName *name = callee_name((*argument_types->parameters)[0]);
  MethodTable *table = table_of(name);
  if (DispatchEntry *leaf = find_leaf(table, argument_types, world)) {
    if (k && leaf->n && k->match(*leaf))
      put_global(leaf);
    return leaf->instance;
  }
  uint64_t now = current_world();
  Dispatched found = dispatch(argument_types, world);
  if (found.ambiguous)
    throw_method_error(task, f, const_cast<Value **>(args), n, world);
  if (!found.method)
    return nullptr;
  DispatchEntry *e = new_entry(found, argument_types, k);
  if (argument_types->has_free_typevars)
    return e->instance; // no canonical tuple type to keep it under
  e = put_leaf(table, e, now);
  if (k && k->match(*e))
    put_global(e);
  return e->instance;
}

BuiltinFn builtin_body(Value *f) {
  DataType *t = type_of(f);
  return t->super == types::Builtin && t->name->methods ? t->name->methods->builtin : nullptr;
}

/// The callee's published code, compiled or set up for the interpreter now if there is none.
CodeInstance *runnable_code(Task *task, MethodInstance *instance, uint64_t world) {
  CodeInstance *code = find_code_instance(instance, world, can_be_entered);
  return code ? code : compiler_hooks().code_for(task, instance, world);
}

} // namespace

static Value *invoke_code(Task *task, CodeInstance *code, Value *f, Value **args, uint32_t n) {
  auto invoke = reinterpret_cast<InvokeFn>(code->entry.invoke.load(std::memory_order_acquire));
  return invoke(f, args, n, code, task);
}

Value *invoke_instance(Task *task, MethodInstance *instance, Value *f, Value **args, uint32_t n) {
  if (instance->def && instance->def->builtin)
    return instance->def->builtin(task, f, args, n);
  return invoke_code(task, runnable_code(task, instance, task->world), f, args, n);
}

/// Runs what an entry of the global cache leads to, and notes its code for the next call.
static Value *invoke_entry(Task *task, DispatchEntry *e, Value *f, Value **args, uint32_t n) {
  MethodInstance *instance = e->instance;
  if (instance->def && instance->def->builtin)
    return instance->def->builtin(task, f, args, n);
  CodeInstance *code = runnable_code(task, instance, task->world);
  if (code->is_inferred)
    e->code.store(code, std::memory_order_release);
  return invoke_code(task, code, f, args, n);
}

static Value *apply_slowly(Task *task, Value *f, Value **args, uint32_t n, const Keys *k) {
  MethodInstance *instance = look_up_slowly(task, f, args, n, task->world, k);
  if (!instance)
    throw_method_error(task, f, args, n, task->world);
  return invoke_instance(task, instance, f, args, n);
}

Value *apply(Task *task, Value *f, Value **args, uint32_t n) {
  if (BuiltinFn body = builtin_body(f))
    return body(task, f, args, n);
  if (type_of(f) == types::IntrinsicFunction)
    return run_intrinsic(task, intrinsic_of(f), args, n);
  if (n + 1 > kMaxKeys)
    return apply_slowly(task, f, args, n, nullptr);
  Keys k(f, args, n);
  DispatchEntry *e = find_global(k, task->world);
  if (!e)
    return apply_slowly(task, f, args, n, &k);
  CodeInstance *code = e->code.load(std::memory_order_acquire);
  if (code && holds_in(code, task->world)) [[likely]]
    return invoke_code(task, code, f, args, n);
  return invoke_entry(task, e, f, args, n);
}

// Handlers keep the world: when the call throws, catching restores it.
Value *apply_latest(Task *task, Value *f, Value **args, uint32_t n) {
  uint64_t world = task->world;
  task->world = current_world();
  Value *result = apply(task, f, args, n);
  task->world = world;
  return result;
}

} // namespace jl
