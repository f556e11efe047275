// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "jl/runtime/test_support.h"
#include "jl/runtime/type_reader.h"

using namespace jl;
using namespace jl::test;

namespace {

Symbol sym(const char *s) {
  return Symbol::intern(s);
}

SimpleVector *names(std::initializer_list<const char *> list) {
  GcVector<Value *> out;
  for (const char *name : list)
    out.push_back(symbol_value(name));
  return raw_svec(out);
}

Value *define(Task *task, const char *name, std::initializer_list<const char *> fields,
              std::initializer_list<Value *> field_types, bool is_mutable = false) {
  Value *t = new_struct_type(modules::Main, sym(name), raw_svec({}), names(fields), is_mutable, 0, 0);
  set_supertype(task, t, types::Any);
  set_field_types(task, t, raw_svec({field_types.begin(), field_types.size()}));
  test_types()[name] = t;
  return t;
}

const Layout *layout(Value *t) {
  return as_datatype(t)->layout;
}

} // namespace

RUNTIME_TEST(Layout, Primitives) {
  EXPECT_EQ(layout(types::Int64)->size, 8u);
  EXPECT_EQ(layout(types::Bool)->size, 1u);
  EXPECT_EQ(layout(types::Int128)->alignment, 16u);
  EXPECT_TRUE(types::Float32->is_bits);
  EXPECT_EQ(element_size(types::UInt16), 2u);
  EXPECT_EQ(element_size(types::Any), 8u);
  EXPECT_FALSE(is_stored_inline(types::String_));
}

RUNTIME_TEST(Layout, FieldsFollowAsInC) {
  Value *t =
      define(task, "Mixed", {"a", "b", "c", "d"}, {types::Int8, types::Int32, types::Int8, types::Float64});
  const Layout *l = layout(t);
  ASSERT_EQ(l->nfields, 4u);
  EXPECT_EQ(l->fields[1].offset, 4u);
  EXPECT_EQ(l->fields[2].offset, 8u);
  EXPECT_EQ(l->fields[3].offset, 16u);
  EXPECT_EQ(l->size, 24u);
  EXPECT_TRUE(as_datatype(t)->is_bits);
  EXPECT_FALSE(l->has_pointers);
}

RUNTIME_TEST(Layout, WideIntegersAlignInStructs) {
  Value *t = define(task, "Wide", {"a", "b"}, {types::Int8, types::Int128});
  EXPECT_EQ(layout(t)->fields[1].offset, 16u);
  EXPECT_EQ(layout(t)->size, 32u);
}

RUNTIME_TEST(Layout, ImmutablesNestAndPointersShow) {
  Value *point = define(task, "Point", {"x", "y"}, {types::Float64, types::Float64});
  Value *named = define(task, "Named", {"p", "name"}, {point, types::String_});
  const Layout *l = layout(named);
  EXPECT_EQ(l->fields[0].size, 16u);
  EXPECT_FALSE(l->fields[0].is_pointer);
  EXPECT_TRUE(l->fields[1].is_pointer);
  EXPECT_TRUE(l->has_pointers);
  EXPECT_EQ(l->first_pointer, 2u);
  EXPECT_TRUE(is_stored_inline(named));
  EXPECT_FALSE(as_datatype(named)->is_bits);
  Value *changing = define(task, "Changing", {"p"}, {point}, /*is_mutable=*/true);
  EXPECT_FALSE(is_stored_inline(changing));
}

RUNTIME_TEST(Layout, SingletonsHaveOneInstance) {
  Value *t = define(task, "Empty", {}, {});
  EXPECT_NE(as_datatype(t)->instance, nullptr);
  EXPECT_EQ(layout(t)->size, 0u);
  EXPECT_TRUE(is_singleton_type(types::Nothing));
  EXPECT_TRUE(is_singleton_type(types::EmptyTuple));
  Value *m = define(task, "EmptyMutable", {}, {}, /*is_mutable=*/true);
  EXPECT_EQ(as_datatype(m)->instance, nullptr);
  EXPECT_TRUE(is_singleton_type(read_type(task, "Tuple{Nothing, Empty}")));
}

RUNTIME_TEST(Layout, Tuples) {
  DataType *t = as_datatype(read_type(task, "Tuple{Int8, Int64}"));
  EXPECT_TRUE(t->is_concrete && t->is_dispatch_tuple && t->is_bits);
  EXPECT_EQ(t->layout->fields[1].offset, 8u);
  EXPECT_FALSE(as_datatype(read_type(task, "Tuple{Any}"))->is_concrete);
  EXPECT_EQ(as_datatype(read_type(task, "Tuple{Integer}"))->layout, nullptr);
  EXPECT_TRUE(as_datatype(read_type(task, "Tuple{Type{Int64}, Int64}"))->is_dispatch_tuple);
  EXPECT_FALSE(as_datatype(read_type(task, "Tuple{DataType}"))->is_dispatch_tuple);
  EXPECT_FALSE(as_datatype(read_type(task, "Tuple{Vararg{Int64}}"))->is_concrete);
  DataType *named = as_datatype(read_type(task, "NamedTuple{(:a, :b), Tuple{Int64, String}}"));
  EXPECT_TRUE(named->is_concrete);
  EXPECT_EQ(named->layout->size, 16u);
  EXPECT_EQ(field_index(named, sym("b")), 1);
  EXPECT_EQ(field_type(named, 1), types::String_);
}

RUNTIME_TEST(Layout, ArraysAreAsTheRuntimeHasThem) {
  DataType *v = as_datatype(read_type(task, "Vector{Int64}"));
  ASSERT_EQ(v->layout->nfields, 2u);
  EXPECT_EQ(v->layout->fields[0].offset, offsetof(Array, ref));
  EXPECT_EQ(v->layout->fields[0].size, sizeof(MemoryRef));
  EXPECT_EQ(v->layout->fields[1].offset, 16u);
  EXPECT_EQ(v->layout->size, 24u);
  EXPECT_EQ(as_datatype(read_type(task, "Array{Int64, 3}"))->layout->size, 40u);
  DataType *bits = as_datatype(read_type(task, "Memory{Int64}")),
           *any = as_datatype(read_type(task, "Memory{Any}"));
  EXPECT_EQ(bits->layout->size, sizeof(Memory));
  EXPECT_FALSE(bits->layout->has_pointers);
  EXPECT_TRUE(any->layout->has_pointers);
}

RUNTIME_TEST(Layout, RecursiveTypes) {
  // struct Node{T}; value::T; next::Union{Node{T}, Nothing}; end
  TypeVar *var = make_typevar(sym("T"), nullptr, nullptr);
  Value *vars[] = {var};
  Value *node =
      new_struct_type(modules::Main, sym("Node"), raw_svec(vars), names({"value", "next"}), false, 0, 0);
  set_supertype(task, node, types::Any);
  Value *next[] = {apply_type(task, node, vars), types::Nothing};
  Value *fields[] = {var, make_union(next)};
  set_field_types(task, node, raw_svec(fields));
  test_types()["Node"] = node;
  DataType *of_int = as_datatype(read_type(task, "Node{Int64}"));
  EXPECT_EQ(of_int->layout->size, 16u);
  EXPECT_TRUE(of_int->layout->fields[1].is_pointer);
  EXPECT_TRUE(types_equal(field_type(of_int, 1), read_type(task, "Union{Node{Int64}, Nothing}")));
  EXPECT_EQ(of_int, read_type(task, "Node{Int64}"));

  // struct Tree; children::Vector{Tree}; end: instantiated before Tree has a body, inline afterwards.
  Value *tree = new_struct_type(modules::Main, sym("Tree"), raw_svec({}), names({"children"}), false, 0, 0);
  set_supertype(task, tree, types::Any);
  Value *children[] = {apply_type(task, types::Vector, {&tree, 1})};
  set_field_types(task, tree, raw_svec(children));
  EXPECT_EQ(layout(tree)->size, 8u);
  EXPECT_TRUE(is_stored_inline(tree));
  Value *memory = apply_type(task, types::Memory, {&tree, 1});
  ASSERT_NE(layout(memory), nullptr);
  EXPECT_TRUE(layout(memory)->has_pointers);

  // struct Self; x::Self; end can only hold a pointer.
  Value *self = new_struct_type(modules::Main, sym("Self"), raw_svec({}), names({"x"}), false, 1, 0);
  set_supertype(task, self, types::Any);
  set_field_types(task, self, raw_svec({&self, 1}));
  EXPECT_TRUE(layout(self)->fields[0].is_pointer);
  EXPECT_FALSE(is_stored_inline(self));

  // P{T} with a field P{Tuple{T}} has no end.
  TypeVar *p = make_typevar(sym("T"), nullptr, nullptr);
  Value *pv[] = {p};
  Value *endless = new_struct_type(modules::Main, sym("Endless"), raw_svec(pv), names({"x"}), true, 1, 0);
  set_supertype(task, endless, types::Any);
  Value *tuple[] = {make_tuple_type(pv)};
  Value *inner[] = {apply_type(task, endless, tuple)};
  set_field_types(task, endless, raw_svec(inner));
  Value *arg[] = {types::Int64};
  EXPECT_EQ(layout(apply_type(task, endless, arg))->size, 8u);
}

RUNTIME_TEST(Layout, EgalAndObjectId) {
  EXPECT_TRUE(egal(box_int64(task, 100000), box_int64(task, 100000)));
  EXPECT_FALSE(egal(box_int64(task, 1), box_float64(task, 1)));
  EXPECT_EQ(object_id(box_int64(task, 100000)), object_id(box_int64(task, 100000)));
  EXPECT_TRUE(egal(box_float64(task, __builtin_nan("")), box_float64(task, __builtin_nan(""))));
  EXPECT_FALSE(egal(box_float64(task, 0.0), box_float64(task, -0.0)));
  Value *a = make_tuple(task, {box_int64(task, 1000), symbol_value("a")});
  Value *b = make_tuple(task, {box_int64(task, 1000), symbol_value("a")});
  EXPECT_TRUE(egal(a, b));
  EXPECT_EQ(object_id(a), object_id(b));
  EXPECT_TRUE(egal(read_type(task, "Vector{T} where T"), types::Vector));
  EXPECT_EQ(type_hash(read_type(task, "Vector{T} where T")), type_hash(types::Vector));
  EXPECT_NE(type_hash(types::Vector), type_hash(types::Matrix));
  EXPECT_FALSE(egal(types::Vector, types::Matrix));
}

RUNTIME_TEST(Layout, DefinitionsThatAreTheSame) {
  auto make = [&](Value *field) {
    TypeVar *var = make_typevar(sym("T"), nullptr, types::Real);
    Value *vars[] = {var};
    Value *t = new_struct_type(modules::Main, sym("Same"), raw_svec(vars), names({"a", "next"}), false, 0, 0);
    set_supertype(task, t, types::Any);
    Value *next[] = {apply_type(task, t, vars), types::Nothing};
    Value *fields[] = {field ? field : var, make_union(next)};
    set_field_types(task, t, raw_svec(fields));
    return t;
  };
  Value *first = make(nullptr), *again = make(nullptr), *other = make(types::Int64);
  EXPECT_TRUE(equivalent_definition(first, again));
  EXPECT_FALSE(equivalent_definition(first, other));
  EXPECT_FALSE(equivalent_definition(first, types::Array));
}
