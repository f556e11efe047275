// SPDX-License-Identifier: MIT
#include "jl/engine/code_objects.h"

#include <algorithm>

#include "jl/engine/machine_code.h"
#include "jl/engine/natives.h"
#include "jl/engine/one_shot.h"
#include "jl/engine/policy.h"
#include "jl/engine/state.h"
#include "jl/infer/effects.h"
#include "jl/infer/infer.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/c_function.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/made_code.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

void push_new(GcVector<Value *> &list, Value *v) {
  if (std::find(list.begin(), list.end(), v) == list.end())
    list.push_back(v);
}

/// What the code calls, in order; then the instances whose bodies it holds.
SimpleVector *edges_of(Task *task, const TypedIR *ir) {
  GcVector<Value *> edges;
  if (ir) {
    for (const TypedStmt &statement : ir->statements)
      if (statement.op == Op::Invoke)
        push_new(edges, ir->constants[ir->args(statement)[0].index()]);
    for (size_t i = 1; i < ir->scopes.size(); i++)
      push_new(edges, ir->scopes[i].instance);
  }
  return new_svec(task, edges);
}

Value *debug_info(Task *task, MethodInstance *instance) {
  Value *fields[] = {instance, nothing_value(), new_svec(task, {}), new_string(task, "")};
  return new_struct(task, types::DebugInfo, fields, 4);
}

/// Of inference's own code: what the constructor would have been told.
MadeCode describe(Task *task, CodeInstance *code) {
  give_body(task, code);
  Value *thrown = code->effects & kNothrow ? types::Bottom_ : static_cast<Value *>(types::Any);
  return {.owner = nothing_value(),
          .exctype = thrown,
          .inferred = code->inferred ? new_inferred_source(task, code, nullptr) : nothing_value(),
          .analysis_results = nothing_value(),
          .debuginfo = debug_info(task, code->def),
          .edges = edges_of(task, code->inferred)};
}

template <class T> T *checked_argument(Task *task, DataType *type, Value *v, std::string_view function) {
  if (type_of(v) != type)
    throw_type_error(task, function, type, v);
  return static_cast<T *>(v);
}

[[noreturn]] void throw_no_field(Task *task, Value *object, Value *name) {
  Value *fields[] = {type_of(object), name};
  throw_value(task, new_struct(task, types::FieldError, fields, 2));
}

Value *slot_names(Task *task, const CodeInfo &code) {
  Array *names = new_vector_any(task);
  for (const Slot &slot : code.slots)
    push(task, names, symbol_value(slot.name));
  return names;
}

} // namespace

CodeInfo *new_inferred_source(Task *task, CodeInstance *code, String *listing) {
  auto *source = static_cast<CodeInfo *>(alloc_scanned_object(task, types::CodeInfo_, sizeof(CodeInfo)));
  new (source) CodeInfo();
  source->inferred = code;
  source->listing = listing;
  const TypedIR *typed = code->inferred;
  source->nargs = typed ? uint32_t(typed->arguments.size()) : 0;
  source->is_vararg = typed && typed->is_vararg;
  return source;
}

Value *native_source_property(Task *task, Value *, Value **args, uint32_t) {
  auto *source = checked_argument<CodeInfo>(task, types::CodeInfo_, args[0], "getproperty");
  std::string_view name = symbol_of(args[1]).text();
  CodeInstance *code = source->inferred;
  if (name == "rettype")
    return code ? code->rettype : types::Any;
  if (name == "min_world")
    return box_uint64(task, code ? code->min_world.load() : 1);
  if (name == "max_world")
    return box_uint64(task, code ? code->max_world.load() : kWorldMax);
  if (name == "parent")
    return code ? static_cast<Value *>(code->def) : nothing_value();
  if (name == "edges")
    return code ? static_cast<Value *>(edges_of(task, code->inferred)) : nothing_value();
  if (name == "debuginfo")
    return code ? debug_info(task, code->def) : nothing_value();
  if (name == "nargs")
    return box_uint64(task, source->nargs);
  if (name == "isva")
    return bool_value(source->is_vararg);
  if (name == "slotnames")
    return slot_names(task, *source);
  throw_no_field(task, source, args[1]);
}

Value *native_code_property(Task *task, Value *, Value **args, uint32_t) {
  auto *code = checked_argument<CodeInstance>(task, types::CodeInstance_, args[0], "getproperty");
  std::string_view name = symbol_of(args[1]).text();
  if (name == "invoke")
    return box_pointer(task, code->entry.invoke.load(std::memory_order_acquire));
  if (name == "specptr")
    return box_pointer(task, code->entry.specptr.load(std::memory_order_acquire));
  if (name == "max_world")
    return box_uint64(task, code->max_world.load(std::memory_order_acquire));
  if (name == "next") {
    if (!code->next)
      throw_undef_ref(task);
    return code->next;
  }
  MadeCode said = code->made ? *code->made : describe(task, code);
  if (name == "owner")
    return said.owner;
  if (name == "exctype")
    return said.exctype;
  if (name == "inferred")
    return said.inferred;
  if (name == "analysis_results")
    return said.analysis_results;
  if (name == "debuginfo")
    return said.debuginfo;
  if (name == "edges")
    return said.edges;
  throw_no_field(task, code, args[1]);
}

Value *native_new_code_instance(Task *task, Value *, Value **args, uint32_t) {
  constexpr int32_t kConstKnown = 2; // of const_flags: the value is always inferred_const
  auto *instance = checked_argument<MethodInstance>(task, types::MethodInstance_, args[0], "CodeInstance");
  bool is_constant = unbox_int32(args[6]) & kConstKnown;
  CodeInstance *code = new_code_instance(instance, args[2], is_constant ? args[4] : nullptr,
                                         unbox_uint64(args[7]), unbox_uint64(args[8]));
  code->is_inferred = true;
  auto *made = gc_new<MadeCode>();
  made->owner = args[1];
  made->exctype = args[3];
  made->inferred = args[5];
  made->analysis_results = args[10];
  made->debuginfo = args[11];
  made->edges = checked_argument<SimpleVector>(task, types::SimpleVector_, args[12], "CodeInstance");
  code->made = made;
  return code;
}

namespace {

/// Gives `code`, made by the program, the body that `source` stands for.
void give_body(Task *task, CodeInstance *code, const CodeInfo *source) {
  if (!code->made)
    throw_argument_error(task, "the CodeInstance belongs to the compiler, which gives it a body by itself");
  CodeInstance *inferred = source->inferred;
  if (!inferred || !inferred->inferred)
    throw_argument_error(task, "the CodeInfo is not one that code_typed gave");
  if (inferred->def != code->def)
    throw_argument_error(task, "the CodeInfo belongs to another MethodInstance than the CodeInstance");
  if (!is_subtype(inferred->rettype, code->rettype))
    throw_argument_error(task, "the CodeInfo returns " + type_to_string(inferred->rettype) +
                                   ", the CodeInstance says " + type_to_string(code->rettype));
  code->inferred = inferred->inferred.load();
}

/// One after the other what the batch left: all of it where nothing is compiled.
void compile_made(Task *task, std::span<CodeInstance *const> codes) {
  drop_unreachable();
  prepare_batch(task, codes);
  for (CodeInstance *code : codes)
    forget_when_unreachable(code);
}

} // namespace

} // namespace jl

using namespace jl;

C_EXPORT void jl_mi_cache_insert(Value *instance, Value *code_instance) {
  Task *task = current_task();
  auto *code =
      checked_argument<CodeInstance>(task, types::CodeInstance_, code_instance, "jl_mi_cache_insert");
  if (!code->made || code->def != instance)
    throw_argument_error(task, "jl_mi_cache_insert: the CodeInstance was not made for this MethodInstance");
  insert_made_code(code);
}

/// The bodies first, so that members which call one another find them.
C_EXPORT void jl_add_codeinsts_to_jit(Value *codes, Value *sources) {
  Task *task = current_task();
  auto *targets = checked_argument<Array>(task, types::VectorAny, codes, "jl_add_codeinsts_to_jit");
  auto *bodies = checked_argument<Array>(task, types::VectorAny, sources, "jl_add_codeinsts_to_jit");
  size_t n = array_length(targets);
  if (n != array_length(bodies))
    throw_argument_error(task, "jl_add_codeinsts_to_jit: one CodeInfo is needed for each CodeInstance");
  GcVector<CodeInstance *> members;
  for (size_t i = 0; i < n; i++) {
    members.push_back(checked_argument<CodeInstance>(task, types::CodeInstance_, array_get(task, targets, i),
                                                     "jl_add_codeinsts_to_jit"));
    give_body(task, members[i],
              checked_argument<CodeInfo>(task, types::CodeInfo_, array_get(task, bodies, i),
                                         "jl_add_codeinsts_to_jit"));
  }
  compile_made(task, members);
}

C_EXPORT void jl_add_codeinst_to_jit(Value *code_instance, Value *source) {
  Task *task = current_task();
  auto *code =
      checked_argument<CodeInstance>(task, types::CodeInstance_, code_instance, "jl_add_codeinst_to_jit");
  give_body(task, code, checked_argument<CodeInfo>(task, types::CodeInfo_, source, "jl_add_codeinst_to_jit"));
  compile_made(task, {&code, 1});
}

C_EXPORT uint64_t jl_tojlinvoke_trampoline_count() {
  ligature::Linker *linker = code_linker_if_started();
  return linker ? linker->stats().lazy_stubs_made + linker->stats().adapters_made : 0;
}
