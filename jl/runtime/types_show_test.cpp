// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "jl/runtime/test_support.h"
#include "jl/runtime/type_reader.h"

using namespace jl;
using namespace jl::test;

RUNTIME_TEST(ShowType, AsJuliaPrints) {
  struct {
    const char *type, *text;
  } facts[] = {
      {"Int64", "Int64"},
      {"Union{}", "Union{}"},
      {"Vector{Int64}", "Vector{Int64}"},
      {"Matrix{Float64}", "Matrix{Float64}"},
      {"Array{Int64, 3}", "Array{Int64, 3}"},
      {"Vector", "Vector"},
      {"Matrix", "Matrix"},
      {"Array", "Array"},
      {"Array{Int64}", "Array{Int64}"},
      {"AbstractArray{Int64, 1}", "AbstractVector{Int64}"},
      {"AbstractArray{Int64, 2}", "AbstractMatrix{Int64}"},
      {"AbstractArray{T, 1} where T", "AbstractVector"},
      {"Vector{T} where T<:Real", "Vector{T} where T<:Real"},
      {"Vector{<:Real}", "Vector{<:Real}"},
      {"Vector{>:Int64}", "Vector{>:Int64}"},
      {"Vector{Vector{Int64}}", "Vector{Vector{Int64}}"},
      {"Memory{Int64}", "Memory{Int64}"},
      {"Union{Int64, Nothing}", "Union{Nothing, Int64}"},
      {"Union{Int64, Float64}", "Union{Float64, Int64}"},
      {"Union{String, Int64, Nothing}", "Union{Nothing, Int64, String}"},
      {"Tuple", "Tuple"},
      {"Tuple{}", "Tuple{}"},
      {"Tuple{Int64, String}", "Tuple{Int64, String}"},
      {"Tuple{Int64, Int64, Int64}", "Tuple{Int64, Int64, Int64}"},
      {"Tuple{Int64, Int64, Int64, Int64}", "NTuple{4, Int64}"},
      {"Tuple{Vararg{Int64}}", "Tuple{Vararg{Int64}}"},
      {"Tuple{Int64, Vararg{String}}", "Tuple{Int64, Vararg{String}}"},
      {"NTuple{N, Int64} where N", "NTuple{N, Int64} where N"},
      {"Type{Int64}", "Type{Int64}"},
      {"Type", "Type"},
      {"Type{<:Real}", "Type{<:Real}"},
      {"NamedTuple{(:a, :b), Tuple{Int64, Int64}}", "@NamedTuple{a::Int64, b::Int64}"},
      {"NamedTuple{(:a,), Tuple{Any}}", "@NamedTuple{a}"},
      {"NamedTuple", "NamedTuple"},
      {"NamedTuple{(:a,)}", "NamedTuple{(:a,)}"},
      {"Ptr{Nothing}", "Ptr{Nothing}"},
      {"Ref{Tuple{T, S}} where {T<:Real, S}", "Ref{Tuple{T, S}} where {T<:Real, S}"},
      {"Tuple{T, Vector{T}} where T", "Tuple{T, Vector{T}} where T"},
      {"Vector{<:Vector}", "Vector{<:Vector}"},
      {"Vector{<:(Vector{T} where T<:Real)}", "Vector{<:(Vector{T} where T<:Real)}"},
      {"Vector{Vector{T} where T<:Real}", "Vector{Vector{T} where T<:Real}"},
      {"Tuple{Int64, Float64, Float64, Float64, Float64}", "Tuple{Int64, Vararg{Float64, 4}}"},
      {"TypeofBottom", "Core.TypeofBottom"},
  };
  for (auto &fact : facts)
    EXPECT_EQ(type_to_string(read_type(task, fact.type)), fact.text);
}

RUNTIME_TEST(ShowType, FunctionsClosuresModules) {
  Value *f = new_generic_function(modules::Main, Symbol::intern("f"));
  EXPECT_EQ(type_to_string(type_of(f)), "typeof(f)");
  Value *plus = new_generic_function(modules::Main, Symbol::intern("+"));
  EXPECT_EQ(type_to_string(type_of(plus)), "typeof(+)");
  Value *closure =
      new_struct_type(modules::Main, Symbol::intern("#1#2"), raw_svec({}), raw_svec({}), false, 0, 0);
  EXPECT_EQ(type_to_string(closure), "var\"#1#2\"");
  Module *inner = new_module(Symbol::intern("A"), modules::Main, true, false);
  Value *t = new_abstract_type(inner, Symbol::intern("Thing"), raw_svec({}));
  EXPECT_EQ(type_to_string(t), "Main.A.Thing");
  EXPECT_EQ(type_to_string(t, inner), "Thing");
}

RUNTIME_TEST(ShowType, BoundsOfTheDefinitionAreElided) {
  // struct W{A, B<:AbstractArray{A}} end
  TypeVar *a = make_typevar(Symbol::intern("A"), nullptr, nullptr);
  Value *bound = read_type(task, "AbstractArray");
  Value *of_a[] = {a},
        *vars[] = {a, make_typevar(Symbol::intern("B"), nullptr, apply_type(task, bound, of_a))};
  test_types()["W"] =
      new_struct_type(modules::Main, Symbol::intern("W"), raw_svec(vars), raw_svec({}), false, 0, 0);
  EXPECT_EQ(type_to_string(read_type(task, "W{Int64}")), "W{Int64}");
  EXPECT_EQ(type_to_string(read_type(task, "W")), "W");
  EXPECT_EQ(type_to_string(read_type(task, "W{Int64, B} where B<:Vector{Int64}")),
            "W{Int64, B} where B<:Vector{Int64}");
}

RUNTIME_TEST(ShowType, Signatures) {
  Value *f = new_generic_function(modules::Main, Symbol::intern("foo"));
  test_types()["typeof_foo"] = type_of(f);
  Value *one = read_type(task, "Tuple{typeof_foo, Int64, Vector{String}}");
  EXPECT_EQ(signature_to_string(one), "foo(::Int64, ::Vector{String})");
  EXPECT_EQ(signature_to_string(read_type(task, "Tuple{typeof_foo, T, Vararg{T}} where T<:Real")),
            "foo(::T, ::T...) where T<:Real");
  EXPECT_EQ(signature_to_string(read_type(task, "Tuple{Type{ErrorException}, Any}")),
            "ErrorException(::Any)");
  EXPECT_EQ(signature_to_string(read_type(task, "Tuple{ErrorException, Int64}")),
            "(::ErrorException)(::Int64)");
}

RUNTIME_TEST(ApplyType, ErrorsReadAsJuliaPrintsThem) {
  auto apply = [&](Value *t, std::initializer_list<Value *> parameters) {
    return thrown(task, [&] { apply_type(task, t, {parameters.begin(), parameters.size()}); });
  };
  Value *var[] = {make_typevar(Symbol::intern("T"), nullptr, types::Number)};
  Value *a = new_struct_type(modules::Main, Symbol::intern("A"), raw_svec(var), raw_svec({}), false, 0, 0);
  EXPECT_EQ(apply(a, {types::String_}), "TypeError: in A, in T, expected T<:Number, got Type{String}");
  EXPECT_EQ(apply(types::Int64, {types::Int64}),
            "TypeError: in Type{...} expression, expected UnionAll, got Type{Int64}");
  EXPECT_EQ(apply(types::Array, {types::Int64, box_int64(task, 1), types::Int64}),
            "too many parameters for type Array");
  EXPECT_EQ(apply(types::Tuple, {box_int64(task, 1)}),
            "TypeError: in Tuple, in parameter, expected Type, got a value of type Int64");
}
