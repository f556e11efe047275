// SPDX-License-Identifier: MIT
// Method instances and code instances: one object per method and compile signature, found again by content.
#include <algorithm>

#include "jl/runtime/methods_internal.h"
#include "jl/runtime/task.h"

namespace jl {

namespace {

/// Arguments past this many (with the function) share one instance.
constexpr size_t kMaxSpecialisedVarargs = 16;

bool is_set(uint64_t bits, size_t i) {
  return i < 64 && (bits >> i & 1);
}

/// The parameter's declared type where it says nothing about static parameters; null where it does.
Value *declared_type(Method *m, size_t i) {
  DataType *tuple = signature_tuple(m->sig);
  Vararg *rest = trailing_vararg(tuple);
  size_t fixed = tuple->parameters->length - (rest ? 1 : 0);
  Value *t = i < fixed ? (*tuple->parameters)[i] : rest ? vararg_type(rest) : nullptr;
  return t && !has_free_typevars(t) ? t : nullptr;
}

size_t argument_index(Method *m, size_t i) {
  return m->is_vararg ? std::min(i, size_t(m->nargs) - 1) : i;
}

/// Type{X} where any of its kind will do, as for `x::Type`; a function that is only passed on.
Value *widen_passed(Value *t, Value *declared) {
  if (is_type_of_type(t) && !as_datatype(t)->has_free_typevars) {
    Value *kind = type_of((*as_datatype(t)->parameters)[0]);
    return is_subtype(kind, declared) ? kind : t;
  }
  if (is_datatype(t) && is_subtype(t, types::Function) && is_subtype(types::Function, declared))
    return types::Function;
  return t;
}

enum class Passed { Exact, Widened };

Value *compile_type(Method *m, size_t i, Value *t, Passed passed) {
  Value *declared = i == 0 || is_vararg(t) ? nullptr : declared_type(m, i);
  if (!declared)
    return t;
  size_t argument = argument_index(m, i);
  if (is_set(m->nospecialize, argument))
    return declared;
  return passed == Passed::Exact || is_set(m->called_args, std::min<size_t>(argument, 63))
             ? t
             : widen_passed(t, declared);
}

/// One Vararg for all arguments past the limit.
void shorten(Method *m, GcVector<Value *> &params) {
  if (m->is_generated || !m->is_vararg ||
      params.size() <= std::max(size_t(m->nargs), kMaxSpecialisedVarargs) || is_vararg(params.back()))
    return;
  size_t keep = size_t(m->nargs) - 1;
  for (size_t i = keep; i < params.size(); ++i)
    if (!declared_type(m, i))
      return;
  Value *element = params[keep];
  for (size_t i = keep + 1; i < params.size() && element != types::Any; ++i)
    element = params[i] == element ? element : declared_type(m, i);
  params.resize(keep);
  params.push_back(make_vararg(element, nullptr));
}

Value *compile_signature(Method *m, Value *spec_types, Passed passed) {
  Value *body = unwrap_union_all(spec_types);
  if (!is_tuple(body) || is_union_all(spec_types))
    return spec_types;
  GcVector<Value *> params;
  for (Value *t : parameters_of(as_datatype(body)))
    params.push_back(compile_type(m, params.size(), t, passed));
  shorten(m, params);
  return instantiate(types::Tuple->name, params);
}

MethodInstance *new_instance() {
  return new (raw_object(types::MethodInstance_, sizeof(MethodInstance))) MethodInstance();
}

/// A question about abstract types may leave open what the types that it came to say: whoever asks first, the
/// instance has the same.
SimpleVector *settled(Method *method, Value *types, SimpleVector *sparams) {
  auto is_open = [](Value *v) { return v && type_of(v) == types::TypeVar_; };
  if (!sparams || std::none_of(sparams->data, sparams->data + sparams->length, is_open))
    return sparams;
  GcVector<Value *> values;
  bool is_match = intersect_with_sparams(types, method->sig, values) != types::Bottom_;
  return is_match && values.size() == sparams->length ? raw_svec(values) : sparams;
}

MethodInstance *find_or_make(Method *method, Value *types, SimpleVector *sparams) {
  sparams = settled(method, types, sparams);
  uint64_t hash = type_hash(types);
  MethodsLock lock(methods_lock());
  if (!method->specializations)
    method->specializations = gc_new<Specializations>();
  auto &same_hash = static_cast<Specializations *>(method->specializations)->by_hash[hash];
  for (MethodInstance *known : same_hash)
    if (same_structure(known->spec_types, types))
      return known;
  MethodInstance *made = new_instance();
  made->def = method;
  made->module = method->module;
  made->spec_types = types;
  made->sparams = sparams ? sparams : raw_svec({});
  same_hash.push_back(made);
  return made;
}

} // namespace

MethodInstance *specialize(Method *method, Value *spec_types, SimpleVector *sparams) {
  return find_or_make(method, compile_signature(method, spec_types, Passed::Exact), sparams);
}

MethodInstance *specialize_for_dispatch(Method *method, Value *spec_types, SimpleVector *sparams) {
  return find_or_make(method, compile_signature(method, spec_types, Passed::Widened), sparams);
}

MethodInstance *new_thunk_instance(Module *module, CodeInfo *code) {
  MethodInstance *thunk = new_instance();
  thunk->module = module;
  thunk->spec_types = types::EmptyTuple;
  thunk->sparams = raw_svec({});
  thunk->thunk = code;
  return thunk;
}

// --- Code instances ---

CodeInstance *new_code_instance(MethodInstance *instance, Value *rettype, Value *rettype_const,
                                uint64_t min_world, uint64_t max_world) {
  auto *code = new (raw_object(types::CodeInstance_, sizeof(CodeInstance))) CodeInstance();
  code->def = instance;
  code->rettype = rettype;
  code->rettype_const = rettype_const;
  code->min_world = min_world;
  code->max_world = max_world;
  Task *task = current_task();
  code->made_in_world = task ? task->world : current_world();
  return code;
}

namespace {

bool is_equivalent(CodeInstance *a, CodeInstance *b) {
  return a->is_inferred == b->is_inferred && a->min_world.load() == b->min_world.load() &&
         a->max_world.load() == b->max_world.load() && a->effects == b->effects &&
         types_equal(a->rettype, b->rettype) &&
         (a->rettype_const == b->rettype_const ||
          (a->rettype_const && b->rettype_const && egal(a->rettype_const, b->rettype_const)));
}

} // namespace

CodeInstance *install_code_instance(MethodInstance *instance, CodeInstance *code) {
  MethodsLock lock(methods_lock());
  for (CodeInstance *known = instance->cache.load(); known; known = known->next)
    if (known == code || is_equivalent(known, code))
      return known;
  code->next = instance->cache.load();
  instance->cache.store(code, std::memory_order_release);
  return code;
}

} // namespace jl
