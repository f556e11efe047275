// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "jl/runtime/test_support.h"
#include "jl/runtime/type_reader.h"

using namespace jl;
using namespace jl::test;

namespace {

/// One line: `A <: B`, `A !<: B`, `A == B` (both ways) or `A < B` (strictly below).
void check(Task *task, std::string line) {
  for (std::string_view op : {" !<: ", " <: ", " == ", " < "}) {
    // The operator outside all braces: bounds are written without spaces.
    size_t at = line.find(op);
    if (at == std::string::npos)
      continue;
    Value *a = read_type(task, std::string_view(line).substr(0, at));
    Value *b = read_type(task, std::string_view(line).substr(at + op.size()));
    bool below = is_subtype(a, b), above = is_subtype(b, a);
    if (op == " !<: ")
      EXPECT_FALSE(below) << line;
    else
      EXPECT_TRUE(below) << line;
    if (op == " == ") {
      EXPECT_TRUE(above) << line << " (the other way)";
    }
    if (op == " < ") {
      EXPECT_FALSE(above) << line << " (strictly)";
    }
    return;
  }
  FAIL() << "no operator in: " << line;
}

void check_all(Task *task, std::initializer_list<const char *> lines) {
  for (const char *line : lines)
    check(task, line);
}

} // namespace

RUNTIME_TEST(Subtype, Nominal) {
  check_all(task, {
                      "Int64 < Signed",
                      "Int64 < Integer",
                      "Int64 < Real",
                      "Int64 < Number",
                      "Int64 < Any",
                      "Int64 == Int64",
                      "Int64 !<: Float64",
                      "Int64 !<: Unsigned",
                      "UInt8 < Unsigned",
                      "Bool < Integer",
                      "Bool !<: Signed",
                      "Float64 < AbstractFloat",
                      "AbstractFloat !<: Float64",
                      "String < AbstractString",
                      "Char < AbstractChar",
                      "Any !<: Int64",
                      "Union{} < Int64",
                      "Union{} < Union{Int64, String}",
                      "Union{} == Union{}",
                      "Any !<: Union{}",
                      "Nothing !<: Int64",
                      "ErrorException < Exception",
                      "IntrinsicFunction < Builtin",
                      "Builtin < Function",
                  });
}

RUNTIME_TEST(Subtype, ParametersAreInvariant) {
  check_all(task,
            {
                "Vector{Int64} !<: Vector{Integer}",
                "Vector{Int64} !<: Vector{Any}",
                "Vector{Any} !<: Vector{Int64}",
                "Vector{Int64} < AbstractArray{Int64, 1}",
                "Vector{Int64} < DenseArray{Int64, 1}",
                "Vector{Int64} !<: AbstractArray{Int64, 2}",
                "Array{Int64, 2} == Matrix{Int64}",
                "Vector{Int64} !<: Matrix{Int64}",
                "Ptr{Int64} < Ref{Int64}",
                "Ptr{Int64} !<: Ref{Integer}",
                "Memory{Int64} < DenseArray{Int64, 1}",
                "Memory{Int64} !<: Memory{Any}",
                "Vector{Vector{Int64}} !<: Vector{Vector}",
                "Vector{Vector{Int64}} < Vector{<:Vector}",
                "Vector{Union{Int64, Nothing}} !<: Vector{Int64}",
                "Vector{Union{Int64, Nothing}} == Vector{Union{Nothing, Int64}}",
                "Vector{Union{Int64, Integer}} == Vector{Integer}",
                "NamedTuple{(:a,), Tuple{Int64}} !<: NamedTuple{(:a,), Tuple{Integer}}",
                "NamedTuple{(:a,), Tuple{Int64}} < NamedTuple{(:a,)}",
                "NamedTuple{(:a,), Tuple{Int64}} !<: NamedTuple{(:b,)}",
                "NamedTuple{(:a, :b), Tuple{Int64, Int64}} < NamedTuple{(:a, :b), <:Tuple{Vararg{Integer}}}",
                "NamedTuple{(:a, :b)} < NamedTuple",
                "Array{Int64, 1} !<: Array{Int64, 3}",
            });
}

RUNTIME_TEST(Subtype, Unions) {
  check_all(task, {
                      "Int64 < Union{Int64, String}",
                      "Union{Int64, String} !<: Int64",
                      "Union{Int64, Int32} < Signed",
                      "Union{Int64, Int32} < Union{Int64, Int32, Int16}",
                      "Union{Int64, String} == Union{String, Int64}",
                      "Union{Int64, Integer} == Integer",
                      "Union{Int64, Union{String, Char}} == Union{Char, Int64, String}",
                      "Union{Int64, String} !<: Union{Int64, Char}",
                      "Vector{Int64} < Union{Vector{Int64}, Nothing}",
                      "Union{Vector{Int64}, Vector{Float64}} < Vector",
                      "Union{Vector{Int64}, Vector{Float64}} < Vector{<:Real}",
                      "Union{Vector{Int64}, Vector{String}} !<: Vector{<:Real}",
                      "Signed !<: Union{Int64, Int32}",
                      "Union{Nothing, Int64} < Union{Nothing, Integer}",
                      "Any !<: Union{Int64, String}",
                  });
}

RUNTIME_TEST(Subtype, TuplesAreCovariant) {
  check_all(task,
            {
                "Tuple{Int64} < Tuple{Integer}",
                "Tuple{Int64} < Tuple{Any}",
                "Tuple{Int64, String} < Tuple{Integer, AbstractString}",
                "Tuple{Int64} !<: Tuple{Int64, Int64}",
                "Tuple{Int64, Int64} !<: Tuple{Int64}",
                "Tuple{} == Tuple{}",
                "Tuple{} !<: Tuple{Int64}",
                "Tuple{Int64} < Tuple",
                "Tuple{} < Tuple",
                "Tuple{Tuple{Int64}} < Tuple{Tuple{Integer}}",
                "Tuple{Union{Int64, String}} == Union{Tuple{Int64}, Tuple{String}}",
                "Tuple{Union{Int64, String}, Int64} == Union{Tuple{Int64, Int64}, Tuple{String, Int64}}",
                "Tuple{Union{Int64, String}, Union{Int64, String}} !<: Union{Tuple{Int64, Int64}, "
                "Tuple{String, String}}",
                "Union{Tuple{Int64, Int64}, Tuple{String, String}} < Tuple{Union{Int64, String}, "
                "Union{Int64, String}}",
                "Vector{Tuple{Int64}} !<: Vector{Tuple{Integer}}",
                "Ref{Tuple{Union{Int64, String}}} == Ref{Union{Tuple{Int64}, Tuple{String}}}",
                "Tuple{Vector{Int64}} !<: Tuple{Vector{Integer}}",
                "Tuple{Any, Any} !<: Tuple{Int64, Any}",
                "Tuple{Int64} !<: Int64",
                "Int64 !<: Tuple{Int64}",
                "Tuple{Tuple{Union{Int64, String}}} == Union{Tuple{Tuple{Int64}}, Tuple{Tuple{String}}}",
            });
}

RUNTIME_TEST(Subtype, Varargs) {
  check_all(task,
            {
                "Tuple{} < Tuple{Vararg{Int64}}",
                "Tuple{Int64} < Tuple{Vararg{Int64}}",
                "Tuple{Int64, Int64, Int64} < Tuple{Vararg{Int64}}",
                "Tuple{Int64, String} !<: Tuple{Vararg{Int64}}",
                "Tuple{Vararg{Int64}} < Tuple{Vararg{Integer}}",
                "Tuple{Vararg{Int64}} !<: Tuple{Int64}",
                "Tuple{Vararg{Int64}} !<: Tuple{}",
                "Tuple{Vararg{Int64, 2}} == Tuple{Int64, Int64}",
                "Tuple{Vararg{Int64, 0}} == Tuple{}",
                "Tuple{Int64, Vararg{Int64}} < Tuple{Vararg{Int64}}",
                "Tuple{Vararg{Int64}} !<: Tuple{Int64, Vararg{Int64}}",
                "Tuple{Int64, Vararg{String}} !<: Tuple{Vararg{Int64}}",
                "Tuple{Int64, Vararg{String}} < Tuple{Vararg{Union{Int64, String}}}",
                "Tuple{Int64, Int64} < Tuple{Int64, Vararg{Int64}}",
                "Tuple{Int64, Int64} < Tuple{Int64, Int64, Vararg{Int64}}",
                "Tuple{Int64} !<: Tuple{Int64, Int64, Vararg{Int64}}",
                "Tuple{Int64, Int64} == NTuple{2, Int64}",
                "Tuple{Int64, Int64} < NTuple{N, Int64} where N",
                "Tuple{Int64, Float64} !<: NTuple{N, Int64} where N",
                "Tuple{Vararg{Int64}} == NTuple{N, Int64} where N",
                "Tuple{Int64, Int64} !<: NTuple{3, Int64}",
                "Tuple{Vector{Int64}, Int64} < Tuple{Array{Int64, N}, Vararg{Int64, N}} where N",
                "Tuple{Matrix{Int64}, Int64, Int64} < Tuple{Array{Int64, N}, Vararg{Int64, N}} where N",
                "Tuple{Matrix{Int64}, Int64} !<: Tuple{Array{Int64, N}, Vararg{Int64, N}} where N",
                "Tuple{Matrix{Int64}, Vararg{Int64}} !<: Tuple{Array{Int64, N}, Vararg{Int64, N}} where N",
                "Tuple{Array{Int64, N}, Vararg{Int64, N}} where N < Tuple{Array, Vararg{Int64}}",
                "Tuple{Vararg{Any}} == Tuple",
                "Type{Tuple{Int64, Int64}} < Type{NTuple{N, T}} where {N, T}",
                "Type{Tuple{Int64, Int64}} < Type{NTuple{2, T}} where T",
                "Type{Tuple{Int64, String}} !<: Type{NTuple{N, T}} where {N, T}",
                "Tuple{Type{Tuple{Int64, Int64}}, Array{Int64, 2}} < Tuple{Type{NTuple{N, T}}, Array{T, N}} "
                "where {N, T}",
                "Tuple{Type{Tuple{Int64, Int64}}, Array{Int64, 1}} !<: Tuple{Type{NTuple{N, T}}, Array{T, "
                "N}} where {N, T}",
                "Type{Tuple{}} < Type{NTuple{N, Int64}} where N",
                "Ref{Tuple{Vector{Int64}, Vector{Int64}}} < Ref{NTuple{N, Vector{T}}} where {N, T}",
                "Tuple{Vararg{Union{Int64, String}}} !<: Union{Tuple{Vararg{Int64}}, Tuple{Vararg{String}}}",
                "Union{Tuple{Vararg{Int64}}, Tuple{Vararg{String}}} < Tuple{Vararg{Union{Int64, String}}}",
                "Tuple{Vararg{Vector{Int64}}} < Tuple{Vararg{Vector}}",
                "Tuple{Vector{Int64}, Vector{String}} < Tuple{Vararg{Vector}}",
                "Tuple{Vector{Int64}, Vector{String}} !<: Tuple{Vararg{Vector{T}}} where T",
                "Tuple{Vector{Int64}, Vector{Int64}} < Tuple{Vararg{Vector{T}}} where T",
                "Tuple{Int64, Int64, String} !<: Tuple{Vararg{T}} where T",
                "Tuple{Int64, Int64} < Tuple{Vararg{T}} where T",
            });
}

RUNTIME_TEST(Subtype, UnionAlls) {
  check_all(task,
            {
                "Vector{Int64} < Vector",
                "Vector{Int64} < Array",
                "Vector < Array",
                "Vector{T} where T == Vector",
                "Array{T, N} where {T, N} == Array",
                "Array{Int64} !<: Vector",
                "Array{Int64} < Array",
                "Vector{Int64} < Array{Int64}",
                "Vector{Int64} < Vector{<:Integer}",
                "Vector{Float64} !<: Vector{<:Integer}",
                "Vector{<:Integer} < Vector{<:Real}",
                "Vector{<:Real} !<: Vector{<:Integer}",
                "Vector{<:Integer} !<: Vector{Integer}",
                "Vector{Integer} < Vector{<:Integer}",
                "Vector{Integer} < Vector{>:Int64}",
                "Vector{Int64} < Vector{>:Int64}",
                "Vector{Int8} !<: Vector{>:Int64}",
                "Vector{>:Integer} < Vector{>:Int64}",
                "Vector < AbstractArray",
                "Vector < AbstractArray{T, 1} where T",
                "Vector{T} where T<:Integer == Vector{<:Integer}",
                "Array{T, 1} where T<:Integer < Array{T} where T<:Real",
                "Vector{Vector{T} where T} == Vector{Vector}",
                "Vector{Vector{T}} where T !<: Vector{Vector{T} where T}",
                "Vector{Vector{T} where T} !<: Vector{Vector{T}} where T",
                "Vector{Vector{T}} where T < Vector{<:Vector}",
                "Vector{Vector} < Vector{<:Vector}",
                "Tuple{Vector{T} where T} == Tuple{Vector{T}} where T",
                "Tuple{Vector, Vector} !<: Tuple{Vector{T}, Vector{T}} where T",
                "Tuple{Vector{T}, Vector{T}} where T < Tuple{Vector, Vector}",
                "Tuple{Vector{Int64}, Vector{Int64}} < Tuple{Vector{T}, Vector{T}} where T",
                "Tuple{Vector{Int64}, Vector{String}} !<: Tuple{Vector{T}, Vector{T}} where T",
                "Tuple{Vector{T}, T} where T !<: Tuple{Vector{Int64}, Int64}",
                "Tuple{Vector{Int64}, Int64} < Tuple{Vector{T}, T} where T",
                "Tuple{Vector{Integer}, Int64} < Tuple{Vector{T}, T} where T",
                "Tuple{Vector{Int64}, Integer} !<: Tuple{Vector{T}, T} where T",
                "Tuple{Vector{Int64}, String} !<: Tuple{Vector{T}, T} where T",
                "Tuple{Int64, Vector{Integer}} < Tuple{S, Vector{T}} where {T, S<:T}",
                "Tuple{String, Vector{Integer}} !<: Tuple{S, Vector{T}} where {T, S<:T}",
                "Tuple{T, Vector{T}} where T<:Integer < Tuple{Real, Vector{<:Real}}",
                "Tuple{Array{T, N}, Array{T, N}} where {T, N} < Tuple{Array{T}, Array{T}} where T",
                "Union{Vector{T}, Matrix{T}} where T < Array",
                "Union{Vector{Int64}, Matrix{Int64}} < Union{Vector{T}, Matrix{T}} where T",
                "Vector{Union{T, Nothing}} where T !<: Vector{Union{Int64, Nothing}}",
                "Vector{Union{Int64, Nothing}} < Vector{Union{T, Nothing}} where T",
                "Vector{Int64} !<: Vector{Union{T, Nothing}} where T",
                "Tuple{Vector, Int64} == Tuple{Vector{T}, Int64} where T",
                "Tuple{Vector, Vector} == Tuple{Vector{T}, Vector{S}} where {T, S}",
                "Tuple{Tuple{Vector}} == Tuple{Tuple{Vector{T}}} where T",
                "Tuple{Vararg{Vector}} !<: Tuple{Vararg{Vector{T}}} where T",
                "Tuple{Vector{S}, Vector{S}} where S < Tuple{T, T} where T",
                "Vector{Nothing} < Vector{Union{T, Nothing}} where T",
                "Tuple{Vector{Union{Int64, Nothing}}, Int64} < Tuple{Vector{Union{T, Nothing}}, T} where T",
                "Ref{Ref{T}} where T !<: Ref{Ref{Int64}}",
                "Ref{Ref{Int64}} < Ref{Ref{T}} where T",
                "Ref{Ref{Int64}} < Ref{<:Ref}",
                "Ref{Ref{Int64}} !<: Ref{Ref}",
                "Array{Array{Int64, 1}, 1} !<: Array{Array{T, 1} where T, 1}",
            });
}

RUNTIME_TEST(Subtype, DiagonalRule) {
  check_all(
      task,
      {
          "Tuple{Int64, Int64} < Tuple{T, T} where T",
          "Tuple{Int64, String} !<: Tuple{T, T} where T",
          "Tuple{Integer, Integer} !<: Tuple{T, T} where T",
          "Tuple{Any, Any} !<: Tuple{T, T} where T",
          "Tuple{Integer} == Tuple{T} where T<:Integer",
          "Tuple{Any} == Tuple{T} where T",
          "Tuple{T, T} where T < Tuple{Any, Any}",
          "Tuple{T, S} where {T, S} == Tuple{Any, Any}",
          "Tuple{T, T} where T < Tuple{T, S} where {T, S}",
          "Tuple{T, T} where T == Tuple{S, S} where S",
          "Tuple{T, T, T} where T < Tuple{T, S, T} where {T, S}",
          "Tuple{Int64, Integer, Vector{Integer}} < Tuple{T, T, Vector{T}} where T",
          "Tuple{Union{Int64, String}, Int64} !<: Tuple{T, T} where T",
          "Union{Tuple{Int64, Int64}, Tuple{String, String}} < Tuple{T, T} where T",
          "Tuple{T, T} where T<:Union{Int64, String} < Tuple{Union{Int64, String}, Union{Int64, String}}",
          "Tuple{T, T} where T<:Integer < Tuple{T, T} where T<:Real",
          "Tuple{Vector{Int64}, Vector{Int64}} < Tuple{T, T} where T",
          "Tuple{Vector, Vector} !<: Tuple{T, T} where T",
          "Tuple{T, Ref{T}} where T !<: Tuple{T, T} where T",
          "Tuple{Real, Ref{Real}} < Tuple{T, Ref{T}} where T",
          "Tuple{Tuple{Int64, Int64}} < Tuple{Tuple{T, T}} where T",
          "Tuple{Tuple{Int64, String}} !<: Tuple{Tuple{T, T}} where T",
      });
}

RUNTIME_TEST(Subtype, TypeOfTypes) {
  check_all(task, {
                      "Type{Int64} < DataType",
                      "Type{Int64} < Type",
                      "Type{Int64} < Any",
                      "Type{Int64} !<: Type{Integer}",
                      "Type{Int64} < Type{<:Integer}",
                      "Type{String} !<: Type{<:Integer}",
                      "Type{Vector} < UnionAll",
                      "Type{Vector} !<: DataType",
                      "Type{Vector{Int64}} < DataType",
                      "Type{Union{Int64, String}} < Union",
                      "Type{Union{Int64, String}} !<: DataType",
                      "Type{Union{}} == TypeofBottom",
                      "Type{Union{}} !<: DataType",
                      "Type{Union{}} < Type{<:Integer}",
                      "TypeofBottom < Type{<:Integer}",
                      "DataType < Type",
                      "UnionAll < Type",
                      "Union < Type",
                      "Type !<: DataType",
                      "DataType !<: Type{<:Integer}",
                      "DataType !<: Type{Int64}",
                      "Type{Type{Int64}} < DataType",
                      "Type{Vector{T}} where T < DataType",
                      "Type{Vector{T}} where T < Type{<:Vector}",
                      "Type{<:Vector} !<: Type{Vector{T}} where T",
                      "Tuple{Type{Int64}, Int64} < Tuple{Type{T}, T} where T",
                      "Tuple{Type{Integer}, Int64} < Tuple{Type{T}, T} where T",
                      "Tuple{Type{Int64}, String} !<: Tuple{Type{T}, T} where T",
                      "Tuple{DataType, Int64} !<: Tuple{Type{T}, T} where T",
                      "Tuple{DataType, DataType} < Tuple{T, T} where T",
                      "Tuple{Type{Int64}, Type{String}} < Tuple{T, T} where T",
                      "Type{Vector{T} where T} == Type{Vector}",
                      "Vector{Type{Int64}} !<: Vector{DataType}",
                      "Vector{DataType} < Vector{<:Type}",
                      "Vector{Type} !<: Vector{DataType}",
                      "Type{T} where T<:Real < Type",
                      "Type{Tuple{Int64}} < Type{<:Tuple}",
                  });
}

RUNTIME_TEST(Subtype, BoundsThatMentionVariables) {
  auto intern = [](const char *s) { return Symbol::intern(s); };
  // abstract type Comparable{T} end; struct Num <: Comparable{Num} end; struct Bad <: Comparable{Int64} end
  Value *parameters[] = {make_typevar(intern("T"), nullptr, nullptr)};
  Value *comparable = new_abstract_type(modules::Main, intern("Comparable"), raw_svec(parameters));
  test_types()["Comparable"] = comparable;
  for (const char *name : {"Num", "Bad"}) {
    Value *t = new_struct_type(modules::Main, intern(name), raw_svec({}), raw_svec({}), false, 0, 0);
    Value *argument[] = {name[0] == 'N' ? t : static_cast<Value *>(types::Int64)};
    set_supertype(task, t, apply_type(task, comparable, argument));
    set_field_types(task, t, raw_svec({}));
    test_types()[name] = t;
  }
  // T <: Comparable{T}: the bound mentions the variable itself, which text cannot say here.
  TypeVar *var = make_typevar(intern("T"), nullptr, nullptr);
  Value *argument[] = {var};
  var->upper = apply_type(task, comparable, argument);
  Value *pair[] = {var, var};
  Value *sig = make_union_all(var, make_tuple_type(pair));
  EXPECT_TRUE(is_subtype(read_type(task, "Tuple{Num, Num}"), sig));
  EXPECT_FALSE(is_subtype(read_type(task, "Tuple{Bad, Bad}"), sig));
  EXPECT_FALSE(is_subtype(read_type(task, "Tuple{Int64, Int64}"), sig));
  check_all(
      task,
      {
          "Num < Comparable{Num}",
          "Num < Comparable",
          "Tuple{Vector{Int64}, Int64} < Tuple{V, T} where {T, V<:AbstractArray{T, 1}}",
          "Tuple{Vector{Int64}, String} !<: Tuple{V, T} where {T<:Real, V<:AbstractArray{T, 1}}",
          "Tuple{Vector{Int64}, Vector{Int64}} < Tuple{V, Array{T, 1}} where {T, V<:AbstractArray{T}}",
          "Tuple{Vector{Int64}, Vector{String}} !<: Tuple{V, Array{T, 1}} where {T, V<:AbstractArray{T}}",
      });
}

RUNTIME_TEST(Subtype, DeepAndWideTypesEnd) {
  Value *t = types::Int64, *u = types::Integer;
  for (int i = 0; i < 3000; ++i) {
    t = make_tuple_type({&t, 1});
    u = make_tuple_type({&u, 1});
  }
  is_subtype(t, u); // either answer; no crash
  EXPECT_TRUE(is_subtype(t, t));
  // More choices than are kept: no is the answer, never yes.
  std::string many = "Tuple{", same = "Tuple{";
  for (int i = 0; i < 200; ++i) {
    many += std::string(i ? ", " : "") + (i == 199 ? "Union{Int64, String}" : "Union{Int64, Char}");
    same += std::string(i ? ", " : "") + "Union{Int64, Char}";
  }
  EXPECT_FALSE(is_subtype(read_type(task, many + "}"), read_type(task, same + "}")));
  // 2^20 choices: the budget ends it.
  std::string pairs = "Tuple{", other = "Union{";
  for (int i = 0; i < 20; ++i)
    pairs += std::string(i ? ", " : "") + "Union{Int64, String}";
  Value *wide = read_type(task, pairs + "}");
  Value *open = read_type(task, "Union{Tuple{Vararg{Int64}}, Tuple{Vararg{String}}}");
  EXPECT_FALSE(is_subtype(wide, open));
}
