// SPDX-License-Identifier: MIT
// Makes the types that the runtime knows by name, and puts them into Core.
//
// Types refer to each other in circles (the type of DataType is DataType, its field names are Symbols), so
// all objects come first and get their names, supertypes and fields afterwards: abstract and primitive types,
// then parametric ones, then structs. Structs whose C++ side is in value.h get their fields' offsets from it
// (boot_native.cpp).
#include "jl/runtime/boot_types.h"

#include <cstring>

#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"

namespace jl {

namespace types {
#define BUILTIN_TYPE(cpp_name, julia_name) DataType *cpp_name;
#include "jl/runtime/builtin_types.def"
Value *Array, *Vector, *Matrix, *Memory, *MemoryRef, *Ptr, *Type, *NamedTuple, *OpaqueClosure;
Value *Ref, *AbstractArray, *DenseArray, *GenericMemory, *GenericMemoryRef, *NTuple, *UnlimitedVararg;
DataType *VectorAny, *EmptyTuple;
Value *Bottom_;
TypeName *TypeTypeName, *NamedTupleTypeName, *GenericMemoryTypeName, *GenericMemoryRefTypeName;
} // namespace types

using types::Any;

namespace {

Symbol sym(std::string_view text) {
  return Symbol::intern(text);
}

void allocate_objects() {
  types::DataType_ = raw_object<DataType>(nullptr);
  reinterpret_cast<DataType **>(types::DataType_)[-1] = types::DataType_;
#define BUILTIN_TYPE(cpp_name, julia_name)                                                                   \
  if (!types::cpp_name)                                                                                      \
    types::cpp_name = raw_object<DataType>(types::DataType_);
#include "jl/runtime/builtin_types.def"
  types::Bottom_ = raw_object(types::Bottom, 0);
  for (DataType *kind : {types::DataType_, types::Union_, types::UnionAll_, types::Bottom})
    kind->is_kind = true;
}

void name_all() {
  SimpleVector *none = raw_svec({});
  modules::Core = new_module(sym("Core"), nullptr, /*import_core=*/false, /*import_base=*/false);
#define BUILTIN_TYPE(cpp_name, julia_name)                                                                   \
  types::cpp_name->name = make_type_name(modules::Core, sym(julia_name), none);                              \
  types::cpp_name->name->wrapper = types::cpp_name;                                                          \
  types::cpp_name->parameters = none;                                                                        \
  types::cpp_name->super = Any;
#include "jl/runtime/builtin_types.def"
#define BUILTIN_TYPE(cpp_name, julia_name)                                                                   \
  if (types::cpp_name != types::Tuple)                                                                       \
    adopt_instantiation(types::cpp_name);
#include "jl/runtime/builtin_types.def"
}

void abstract(DataType *t, DataType *super) {
  t->super = super;
  t->name->is_abstract = true;
  t->types = raw_svec({});
}

void primitive(DataType *t, DataType *super, uint32_t bits) {
  t->super = super;
  t->types = raw_svec({});
  t->is_primitive = true;
  t->name->primitive_bits = bits;
  finish_primitive(t, bits);
}

void boot_numbers() {
  using namespace types;
  abstract(Any, Any);
  abstract(Number, Any);
  abstract(Real, Number);
  abstract(AbstractFloat, Real);
  abstract(Integer, Real);
  abstract(Signed, Integer);
  abstract(Unsigned, Integer);
  abstract(AbstractChar, Any);
  abstract(AbstractString, Any);
  abstract(Exception, Any);
  abstract(Function, Any);
  abstract(Builtin, Function);
  primitive(Bool, Integer, 8);
  primitive(Int8, Signed, 8);
  primitive(Int16, Signed, 16);
  primitive(Int32, Signed, 32);
  primitive(Int64, Signed, 64);
  primitive(Int128, Signed, 128);
  primitive(UInt8, Unsigned, 8);
  primitive(UInt16, Unsigned, 16);
  primitive(UInt32, Unsigned, 32);
  primitive(UInt64, Unsigned, 64);
  primitive(UInt128, Unsigned, 128);
  primitive(Float16, AbstractFloat, 16);
  primitive(Float32, AbstractFloat, 32);
  primitive(Float64, AbstractFloat, 64);
  primitive(Char, AbstractChar, 32);
  primitive(IntrinsicFunction, Builtin, 32);
}

// --- Parametric types ---

struct Parametric {
  DataType *primary;
  Value *wrapper;
  TypeVar *var(size_t i) const { return as_typevar((*primary->parameters)[i]); }
};

SimpleVector *names_svec(std::initializer_list<std::string_view> names) {
  GcVector<Value *> values;
  for (std::string_view name : names)
    values.push_back(symbol_value(name));
  return raw_svec(values);
}

Parametric parametric(std::string_view name, std::initializer_list<std::string_view> vars,
                      std::initializer_list<std::string_view> fields = {}) {
  GcVector<Value *> parameters;
  for (std::string_view var : vars)
    parameters.push_back(make_typevar(sym(var), nullptr, nullptr));
  TypeName *type_name = make_type_name(modules::Core, sym(name), names_svec(fields));
  DataType *t = make_primary_type(type_name, raw_svec(parameters), Any);
  return {t, type_name->wrapper};
}

Parametric abstract_parametric(std::string_view name, std::initializer_list<std::string_view> vars) {
  Parametric p = parametric(name, vars);
  p.primary->name->is_abstract = true;
  p.primary->types = raw_svec({});
  return p;
}

DataType *of(Value *wrapper, std::initializer_list<Value *> parameters) {
  return instantiate(unwrapped_datatype(wrapper)->name, {parameters.begin(), parameters.size()});
}

void boot_tuple() {
  DataType *t = types::Tuple;
  Value *rest = make_vararg(Any, nullptr);
  t->parameters = t->types = raw_svec({&rest, 1});
  t->name->n_uninitialized = 0;
  adopt_instantiation(t);
}

void boot_type_and_refs() {
  Parametric type = abstract_parametric("Type", {"T"});
  types::Type = type.wrapper;
  types::TypeTypeName = type.primary->name;
  for (DataType *kind : {types::DataType_, types::Union_, types::UnionAll_, types::Bottom})
    kind->super = type.primary;
  types::Ref = abstract_parametric("Ref", {"T"}).wrapper;
  Parametric ptr = parametric("Ptr", {"T"});
  ptr.primary->super = of(types::Ref, {ptr.var(0)});
  ptr.primary->types = raw_svec({});
  ptr.primary->name->primitive_bits = 64;
  ptr.primary->is_primitive = true;
  types::Ptr = ptr.wrapper;
}

void boot_named_tuple() {
  Value *parameters[] = {make_typevar(sym("names"), nullptr, nullptr),
                         make_typevar(sym("T"), nullptr, types::Tuple)};
  TypeName *name = make_type_name(modules::Core, sym("NamedTuple"), raw_svec({}));
  make_primary_type(name, raw_svec(parameters), Any);
  types::NamedTuple = name->wrapper;
  types::NamedTupleTypeName = name;
}

Value *memory_alias(Value *wrapper) {
  TypeVar *t = make_typevar(sym("T"), nullptr, nullptr);
  return make_union_all(t, of(wrapper, {symbol_value("not_atomic"), t, types::CPU}));
}

void set_fields(Parametric p, std::initializer_list<Value *> field_types) {
  p.primary->types = raw_svec({field_types.begin(), field_types.size()});
}

void boot_arrays() {
  types::AbstractArray = abstract_parametric("AbstractArray", {"T", "N"}).wrapper;
  Parametric dense = abstract_parametric("DenseArray", {"T", "N"});
  dense.primary->super = of(types::AbstractArray, {dense.var(0), dense.var(1)});
  types::DenseArray = dense.wrapper;
  Parametric memory = parametric("GenericMemory", {"kind", "T", "addrspace"}, {"length", "ptr"});
  types::GenericMemory = memory.wrapper;
  types::GenericMemoryTypeName = memory.primary->name;
  memory.primary->name->is_mutable = true;
  memory.primary->name->const_fields = 3;
  memory.primary->super = of(types::DenseArray, {memory.var(1), raw_int64(1)});
  set_fields(memory, {types::Int64, of(types::Ptr, {types::Nothing})});
  Parametric ref = parametric("GenericMemoryRef", {"kind", "T", "addrspace"}, {"ptr_or_offset", "mem"});
  types::GenericMemoryRef = ref.wrapper;
  types::GenericMemoryRefTypeName = ref.primary->name;
  ref.primary->super = of(types::Ref, {ref.var(1)});
  set_fields(ref,
             {of(types::Ptr, {types::Nothing}), of(memory.wrapper, {ref.var(0), ref.var(1), ref.var(2)})});
  types::Memory = memory_alias(memory.wrapper);
  types::MemoryRef = memory_alias(ref.wrapper);
  Parametric array = parametric("Array", {"T", "N"}, {"ref", "size"});
  types::Array = array.wrapper;
  array.primary->name->is_mutable = true;
  array.primary->super = of(types::DenseArray, {array.var(0), array.var(1)});
  Value *dims = make_vararg(types::Int64, array.var(1));
  set_fields(array, {of(ref.wrapper, {symbol_value("not_atomic"), array.var(0), types::CPU}),
                     instantiate(types::Tuple->name, {&dims, 1})});
}

void boot_opaque_closure() {
  Parametric closure = parametric("OpaqueClosure", {"A", "R"}, {"captures", "world", "source"});
  types::OpaqueClosure = closure.wrapper;
  closure.primary->super = types::Function;
  closure.primary->name->is_mutable = true; // by identity, as nothing of it changes
  closure.primary->name->const_fields = 7;
  set_fields(closure, {Any, types::UInt64, Any});
}

Value *array_alias(int64_t rank) {
  TypeVar *t = make_typevar(sym("T"), nullptr, nullptr);
  return make_union_all(t, of(types::Array, {t, raw_int64(rank)}));
}

void boot_aliases() {
  types::Vector = array_alias(1);
  types::Matrix = array_alias(2);
  types::VectorAny = of(types::Array, {Any, raw_int64(1)});
  types::EmptyTuple = instantiate(types::Tuple->name, {});
  types::UnlimitedVararg = make_vararg(nullptr, nullptr);
  TypeVar *n = make_typevar(sym("N"), nullptr, nullptr), *t = make_typevar(sym("T"), nullptr, nullptr);
  Value *rest = make_vararg(t, n);
  types::NTuple = make_union_all(n, make_union_all(t, instantiate(types::Tuple->name, {&rest, 1})));
}

// --- Core ---

void define_in_core(std::string_view name, Value *value) {
  Binding *binding = get_binding_for_write(nullptr, modules::Core, sym(name));
  binding->value = value;
  binding->is_const = binding->is_exported = binding->is_public = binding->is_declared = true;
}

void put_into_core() {
#define BUILTIN_TYPE(cpp_name, julia_name) define_in_core(julia_name, types::cpp_name);
#include "jl/runtime/builtin_types.def"
  struct {
    const char *name;
    Value *value;
  } others[] = {{"Array", types::Array},
                {"Vector", types::Vector},
                {"Matrix", types::Matrix},
                {"Memory", types::Memory},
                {"MemoryRef", types::MemoryRef},
                {"GenericMemory", types::GenericMemory},
                {"GenericMemoryRef", types::GenericMemoryRef},
                {"AbstractArray", types::AbstractArray},
                {"DenseArray", types::DenseArray},
                {"Ptr", types::Ptr},
                {"Ref", types::Ref},
                {"Type", types::Type},
                {"NamedTuple", types::NamedTuple},
                {"OpaqueClosure", types::OpaqueClosure},
                {"NTuple", types::NTuple},
                {"Vararg", types::UnlimitedVararg},
                {"Int", types::Int64},
                {"UInt", types::UInt64},
                {"Cvoid", types::Nothing}};
  for (auto &other : others)
    define_in_core(other.name, other.value);
}

} // namespace

void boot_types() {
  allocate_objects();
  name_all();
  tag_early_symbols();
  boot_numbers();
  boot_tuple();
  boot_type_and_refs();
  boot_named_tuple();
  boot_native_structs();
  boot_arrays();
  boot_opaque_closure();
  boot_aliases();
  boot_reflected_fields();
  boot_exceptions();
  put_into_core();
}

} // namespace jl
