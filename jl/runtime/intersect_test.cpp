// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "jl/runtime/test_support.h"
#include "jl/runtime/type_reader.h"

using namespace jl;
using namespace jl::test;

namespace {

/// `A & B = C`: both orders must give a type equal to C, and be contained in neither less nor more than that.
void check(Task *task, std::string_view line) {
  size_t amp = line.find(" & "), eq = line.find(" = ");
  ASSERT_NE(amp, line.npos);
  ASSERT_NE(eq, line.npos);
  Value *a = read_type(task, line.substr(0, amp)), *b = read_type(task, line.substr(amp + 3, eq - amp - 3));
  Value *want = read_type(task, line.substr(eq + 3));
  for (Value *got : {intersect_types(a, b), intersect_types(b, a)})
    EXPECT_TRUE(types_equal(got, want)) << line << "\n  got " << type_to_string(got);
}

/// `A & B`: may be larger than the truth, but must contain `least` and be no more than both sides allow.
void check_contains(Task *task, const char *a, const char *b, const char *least) {
  Value *met = intersect_types(read_type(task, a), read_type(task, b));
  EXPECT_TRUE(is_subtype(read_type(task, least), met))
      << a << " & " << b << "\n  got " << type_to_string(met);
}

void check_all(Task *task, std::initializer_list<const char *> lines) {
  for (const char *line : lines)
    check(task, line);
}

} // namespace

RUNTIME_TEST(Intersect, Plain) {
  check_all(task, {
                      "Int64 & Integer = Int64",
                      "Int64 & String = Union{}",
                      "Any & Int64 = Int64",
                      "Union{Int64, String} & Integer = Int64",
                      "Union{Int64, String} & Union{String, Char} = String",
                      "Union{Int64, String} & Char = Union{}",
                      "Integer & Signed = Signed",
                      "Signed & Unsigned = Union{}",
                      "Vector{Int64} & Vector{Integer} = Union{}",
                      "Vector{Int64} & Array{Int64} = Vector{Int64}",
                      "Union{} & Int64 = Union{}",
                  });
}

RUNTIME_TEST(Intersect, Tuples) {
  check_all(task,
            {
                "Tuple{Int64, Any} & Tuple{Any, String} = Tuple{Int64, String}",
                "Tuple{Int64} & Tuple{String} = Union{}",
                "Tuple{Int64} & Tuple{Int64, Int64} = Union{}",
                "Tuple{Vararg{Int64}} & Tuple{Any, Any} = Tuple{Int64, Int64}",
                "Tuple{Int64, Vararg{Any}} & Tuple{Vararg{Integer}} = Tuple{Int64, Vararg{Integer}}",
                "Tuple{Vararg{Int64}} & Tuple{Vararg{String}} = Tuple{}",
                "Tuple{Int64, Vararg{Int64}} & Tuple{Vararg{String}} = Union{}",
                "Tuple{Union{Int64, String}, Integer} & Tuple{Real, Int64} = Tuple{Int64, Int64}",
                "NTuple{N, Int64} where N & Tuple{Any, Any} = Tuple{Int64, Int64}",
                "Tuple{Array{T, N}, Vararg{Int64, N}} where {T, N} & Tuple{Matrix{Float64}, Vararg{Any}} = "
                "Tuple{Matrix{Float64}, Int64, Int64}",
            });
}

RUNTIME_TEST(Intersect, Variables) {
  check_all(
      task,
      {
          "Vector{T} where T & AbstractArray{Int64} = Vector{Int64}",
          "Vector{T} where T<:Integer & Vector{T} where T<:Signed = Vector{<:Signed}",
          "Vector{T} where T<:Integer & Vector{String} = Union{}",
          "Array{Int64} & Matrix = Matrix{Int64}",
          "Array{Int64} & Array{T, 1} where T = Vector{Int64}",
          "Tuple{T, T} where T & Tuple{Int64, Any} = Tuple{Int64, Int64}",
          "Tuple{T, T} where T & Tuple{Any, Int64} = Tuple{Int64, Int64}",
          "Tuple{T, T} where T & Tuple{Int64, String} = Union{}",
          "Tuple{Vector{T}, T} where T & Tuple{Vector{Int64}, Any} = Tuple{Vector{Int64}, Int64}",
          "Tuple{T, Vector{T}} where T & Tuple{Any, Vector{Int64}} = Tuple{Int64, Vector{Int64}}",
          "Tuple{T, Vector{T}} where T & Tuple{Int64, Vector{String}} = Union{}",
          "Tuple{T, Vector{T}} where T & Tuple{Int64, Vector{Integer}} = Tuple{Int64, Vector{Integer}}",
          "Tuple{Vector, Vector} & Tuple{AbstractArray{Int64}, AbstractArray{String}} = "
          "Tuple{Vector{Int64}, Vector{String}}",
          "Tuple{Vector{T}, Vector{T}} where T & Tuple{AbstractArray{Int64}, Any} = "
          "Tuple{Vector{Int64}, Vector{Int64}}",
          "Tuple{Vector{T}, Vector{T}} where T & Tuple{AbstractArray{Int64}, AbstractArray{String}} = "
          "Union{}",
          "Vector{Union{T, Nothing}} where T & Vector{Union{Int64, Nothing}} = Vector{Union{Int64, Nothing}}",
          "Ref{Vector{T}} where T & Ref{Vector{Int64}} = Ref{Vector{Int64}}",
          "Ref{Vector{T}} where T & Ref{Matrix{Int64}} = Union{}",
          "Tuple{S, Vector{T}} where {T, S<:AbstractArray{T}} & Tuple{Vector{Int64}, Vector} = "
          "Tuple{Vector{Int64}, Vector{Int64}}",
      });
}

RUNTIME_TEST(Intersect, TypeOfTypes) {
  check_all(task, {
                      "Type{Int64} & DataType = Type{Int64}",
                      "Type & DataType = DataType",
                      "Type{Vector} & DataType = Union{}",
                      "Type{<:Integer} & Type{Int64} = Type{Int64}",
                      "Type{<:Integer} & Type{String} = Union{}",
                      "Type{T} where T<:Integer & Type{<:Signed} = Type{<:Signed}",
                      "Tuple{Type{T}, T} where T & Tuple{Type{Int64}, Any} = Tuple{Type{Int64}, Int64}",
                      "Tuple{Type{T}, T} where T & Tuple{Type{Int64}, String} = Union{}",
                      "Tuple{Type{T}, Any} where T & Tuple{Any, Int64} = Tuple{Type, Int64}",
                      "Type{Vector{T}} where T & Type{<:AbstractArray{Int64}} = Type{Vector{Int64}}",
                  });
}

RUNTIME_TEST(Intersect, NeverLosesWhatIsInBoth) {
  check_contains(task, "Tuple{Type{T}, T} where T", "Tuple{DataType, Integer}", "Tuple{Type{Int64}, Int64}");
  check_contains(task, "Tuple{T, T} where T", "Tuple{Integer, Real}", "Tuple{Int64, Int64}");
  check_contains(task, "Tuple{T, T} where T", "Tuple{S, S} where S<:Integer", "Tuple{Int64, Int64}");
  check_contains(task, "Tuple{Vararg{T}} where T", "Tuple{Integer, Vararg{Any}}",
                 "Tuple{Int64, Int64, Int64}");
  check_contains(task, "Tuple{Array{T, N}, Array{T, N}} where {T, N}", "Tuple{Vector{<:Integer}, Any}",
                 "Tuple{Vector{Int64}, Vector{Int64}}");
  check_contains(task, "Vector{Vector{T}} where T", "Vector{<:AbstractArray{<:Integer}}",
                 "Vector{Vector{Int64}}");
  check_contains(task, "Tuple{Union{Vector{T}, Matrix{T}}, T} where T", "Tuple{Any, Int64}",
                 "Tuple{Matrix{Int64}, Int64}");
  check_contains(task, "Union{Tuple{Int64, T}, Tuple{String, T}} where T", "Tuple{Any, Real}",
                 "Tuple{String, Float64}");
}

RUNTIME_TEST(Intersect, StaticParameters) {
  struct {
    const char *query, *sig, *first;
  } facts[] = {{"Tuple{Vector{Int64}}", "Tuple{Vector{T}} where T", "Int64"},
               {"Tuple{Int64}", "Tuple{T} where T", "Int64"},
               {"Tuple{Type{Int64}}", "Tuple{Type{T}} where T", "Int64"},
               {"Tuple{Type{Int64}}", "Tuple{T} where T", "DataType"},
               {"Tuple{Any, Vector{Int64}}", "Tuple{T, Vector{T}} where T", "Int64"},
               {"Tuple{Matrix{Float64}}", "Tuple{AbstractArray{T, N}} where {T, N}", "Float64"},
               {"Tuple{Vector{Union{Int64, Nothing}}}", "Tuple{Vector{Union{T, Nothing}}} where T", "Int64"}};
  for (auto &fact : facts) {
    GcVector<Value *> sparams;
    intersect_with_sparams(read_type(task, fact.query), read_type(task, fact.sig), sparams);
    ASSERT_FALSE(sparams.empty());
    EXPECT_TRUE(egal(sparams[0], read_type(task, fact.first)))
        << fact.query << " in " << fact.sig << " gives " << type_to_string(sparams[0]);
  }
  GcVector<Value *> sparams;
  intersect_with_sparams(read_type(task, "Tuple{Vector}"), read_type(task, "Tuple{Vector{T}} where T"),
                         sparams);
  EXPECT_EQ(type_of(sparams[0]), types::TypeVar_) << "not determined";
}

RUNTIME_TEST(TypeJoin, ClosestCommonType) {
  struct {
    const char *a, *b, *join;
  } facts[] = {{"Int64", "Float64", "Real"},
               {"Int64", "Int32", "Signed"},
               {"Int64", "UInt8", "Integer"},
               {"Int64", "String", "Any"},
               {"Int64", "Nothing", "Any"},
               {"Int64", "Integer", "Integer"},
               {"Union{}", "Int64", "Int64"},
               {"Vector{Int64}", "Vector{Float64}", "Vector"},
               {"Vector{Int64}", "Matrix{Int64}", "Array{Int64}"},
               {"Vector{Int64}", "Matrix{Float64}", "Array"},
               {"Tuple{Int64, Int64}", "Tuple{Int64, Float64}", "Tuple{Int64, Real}"},
               {"Tuple{Int64}", "Tuple{Int64, Int64}", "Tuple{Int64, Vararg{Int64}}"},
               {"DataType", "UnionAll", "Type"},
               {"Union{Int64, Float64}", "Int32", "Real"}};
  for (auto &fact : facts) {
    Value *got = type_join(read_type(task, fact.a), read_type(task, fact.b));
    EXPECT_TRUE(types_equal(got, read_type(task, fact.join)))
        << fact.a << ", " << fact.b << " give " << type_to_string(got);
  }
}
