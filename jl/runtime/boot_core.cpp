// SPDX-License-Identifier: MIT
#include "jl/runtime/boot.h"

#include <algorithm>

#include "jl/runtime/abi.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/backtrace.h"
#include "jl/runtime/builtins.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/gc.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/opaque_closure.h"
#include "jl/runtime/signals.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/throw.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

void define(Module *module, std::string_view name, Value *value) {
  Binding *binding = get_binding_for_write(nullptr, module, Symbol::intern(name));
  binding->value = value;
  binding->is_const = true;
}

void define_exported(Module *module, std::string_view name, Value *value) {
  define(module, name, value);
  export_name(module, Symbol::intern(name));
}

/// Builtins that every module sees without saying Core.
constexpr std::string_view kExportedBuiltins[] = {
    "===",           "typeof",         "<:",           "isa",
    "typeassert",    "throw",          "tuple",        "getfield",
    "setfield!",     "swapfield!",     "modifyfield!", "replacefield!",
    "setfieldonce!", "fieldtype",      "nfields",      "isdefined",
    "invoke",        "applicable",     "ifelse",       "getglobal",
    "setglobal!",    "isdefinedglobal"};

/// Types of Core that are the runtime's own business: reached as Core.Box, so that programs may use such
/// names.
constexpr std::string_view kHiddenTypes[] = {"Box",
                                             "Binding",
                                             "CPU",
                                             "TypeName",
                                             "CodeInfo",
                                             "MethodTable",
                                             "MethodInstance",
                                             "CodeInstance",
                                             "DebugInfo",
                                             "OpaqueClosure",
                                             "SimpleVector",
                                             "Builtin",
                                             "IntrinsicFunction",
                                             "TypeofBottom",
                                             "TypeofVararg"};

void define_builtins() {
  for (size_t i = 0; i < size_t(Builtin::kCount); i++)
    define(modules::Core, builtin_name(Builtin(i)), builtin_value(Builtin(i)));
  for (std::string_view name : kExportedBuiltins)
    export_name(modules::Core, Symbol::intern(name));
  for (std::string_view name : kHiddenTypes)
    if (Binding *binding = own_binding(modules::Core, Symbol::intern(name)))
      binding->is_exported = binding->is_public = false;
}

Value *call_intrinsic(Task *task, Value *f, Value **args, uint32_t n) {
  return run_intrinsic(task, intrinsic_of(f), args, n);
}

/// Adds `callee(parameters...)` with a native body.
void add_native_method(Task *task, Symbol name, Value *callee_type, std::initializer_list<Value *> parameters,
                       BuiltinFn body) {
  GcVector<Value *> signature{callee_type};
  signature.insert(signature.end(), parameters.begin(), parameters.end());
  Method *method = new_method(modules::Core, name);
  method->sig = make_tuple_type(signature);
  method->sparam_names = empty_svec();
  method->nargs = int32_t(signature.size());
  method->is_vararg = parameters.size() > 0 && type_of(signature.back()) == types::Vararg_;
  method->builtin = body;
  method->file = Symbol::intern("boot.jl");
  add_method(task, method);
}

/// All intrinsics have one type, so one method calls them all by dispatch.
void add_intrinsic_method(Task *task) {
  add_native_method(task, Symbol::intern("IntrinsicFunction"), types::IntrinsicFunction,
                    {make_vararg(types::Any, nullptr)}, call_intrinsic);
}

void add_opaque_closure_method(Task *task) {
  add_native_method(task, Symbol::intern("OpaqueClosure"), types::OpaqueClosure,
                    {make_vararg(types::Any, nullptr)}, call_opaque_closure);
}

void define_intrinsics(Task *task) {
  Module *intrinsics = new_module(Symbol::intern("Intrinsics"), modules::Core, false, false);
  define(modules::Core, "Intrinsics", intrinsics);
  for (size_t i = 0; i < size_t(Intrinsic::kCount); i++)
    define_exported(intrinsics, intrinsic_name(Intrinsic(i)), intrinsic_value(Intrinsic(i)));
  add_intrinsic_method(task);
  add_opaque_closure_method(task);
}

// --- Constructors whose objects are the type system's own ---

/// TypeVar(name), TypeVar(name, upper), TypeVar(name, lower, upper)
Value *construct_typevar(Task *, Value *, Value **args, uint32_t n) {
  Value *lower = n == 3 ? args[1] : types::Bottom_;
  Value *upper = n == 3 ? args[2] : n == 2 ? args[1] : types::Any;
  return make_typevar(symbol_of(args[0]), lower, upper);
}

Value *construct_global_ref(Task *task, Value *, Value **args, uint32_t) {
  return new_global_ref(task, static_cast<Module *>(args[0]), symbol_of(args[1]));
}

Value *construct_expr(Task *task, Value *, Value **args, uint32_t n) {
  Array *rest = new_vector_any(task, int64_t(n) - 1);
  std::copy(args + 1, args + n, rest->data<Value *>());
  return new_expr(task, static_cast<SymbolValue *>(args[0]), rest);
}

void define_constructors(Task *task) {
  auto add = [&](DataType *type, std::initializer_list<Value *> parameters, BuiltinFn body) {
    add_native_method(task, type->name->name, type_of_type(type), parameters, body);
  };
  add(types::UnionAll_, {types::TypeVar_, types::Any}, builtin_union_all);
  add(types::TypeVar_, {types::Symbol_}, construct_typevar);
  add(types::TypeVar_, {types::Symbol_, types::Any}, construct_typevar);
  add(types::TypeVar_, {types::Symbol_, types::Any, types::Any}, construct_typevar);
  add(types::Expr_, {types::Symbol_, make_vararg(types::Any, nullptr)}, construct_expr);
  add(types::GlobalRef_, {types::Module_, types::Symbol_}, construct_global_ref);
}

void define_values() {
  define_exported(modules::Core, "nothing", nothing_value());
  define_exported(modules::Core, "true", true_value());
  define_exported(modules::Core, "false", false_value());
  define(modules::Core, "kwcall", new_generic_function(modules::Core, Symbol::intern("kwcall")));
}

void make_backtrace_type() {
  Symbol name = Symbol::intern("Backtrace");
  Value *type = new_struct_type(modules::Core, name, empty_svec(), empty_svec(), /*is_mutable=*/true, 0, 0);
  set_supertype(current_task(), type, types::Any);
  set_field_types(current_task(), type, empty_svec());
  backtrace_type = static_cast<DataType *>(type);
  define(modules::Core, "Backtrace", type);
}

void make_modules() {
  modules::Base = new_module(Symbol::intern("Base"), nullptr, /*import_core=*/true, /*import_base=*/false);
  modules::Main = new_module(Symbol::intern("Main"), nullptr, /*import_core=*/true, /*import_base=*/true);
  define(modules::Core, "Base", modules::Base);
  define_exported(modules::Core, "Main", modules::Main);
}

/// Objects made before their types existed.
void tag_early_objects(Task *task) {
  tag_early_symbols();
  reinterpret_cast<DataType **>(task)[-1] = types::Task_;
  reinterpret_cast<DataType **>(modules::Core)[-1] = types::Module_;
  GcVector<Binding *> bindings;
  module_bindings(modules::Core, bindings);
  for (Binding *binding : bindings) {
    reinterpret_cast<DataType **>(binding)[-1] = types::Binding_;
    binding->type = types::Any;
  }
}

} // namespace

void boot_core(Task *task) {
  tag_early_objects(task);
  define_builtins();
  define_intrinsics(task);
  define_values();
  define_constructors(task);
  make_backtrace_type();
}

void boot_runtime() {
  boot_types();
  boot_core(current_task());
  make_modules();
  install_signal_handlers();
  prepare_for_out_of_memory(current_task());
  clear_fields(current_task());
  current_task()->world = current_world();
}

} // namespace jl
