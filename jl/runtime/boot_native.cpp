// SPDX-License-Identifier: MIT
// Types whose objects are the C++ structs of value.h, and the exceptions: fields, offsets, sizes.
#include <cstddef>
#include <initializer_list>

#include "jl/runtime/boot_types.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/task.h"

namespace jl {

namespace {

Layout *make_layout(size_t size, bool has_pointers, size_t nfields) {
  auto *layout = static_cast<Layout *>(gc_alloc_scanned(sizeof(Layout) + nfields * sizeof(FieldLayout)));
  layout->size = uint32_t(size);
  layout->alignment = 8;
  layout->nfields = uint32_t(nfields);
  layout->has_pointers = has_pointers;
  layout->first_pointer = ~0u;
  return layout;
}

void native(DataType *t, size_t size, bool has_pointers) {
  t->name->is_mutable = true;
  t->types = raw_svec({});
  t->is_concrete = true;
  t->layout = make_layout(size, has_pointers, 0);
}

struct Field {
  const char *name;
  Value *type;
  size_t offset;
  uint32_t size;
  bool is_pointer;
};

#define POINTER_FIELD(Struct, member, name, type)                                                            \
  Field {                                                                                                    \
    name, type, offsetof(Struct, member), 8, true                                                            \
  }
#define BITS_FIELD(Struct, member, name, type)                                                               \
  Field {                                                                                                    \
    name, type, offsetof(Struct, member), sizeof(Struct::member), false                                      \
  }

void reflect(DataType *t, std::initializer_list<Field> fields) {
  Layout *layout = make_layout(t->layout->size, t->layout->has_pointers, fields.size());
  GcVector<Value *> names, field_types;
  for (const Field &f : fields) {
    layout->fields[names.size()] = {uint32_t(f.offset), f.size, f.is_pointer};
    names.push_back(symbol_value(f.name));
    field_types.push_back(f.type);
  }
  t->layout = layout;
  t->types = raw_svec(field_types);
  t->name->field_names = raw_svec(names);
  t->name->const_fields = ~uint64_t{0};
}

/// A struct laid out by the general rules.
void plain(DataType *t, DataType *super, std::initializer_list<std::pair<const char *, Value *>> fields,
           int n_uninitialized = 0) {
  GcVector<Value *> names, field_types;
  for (auto &[name, type] : fields) {
    names.push_back(symbol_value(name));
    field_types.push_back(type);
  }
  t->super = super;
  t->types = raw_svec(field_types);
  t->name->field_names = raw_svec(names);
  t->name->n_uninitialized = n_uninitialized;
  finish_layout(t);
}

} // namespace

#pragma clang diagnostic push
#pragma clang diagnostic ignored                                                                             \
    "-Winvalid-offsetof" // single inheritance from an empty struct: offsets are what they seem

void boot_native_structs() {
  using namespace types;
  native(Symbol_, sizeof(SymbolValue), /*has_pointers=*/false);
  native(SimpleVector_, sizeof(SimpleVector), true);
  native(String_, sizeof(String), false);
  String_->super = AbstractString;
  native(DataType_, sizeof(DataType), true);
  native(Union_, sizeof(UnionType), true);
  native(UnionAll_, sizeof(UnionAll), true);
  native(TypeVar_, sizeof(TypeVar), true);
  native(Vararg_, sizeof(jl::Vararg), true);
  native(TypeName_, sizeof(TypeName), true);
  native(Module_, sizeof(jl::Module), true);
  native(Method_, sizeof(jl::Method), true);
  native(MethodInstance_, sizeof(jl::MethodInstance), true);
  native(CodeInstance_, sizeof(jl::CodeInstance), true);
  native(CodeInfo_, 8, true);
  native(MethodTable_, 8, true);
  native(Binding_, sizeof(jl::Binding), true);
  native(GlobalRef_, sizeof(jl::GlobalRef), true);
  native(Expr_, sizeof(jl::Expr), true);
  native(Box_, sizeof(jl::Box), true);
  native(Task_, sizeof(jl::Task), true);
  plain(Nothing, Any, {});
  plain(Bottom, Bottom->super, {});
  Bottom->instance = Bottom_;
  plain(CPU, Any, {});
  plain(QuoteNode_, Any, {{"value", Any}});
  plain(LineNumberNode_, Any, {{"line", Int64}, {"file", Any}});
}

void boot_reflected_fields() {
  using namespace types;
  Value *sym = Symbol_;
  reflect(DataType_, {POINTER_FIELD(DataType, name, "name", TypeName_),
                      POINTER_FIELD(DataType, super, "super", DataType_),
                      POINTER_FIELD(DataType, parameters, "parameters", SimpleVector_),
                      POINTER_FIELD(DataType, types, "types", SimpleVector_),
                      POINTER_FIELD(DataType, instance, "instance", Any)});
  reflect(Union_, {POINTER_FIELD(UnionType, a, "a", Any), POINTER_FIELD(UnionType, b, "b", Any)});
  reflect(UnionAll_,
          {POINTER_FIELD(UnionAll, var, "var", TypeVar_), POINTER_FIELD(UnionAll, body, "body", Any)});
  reflect(TypeVar_, {POINTER_FIELD(TypeVar, name_value, "name", sym),
                     POINTER_FIELD(TypeVar, lower, "lb", Any), POINTER_FIELD(TypeVar, upper, "ub", Any)});
  reflect(Vararg_, {POINTER_FIELD(jl::Vararg, t, "T", Any), POINTER_FIELD(jl::Vararg, n, "N", Any)});
  reflect(TypeName_, {POINTER_FIELD(TypeName, name_value, "name", sym),
                      POINTER_FIELD(TypeName, module, "module", Module_),
                      POINTER_FIELD(TypeName, field_names, "names", SimpleVector_),
                      POINTER_FIELD(TypeName, wrapper, "wrapper", Any)});
  reflect(Method_,
          {POINTER_FIELD(jl::Method, name_value, "name", sym),
           POINTER_FIELD(jl::Method, module, "module", Module_),
           POINTER_FIELD(jl::Method, file_value, "file", sym), BITS_FIELD(jl::Method, line, "line", Int32),
           POINTER_FIELD(jl::Method, sig, "sig", Any), BITS_FIELD(jl::Method, nargs, "nargs", Int32),
           BITS_FIELD(jl::Method, is_vararg, "isva", Bool), BITS_FIELD(jl::Method, nkw, "nkw", Int32),
           BITS_FIELD(jl::Method, primary_world, "primary_world", UInt64),
           BITS_FIELD(jl::Method, deleted_world, "deleted_world", UInt64)});
  reflect(MethodInstance_, {POINTER_FIELD(jl::MethodInstance, def, "def", Any),
                            POINTER_FIELD(jl::MethodInstance, spec_types, "specTypes", Any),
                            POINTER_FIELD(jl::MethodInstance, sparams, "sparam_vals", SimpleVector_)});
  // What changes is read by Base's getproperty: fields of constants are folded.
  reflect(CodeInstance_, {POINTER_FIELD(jl::CodeInstance, def, "def", MethodInstance_),
                          BITS_FIELD(jl::CodeInstance, min_world, "min_world", UInt64),
                          POINTER_FIELD(jl::CodeInstance, rettype, "rettype", Any),
                          POINTER_FIELD(jl::CodeInstance, rettype_const, "rettype_const", Any)});
  plain(DebugInfo, Any, {{"def", Any}, {"linetable", Any}, {"edges", SimpleVector_}, {"codelocs", String_}});
  reflect(GlobalRef_, {POINTER_FIELD(jl::GlobalRef, module, "mod", Module_),
                       POINTER_FIELD(jl::GlobalRef, name, "name", sym),
                       POINTER_FIELD(jl::GlobalRef, binding, "binding", Binding_)});
  reflect(Expr_,
          {POINTER_FIELD(jl::Expr, head, "head", sym), POINTER_FIELD(jl::Expr, args, "args", VectorAny)});
  Expr_->name->const_fields = 0;
  reflect(Box_, {POINTER_FIELD(jl::Box, contents, "contents", Any)});
  Box_->name->const_fields = 0;
  Box_->name->n_uninitialized = 1;
  reflect(Task_,
          {BITS_FIELD(jl::Task, state, "_state", UInt8), BITS_FIELD(jl::Task, is_sticky, "sticky", Bool),
           POINTER_FIELD(jl::Task, code, "code", Any), POINTER_FIELD(jl::Task, result, "result", Any),
           POINTER_FIELD(jl::Task, storage, "storage", Any), POINTER_FIELD(jl::Task, next, "next", Any),
           POINTER_FIELD(jl::Task, logstate, "logstate", Any)});
  Task_->name->const_fields = 0;
}
#pragma clang diagnostic pop

void boot_exceptions() {
  using namespace types;
  DataType *text = AbstractString;
  plain(ErrorException, Exception, {{"msg", text}});
  plain(ArgumentError, Exception, {{"msg", text}});
  plain(BoundsError, Exception, {{"a", Any}, {"i", Any}}, 2);
  plain(DivideError, Exception, {});
  plain(DomainError, Exception, {{"val", Any}, {"msg", Any}});
  plain(InexactError, Exception, {{"func", Symbol_}, {"T", Any}, {"val", Any}});
  plain(InterruptException, Exception, {});
  plain(MethodError, Exception, {{"f", Any}, {"args", Any}, {"world", UInt64}});
  plain(OutOfMemoryError, Exception, {});
  plain(OverflowError, Exception, {{"msg", text}});
  plain(StackOverflowError, Exception, {});
  plain(TypeError, Exception, {{"func", Symbol_}, {"context", Any}, {"expected", Any}, {"got", Any}});
  plain(UndefRefError, Exception, {});
  plain(UndefVarError, Exception, {{"var", Symbol_}, {"world", UInt64}, {"scope", Any}}, 2);
  plain(UndefKeywordError, Exception, {{"var", Symbol_}});
  plain(FieldError, Exception, {{"type", DataType_}, {"field", Symbol_}});
  plain(AssertionError, Exception, {{"msg", text}});
  plain(LoadError, Exception, {{"file", text}, {"line", Int64}, {"error", Any}});
  plain(InitError, Exception, {{"mod", Symbol_}, {"error", Any}});
  plain(ConcurrencyViolationError, Exception, {{"msg", text}});
}

} // namespace jl
