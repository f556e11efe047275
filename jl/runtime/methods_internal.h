// SPDX-License-Identifier: MIT
// Method tables and what the files methods_*.cpp and dispatch.cpp share.
//
// One table per TypeName of a callee; all types' constructors are in the table of Type, all keyword methods
// in that of Core.kwcall, so these two are indexed further. `methods_lock` guards tables, specialisations and
// edges; it is taken before types_lock, and never held while Julia code runs or an exception is thrown.
#pragma once

#include <mutex>
#include <unordered_map>

#include "jl/runtime/method.h"
#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/types_internal.h"

namespace jl {

std::recursive_mutex &methods_lock();
using MethodsLock = RuntimeLock<std::recursive_mutex>;

/// What dispatch found for one list of argument types. Shared by the caches; never changes but for max_world,
/// and for the code that ran last.
struct DispatchEntry {
  DataType *types;
  MethodInstance *instance;
  uint64_t min_world;
  std::atomic<uint64_t> max_world;
  std::atomic<CodeInstance *> code; // compiled code of the instance, once it was called, or null
  uint64_t hash;                    // of the keys' addresses: for the global cache only
  uint32_t n;                       // keys
  uint32_t type_keys;               // bit i: key i is itself the argument (a type), not the argument's type
  Value *keys[];
  bool holds_in(uint64_t world) const {
    return min_world <= world && world <= max_world.load(std::memory_order_acquire);
  }
};

template <class K, class V>
using GcHashMap =
    std::unordered_map<K, V, std::hash<K>, std::equal_to<K>, GcAllocator<std::pair<const K, V>>>;

struct NameInModule {
  const SymbolRecord *name;
  Module *module;
  bool operator==(const NameInModule &) const = default;
  struct Hash {
    size_t operator()(const NameInModule &key) const {
      return (reinterpret_cast<uintptr_t>(key.name) ^ reinterpret_cast<uintptr_t>(key.module) << 1) >> 4;
    }
  };
};

struct LookupEdge {
  Value *sig;
  CodeInstance *caller;
};

struct MethodTable : Value {
  TypeName *name;
  GcVector<Method *> methods;                       // in order of definition
  GcHashMap<TypeName *, GcVector<Method *>> by_key; // of the Type and kwcall tables; never iterated
  GcVector<Method *> without_key;                   // in those: methods that may take any key
  std::unordered_map<NameInModule, uint32_t, NameInModule::Hash, std::equal_to<>,
                     GcAllocator<std::pair<const NameInModule, uint32_t>>>
      next_ordinals; // of methods with that name and module; never iterated
  GcHashMap<DataType *, GcVector<DispatchEntry *>> leaves;
  GcVector<LookupEdge> lookup_edges;
  GcVector<MethodInstance *> instances_with_edges;
  BuiltinFn builtin = nullptr;
};

inline bool is_visible_in(const Method *m, uint64_t world) {
  return m->primary_world.load() <= world && world < m->deleted_world.load();
}
inline DataType *signature_tuple(Value *sig) {
  return as_datatype(unwrap_union_all(sig));
}

/// The name in whose table methods for callees of type `t` are; null when `t` says too little.
TypeName *callee_name(Value *t);
MethodTable *table_of(TypeName *name);
/// Tables that may hold methods for a callee of type `t`: its own and those of abstract types above it.
void tables_for_callee(Value *t, GcVector<MethodTable *> &out);
bool is_callee_known(Value *sig);
/// Every method that a call of `sig` might reach in some world: those of the tables above, less those of
/// other keys.
void candidates(Value *sig, GcVector<Method *> &out);
/// What decides which methods those are: the callee's name, and in tables that are indexed further the key;
/// null where there is none.
struct LookupPlace {
  TypeName *callee = nullptr, *key = nullptr;
};
LookupPlace place_of_lookup(Value *sig);
void all_tables(GcVector<MethodTable *> &out);
/// Can no value be in both? Cheap; false when that takes real work.
bool obviously_disjoint(Value *a, Value *b);
bool signatures_meet(Value *a, Value *b);

/// What exactly these argument types reach.
struct Dispatched {
  Method *method = nullptr;
  SimpleVector *sparams = nullptr;
  bool ambiguous = false;
  uint64_t min_world = 1, max_world = kWorldMax;
};
Dispatched dispatch(DataType *types, uint64_t world);

/// The instance that a call found by dispatch runs: nobody relies on its result type, so arguments that it
/// only passes on are not specialised on (Type{X} becomes X's kind, typeof(f) Function). Inference uses
/// specialize().
MethodInstance *specialize_for_dispatch(Method *method, Value *spec_types, SimpleVector *sparams);

void invalidate_for_locked(MethodTable *table, Method *added, uint64_t world);
void invalidate_instance_locked(MethodInstance *instance, uint64_t world);
void invalidate_code_locked(CodeInstance *code, uint64_t world);
void cap_world(std::atomic<uint64_t> &max_world, uint64_t at);

struct Specializations {
  GcHashMap<uint64_t, GcVector<MethodInstance *>> by_hash;
};
struct BackEdges {
  GcVector<CodeInstance *> callers;
};
/// The next world; it becomes current with publish_world_locked.
uint64_t next_world_locked();
void publish_world_locked(uint64_t world);
/// Values of a signature's static parameters for argument types below it; false when they are not below.
bool match_signature(Value *types, Value *sig, SimpleVector *&sparams);

} // namespace jl
