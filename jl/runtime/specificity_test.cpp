// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "jl/runtime/test_support.h"
#include "jl/runtime/type_reader.h"

using namespace jl;
using namespace jl::test;

namespace {

/// `A > B`: A is more specific than B, and not the other way; `A ~ B`: not ordered.
void check_all(Task *task, std::initializer_list<std::string_view> lines) {
  for (std::string_view line : lines) {
    bool ordered = line.find(" > ") != line.npos;
    size_t at = line.find(ordered ? " > " : " ~ ");
    ASSERT_NE(at, line.npos) << line;
    Value *a = read_type(task, line.substr(0, at)), *b = read_type(task, line.substr(at + 3));
    EXPECT_EQ(more_specific(a, b), ordered) << line;
    EXPECT_FALSE(more_specific(b, a)) << line << " (the other way)";
  }
}

} // namespace

RUNTIME_TEST(Specificity, Subtypes) {
  check_all(task, {
                      "Tuple{Int64} > Tuple{Integer}",
                      "Tuple{Int64} > Tuple{Any}",
                      "Tuple{Int64, Int64} > Tuple{Any, Int64}",
                      "Tuple{Int64, Any} ~ Tuple{Any, Int64}",
                      "Tuple{Int64} ~ Tuple{Int64}",
                      "Tuple{Int64} ~ Tuple{String}",
                      "Tuple{} > Tuple{Vararg{Any}}",
                      "Tuple{Vector{Int64}} > Tuple{Vector}",
                      "Tuple{Vector} > Tuple{AbstractArray}",
                      "Tuple{Vector{Int64}} > Tuple{AbstractArray{<:Integer}}",
                      "Tuple{Union{Int64, String}} > Tuple{Any}",
                      "Tuple{Int64} > Tuple{Union{Int64, String}}",
                      "Tuple{T} where T<:Integer > Tuple{T} where T<:Real",
                      "Tuple{T} where T<:Integer > Tuple{Any}",
                  });
}

RUNTIME_TEST(Specificity, Variables) {
  check_all(task, {
                      "Tuple{T, T} where T > Tuple{Any, Any}",
                      "Tuple{T, T} where T<:Integer > Tuple{T, T} where T",
                      "Tuple{T, T} where T<:Real > Tuple{Real, Real}",
                      "Tuple{Int64, Int64} > Tuple{T, T} where T<:Real",
                      "Tuple{Vector{T}, T} where T > Tuple{Vector, Any}",
                      "Tuple{Vector{T}, Vector{T}} where T > Tuple{Vector, Vector}",
                      "Tuple{Type{T}, T} where T > Tuple{Type, Any}",
                      "Tuple{Type{Int64}, Any} ~ Tuple{Type{T}, T} where T",
                      "Tuple{Type{Int64}} > Tuple{Type{<:Integer}}",
                      "Tuple{Type{<:Integer}} > Tuple{Type}",
                      "Tuple{Type{Int64}} > Tuple{DataType}",
                      "Tuple{DataType} > Tuple{Type}",
                      "Tuple{Type{Union{}}} > Tuple{Type{<:Integer}}",
                      "Tuple{AbstractArray{T, 1}} where T > Tuple{AbstractArray}",
                      "Tuple{AbstractArray{Int64}} ~ Tuple{AbstractArray{T, 1}} where T",
                      "Tuple{Vector{Int64}} > Tuple{AbstractArray{T, 1}} where T",
                      "Tuple{Array{T, N}, Vararg{Int64, N}} where {T, N} > Tuple{Array, Vararg{Int64}}",
                  });
}

RUNTIME_TEST(Specificity, Varargs) {
  check_all(task, {
                      "Tuple{Int64} > Tuple{Vararg{Int64}}",
                      "Tuple{Int64, Vararg{Int64}} > Tuple{Vararg{Int64}}",
                      "Tuple{Int64, Int64} > Tuple{Int64, Vararg{Int64}}",
                      "Tuple{Int64, Vararg{Int64}} > Tuple{Integer}",
                      "Tuple{Int64, AbstractFloat} > Tuple{Integer}",
                      "Tuple{Int64, AbstractFloat} ~ Tuple{Integer, Float64}",
                      "Tuple{Any, Any} > Tuple{Any, Vararg{Any}}",
                      "Tuple{Any, Any, Vararg{Any}} > Tuple{Any, Vararg{Any}}",
                      "Tuple{Int64, Vararg{Any}} > Tuple{Any, Vararg{Any}}",
                      "Tuple{Any, Vararg{Int64}} ~ Tuple{Int64, Vararg{Any}}",
                      "Tuple{Vararg{Int64}} > Tuple{Vararg{Integer}}",
                      "Tuple{Integer, Vararg{Integer}} > Tuple{Vararg{Any}}",
                      "NTuple{2, Int64} > NTuple{N, Int64} where N",
                      "Tuple{Tuple{Int64, Int64}} > Tuple{NTuple{N, Int64}} where N",
                      "Tuple{NTuple{N, Int64}} where N > Tuple{Tuple}",
                      "Tuple{Tuple{Any, Any}} > Tuple{Tuple{Any, Vararg{Any}}}",
                  });
}

RUNTIME_TEST(Specificity, UnionsWithMoreSpecificMembers) {
  check_all(task, {
                      "Tuple{Union{Int64, String}} > Tuple{Integer}",
                      "Tuple{Union{Int64, String}} ~ Tuple{Union{Int64, Char}}",
                      "Tuple{Union{Vector, Matrix}} > Tuple{Array}",
                      "Tuple{Union{Nothing, Int64}} > Tuple{Union{Nothing, Integer}}",
                  });
}

RUNTIME_TEST(Specificity, IsAsymmetricOnManyPairs) {
  const char *signatures[] = {"Tuple{Int64}",
                              "Tuple{Integer}",
                              "Tuple{Any}",
                              "Tuple{T} where T<:Real",
                              "Tuple{Vararg{Any}}",
                              "Tuple{Union{Int64, String}}",
                              "Tuple{Vector}",
                              "Tuple{AbstractArray{T}} where T<:Integer",
                              "Tuple{Type{T}} where T",
                              "Tuple{DataType}",
                              "Tuple{Int64, Vararg{Any}}",
                              "Tuple{T, T} where T",
                              "Tuple{Any, Int64}",
                              "Tuple{Array{T, N}, Vararg{Int64, N}} where {T, N}"};
  for (const char *a : signatures)
    for (const char *b : signatures) {
      Value *x = read_type(task, a), *y = read_type(task, b);
      EXPECT_FALSE(more_specific(x, y) && more_specific(y, x)) << a << " and " << b;
    }
}
