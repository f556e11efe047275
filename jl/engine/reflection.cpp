// SPDX-License-Identifier: MIT
// code_lowered, code_typed, code_llvm, code_native and questions about methods.
#include <algorithm>

#include "jl/engine/code_objects.h"
#include "jl/engine/natives.h"
#include "jl/engine/policy.h"
#include "jl/engine/state.h"
#include "jl/infer/infer.h"
#include "jl/lower/lowered.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/opaque_closure.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

/// Tuple{typeof(f), types...} for f and Tuple{types...}, under the UnionAlls of `types`.
Value *call_signature(Task *task, Value *f, Value *types) {
  Value *body = unwrap_union_all(types);
  if (!is_tuple_type(body))
    throw_type_error(task, "signature", types::Type, types);
  SimpleVector *parameters = static_cast<DataType *>(body)->parameters;
  GcVector<Value *> all{is_type(f) ? type_of_type(f) : type_of(f)};
  all.insert(all.end(), parameters->data, parameters->data + parameters->length);
  return rewrap_union_all(make_tuple_type(all), types);
}

GcVector<MethodMatch> matches(Value *signature, uint64_t world) {
  GcVector<MethodMatch> found;
  uint64_t min = 0, max = 0;
  bool ambiguous = false;
  find_methods(signature, world, 1 << 20, found, min, max, ambiguous);
  return found;
}

/// The one instance that a listing is made of. Throws when the call matches no method or several.
MethodInstance *only_instance(Task *task, Value *f, Value *types) {
  if (is_opaque_closure_type(type_of(f)))
    return static_cast<OpaqueClosure *>(f)->instance;
  Value *signature = call_signature(task, f, types);
  GcVector<MethodMatch> found = matches(signature, task->world);
  if (found.size() != 1)
    throw_error(task, "no unique matching method found for the specified argument types: " +
                          signature_to_string(signature));
  MethodMatch &match = found.front();
  return specialize(match.method, match.spec_types, match.sparams);
}

bool flag(Value *v) {
  return v == true_value();
}

std::string list_compiled(Task *task, MethodInstance *instance, const Compiler::Listing &listing) {
  CodeInstance *code = infer_whole(task, instance, task->world);
  Compiler *compiler = compiler_half();
  if (!compiler)
    throw_error(task, "code_llvm and code_native need the compiler, which could not be loaded");
  if (!code->inferred)
    throw_error(task,
                "the method has a fault that lowering reports when it is called: there is no code to show");
  return compiler->list(task, code, listing);
}

} // namespace

Value *native_code_lowered(Task *task, Value *, Value **args, uint32_t) {
  Array *result = new_vector_any(task);
  for (MethodMatch &match : matches(call_signature(task, args[0], args[1]), task->world))
    if (CodeInfo *source = match.method->builtin ? nullptr : method_source(task, match.method))
      push(task, result, source);
  return result;
}

Value *native_return_types(Task *task, Value *, Value **args, uint32_t) {
  Array *result = new_vector_any(task);
  for (MethodMatch &match : matches(call_signature(task, args[0], args[1]), task->world))
    if (!match.method->builtin)
      push(task, result,
           infer(task, specialize(match.method, match.spec_types, match.sparams), task->world)->rettype);
  return result;
}

Value *native_code_typed(Task *task, Value *, Value **args, uint32_t) {
  Array *result = new_vector_any(task);
  for (MethodMatch &match : matches(call_signature(task, args[0], args[1]), task->world)) {
    if (match.method->builtin)
      continue;
    MethodInstance *instance = specialize(match.method, match.spec_types, match.sparams);
    CodeInstance *code = infer_whole(task, instance, task->world);
    bool is_optimized = flag(args[2]);
    String *text =
        is_optimized ? nullptr : new_string(task, typed_listing(task, instance, task->world, false));
    Value *fields[] = {new_inferred_source(task, code, text), code->rettype};
    push(task, result, make_tuple(task, fields, 2));
  }
  return result;
}

Value *native_method_instance(Task *task, Value *, Value **args, uint32_t) {
  GcVector<MethodMatch> found = matches(call_signature(task, args[0], args[1]), task->world);
  if (found.size() != 1 || !found.front().fully_covers)
    return nothing_value();
  MethodMatch &match = found.front();
  return specialize(match.method, match.spec_types, match.sparams);
}

Value *native_code_llvm(Task *task, Value *, Value **args, uint32_t) {
  Compiler::Listing listing{.kind = Compiler::Listing::Kind::Llvm,
                            .dump_module = flag(args[2]),
                            .optimize = flag(args[3]),
                            .raw = flag(args[4])};
  return new_string(task, list_compiled(task, only_instance(task, args[0], args[1]), listing));
}

Value *native_code_native(Task *task, Value *, Value **args, uint32_t) {
  Compiler::Listing listing{.kind = Compiler::Listing::Kind::Native, .dump_module = flag(args[2])};
  return new_string(task, list_compiled(task, only_instance(task, args[0], args[1]), listing));
}

Value *native_return_type(Task *task, Value *, Value **args, uint32_t) {
  return infer_return_type(task, call_signature(task, args[0], args[1]), task->world);
}

Value *native_print_code(Task *task, Value *, Value **args, uint32_t) {
  if (type_of(args[0]) != types::CodeInfo_)
    throw_type_error(task, "print_code", types::CodeInfo_, args[0]);
  auto *code = static_cast<CodeInfo *>(args[0]);
  if (!code->inferred)
    return new_string(task, print_lowered(*code));
  std::string text = "# this method has no typed IR\n";
  if (code->listing)
    text = code->listing->view();
  else if (code->inferred->inferred)
    text = print_typed(*code->inferred->inferred);
  size_t type = text.rfind(") => "); // which the Pair that code_typed gives shows
  return new_string(task, text.substr(0, type == text.npos ? type : type + 1));
}

/// The table of a type's name holds Foo(x) and Foo{T}(x).
bool may_construct(Method *method, Value *type) {
  auto *signature = static_cast<DataType *>(unwrap_union_all(method->sig));
  Value *callee = rewrap_union_all(signature->parameters->data[0], method->sig);
  return is_a(type, callee);
}

/// Before any that takes all it takes, else as they were defined.
void sort_by_specificity(GcVector<Method *> &methods) {
  for (size_t i = 1; i < methods.size(); i++) {
    auto at = methods.begin() + ptrdiff_t(i);
    auto before =
        std::find_if(methods.begin(), at, [&](Method *other) { return is_subtype((*at)->sig, other->sig); });
    std::rotate(before, at, at + 1);
  }
}

Value *native_methods(Task *task, Value *, Value **args, uint32_t) {
  Array *result = new_vector_any(task);
  if (args[1] == nothing_value()) {
    GcVector<Method *> all;
    methods_of(is_type(args[0]) ? type_of_type(args[0]) : type_of(args[0]), task->world, all);
    sort_by_specificity(all);
    for (Method *method : all)
      if (!is_type(args[0]) || may_construct(method, args[0]))
        push(task, result, method);
    return result;
  }
  for (MethodMatch &match : matches(call_signature(task, args[0], args[1]), task->world))
    push(task, result, match.method);
  return result;
}

Value *native_has_method(Task *task, Value *, Value **args, uint32_t) {
  for (MethodMatch &match : matches(call_signature(task, args[0], args[1]), unbox_uint64(args[2])))
    if (match.fully_covers)
      return true_value();
  return false_value();
}

} // namespace jl
