// SPDX-License-Identifier: MIT
// The state of one subtype question: variables in scope and the choices among union members.
//
// x <: y is decided as in Zappa Nardelli et al., "Julia subtyping: a rational reconstruction" (OOPSLA 2018):
// variables of the left side stand for every type within their bounds, those of the right side for some type;
// unions on the left are tried member by member, and for each of these some choice of members on the right
// must do. Choices are bits that a run replays, so that a union under a Tuple distributes over it without
// being rewritten. Work and depth have limits; past them the answer is no.
#pragma once

#include <bitset>

#include "jl/runtime/types_internal.h"

namespace jl {

/// A variable in scope, with what is known of it so far.
struct SubtypeVar {
  TypeVar *var;    // as it occurs in the types at hand
  TypeVar *origin; // as it was written (differs when it had to be renamed)
  Value *lower, *upper;
  bool exists;    // of the right side: some type; else every type
  bool diagonal;  // more than once in covariant position and nowhere else: stands for concrete types only
  bool covariant; // only in covariant positions: a value Type{X} means X's kind
};

/// Work left for the outermost question of this thread, shared by the questions it leads to.
struct SubtypeBudget {
  int nesting = 0;
  int steps = 0;
  int depth = 0;
};
SubtypeBudget &subtype_budget();

/// Binary decisions: a run takes those it is given and then always the first branch; next() gives the next
/// run's.
class Choices {
public:
  bool pick() {
    if (used_ == kMax) {
      subtype_budget().steps = 0; // too many: the whole question is given up
      return false;
    }
    if (used_ == length_)
      bits_[length_++] = false;
    return bits_[used_++];
  }
  bool next() {
    while (length_ > 0 && bits_[length_ - 1])
      --length_;
    if (length_ == 0)
      return false;
    bits_[length_ - 1] = true;
    used_ = 0;
    return true;
  }
  void restart() { used_ = 0; }
  void clear() { used_ = length_ = 0; }
  bool any() const { return length_ > 0; }

private:
  static constexpr unsigned kMax = 128;
  std::bitset<kMax> bits_;
  unsigned used_ = 0, length_ = 0;
};

class Subtyping {
public:
  /// Is x <: y? With `solutions`, what the outer variables of y came out as (see solution()).
  bool run(Value *x, Value *y, bool want_solutions = false);
  /// The value found for a variable of y, or null where it is not determined.
  Value *solution(TypeVar *var) const;

private:
  static constexpr int kMaxVars = 48;
  static constexpr int64_t kLongestKnown = 100'000; // elements compared one by one
  struct Snapshot {
    Value *bounds[kMaxVars][2];
  };
  struct Solution {
    TypeVar *var;
    Value *value;
  };

  bool sub(Value *x, Value *y);
  bool sub_kinds(Value *x, Value *y);
  bool datatypes(DataType *x, DataType *y);
  bool tuples(DataType *x, DataType *y);
  /// How many elements the rest has, once that is settled; else -1.
  int64_t known_length(Vararg *v);
  bool tuple_lengths(Vararg *vx, Vararg *vy, size_t nx, size_t ny);
  bool nominal(DataType *x, DataType *y);
  bool to_type_of_type(DataType *x, DataType *y);
  bool equal(Value *a, Value *b);
  bool locally(Value *a, Value *b);
  bool right_var(Value *x, TypeVar *y);
  bool left_exists(SubtypeVar *v, Value *y);
  bool narrow_upper(SubtypeVar *v, Value *y);
  bool bind(SubtypeVar *v, Value *a);
  bool bind_value(SubtypeVar *v, Value *a);
  bool open_left(UnionAll *x, Value *y);
  bool open_right(Value *x, UnionAll *y);
  bool lift_left(Value *x, UnionAll *y, bool &lifted);
  bool close_left(SubtypeVar v);
  bool close_right(SubtypeVar v);
  Value *enter_scope(UnionAll *u, bool exists);
  SubtypeVar *find(Value *var);
  bool is_open(Value *t) const { return has_free_typevars(t); }
  bool enter();
  void save(Snapshot &s) const;
  void restore(const Snapshot &s);
  void record(const SubtypeVar &v);

  SubtypeVar vars_[kMaxVars];
  int count_ = 0;
  Choices left_, right_;
  bool want_solutions_ = false;
  GcVector<Solution> solutions_;
};

/// Does `var`, bound around `body`, stand for concrete types only?
bool is_diagonal(TypeVar *var, Value *body);
/// How often `var` occurs in covariant position (2 = more than once), and whether anywhere else.
struct Occurrences {
  int covariant = 0;
  bool invariant = false;
};
Occurrences occurrences(TypeVar *var, Value *t);
/// A concrete type, or one that stands for a single type object: what a diagonal variable may be.
bool is_leaf(Value *t);
/// Type{X} becomes X's kind, also in unions.
Value *widen_type_of_type(Value *t);

} // namespace jl
