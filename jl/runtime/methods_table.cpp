// SPDX-License-Identifier: MIT
// Method tables: making functions, adding and listing methods, the world counter.
#include <algorithm>

#include "jl/runtime/exceptions.h"
#include "jl/runtime/methods_internal.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"

namespace jl {

namespace {

std::atomic<uint64_t> world_counter{1};
CompilerHooks hooks;

GcVector<MethodTable *> &tables() {
  static auto *all = gc_new<GcVector<MethodTable *>>();
  return *all;
}

/// Does some table belong to an abstract type, so that callees below it must look there as well?
std::atomic<bool> has_abstract_callees{false};

bool is_keyed(const MethodTable *table) {
  static const Symbol kwcall = Symbol::intern("kwcall");
  return table->name == types::TypeTypeName || table->name->function_name == kwcall;
}

/// What the methods of a keyed table are told apart by: X's name in Type{X}, the function's in kwcall's
/// arguments.
TypeName *key_of(const MethodTable *table, Value *sig) {
  auto params = parameters_of(signature_tuple(sig));
  size_t position = table->name == types::TypeTypeName ? 0 : 2;
  if (position >= params.size() || is_vararg(params[position]))
    return nullptr;
  Value *t = params[position];
  while (is_typevar(t))
    t = as_typevar(t)->upper;
  t = unwrap_union_all(t);
  if (position == 0) {
    if (!is_type_of_type(t))
      return nullptr;
    t = (*as_datatype(t)->parameters)[0];
    if (is_typevar(t)) { // Type{T} where T<:X: a key only if nothing else is below X
      t = unwrap_union_all(as_typevar(t)->upper);
      return is_datatype(t) && !as_datatype(t)->name->is_abstract && !is_tuple(t) ? as_datatype(t)->name
                                                                                  : nullptr;
    }
    t = unwrap_union_all(t);
    return is_datatype(t) ? as_datatype(t)->name : nullptr;
  }
  if (is_type_of_type(t))
    return types::TypeTypeName;
  return is_datatype(t) && !as_datatype(t)->name->is_abstract && !is_kind(t) ? as_datatype(t)->name : nullptr;
}

void insert_locked(MethodTable *table, Method *method) {
  table->methods.push_back(method);
  if (!is_keyed(table))
    return;
  if (TypeName *key = key_of(table, method->sig))
    table->by_key[key].push_back(method);
  else
    table->without_key.push_back(method);
}

void append(const GcVector<Method *> &from, GcVector<Method *> &out) {
  out.insert(out.end(), from.begin(), from.end());
}

void candidates_locked(MethodTable *table, Value *sig, GcVector<Method *> &out) {
  TypeName *key = is_keyed(table) ? key_of(table, sig) : nullptr;
  if (!key)
    return append(table->methods, out);
  if (auto known = table->by_key.find(key); known != table->by_key.end())
    append(known->second, out);
  append(table->without_key, out);
}

} // namespace

std::recursive_mutex &methods_lock() {
  static std::recursive_mutex mutex;
  return mutex;
}

uint64_t current_world() {
  return world_counter.load(std::memory_order_acquire);
}
const std::atomic<uint64_t> *current_world_address() {
  return &world_counter;
}
uint64_t next_world_locked() {
  return world_counter.load(std::memory_order_relaxed) + 1;
}
void publish_world_locked(uint64_t world) {
  world_counter.store(world, std::memory_order_release);
}

void set_compiler_hooks(const CompilerHooks &given) {
  hooks = given;
}
const CompilerHooks &compiler_hooks() {
  return hooks;
}

/// Bodies are lowered one at a time: lowering defines the types of a body's closures. What runs meanwhile are
/// these definitions alone, which ask for no inference, whose lock may be held here.
static std::recursive_mutex &lowering_mutex() {
  static std::recursive_mutex mutex;
  return mutex;
}

/// What lowering throws goes on, but leaves the lock free.
static CodeInfo *lower_locked(Task *task, Method *method) {
  lowering_mutex().lock();
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    CodeInfo *source = method->source.load(std::memory_order_acquire);
    if (!source)
      method->source.store(source = hooks.lower_method(task, method), std::memory_order_release);
    handler_leave(task, &handler);
    lowering_mutex().unlock();
    return source;
  }
  lowering_mutex().unlock();
  rethrow_current(task);
}

CodeInfo *method_source(Task *task, Method *method) {
  if (CodeInfo *source = method->source.load(std::memory_order_acquire))
    return source;
  return method->pending && hooks.lower_method ? lower_locked(task, method) : nullptr;
}

CodeInfo *instance_source(Task *task, MethodInstance *instance) {
  if (!instance->def)
    return instance->thunk;
  if (!instance->def->is_generated)
    return method_source(task, instance->def);
  if (!instance->thunk)
    instance->thunk = hooks.generate_body(task, instance);
  return instance->thunk;
}

// --- Tables ---

TypeName *callee_name(Value *t) {
  while (is_typevar(t))
    t = as_typevar(t)->upper;
  t = unwrap_union_all(t);
  if (is_kind(t))
    return types::TypeTypeName;
  return is_datatype(t) ? as_datatype(t)->name : nullptr;
}

static MethodTable *known_table(TypeName *name) {
  return std::atomic_ref(name->methods).load(std::memory_order_acquire);
}

MethodTable *table_of(TypeName *name) {
  if (MethodTable *table = known_table(name))
    return table;
  MethodsLock lock(methods_lock());
  if (MethodTable *table = known_table(name))
    return table;
  auto *table = new (raw_object(types::MethodTable_, sizeof(MethodTable))) MethodTable();
  table->name = name;
  tables().push_back(table);
  std::atomic_ref(name->methods).store(table, std::memory_order_release);
  return table;
}

void all_tables(GcVector<MethodTable *> &out) {
  MethodsLock lock(methods_lock());
  out = tables();
}

void tables_for_callee(Value *t, GcVector<MethodTable *> &out) {
  TypeName *name = callee_name(t);
  out.push_back(table_of(name));
  if (!has_abstract_callees.load(std::memory_order_acquire) || name == types::TypeTypeName)
    return;
  for (DataType *super = unwrapped_datatype(name->wrapper)->super; super; super = super->super) {
    if (MethodTable *table = known_table(super->name))
      out.push_back(table);
    if (super == types::Any)
      break;
  }
}

bool is_callee_known(Value *sig) {
  auto params = parameters_of(signature_tuple(sig));
  if (params.empty() || is_vararg(params[0]))
    return false;
  TypeName *name = callee_name(params[0]);
  return name && (!name->is_abstract || name == types::TypeTypeName);
}

void candidates(Value *sig, GcVector<Method *> &out) {
  GcVector<MethodTable *> where;
  MethodsLock lock(methods_lock());
  tables_for_callee((*signature_tuple(sig)->parameters)[0], where);
  for (MethodTable *table : where)
    candidates_locked(table, sig, out);
}

LookupPlace place_of_lookup(Value *sig) {
  LookupPlace place{callee_name((*signature_tuple(sig)->parameters)[0])};
  MethodTable *table = place.callee ? table_of(place.callee) : nullptr;
  if (table && is_keyed(table))
    place.key = key_of(table, sig);
  return place;
}

// --- Functions and methods ---

Value *new_generic_function(Module *module, Symbol name) {
  return new_function_type(module, name)->instance;
}

Method *new_method(Module *module, Symbol name) {
  auto *method = new (raw_object(types::Method_, sizeof(Method))) Method();
  method->name = name;
  method->module = module;
  method->name_value = symbol_value(name);
  method->sparam_names = raw_svec({});
  method->deleted_world = kWorldMax;
  method->called_args = ~uint64_t{0};
  return method;
}

Value *new_builtin_function(Module *module, Symbol name, BuiltinFn body) {
  DataType *type = new_function_type(module, name);
  type->super = types::Builtin;
  Method *method = new_method(module, name);
  Value *parameters[] = {type, make_vararg(types::Any, nullptr)};
  method->sig = make_tuple_type(parameters);
  method->nargs = 2;
  method->is_vararg = true;
  method->builtin = body;
  method->file_value = symbol_value("none");
  method->primary_world = 1;
  MethodsLock lock(methods_lock());
  MethodTable *table = table_of(type->name);
  table->builtin = body;
  insert_locked(table, method);
  return type->instance;
}

namespace {

void check_signature(Task *task, Method *method) {
  Value *body = unwrap_union_all(method->sig);
  Value *callee =
      is_tuple(body) && as_datatype(body)->parameters->length ? (*as_datatype(body)->parameters)[0] : nullptr;
  if (!callee || is_vararg(callee) || !callee_name(callee))
    throw_error(task, "function type in method definition is not a type");
  TypeName *name = callee_name(callee);
  if (name == types::Function->name || name == types::Any->name || name == types::Builtin->name)
    throw_error(task, "cannot add methods to an abstract type");
  MethodTable *known = known_table(name);
  if (known && known->builtin)
    throw_error(task, "cannot add methods to a builtin function");
}

/// What a type is called by: of a variable its bound, of a type with variables its body.
Value *named_part(Value *t) {
  while (is_typevar(t) || is_union_all(t))
    t = is_typevar(t) ? as_typevar(t)->upper : as_union_all(t)->body;
  return t;
}

/// Has no member of the union this type's name? Then the union cannot be the type: it would have to be one of
/// the members, the others below it.
bool names_nothing_in(const TypeName *name, Value *members) {
  members = named_part(members);
  if (is_union_type(members))
    return names_nothing_in(name, as_union(members)->a) && names_nothing_in(name, as_union(members)->b);
  return is_datatype(members) && as_datatype(members)->name != name;
}

/// Are these unequal by name alone, or some of their parameters? Cheap, and the answer for nearly all pairs;
/// no when in doubt. Bounds decide for variables: whatever a variable may be, it may be its bound.
bool surely_unequal_types(Value *a, Value *b) {
  a = named_part(a), b = named_part(b);
  if (a == b || !is_datatype(a))
    return a != b && is_union_type(a) && is_datatype(b) && names_nothing_in(as_datatype(b)->name, a);
  if (!is_datatype(b))
    return is_union_type(b) && names_nothing_in(as_datatype(a)->name, b);
  if (as_datatype(a)->name != as_datatype(b)->name)
    return true;
  auto x = parameters_of(as_datatype(a)), y = parameters_of(as_datatype(b));
  if (is_tuple(a) || x.size() != y.size())
    return false;
  for (size_t i = 0; i < x.size(); ++i)
    if (surely_unequal_types(x[i], y[i]))
      return true;
  return false;
}

bool is_open(std::span<Value *const> parameters) {
  return !parameters.empty() && is_vararg(parameters.back());
}

/// Can no tuple be as long as both say?
bool lengths_differ(std::span<Value *const> x, std::span<Value *const> y) {
  if (is_open(x))
    return !is_open(y) && y.size() + 1 < x.size();
  return is_open(y) ? x.size() + 1 < y.size() : x.size() != y.size();
}

/// Can the signatures not be equal? Says no when in doubt.
bool surely_unequal(Value *a, Value *b) {
  auto x = parameters_of(signature_tuple(a)), y = parameters_of(signature_tuple(b));
  if (lengths_differ(x, y))
    return true;
  for (size_t i = 0; i < std::min(x.size(), y.size()); ++i)
    if (surely_unequal_types(x[i], y[i])) // of a Vararg: in doubt
      return true;
  return false;
}

Method *find_equal_locked(MethodTable *table, Value *sig, uint64_t world) {
  GcVector<Method *> others;
  candidates_locked(table, sig, others);
  for (Method *m : others)
    if (is_visible_in(m, world) && !surely_unequal(m->sig, sig) && !obviously_disjoint(m->sig, sig) &&
        types_equal(m->sig, sig))
      return m;
  return nullptr;
}

/// Redefinitions keep their number: what came before in a session must not show in a unit.
uint32_t ordinal_of(MethodTable *table, const Method *method, const Method *replaced) {
  if (replaced && replaced->name == method->name && replaced->module == method->module)
    return replaced->ordinal;
  return table->next_ordinals[{method->name.record(), method->module}]++;
}

} // namespace

void add_method(Task *task, Method *method, EqualMethod equal) {
  check_signature(task, method);
  method->name_value = symbol_value(method->name);
  method->file_value = method->file ? symbol_value(method->file) : symbol_value("none");
  TypeName *name = callee_name((*signature_tuple(method->sig)->parameters)[0]);
  MethodsLock lock(methods_lock());
  MethodTable *table = table_of(name);
  if (name->is_abstract && name != types::TypeTypeName)
    has_abstract_callees = true;
  uint64_t world = next_world_locked();
  Method *replaced =
      equal == EqualMethod::MayBeThere ? find_equal_locked(table, method->sig, world - 1) : nullptr;
  method->ordinal = ordinal_of(table, method, replaced);
  method->primary_world = world;
  method->deleted_world = kWorldMax;
  invalidate_for_locked(table, method, world);
  if (replaced)
    replaced->deleted_world = world;
  insert_locked(table, method);
  publish_world_locked(world);
}

void delete_method(Method *method) {
  TypeName *name = callee_name((*signature_tuple(method->sig)->parameters)[0]);
  MethodsLock lock(methods_lock());
  if (method->deleted_world != kWorldMax)
    return;
  uint64_t world = next_world_locked();
  invalidate_for_locked(table_of(name), method, world);
  method->deleted_world = world;
  publish_world_locked(world);
}

size_t ended_methods() {
  MethodsLock lock(methods_lock());
  size_t n = 0;
  for (MethodTable *table : tables())
    n += size_t(
        std::ranges::count_if(table->methods, [](Method *m) { return m->deleted_world != kWorldMax; }));
  return n;
}

void methods_of(Value *function_type, uint64_t world, GcVector<Method *> &out) {
  TypeName *name = callee_name(function_type);
  if (!name)
    return;
  Value *any[] = {function_type, make_vararg(types::Any, nullptr)};
  Value *sig = instantiate(types::Tuple->name, any);
  GcVector<Method *> found;
  candidates(sig, found);
  for (Method *m : found)
    if (is_visible_in(m, world) &&
        !obviously_disjoint((*signature_tuple(m->sig)->parameters)[0], function_type) &&
        signatures_meet(m->sig, sig))
      out.push_back(m);
}

} // namespace jl
