// SPDX-License-Identifier: MIT
// What a MethodError says: what was called, which methods come close, or which ones are in each other's way.
#include <algorithm>
#include <string>

#include "jl/runtime/abi.h"
#include "jl/runtime/methods_internal.h"
#include "jl/runtime/module.h"
#include "jl/runtime/show_value.h"
#include "jl/runtime/task.h"

namespace jl {

namespace {

constexpr size_t kMaxCandidates = 3;

bool is_keyword_call(Value *f) {
  DataType *t = type_of(f);
  return t->name->is_function && t->name->function_name == Symbol::intern("kwcall");
}

/// A call as the user wrote it: kwcall's first two arguments are the keywords and the function.
struct Call {
  Value *f;
  Value *const *args;
  uint32_t n;
  Value *keywords = nullptr;
  Call(Value *f, Value *const *args, uint32_t n) : f(f), args(args), n(n) {
    if (is_keyword_call(f) && n >= 2)
      keywords = args[0], this->f = args[1], this->args = args + 2, this->n = n - 2;
  }
};

std::string callee_of_value(Value *f) {
  return is_type(f) ? type_to_string(f) : callee_to_string(type_of(f));
}

std::string argument_to_string(Value *v) {
  return "::" + (is_type(v) ? "Type{" + type_to_string(v) + "}" : type_to_string(type_of(v)));
}

std::string keywords_to_string(Value *keywords) {
  DataType *t = type_of(keywords);
  std::string out;
  for (int64_t i = 0; i < field_count(t); ++i)
    out += (i ? ", " : "; ") + identifier(field_name(t, size_t(i)).text()) +
           "::" + type_to_string(field_type(t, size_t(i)));
  return out;
}

std::string call_to_string(const Call &call) {
  std::string out = callee_of_value(call.f) + "(";
  for (uint32_t i = 0; i < call.n; ++i)
    out += (i ? ", " : "") + argument_to_string(call.args[i]);
  return out + (call.keywords ? keywords_to_string(call.keywords) : "") + ")";
}

std::string position(const Method *m) {
  std::string file = m->file ? std::string(m->file.text()) : "none";
  return " @ " + module_path(m->module) + " " + file + ":" + std::to_string(m->line);
}

// --- Candidates
// --------------------------------------------------------------------------------------------------

struct Candidate {
  Method *method;
  int matched;
  bool right_count;
};

Value *parameter_at(DataType *tuple, size_t i) {
  Vararg *rest = trailing_vararg(tuple);
  size_t fixed = tuple->parameters->length - (rest ? 1 : 0);
  return i < fixed ? (*tuple->parameters)[i] : rest ? vararg_type(rest) : nullptr;
}

bool takes(Method *m, const Call &call, size_t i) {
  Value *t = parameter_at(signature_tuple(m->sig), i + 1);
  return t && is_a(call.args[i], parameter_range(t, m->sig));
}

Candidate weigh(Method *m, const Call &call) {
  DataType *tuple = signature_tuple(m->sig);
  bool rest = trailing_vararg(tuple) != nullptr;
  size_t wanted = tuple->parameters->length - 1 - (rest ? 1 : 0);
  int matched = 0;
  for (size_t i = 0; i < call.n; ++i)
    matched += takes(m, call, i);
  return {m, matched, rest ? call.n >= wanted : call.n == wanted};
}

std::string shown_parameter(Value *t, Value *sig) {
  std::string text = is_vararg(t) ? "::" + type_to_string(vararg_type(t)) + "..." : "::" + type_to_string(t);
  return is_typevar(t) ? "::" + std::string(as_typevar(t)->name.text()) : text;
}

std::string shown_variables(Value *sig) {
  GcVector<TypeVar *> vars;
  union_all_vars(sig, vars);
  std::string out;
  for (TypeVar *var : vars)
    out += (out.empty() ? "" : ", ") + type_to_string(var);
  if (vars.empty())
    return "";
  return vars.size() == 1 ? " where " + out : " where {" + out + "}";
}

std::string candidate_line(const Candidate &c, const Call &call) {
  auto params = parameters_of(signature_tuple(c.method->sig));
  std::string out = "  " + callee_to_string(params[0]) + "(";
  for (size_t i = 1; i < params.size(); ++i) {
    out += i > 1 ? ", " : "";
    bool is_missing = i > call.n && !is_vararg(params[i]);
    bool fits = i > call.n ? !is_missing : takes(c.method, call, i - 1);
    std::string shown = shown_parameter(params[i], c.method->sig);
    if (fits && (shown == "::Any" || shown == "::Any..."))
      shown = shown == "::Any" ? "::Any" : "::Any...";
    out += (fits ? "" : "!Matched") + shown;
  }
  out += ")" + shown_variables(c.method->sig);
  return out + "\n  " + position(c.method);
}

Value *callee_type(const Call &call) {
  return is_type(call.f) ? type_of_type(call.f) : type_of(call.f);
}

bool is_called_now(Value *f, Value *const *args, uint32_t n) {
  return dispatch(argument_types(f, args, n), current_world()).method != nullptr;
}

std::string ambiguity_message(const Call &call, DataType *types, uint64_t world) {
  GcVector<MethodMatch> matches;
  uint64_t min, max;
  bool ambiguous;
  find_methods(types, world, -1, matches, min, max, ambiguous);
  std::string out = call_to_string(call) + " is ambiguous.\n\nCandidates:";
  Value *fix = types::Any;
  for (const MethodMatch &m : matches) {
    out += "\n  " + signature_to_string(m.method->sig) + "\n   " + position(m.method);
    fix = intersect_types(fix, m.method->sig);
  }
  return fix == types::Bottom_ || fix == types::Any
             ? out
             : out + "\n\nPossible fix, define\n  " + signature_to_string(fix);
}

} // namespace

std::string method_candidates(Value *f, Value *const *args, uint32_t n, uint64_t world) {
  Call call(f, args, n);
  if (dispatch(argument_types(f, args, n), world).ambiguous)
    return ""; // the message itself lists them
  GcVector<Method *> methods;
  methods_of(callee_type(call), world, methods);
  GcVector<Candidate> ranked;
  for (Method *m : methods)
    ranked.push_back(weigh(m, call));
  if (ranked.empty())
    return "";
  // More arguments that fit come first; among equals the right number of arguments, then the order of
  // definition.
  auto before = [](const Candidate &a, const Candidate &b) {
    return a.matched != b.matched ? a.matched > b.matched : a.right_count > b.right_count;
  };
  for (size_t i = 1; i < ranked.size(); ++i)
    for (size_t j = i; j > 0 && before(ranked[j], ranked[j - 1]); --j)
      std::swap(ranked[j], ranked[j - 1]);
  std::string out = "Closest candidates are:";
  for (size_t i = 0; i < std::min(ranked.size(), kMaxCandidates); ++i)
    out += "\n" + candidate_line(ranked[i], call);
  return ranked.size() > kMaxCandidates ? out + "\n  ..." : out;
}

std::string method_error_message(Value *f, Value *const *args, uint32_t n, uint64_t world) {
  Call call(f, args, n);
  DataType *types = argument_types(f, args, n);
  if (dispatch(types, world).ambiguous)
    return ambiguity_message(call, types, world);
  bool too_new = world < current_world() && is_called_now(f, args, n);
  if (too_new)
    return "no method matching " + call_to_string(call) +
           "\nThe applicable method may be too new: running in world age " + std::to_string(world) +
           ", while current world is " + std::to_string(current_world()) + ".";
  GcVector<Method *> methods;
  methods_of(callee_type(call), world, methods);
  if (methods.empty() && !is_type(call.f) && !type_of(call.f)->name->is_function)
    return "objects of type " + type_to_string(type_of(call.f)) + " are not callable";
  std::string out = "no method matching " + call_to_string(call);
  if (!is_type(call.f) && methods.empty())
    return out;
  if (is_type(call.f))
    return out + "\nThe type `" + type_to_string(call.f) +
           "` exists, but no method is defined for this combination of argument types when trying to "
           "construct it.";
  return out + "\nThe function `" + callee_of_value(call.f) +
         "` exists, but no method is defined for this combination of argument types.";
}

} // namespace jl
