// SPDX-License-Identifier: MIT
// Builtins that call: splatting, invoke, invokelatest, applicable.
#include "jl/runtime/builtins.h"

#include "jl/runtime/arrays.h"
#include "jl/runtime/method.h"

namespace jl {

// --- Splatting ---

static bool is_vector(Value *v) {
  return is_array(v) && array_rank(static_cast<Array *>(v)) == 1;
}

/// One of the two that `iterate` answers with; what has no such field is no answer.
static Value *field_of_step(Task *task, Value *step, size_t i) {
  DataType *type = type_of(step);
  if (!type->layout || i >= type->layout->nfields || is_memory(step))
    throw_bounds_error(task, step, box_int64(task, int64_t(i) + 1));
  Value *field = read_field(task, step, i);
  if (!field)
    throw_undef_ref(task);
  return field;
}

/// state = iterate(v) ... until nothing, as a `for` loop would.
static void splat_by_iteration(Task *task, Value *iterate, Value *v, GcVector<Value *> &out) {
  Value *args[] = {v, nullptr};
  Value *step = apply(task, iterate, args, 1);
  while (!is_nothing(step)) {
    out.push_back(field_of_step(task, step, 0));
    args[0] = v;
    args[1] = field_of_step(task, step, 1);
    step = apply(task, iterate, args, 2);
  }
}

void splat_into(Task *task, Value *iterate, Value *v, GcVector<Value *> &out) {
  if (is_tuple_type(type_of(v)) || is_named_tuple_type(type_of(v))) {
    for (size_t i = 0, count = type_of(v)->layout ? type_of(v)->layout->nfields : 0; i < count; i++)
      out.push_back(read_field(task, v, i));
  } else if (type_of(v) == types::SimpleVector_) {
    auto *svec = static_cast<SimpleVector *>(v);
    out.insert(out.end(), svec->data, svec->data + svec->length);
  } else if (is_vector(v)) {
    auto *vector = static_cast<Array *>(v);
    for (size_t i = 0; i < vector->dims[0]; i++) {
      Value *element = array_get(task, vector, i);
      if (!element)
        throw_undef_ref(task);
      out.push_back(element);
    }
  } else {
    splat_by_iteration(task, iterate, v, out);
  }
}

Value *builtin_apply_iterate(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "_apply_iterate", n, 2);
  GcVector<Value *> flat;
  for (uint32_t i = 2; i < n; i++)
    splat_into(task, args[0], args[i], flat);
  return apply(task, args[1], flat.data(), uint32_t(flat.size()));
}

// --- Other ways to call ---

Value *builtin_call_latest(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "invokelatest", n, 1);
  return apply_latest(task, args[0], args + 1, n - 1);
}

/// Tuple{typeof(f), types...}, with the UnionAlls of `types` around it.
static Value *signature_with(Value *f, Value *tuple_type) {
  auto *tuple = static_cast<DataType *>(unwrap_union_all(tuple_type));
  GcVector<Value *> parameters;
  parameters.push_back(is_type(f) ? type_of_type(f) : static_cast<Value *>(type_of(f)));
  for (size_t i = 0; i < tuple->parameters->length; i++)
    parameters.push_back(tuple->parameters->data[i]);
  return rewrap_union_all(make_tuple_type(parameters), tuple_type);
}

static Value *invoke_method(Task *task, Method *method, Value *f, Value **args, uint32_t n) {
  GcVector<Value *> sparams;
  Value *given = argument_types(f, args, n);
  Value *spec_types = intersect_with_sparams(given, method->sig, sparams);
  if (spec_types == types::Bottom_)
    throw_method_error(task, f, args, n, task->world);
  if (method->builtin)
    return method->builtin(task, f, args, n);
  return invoke_instance(task, specialize(method, spec_types, new_svec(task, sparams)), f, args, n);
}

/// Is f(args...) a call of these types? Makes no tuple to find out, as long as they are plain.
static bool is_call_of(Value *f, Value **args, uint32_t n, Value *spec_types) {
  if (type_of(spec_types) != types::DataType_)
    return is_subtype(argument_types(f, args, n), spec_types);
  SimpleVector *parameters = static_cast<DataType *>(spec_types)->parameters;
  size_t fixed = parameters->length;
  if (fixed && type_of((*parameters)[fixed - 1]) == types::Vararg_)
    return is_subtype(argument_types(f, args, n), spec_types);
  if (fixed != n + 1u || !is_a(f, (*parameters)[0]))
    return false;
  for (uint32_t i = 0; i < n; i++)
    if (!is_a(args[i], (*parameters)[i + 1]))
      return false;
  return true;
}

/// Runs exactly `code`.
static Value *invoke_code_instance(Task *task, CodeInstance *code, Value *f, Value **args, uint32_t n) {
  if (!code->def->def || !is_call_of(f, args, n, code->def->spec_types))
    throw_error(task, "invoke: argument type error");
  if (!holds_in(code, task->world))
    throw_error(task, "invoke: CodeInstance not valid for this world");
  if (!can_be_entered(code) && !compiler_hooks().prepare_code(task, code))
    throw_error(task, "Failed to invoke or compile external codeinst");
  auto enter = reinterpret_cast<InvokeFn>(code->entry.invoke.load(std::memory_order_acquire));
  Value *result = enter(f, args, n, code, task);
  asm volatile(""
               :
               : "r"(code)); // reachable for as long as it runs: when nobody else holds it, its memory goes
  return result;
}

Value *builtin_invoke(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "invoke", n, 2);
  Value *f = args[0], *which = args[1];
  if (type_of(which) == types::Method_)
    return invoke_method(task, static_cast<Method *>(which), f, args + 2, n - 2);
  if (type_of(which) == types::CodeInstance_)
    return invoke_code_instance(task, static_cast<CodeInstance *>(which), f, args + 2, n - 2);
  if (!is_type(which) || !is_tuple_type(unwrap_union_all(which)))
    throw_type_error(task, "invoke", type_of_type(types::Tuple), which);
  if (!is_a(make_tuple(task, args + 2, n - 2), which))
    throw_error(task, "invoke: argument type error");
  GcVector<MethodMatch> matches;
  uint64_t min, max;
  bool ambiguous;
  find_methods(signature_with(f, which), task->world, -1, matches, min, max, ambiguous);
  for (const MethodMatch &match : matches) // the most specific first
    if (match.fully_covers)
      return invoke_method(task, match.method, f, args + 2, n - 2);
  throw_method_error(task, f, args + 2, n - 2, task->world);
}

Value *builtin_applicable(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "applicable", n, 1);
  GcVector<MethodMatch> matches;
  uint64_t min, max;
  bool ambiguous;
  find_methods(argument_types(args[0], args + 1, n - 1), task->world, -1, matches, min, max, ambiguous);
  return bool_value(!matches.empty());
}

} // namespace jl
