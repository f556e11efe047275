// SPDX-License-Identifier: MIT
// Laws that must hold for any types, tried on all pairs and triples of a pool.
#include <gtest/gtest.h>

#include "jl/runtime/test_support.h"
#include "jl/runtime/type_reader.h"

using namespace jl;
using namespace jl::test;

namespace {

/// What calls look like: no variables, mostly concrete.
constexpr const char *kPoints[] = {
    "Tuple{}",
    "Tuple{Int64}",
    "Tuple{String}",
    "Tuple{Bool}",
    "Tuple{Int64, Int64}",
    "Tuple{Int64, String}",
    "Tuple{Int64, Float64}",
    "Tuple{Int64, Int64, Int64}",
    "Tuple{Vector{Int64}}",
    "Tuple{Vector{Int64}, Int64}",
    "Tuple{Vector{String}, Int64}",
    "Tuple{Vector{Integer}, Int64}",
    "Tuple{Vector{Int64}, Vector{Int64}}",
    "Tuple{Vector{Int64}, Vector{String}}",
    "Tuple{Matrix{Int64}, Int64, Int64}",
    "Tuple{Matrix{Int64}, Int64}",
    "Tuple{Type{Int64}}",
    "Tuple{Type{Int64}, Int64}",
    "Tuple{Type{Integer}, Int64}",
    "Tuple{Type{String}, Int64}",
    "Tuple{Type{Vector}}",
    "Tuple{Type{Vector{Int64}}}",
    "Tuple{Tuple{Int64, Int64}}",
    "Tuple{Tuple{Int64, String}}",
    "Tuple{Vector{Union{Int64, Nothing}}, Int64}",
    "Tuple{NamedTuple{(:a,), Tuple{Int64}}}",
    "Tuple{Vector{Vector{Int64}}}",
    "Tuple{Vector{Vector}}",
};

/// What methods look like.
constexpr const char *kSignatures[] = {
    "Tuple{Any}",
    "Tuple{Integer}",
    "Tuple{Real, Any}",
    "Tuple{Any, Int64}",
    "Tuple{T, T} where T",
    "Tuple{T, T} where T<:Integer",
    "Tuple{T, Vector{T}} where T",
    "Tuple{Vector{T}, T} where T",
    "Tuple{Vector{T}, S} where {T, S<:T}",
    "Tuple{Vector, Any}",
    "Tuple{Vector}",
    "Tuple{AbstractArray{T, 1}} where T",
    "Tuple{AbstractArray{<:Integer}, Vararg{Any}}",
    "Tuple{Vector{T}, Vector{T}} where T",
    "Tuple{AbstractArray{T}, AbstractArray{S}} where {T, S}",
    "Tuple{Array{T, N}, Vararg{Int64, N}} where {T, N}",
    "Tuple{Vararg{Int64}}",
    "Tuple{Vararg{Any}}",
    "Tuple{Int64, Vararg{Integer}}",
    "Tuple{Vararg{T}} where T",
    "NTuple{N, Any} where N",
    "NTuple{2, Any}",
    "Tuple{Type{T}, T} where T",
    "Tuple{Type{T}, Any} where T<:Integer",
    "Tuple{Type}",
    "Tuple{DataType}",
    "Tuple{Type{<:AbstractArray}}",
    "Tuple{Type{Vector{T}}} where T",
    "Tuple{Union{Int64, String}}",
    "Tuple{Union{Vector{T}, T}, Int64} where T",
    "Tuple{Vector{Union{T, Nothing}}, T} where T",
    "Tuple{Tuple{T, T}} where T",
    "Tuple{Tuple{Any, Vararg{Any}}}",
    "Tuple{NamedTuple}",
    "Tuple{NamedTuple{N, T}} where {N, T<:Tuple{Int64}}",
    "Tuple{Vector{Vector{T}}} where T",
    "Tuple{Vector{<:Vector}}",
    "Union{Tuple{Int64, Any}, Tuple{Any, String}}",
    "Tuple{A, B} where {B, A<:AbstractArray{B}}",
    "Tuple{Ref{T}, T} where T",
};

template <size_t N> GcVector<Value *> read_all(Task *task, const char *const (&texts)[N]) {
  GcVector<Value *> out;
  for (const char *text : texts)
    out.push_back(read_type(task, text));
  return out;
}

std::string both(Value *a, Value *b) {
  return type_to_string(a) + "  and  " + type_to_string(b);
}

} // namespace

RUNTIME_TEST(TypeLaws, IntersectionsLoseNoCall) {
  GcVector<Value *> points = read_all(task, kPoints), signatures = read_all(task, kSignatures);
  for (Value *a : signatures)
    for (Value *b : signatures) {
      Value *met = intersect_types(a, b);
      for (Value *p : points)
        if (is_subtype(p, a) && is_subtype(p, b)) {
          EXPECT_TRUE(is_subtype(p, met))
              << type_to_string(p) << " is in " << both(a, b) << " but not in " << type_to_string(met);
        }
    }
}

RUNTIME_TEST(TypeLaws, SubtypingIsReflexiveAndAgreesWithPoints) {
  GcVector<Value *> points = read_all(task, kPoints), signatures = read_all(task, kSignatures);
  for (Value *a : signatures) {
    EXPECT_TRUE(is_subtype(a, a)) << type_to_string(a);
    for (Value *b : signatures)
      if (is_subtype(a, b))
        for (Value *p : points)
          if (is_subtype(p, a)) {
            EXPECT_TRUE(is_subtype(p, b)) << type_to_string(p) << " by way of " << both(a, b);
          }
  }
}

RUNTIME_TEST(TypeLaws, SubtypingIsTransitive) {
  GcVector<Value *> all = read_all(task, kSignatures);
  for (Value *a : all)
    for (Value *b : all)
      if (is_subtype(a, b))
        for (Value *c : all)
          if (is_subtype(b, c)) {
            EXPECT_TRUE(is_subtype(a, c)) << type_to_string(c) << " above " << both(a, b);
          }
}

RUNTIME_TEST(TypeLaws, JoinsAndUnionsAreAboveBoth) {
  GcVector<Value *> all = read_all(task, kSignatures);
  for (Value *a : all)
    for (Value *b : all) {
      Value *parts[] = {a, b}, *together = make_union(parts), *join = type_join(a, b);
      EXPECT_TRUE(is_subtype(a, together) && is_subtype(b, together)) << both(a, b);
      EXPECT_TRUE(is_subtype(a, join) && is_subtype(b, join))
          << both(a, b) << " join to " << type_to_string(join);
    }
}

RUNTIME_TEST(TypeLaws, SpecificityIsAsymmetricAndFollowsSubtyping) {
  GcVector<Value *> all = read_all(task, kSignatures);
  for (Value *a : all)
    for (Value *b : all) {
      EXPECT_FALSE(more_specific(a, b) && more_specific(b, a)) << both(a, b);
      if (is_subtype(a, b) && !is_subtype(b, a)) {
        EXPECT_TRUE(more_specific(a, b)) << both(a, b);
      }
    }
}

RUNTIME_TEST(TypeLaws, ReadingATypeTwiceGivesEqualHashesAndText) {
  for (int rank : {1, 2}) { // names that Base gives
    Value *t = make_typevar(Symbol::intern("T"), nullptr, nullptr), *of_rank[] = {t, box_int64(task, rank)};
    test_types()[rank == 1 ? "AbstractVector" : "AbstractMatrix"] =
        make_union_all(static_cast<TypeVar *>(t), apply_type(task, types::AbstractArray, of_rank));
  }
  for (const char *text : kSignatures) {
    Value *a = read_type(task, text), *b = read_type(task, text);
    EXPECT_TRUE(egal(a, b)) << text;
    EXPECT_EQ(type_hash(a), type_hash(b)) << text;
    EXPECT_EQ(type_to_string(a), type_to_string(b));
    EXPECT_TRUE(types_equal(a, read_type(task, type_to_string(a))))
        << text << " printed as " << type_to_string(a);
  }
}
