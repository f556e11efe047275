// SPDX-License-Identifier: MIT
// What a MethodError says: what was called, which methods come close, or which ones are in each other's way.
#include <algorithm>
#include <string>

#include "jl/runtime/abi.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/methods_internal.h"
#include "jl/runtime/module.h"
#include "jl/runtime/opaque_closure.h"
#include "jl/runtime/show_value.h"
#include "jl/runtime/symbols.h"
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

// --- Candidates ---

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

Value *callee_type(const Call &call) {
  return is_type(call.f) ? type_of_type(call.f) : type_of(call.f);
}

bool takes_all(Method *m, const Call &call) {
  DataType *tuple = signature_tuple(m->sig);
  size_t fixed = tuple->parameters->length - 1 - (trailing_vararg(tuple) ? 1 : 0);
  if (call.n < fixed || (call.n > fixed && !trailing_vararg(tuple)))
    return false;
  for (size_t i = 0; i < call.n; ++i)
    if (!takes(m, call, i))
      return false;
  return true;
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

/// Looks at a call's arguments one after the other, for one method. Variables of the signature tie arguments
/// together; one that did not fit ties nothing.
class Matcher {
public:
  Matcher(Method *m, const Call &call)
      : method_(m), call_(call), params_(parameters_of(signature_tuple(m->sig))) {
    given_.push_back(types::Any);
  }

  /// What stands before parameter `i` (from 1 on, each once): whether the call's argument fits there. A
  /// vararg that got nothing did fit.
  const char *mark(size_t i) {
    bool is_rest = is_vararg(params_[i]);
    if (i > call_.n)
      return is_rest && i == call_.n + 1 ? "" : "!Matched::";
    Value *arg = call_.args[i - 1];
    given_.push_back(is_type(arg) ? static_cast<Value *>(type_of_type(arg)) : type_of(arg));
    bool fits = takes(method_, call_, i - 1) && (is_rest || fits_together(i));
    if (!fits)
      given_.back() = types::Any;
    return fits ? "::" : "!Matched::";
  }

private:
  bool fits_together(size_t i) const {
    Value *wanted = rewrap_union_all(make_tuple_type(params_.first(i + 1)), method_->sig);
    return intersect_types(wanted, make_tuple_type(given_)) != types::Bottom_;
  }

  Method *method_;
  const Call &call_;
  std::span<Value *const> params_;
  GcVector<Value *> given_;
};

/// Does the method take a keyword of this name?
bool has_keyword(Method *m, std::string_view name) {
  if (!m->keyword_names)
    return false;
  for (Value *known : elements(m->keyword_names))
    if (std::string_view text = symbol_of(known).text(); text == name || text.ends_with("..."))
      return true;
  return false;
}

/// What of the keywords stands in the way: the method takes none, or takes others.
std::string refused_keywords(Method *m, const Call &call) {
  if (!call.keywords || !takes_all(m, call))
    return "";
  DataType *t = type_of(call.keywords);
  std::string out;
  int refused = 0;
  for (int64_t i = 0; i < field_count(t); ++i) {
    std::string name(field_name(t, size_t(i)).text());
    if (!has_keyword(m, name))
      out += (refused++ ? ", \"" : " \"") + name + "\"";
  }
  return refused ? " got unsupported keyword argument" + std::string(refused > 1 ? "s" : "") + out : "";
}

/// `; a, b...` or empty.
std::string shown_keywords(const Method *m) {
  std::string out;
  if (m->keyword_names)
    for (Value *name : elements(m->keyword_names))
      out += (out.empty() ? "; " : ", ") + std::string(symbol_of(name).text());
  return out;
}

std::string candidate_line(const Candidate &c, const Call &call, uint64_t world) {
  auto params = parameters_of(signature_tuple(c.method->sig));
  GcVector<TypeVar *> vars;
  union_all_vars(c.method->sig, vars);
  std::string out = "  " + callee_to_string(params[0]) + "(";
  Matcher matcher(c.method, call);
  for (size_t i = 1; i < params.size(); ++i)
    out += (i > 1 ? ", " : "") + std::string(matcher.mark(i)) + parameter_to_string(params[i], vars);
  out += shown_keywords(c.method) + ")" + shown_variables(c.method->sig) + refused_keywords(c.method, call);
  if (!is_visible_in(c.method, world))
    out += " (method too new to be called from this world context.)";
  return out + "\n  " + position(c.method);
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
    out += "\n  " + method_to_string(m.method) + "\n   " + position(m.method);
    fix = intersect_types(fix, m.method->sig);
  }
  if (fix == types::Bottom_ || fix == types::Any)
    return out;
  for (const MethodMatch &m : matches)
    if (types_equal(fix, m.method->sig))
      return out + "\nTo resolve the ambiguity, try making one of the methods more specific, or adding a new "
                   "method more "
                   "specific than any of the existing applicable methods.\n";
  return out + "\n\nPossible fix, define\n  " + signature_to_string(fix) + "\n";
}

} // namespace

std::string method_to_string(Method *m) {
  if (m->builtin)
    return std::string(m->name.text()) + "(...)";
  GcVector<Symbol> names;
  if (compiler_hooks().argument_names)
    compiler_hooks().argument_names(current_task(), m, names);
  return signature_to_string(m->sig, nullptr, names, shown_keywords(m));
}

std::string method_candidates(Value *f, Value *const *args, uint32_t n, uint64_t world) {
  if (is_opaque_closure_type(type_of(f)))
    return "";
  Call call(f, args, n);
  if (dispatch(argument_types(f, args, n), world).ambiguous)
    return ""; // the message itself lists them
  GcVector<Method *> methods;
  methods_of(callee_type(call), current_world(), methods);
  GcVector<Candidate> ranked;
  for (Method *m : methods)
    if (is_a(call.f, parameter_range(parameter_at(signature_tuple(m->sig), 0), m->sig)))
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
    out += "\n" + candidate_line(ranked[i], call, world);
  return ranked.size() > kMaxCandidates ? out + "\n  ..." : out;
}

namespace {

bool is_base_function(Value *f, std::string_view name) {
  return modules::Base && f == global_value(modules::Base, Symbol::intern(name));
}

/// `convert(T, x)` reads as what was attempted; types of one name stand below each other.
std::string convert_message(const Call &call) {
  DataType *from = type_of(call.args[1]);
  Value *to = call.args[0];
  bool same_name = !is_datatype(to) || as_datatype(to)->name == from->name;
  return "Cannot `convert` an object of type " + std::string(same_name ? "\n  " : "") + type_to_string(from) +
         " to an object of type " + (same_name ? "\n  " : "") + type_to_string(to);
}

/// Number + array and the like: what the user most likely wants.
std::string elementwise_hint(const Call &call) {
  bool is_plus = is_base_function(call.f, "+");
  if (call.n != 2 || (!is_plus && !is_base_function(call.f, "-")))
    return "";
  auto is_kind = [&](size_t i, DataType *kind) { return is_subtype(type_of(call.args[i]), kind); };
  auto pair = [&](size_t number, size_t array) {
    return is_kind(number, types::Number) && is_array(call.args[array]);
  };
  if (!pair(0, 1) && !pair(1, 0))
    return "";
  std::string sign = is_plus ? "+" : "-";
  return "\nFor element-wise " + std::string(is_plus ? "addition" : "subtraction") +
         ", use broadcasting with dot syntax: " +
         (pair(0, 1) ? "scalar ." + sign + " array" : "array ." + sign + " scalar");
}

/// What the user most likely meant, for functions of Base that are often taken for others.
std::string likely_hint(const Call &call) {
  auto is_kind = [&](size_t i, DataType *kind) { return is_subtype(type_of(call.args[i]), kind); };
  if (is_subtype(type_of(call.f), types::Number))
    return "\nMaybe you forgot to use an operator such as *, ^, %, / etc. ?";
  if (call.n > 0 && is_base_function(call.f, "+")) {
    bool all = true;
    for (uint32_t i = 0; i < call.n; ++i)
      all &= is_kind(i, types::AbstractString);
    if (all)
      return "\nString concatenation is performed with * (See also: "
             "https://docs.julialang.org/en/v1/manual/strings/#man-concatenation).";
  }
  if (call.n == 1 && (is_base_function(call.f, "max") || is_base_function(call.f, "min")) &&
      (is_array(call.args[0]) || is_tuple_type(type_of(call.args[0])))) {
    std::string meant = is_base_function(call.f, "max") ? "maximum" : "minimum";
    return "\nFinding the " + meant + " of an iterable is performed with `" + meant + "`.";
  }
  if (call.n > 0 && is_base_function(call.f, "setindex!")) {
    if (is_kind(0, types::Number))
      return "\nAre you trying to index into an array? For multi-dimensional arrays, separate the indices "
             "with commas: "
             "a[1, 2] rather than a[1][2]";
    if (is_type(call.args[0])) {
      std::string type = type_to_string(call.args[0]);
      return "\nYou attempted to index the type " + type +
             ", rather than an instance of the type. Make sure you create "
             "the type using its constructor: d = " +
             type + "([...]) rather than d = " + type;
    }
  }
  return "";
}

/// A function of the user's that has the name of one of Base which takes these arguments.
std::string shadowed_hint(const Call &call) {
  DataType *t = type_of(call.f);
  if (!t->name->is_function || !t->name->function_name)
    return "";
  Symbol name = t->name->function_name;
  Binding *binding = modules::Base ? find_binding(modules::Base, name) : nullptr;
  Value *base = binding && binding->is_exported ? global_value(modules::Base, name) : nullptr;
  if (!base || base == call.f || !dispatch(argument_types(base, call.args, call.n), current_world()).method)
    return "";
  return "\nYou may have intended to import Base." + std::string(name.text());
}

/// "function `f`", "anonymous function `#1`"
std::string function_shown(Value *f) {
  TypeName *type = type_of(f)->name;
  std::string name((type->function_name ? type->function_name : type->name).text());
  return name.starts_with('#') ? "anonymous function `" + name + "`"
                               : "function `" + callee_of_value(f) + "`";
}

std::string existence_hint(const Call &call) {
  if (is_type(call.f))
    return "\nThe type `" + type_to_string(call.f) +
           "` exists, but no method is defined for this combination of argument types when trying to "
           "construct it.";
  if (type_of(call.f)->name->is_function)
    return "\nThe " + function_shown(call.f) +
           " exists, but no method is defined for this combination of argument types.";
  return "\nThe object of type `" + type_to_string(type_of(call.f)) +
         "` exists, but no method is defined for this combination of argument types when trying to treat it "
         "as a "
         "callable object.";
}

std::string too_new_hint(uint64_t world) {
  return "\nThe applicable method may be too new: running in world age " + std::to_string(world) +
         ", while current world is " + std::to_string(current_world()) + ".";
}

} // namespace

std::string method_error_message(Value *f, Value *const *args, uint32_t n, uint64_t world) {
  Call call(f, args, n);
  Dispatched found = dispatch(argument_types(f, args, n), world);
  if (found.ambiguous)
    return ambiguity_message(call, argument_types(f, args, n), world);
  GcVector<Method *> methods;
  methods_of(callee_type(call), world, methods);
  bool is_function = type_of(call.f)->name->is_function;
  bool is_conversion = is_base_function(call.f, "convert") && call.n == 2 && is_type(call.args[0]);
  std::string out;
  if (methods.empty() && !is_type(call.f) && !is_function)
    out = "objects of type " + type_to_string(type_of(call.f)) + " are not callable";
  else
    out = is_conversion ? convert_message(call) : "no method matching " + call_to_string(call);
  out += elementwise_hint(call);
  if (is_array(call.f))
    out += "\nUse square brackets [] for indexing an Array.";
  out += shadowed_hint(call);
  if (call.keywords && dispatch(argument_types(call.f, call.args, call.n), world).method)
    return out +
           "\nThis method does not support all of the given keyword arguments (and may not support any).";
  if (is_opaque_closure_type(type_of(f)))
    return out; // its one method takes anything, and looks by itself
  if (found.method)
    return out +
           "\nThis error has been manually thrown, explicitly, so the method may exist but be intentionally "
           "marked as unimplemented.";
  if (world < current_world() && is_called_now(f, args, n))
    return out + too_new_hint(world);
  return out + (methods.empty() && is_function ? "" : existence_hint(call)) + likely_hint(call);
}

} // namespace jl
