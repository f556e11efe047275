// SPDX-License-Identifier: MIT
// Which methods a call may reach: find_methods for types as inference knows them, dispatch for exact ones.
#include <algorithm>

#include "jl/runtime/methods_internal.h"
#include "jl/runtime/subtype.h"

namespace jl {

namespace {

bool disjoint_datatypes(DataType *a, DataType *b) {
  if (a->name == types::TypeTypeName || b->name == types::TypeTypeName)
    return a->name != b->name && !is_kind(a) && !is_kind(b) && a != types::Any && b != types::Any &&
           !(a->name == types::TypeTypeName ? is_kind(a) : is_kind(b));
  for (DataType *x = a;; x = x->super) {
    if (x->name == b->name)
      return false;
    if (x == types::Any)
      break;
  }
  for (DataType *x = b;; x = x->super) {
    if (x->name == a->name)
      return false;
    if (x == types::Any)
      return true;
  }
}

Value *peel(Value *t) {
  while (is_typevar(t) || is_union_all(t))
    t = is_typevar(t) ? as_typevar(t)->upper : as_union_all(t)->body;
  return t;
}

bool disjoint_elements(Value *a, Value *b) {
  if (a == b)
    return false;
  a = peel(a), b = peel(b);
  if (!is_datatype(a) || !is_datatype(b) || a == b)
    return false;
  if (is_tuple(a) && is_tuple(b))
    return obviously_disjoint(a, b);
  return disjoint_datatypes(as_datatype(a), as_datatype(b));
}

Value *element_at(const DataType *tuple, size_t i) {
  Vararg *rest = trailing_vararg(tuple);
  size_t fixed = tuple->parameters->length - (rest ? 1 : 0);
  return i < fixed ? (*tuple->parameters)[i] : rest ? vararg_type(rest) : nullptr;
}

} // namespace

bool obviously_disjoint(Value *a, Value *b) {
  a = peel(a), b = peel(b);
  if (!is_datatype(a) || !is_datatype(b))
    return false;
  if (!is_tuple(a) || !is_tuple(b))
    return disjoint_elements(a, b);
  DataType *x = as_datatype(a), *y = as_datatype(b);
  size_t nx = x->parameters->length, ny = y->parameters->length;
  bool vx = trailing_vararg(x), vy = trailing_vararg(y);
  if ((!vx && !vy && nx != ny) || (!vx && vy && nx + 1 < ny) || (!vy && vx && ny + 1 < nx))
    return true;
  size_t fixed = std::max(nx - (vx ? 1 : 0), ny - (vy ? 1 : 0));
  for (size_t i = 0; i < fixed; ++i) {
    Value *p = element_at(x, i), *q = element_at(y, i);
    if (p && q && disjoint_elements(p, q))
      return true;
  }
  return false;
}

bool signatures_meet(Value *a, Value *b) {
  return is_subtype(a, b) || is_subtype(b, a) || intersect_types(a, b) != types::Bottom_;
}

namespace {

/// Values in the order of the method's static parameters: one that its signature never uses is not in the
/// UnionAlls.
SimpleVector *align_sparams(Method *m, SimpleVector *values) {
  size_t n = m->sparam_names->length;
  if (values->length == n || n == 0)
    return values;
  GcVector<TypeVar *> vars;
  union_all_vars(m->sig, vars);
  GcVector<Value *> out;
  for (Value *name : elements(m->sparam_names)) {
    auto at = std::ranges::find(vars, name);
    out.push_back(at == vars.end() ? name : (*values)[size_t(at - vars.begin())]);
  }
  return raw_svec(out);
}

} // namespace

// --- Exact types ---

bool match_signature(Value *argument_types, Value *sig, SimpleVector *&sparams) {
  if (obviously_disjoint(argument_types, sig))
    return false;
  if (!is_union_all(sig)) {
    sparams = raw_svec({});
    return is_subtype(argument_types, sig);
  }
  Subtyping question;
  if (!question.run(argument_types, sig, /*want_solutions=*/true))
    return false;
  GcVector<TypeVar *> vars;
  union_all_vars(sig, vars);
  GcVector<Value *> values;
  for (TypeVar *var : vars) {
    Value *value = question.solution(var);
    values.push_back(value ? value : var);
  }
  sparams = raw_svec(values);
  return true;
}

namespace {

struct Applicable {
  Method *method;
  SimpleVector *sparams;
};

/// Worlds change what applies when a method that applies comes or goes.
void narrow_worlds(Method *m, uint64_t world, uint64_t &min, uint64_t &max) {
  uint64_t added = m->primary_world.load(), deleted = m->deleted_world.load();
  if (added > world)
    max = std::min(max, added - 1);
  else if (deleted <= world)
    min = std::max(min, deleted);
  else {
    min = std::max(min, added);
    if (deleted != kWorldMax)
      max = std::min(max, deleted - 1);
  }
}

struct TwoMethods {
  const Method *a, *b;
  bool operator==(const TwoMethods &) const = default;
  struct Hash {
    size_t operator()(const TwoMethods &key) const {
      return (reinterpret_cast<uintptr_t>(key.a) >> 4) * 0x9e3779b97f4a7c15 ^
             reinterpret_cast<uintptr_t>(key.b) >> 4;
    }
  };
};

/// Signatures never change, and methods are for ever. The question comes again with every list of argument
/// types.
class KnownOrder {
public:
  static bool is_more_specific(const Method *a, const Method *b) {
    static KnownOrder known;
    {
      std::lock_guard lock(known.mutex_);
      if (auto answer = known.answers_.find({a, b}); answer != known.answers_.end())
        return answer->second;
    }
    bool answer = more_specific(a->sig, b->sig); // may collect or throw: not under the lock
    std::lock_guard lock(known.mutex_);
    known.answers_.try_emplace({a, b}, answer);
    return answer;
  }

private:
  std::mutex mutex_;
  std::unordered_map<TwoMethods, bool, TwoMethods::Hash> answers_;
};

bool is_best(const Applicable &one, const GcVector<Applicable> &all) {
  return std::ranges::all_of(all, [&](const Applicable &other) {
    return &other == &one || KnownOrder::is_more_specific(one.method, other.method);
  });
}

} // namespace

Dispatched dispatch(DataType *argument_types, uint64_t world) {
  Dispatched result;
  GcVector<Method *> methods;
  candidates(argument_types, methods);
  GcVector<Applicable> applicable;
  for (Method *m : methods) {
    SimpleVector *sparams = nullptr;
    if (!match_signature(argument_types, m->sig, sparams))
      continue;
    narrow_worlds(m, world, result.min_world, result.max_world);
    if (is_visible_in(m, world))
      applicable.push_back({m, align_sparams(m, sparams)});
  }
  for (const Applicable &one : applicable)
    if (is_best(one, applicable)) {
      result.method = one.method;
      result.sparams = one.sparams;
      return result;
    }
  result.ambiguous = !applicable.empty();
  return result;
}

// --- Types as far as they are known ---

namespace {

struct Found {
  MethodMatch match;
  bool dropped = false;
};

/// The part of `query` that calls `m`, or false.
bool meet_method(Value *query, Method *m, MethodMatch &out) {
  if (obviously_disjoint(query, m->sig))
    return false;
  out.method = m;
  out.fully_covers = match_signature(query, m->sig, out.sparams);
  if (out.fully_covers) {
    out.spec_types = query;
    out.sparams = align_sparams(m, out.sparams);
    return true;
  }
  GcVector<Value *> sparams;
  out.spec_types = intersect_with_sparams(query, m->sig, sparams);
  out.sparams = align_sparams(m, raw_svec(sparams));
  return out.spec_types != types::Bottom_;
}

void find_all(Value *query, uint64_t world, GcVector<Found> &out, uint64_t &min, uint64_t &max) {
  GcVector<Method *> methods;
  candidates(query, methods);
  for (Method *m : methods) {
    MethodMatch match{};
    if (!meet_method(query, m, match))
      continue;
    narrow_worlds(m, world, min, max);
    if (is_visible_in(m, world))
      out.push_back({match});
  }
}

/// Which of the methods found are more specific than which, asked once.
class Precedence {
public:
  explicit Precedence(const GcVector<Found> &found) : n_(found.size()), answers_(n_ * n_, 0) {}
  bool before(const GcVector<Found> &found, size_t i, size_t j) {
    char &answer = answers_[i * n_ + j];
    if (!answer)
      answer = KnownOrder::is_more_specific(found[i].match.method, found[j].match.method) ? 'y' : 'n';
    return answer == 'y';
  }

private:
  size_t n_;
  std::vector<char, GcAllocator<char>> answers_;
};

/// More parts than this are not put together to see whether they cover another.
constexpr size_t kMaxParts = 6;

/// Is every call that goes by method `i` taken by more specific ones?
bool is_shadowed(size_t i, const GcVector<Found> &all, Precedence &order) {
  GcVector<Value *> parts;
  Value *wanted = all[i].match.spec_types;
  for (size_t j = 0; j < all.size(); ++j) {
    if (i == j || obviously_disjoint(all[j].match.spec_types, wanted) || !order.before(all, j, i))
      continue;
    if (all[j].match.fully_covers || is_subtype(wanted, all[j].match.spec_types))
      return true;
    parts.push_back(all[j].match.spec_types);
  }
  return parts.size() > 1 && parts.size() <= kMaxParts && is_subtype(wanted, make_union(parts));
}

/// Drops what cannot be reached. False as soon as more than `limit` are left.
bool drop_shadowed(GcVector<Found> &found, Precedence &order, int limit) {
  int reachable = 0;
  for (size_t i = 0; i < found.size(); ++i) {
    found[i].dropped = is_shadowed(i, found, order);
    reachable += found[i].dropped ? 0 : 1;
    if (limit >= 0 && reachable > limit)
      return false;
  }
  return true;
}

/// Repeatedly takes the first one that no other one left is more specific than.
void sort_by_specificity(const GcVector<Found> &found, Precedence &order, GcVector<MethodMatch> &out) {
  GcVector<size_t> left;
  for (size_t i = 0; i < found.size(); ++i)
    if (!found[i].dropped)
      left.push_back(i);
  while (!left.empty()) {
    auto is_first = [&](size_t i) {
      return std::ranges::none_of(left, [&](size_t j) { return i != j && order.before(found, j, i); });
    };
    auto pick = std::ranges::find_if(left, is_first);
    if (pick == left.end())
      pick = left.begin();
    out.push_back(found[*pick].match);
    left.erase(pick);
  }
}

/// Does a third method decide for all calls that `a` and `b` both take?
bool is_resolved(const MethodMatch &a, const MethodMatch &b, Value *both, const GcVector<MethodMatch> &all) {
  for (const MethodMatch &c : all)
    if (c.method != a.method && c.method != b.method && more_specific(c.method->sig, a.method->sig) &&
        more_specific(c.method->sig, b.method->sig) && is_subtype(both, c.method->sig))
      return true;
  return false;
}

bool is_ambiguous(const GcVector<MethodMatch> &all) {
  for (size_t i = 0; i < all.size(); ++i)
    for (size_t j = i + 1; j < all.size(); ++j) {
      Value *a = all[i].method->sig, *b = all[j].method->sig;
      if (obviously_disjoint(all[i].spec_types, all[j].spec_types) || more_specific(a, b) ||
          more_specific(b, a))
        continue;
      Value *both = intersect_types(all[i].spec_types, all[j].spec_types);
      if (both != types::Bottom_ && !is_resolved(all[i], all[j], both, all))
        return true;
    }
  return false;
}

/// Calls with exactly these types reach one method at most; ambiguous ones are left to the general way.
bool find_exact(Value *sig, uint64_t world, int limit, GcVector<MethodMatch> &out, uint64_t &min,
                uint64_t &max) {
  if (!is_datatype(sig) || !as_datatype(sig)->is_dispatch_tuple || limit == 0)
    return false;
  Dispatched only = dispatch(as_datatype(sig), world);
  if (only.ambiguous)
    return false;
  min = only.min_world, max = only.max_world;
  if (only.method)
    out.push_back({only.method, sig, only.sparams, true});
  return true;
}

} // namespace

bool find_methods(Value *sig, uint64_t world, int limit, GcVector<MethodMatch> &out, uint64_t &min,
                  uint64_t &max, bool &ambiguous) {
  out.clear();
  min = 1, max = kWorldMax;
  ambiguous = false;
  if (!is_tuple(unwrap_union_all(sig)) || !is_callee_known(sig))
    return false;
  if (world > current_world())
    world = current_world();
  if (find_exact(sig, world, limit, out, min, max))
    return true;
  GcVector<Found> found;
  find_all(sig, world, found, min, max);
  Precedence order(found);
  if (!drop_shadowed(found, order, limit))
    return false;
  sort_by_specificity(found, order, out);
  ambiguous = is_ambiguous(out);
  return true;
}

} // namespace jl
