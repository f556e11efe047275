// SPDX-License-Identifier: MIT
// Edges: which code relied on what, and the end of its validity when that changes.
//
// Invalid code stays: tasks in older worlds still run it. It only gets a last world, and so do its callers.
#include <algorithm>
#include <utility>

#include "jl/runtime/made_code.h"
#include "jl/runtime/methods_internal.h"

namespace jl {

void cap_world(std::atomic<uint64_t> &max_world, uint64_t at) {
  uint64_t now = max_world.load();
  while (now > at && !max_world.compare_exchange_weak(now, at)) {
  }
}

namespace {

BackEdges *backedges_of(MethodInstance *instance) {
  return static_cast<BackEdges *>(instance->backedges);
}

void take_callers(MethodInstance *instance, GcVector<CodeInstance *> &out) {
  BackEdges *edges = backedges_of(instance);
  if (!edges)
    return;
  out.insert(out.end(), edges->callers.begin(), edges->callers.end());
  edges->callers.clear(); // all of them end now
}

/// The table whose methods decide about calls of `sig`.
MethodTable *table_for(Value *sig) {
  auto params = parameters_of(signature_tuple(sig));
  TypeName *name = params.empty() || is_vararg(params[0]) ? nullptr : callee_name(params[0]);
  return name ? table_of(name) : nullptr;
}

/// Ends `caller` before the first method that changes the answer for `sig` and came after `caller` was made.
void cap_by_newer_methods(Value *sig, CodeInstance *caller) {
  if (caller->made_in_world >= current_world())
    return;
  GcVector<Method *> methods;
  candidates(sig, methods);
  for (Method *m : methods) {
    uint64_t added = m->primary_world.load(), deleted = m->deleted_world.load();
    bool is_newer = added > caller->made_in_world,
         is_gone = deleted != kWorldMax && deleted > caller->made_in_world;
    if ((is_newer || is_gone) && !obviously_disjoint(m->sig, sig) && signatures_meet(m->sig, sig))
      cap_world(caller->max_world, (is_newer ? added : deleted) - 1);
  }
}

} // namespace

void invalidate_code_locked(CodeInstance *code, uint64_t world) {
  GcVector<CodeInstance *> todo{code};
  while (!todo.empty()) {
    CodeInstance *next = todo.back();
    todo.pop_back();
    if (next->max_world.load() < world)
      continue;
    cap_world(next->max_world, world - 1);
    take_callers(next->def, todo);
  }
}

void invalidate_instance_locked(MethodInstance *instance, uint64_t world) {
  GcVector<CodeInstance *> callers;
  take_callers(instance, callers);
  for (CodeInstance *caller : callers)
    invalidate_code_locked(caller, world);
}

namespace {

void invalidate_leaves(MethodTable *table, Method *added, uint64_t world) {
  for (auto &[types, entries] : table->leaves)
    for (DispatchEntry *entry : entries)
      if (entry->max_world.load() >= world && !obviously_disjoint(types, added->sig) &&
          is_subtype(types, added->sig))
        cap_world(entry->max_world, world - 1);
}

void invalidate_lookups(MethodTable *table, Method *added, uint64_t world) {
  for (LookupEdge &edge : table->lookup_edges)
    if (edge.caller->max_world.load() >= world && !obviously_disjoint(edge.sig, added->sig) &&
        signatures_meet(edge.sig, added->sig))
      invalidate_code_locked(edge.caller, world);
  std::erase_if(table->lookup_edges, [&](LookupEdge &edge) { return edge.caller->max_world.load() < world; });
}

void invalidate_callees(MethodTable *table, Method *added, uint64_t world) {
  for (MethodInstance *instance : table->instances_with_edges) {
    if (obviously_disjoint(instance->spec_types, added->sig) ||
        !signatures_meet(instance->spec_types, added->sig))
      continue;
    if (instance->def != added && more_specific(instance->def->sig, added->sig))
      continue; // what it was called for still goes there
    invalidate_instance_locked(instance, world);
  }
  std::erase_if(table->instances_with_edges,
                [](MethodInstance *m) { return backedges_of(m)->callers.empty(); });
}

} // namespace

void invalidate_for_locked(MethodTable *table, Method *added, uint64_t world) {
  auto invalidate = [&](MethodTable *one) {
    invalidate_leaves(one, added, world);
    invalidate_lookups(one, added, world);
    invalidate_callees(one, added, world);
  };
  if (!table->name->is_abstract || table->name == types::TypeTypeName)
    return invalidate(table);
  GcVector<MethodTable *> affected;
  all_tables(affected);
  std::ranges::for_each(affected, invalidate);
}

void add_edge(MethodInstance *callee, CodeInstance *caller) {
  MethodsLock lock(methods_lock());
  if (!callee->backedges)
    callee->backedges = gc_new<BackEdges>();
  auto &callers = backedges_of(callee)->callers;
  bool first = callers.empty();
  if (first || callers.back() != caller) // a caller's edges come together
    callers.push_back(caller);
  if (!callee->def)
    return;
  if (first) {
    auto &known = table_for(callee->def->sig)->instances_with_edges;
    if (std::ranges::find(known, callee) == known.end())
      known.push_back(callee);
  }
  cap_by_newer_methods(callee->spec_types, caller);
}

void add_lookup_edge(Value *sig, CodeInstance *caller) {
  MethodsLock lock(methods_lock());
  MethodTable *table = table_for(sig);
  if (!table)
    return;                          // nothing was concluded from a call of an unknown function
  auto &edges = table->lookup_edges; // a caller's edges come together
  for (size_t i = edges.size(); i-- > 0 && edges[i].caller == caller;)
    if (same_structure(edges[i].sig, sig))
      return;
  table->lookup_edges.push_back({sig, caller});
  cap_by_newer_methods(sig, caller);
}

void insert_made_code(CodeInstance *code) {
  MethodsLock lock(methods_lock());
  if (std::exchange(code->made->is_inserted, true))
    return;
  MethodInstance *instance = code->def;
  code->next = instance->inserted.load();
  instance->inserted.store(code, std::memory_order_release);
  add_edge(instance, code);
  for (size_t i = 0; i < code->made->edges->length; i++) {
    Value *edge = (*code->made->edges)[i];
    if (type_of(edge) == types::CodeInstance_)
      add_edge(static_cast<CodeInstance *>(edge)->def, code);
    else if (type_of(edge) == types::MethodInstance_)
      add_edge(static_cast<MethodInstance *>(edge), code);
  }
}

// --- Bindings ---

void add_binding_edge(Binding *binding, CodeInstance *caller) {
  MethodsLock lock(methods_lock());
  if (!binding->edges)
    binding->edges = gc_new<BackEdges>();
  auto &callers = static_cast<BackEdges *>(binding->edges.load())->callers;
  if (std::ranges::find(callers, caller) == callers.end())
    callers.push_back(caller);
}

void invalidate_binding(Binding *binding) {
  MethodsLock lock(methods_lock());
  uint64_t world = next_world_locked();
  if (auto *edges = static_cast<BackEdges *>(binding->edges.load())) {
    GcVector<CodeInstance *> callers;
    callers.swap(edges->callers);
    for (CodeInstance *caller : callers)
      invalidate_code_locked(caller, world);
  }
  binding->const_world = world;
  publish_world_locked(world);
}

} // namespace jl
