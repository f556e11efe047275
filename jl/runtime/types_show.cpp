// SPDX-License-Identifier: MIT
// Types as text, as Julia prints them.
#include <algorithm>

#include "jl/runtime/module.h"
#include "jl/runtime/show_value.h"
#include "jl/runtime/types_internal.h"

namespace jl {

namespace {

/// Is `module` where names are looked up? `from` is null for names in units: there it is Main, but nothing
/// that Main has imported so far, which is the session's state.
bool is_home(const Module *module, const Module *from) {
  return module == (from ? from : modules::Main);
}

/// Is a name of module `home` understood in `from` without its module?
bool is_visible(Module *home, Symbol name, Module *from) {
  if (!home || is_home(home, from))
    return true;
  Binding *binding = find_binding(home, name);
  if (const Binding *own = from ? own_binding(from, name) : nullptr)
    if (own->imported && own->imported == binding) // `using Home: name`
      return true;
  if (home == modules::Core)
    return !binding || binding->is_exported;
  if (!binding || !binding->is_exported)
    return false;
  if (home == modules::Base)
    return true;
  const GcVector<Module *> *usings = from ? from->usings.load(std::memory_order_acquire) : nullptr;
  return usings && std::ranges::find(*usings, home) != usings->end();
}

/// Do the parameters of `t` match those of `pattern`, whose variables are `vars`? Fills in what the variables
/// stand for.
bool match_parameters(DataType *pattern, DataType *t, const GcVector<TypeVar *> &vars,
                      GcVector<Value *> &found) {
  if (pattern->name != t->name || pattern->parameters->length != t->parameters->length)
    return false;
  for (size_t i = 0; i < t->parameters->length; ++i) {
    Value *wanted = (*pattern->parameters)[i], *given = (*t->parameters)[i];
    auto var = std::ranges::find(vars, wanted);
    if (var == vars.end()) {
      if (!same_structure(wanted, given))
        return false;
    } else if (Value *&slot = found[size_t(var - vars.begin())]; !slot) {
      slot = given;
    } else if (!same_structure(slot, given)) {
      return false;
    }
  }
  return std::ranges::find(found, nullptr) == found.end();
}

/// Is `alias` another name for `t`? `parameters` are then those of the alias.
bool is_alias_of(Value *alias, DataType *t, GcVector<Value *> &parameters) {
  DataType *body = alias && is_type(alias) ? unwrapped_datatype(alias) : nullptr;
  if (!body || body->name != t->name || same_structure(alias, t->name->wrapper))
    return false;
  parameters.clear();
  if (!is_union_all(alias))
    return same_structure(alias, t);
  GcVector<TypeVar *> vars;
  union_all_vars(alias, vars);
  parameters.resize(vars.size(), nullptr);
  return match_parameters(body, t, vars, parameters) && is_subtype(t, alias);
}

class Printer {
public:
  explicit Printer(Module *from, bool aliases = false) : from_(from), aliases_(aliases) {}

  void type(Value *t) {
    if (t == types::Bottom_)
      out += "Union{}";
    else if (is_datatype(t))
      datatype(as_datatype(t));
    else if (is_union_type(t))
      union_type(t);
    else if (is_union_all(t))
      union_all(as_union_all(t));
    else if (is_typevar(t))
      typevar(as_typevar(t));
    else if (is_vararg(t))
      vararg(as_vararg(t));
    else
      out += parameter_to_string(t, from_);
  }

  void type_name(const TypeName *name) {
    if (!is_visible(name->module, name->name, from_))
      out += module_path(name->module) + ".";
    out += identifier(name->name.text());
  }

  std::string out;

private:
  using Values = std::span<Value *const>;

  template <class F> void braces(size_t n, F &&item) {
    out += "{";
    for (size_t i = 0; i < n; ++i) {
      if (i)
        out += ", ";
      item(i);
    }
    out += "}";
  }

  void braced(Values values) {
    braces(values.size(), [&](size_t i) { parameter(values[i]); });
  }

  /// A variable that was never named shows as its bound: `Vector{<:Number}`.
  void parameter(Value *p) {
    auto anonymous = std::ranges::find(anonymous_, p);
    if (anonymous == anonymous_.end())
      return type(p);
    TypeVar *var = as_typevar(p);
    if (var->lower == types::Bottom_ && var->upper == types::Any)
      out += "<:Any";
    else
      bounds(var, "");
  }

  /// With bounds on both sides it needs its name: `Vector{T} where A<:T<:B`.
  static bool is_anonymous(const TypeVar *var) {
    return var->name.text().starts_with("#") && (var->lower == types::Bottom_ || var->upper == types::Any);
  }

  void bounds(TypeVar *var, std::string_view name) {
    bool lower = var->lower != types::Bottom_, upper = var->upper != types::Any;
    if (lower && (upper || name.empty())) {
      if (upper || !name.empty())
        type(var->lower), out += "<:";
      else
        out += ">:", type(var->lower);
    }
    out += name;
    if (lower && !upper && !name.empty())
      out += ">:", type(var->lower);
    if (upper)
      out += "<:", bound(var->upper);
  }

  /// In parentheses when it ends in a `where` of its own.
  void bound(Value *t) {
    size_t start = out.size();
    type(t);
    int depth = 0;
    for (size_t i = start; i < out.size(); ++i) {
      depth += out[i] == '{' ? 1 : out[i] == '}' ? -1 : 0;
      if (depth == 0 && out.compare(i, 7, " where ") == 0) {
        out.insert(start, "(");
        out += ")";
        return;
      }
    }
  }

  void typevar(TypeVar *var) {
    if (std::ranges::find(bound_, var) != bound_.end())
      out += identifier(var->name.text());
    else
      bounds(var, identifier(var->name.text()));
  }

  void vararg(Vararg *v) {
    out += "Vararg";
    if (!v->t && !v->n)
      return;
    Value *parts[] = {vararg_type(v), v->n};
    braced({parts, v->n ? size_t(2) : 1});
  }

  void union_type(Value *t) {
    GcVector<Value *> members;
    union_members(t, members);
    out += "Union";
    braced(members);
  }

  // --- DataTypes

  void datatype(DataType *t) {
    if (t->name == types::Tuple->name)
      return tuple(t);
    if (is_named_tuple_type(t) && named_tuple(t))
      return;
    if (t->name->is_function)
      return function(t);
    if (alias(t, t->parameters->length) || (aliases_ && user_alias(t)))
      return;
    type_name(t->name);
    if (t->parameters->length)
      braced(parameters_of(t));
  }

  /// A constant beside the type's definition that means this very type; only when there is no other.
  bool user_alias(DataType *t) {
    Module *home = t->name->module;
    if (!t->parameters->length || t->has_free_typevars || home == modules::Core)
      return false;
    if (home == modules::Base &&
        t->name->name.text() != "Slices") // of Base's own these alone; the search is not free
      return false;
    GcVector<Symbol> names;
    module_names(home, home == modules::Main, false, names);
    Symbol known;
    GcVector<Value *> parameters, tried;
    for (Symbol name : names) {
      Binding *binding = find_binding(home, name);
      if (!binding || !binding->is_const || !is_alias_of(binding->value.load(), t, tried))
        continue;
      if (known)
        return false;
      known = name, parameters = tried;
    }
    if (!known)
      return false;
    out += (home == from_ || home == modules::Base ? "" : module_path(home) + ".") + identifier(known.text());
    if (!parameters.empty())
      braced(parameters);
    return true;
  }

  void function(DataType *t) {
    if (t->name->function_name.text().starts_with("#")) { // anonymous
      type_name(t->name);
      return;
    }
    out += "typeof(";
    if (!is_visible(t->name->module, t->name->function_name, from_))
      out += module_path(t->name->module) + ".";
    out += operator_or_identifier(t->name->function_name.text());
    out += ")";
  }

  /// `n` parameters are shown; the rest is elided.
  bool alias(DataType *t, size_t n) {
    static const std::pair<Value **, std::pair<const char *, const char *>> arrays[] = {
        {&types::Array, {"Vector", "Matrix"}},
        {&types::AbstractArray, {"AbstractVector", "AbstractMatrix"}},
        {&types::DenseArray, {"DenseVector", "DenseMatrix"}}};
    for (auto &[wrapper, names] : arrays)
      if (t->name == unwrapped_datatype(*wrapper)->name && n == 2 && is_int_value((*t->parameters)[1])) {
        int64_t rank = int_value((*t->parameters)[1]);
        if (rank != 1 && rank != 2)
          return false;
        out += rank == 1 ? names.first : names.second;
        element((*t->parameters)[0]);
        return true;
      }
    return memory_alias(t, n);
  }

  bool memory_alias(DataType *t, size_t n) {
    bool memory = t->name == types::GenericMemoryTypeName;
    if (!memory && t->name != types::GenericMemoryRefTypeName)
      return false;
    Value *kind = (*t->parameters)[0];
    if (n != 3 || type_of(kind) != types::Symbol_ ||
        static_cast<SymbolValue *>(kind)->name.text() != "not_atomic" || (*t->parameters)[2] != types::CPU)
      return false;
    out += memory ? "Memory" : "MemoryRef";
    element((*t->parameters)[1]);
    return true;
  }

  void element(Value *t) {
    if (elided_ != t)
      braced({&t, 1});
  }

  void tuple(DataType *t) {
    auto params = parameters_of(t);
    if (t == types::Tuple) {
      out += "Tuple";
      return;
    }
    size_t n = params.size();
    if (n == 1 && is_vararg(params[0]) && as_vararg(params[0])->n) { // NTuple{N, T}
      Value *parts[] = {as_vararg(params[0])->n, vararg_type(params[0])};
      out += "NTuple";
      return braced(parts);
    }
    size_t tail = n ? 1 : 0; // equal types at the end
    while (tail < n && params[n - tail - 1] == params[n - 1])
      ++tail;
    if (tail <= 3 || is_vararg(params[n - 1])) {
      out += "Tuple";
      return braced(params);
    }
    out += tail == n ? "NTuple{" + std::to_string(n) + ", " : "Tuple{";
    for (size_t i = 0; i < n - tail; ++i)
      parameter(params[i]), out += ", ";
    out += tail == n ? "" : "Vararg{";
    parameter(params[n - 1]);
    out += tail == n ? "}" : ", " + std::to_string(tail) + "}}";
  }

  bool named_tuple(DataType *t) {
    int64_t n = field_count(t);
    if (n < 0 || is_typevar((*t->parameters)[0]) || !is_tuple((*t->parameters)[1]))
      return false;
    out += "@NamedTuple";
    braces(size_t(n), [&](size_t i) {
      out += identifier(field_name(t, i).text());
      if (Value *f = field_type(t, i); f != types::Any)
        out += "::", type(f);
    });
    return true;
  }

  // --- UnionAlls

  /// How many variables at the inner end are the last parameters, with the bounds of the definition:
  /// `Array{Int64}`.
  size_t elidable_tail(UnionAll *u) {
    DataType *body = unwrapped_datatype(u);
    if (!body || is_tuple(body))
      return 0;
    GcVector<TypeVar *> vars, own;
    union_all_vars(u, vars);
    union_all_vars(body->name->wrapper, own);
    size_t n = 0, total = body->parameters->length;
    GcVector<Replacement> given; // the definition's bounds may mention parameters before
    for (size_t i = 0; i < own.size() && i < total; ++i)
      given.push_back({own[i], (*body->parameters)[i]});
    while (n < vars.size() && n < total && n < own.size()) {
      TypeVar *var = vars[vars.size() - 1 - n];
      size_t position = total - 1 - n;
      if ((*body->parameters)[position] != var ||
          !same_structure(var->upper, substitute_all(own[position]->upper, given)) ||
          var->lower != types::Bottom_)
        break;
      bool elsewhere = false;
      for (size_t i = 0; i < position; ++i)
        elsewhere |= occurs_in(var, (*body->parameters)[i]);
      if (elsewhere)
        break;
      ++n;
    }
    return n;
  }

  void union_all(UnionAll *u) {
    DataType *body = unwrapped_datatype(u);
    if (body && same_structure(u, body->name->wrapper) && !is_tuple(body))
      return type_name(body->name);
    if (body && same_structure(u, types::NTuple)) {
      out += "NTuple";
      return;
    }
    GcVector<TypeVar *> vars;
    union_all_vars(u, vars);
    size_t tail = elidable_tail(u);
    // Vector, Matrix, Memory: the alias's own variable.
    if (body && vars.size() == 1 && tail == 0 && vars[0]->upper == types::Any &&
        vars[0]->lower == types::Bottom_) {
      elided_ = vars[0];
      size_t length = out.size();
      if (!is_tuple(body) && alias(body, body->parameters->length) &&
          out.find('{', length) == std::string::npos) {
        elided_ = nullptr;
        return;
      }
      out.resize(length);
      elided_ = nullptr;
    }
    size_t named = vars.size() - tail;
    GcVector<TypeVar *> shown;
    for (size_t i = 0; i < named; ++i)
      if (is_anonymous(vars[i]))
        anonymous_.push_back(vars[i]);
      else
        shown.push_back(vars[i]);
    size_t already = bound_.size();
    bound_.insert(bound_.end(), vars.begin(), vars.end());
    if (tail)
      shortened(body, tail);
    else
      type(unwrap_union_all(u));
    wheres(shown);
    bound_.resize(already);
  }

  void shortened(DataType *body, size_t tail) {
    size_t n = body->parameters->length - tail;
    if (n == body->parameters->length && alias(body, n))
      return;
    type_name(body->name);
    if (n)
      braced(parameters_of(body).first(n));
  }

  void wheres(const GcVector<TypeVar *> &vars) {
    if (vars.empty())
      return;
    out += " where ";
    if (vars.size() == 1)
      return bounds(vars[0], identifier(vars[0]->name.text()));
    braces(vars.size(), [&](size_t i) { bounds(vars[i], identifier(vars[i]->name.text())); });
  }

  Module *from_;
  bool aliases_;
  Value *elided_ = nullptr;   // variable of an alias that is not shown
  GcVector<TypeVar *> bound_; // variables of enclosing wheres
  GcVector<Value *> anonymous_;

public:
  void where_clause(const GcVector<TypeVar *> &vars) { wheres(vars); }
  void push_bound(const GcVector<TypeVar *> &vars) { bound_.insert(bound_.end(), vars.begin(), vars.end()); }
};

} // namespace

/// The public functions' default is Main with all that it sees.
static Module *or_main(Module *from) {
  return from ? from : modules::Main;
}

std::string type_to_string(Value *t, Module *from) {
  Printer printer(or_main(from));
  printer.type(t);
  return printer.out;
}

std::string type_to_unit_string(Value *t) {
  Printer printer(nullptr);
  printer.type(t);
  return printer.out;
}

std::string type_as_shown(Value *t, Module *from) {
  Printer printer(or_main(from), true);
  printer.type(t);
  return printer.out;
}

std::string callee_to_string(Value *function_type, Module *from) {
  DataType *t = unwrapped_datatype(function_type);
  if (t && t->name->is_function && !t->name->function_name.text().starts_with("#"))
    return operator_or_identifier(t->name->function_name.text());
  if (t && is_type_of_type(t) && is_type((*t->parameters)[0]))
    return type_to_string((*t->parameters)[0], from);
  return "(::" + type_to_string(function_type, from) + ")";
}

std::string signature_to_string(Value *tuple_type, Module *from, std::span<const Symbol> argument_names,
                                std::string_view keywords) {
  DataType *tuple = unwrapped_datatype(tuple_type);
  GcVector<TypeVar *> vars;
  union_all_vars(tuple_type, vars);
  Printer printer(or_main(from));
  printer.push_bound(vars);
  auto params = parameters_of(tuple);
  if (params.empty())
    return "()";
  printer.out = callee_to_string(params[0], from) + "(";
  for (size_t i = 1; i < params.size(); ++i) {
    Symbol name = i <= argument_names.size() ? argument_names[i - 1] : Symbol();
    bool is_named = name && !name.text().starts_with("#");
    printer.out += (i > 1 ? ", " : "") + (is_named ? std::string(name.text()) : "");
    Value *shown = is_vararg(params[i]) ? vararg_type(params[i]) : params[i];
    if (is_named && shown == types::Any) {
      printer.out += is_vararg(params[i]) ? "..." : "";
      continue;
    }
    printer.out += "::";
    if (is_vararg(params[i]) && !as_vararg(params[i])->n) {
      printer.type(vararg_type(params[i]));
      printer.out += "...";
    } else {
      printer.type(params[i]);
    }
  }
  (printer.out += keywords) += ")";
  printer.where_clause(vars);
  return printer.out;
}

std::string parameter_to_string(Value *parameter, std::span<TypeVar *const> vars, Module *from) {
  Printer printer(or_main(from));
  printer.push_bound({vars.begin(), vars.end()});
  printer.type(is_vararg(parameter) ? vararg_type(parameter) : parameter);
  return printer.out + (is_vararg(parameter) ? "..." : "");
}

} // namespace jl
