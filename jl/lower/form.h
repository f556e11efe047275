// SPDX-License-Identifier: MIT
// The kernel language between syntax and lowered IR.
//
// Desugaring turns Nodes into Forms: a few kinds that say all of Julia. Scope resolution (resolve.cpp) fills
// in the variables, analysis (analyze.cpp) decides boxes and checks, linearisation writes statements. Forms
// and what hangs off them live in collected memory for the length of one lowering, because they hold Values.
#pragma once

#include <initializer_list>
#include <span>

#include "jl/lower/annotations.h"
#include "jl/lower/hygiene.h"
#include "jl/runtime/gc.h"
#include "jl/support/source.h"

namespace jl {

enum class FormKind : uint8_t {
  Constant,     // value
  Name,         // symbol, layer; after resolution `variable` is set, or it has become a Global
  Temporary,    // number: an operand of this function, set once by Assign before all uses
  Global,       // symbol in module
  Self,         // the closure or function being run
  Call,         // callee, arguments
  New,          // type, fields
  SplatNew,     // type, tuple
  Foreign,      // `foreign` says how the items divide
  Block,        // value of the last
  Line,         // number in file `symbol`
  If,           // condition, then, else
  While,        // condition, body
  Until,        // body, condition: again unless it holds
  BreakBlock,   // item, which Break `number` leaves
  Break,        // number
  Assign,       // target (Name, Temporary, Global), value
  Convert,      // value, type: what `x::T = value` stores
  Scope,        // body; `scope`
  LocalDecl,    // a Name; optionally its declared type
  RequireLocal, // a Name that must be a local variable of a scope around (gone after resolution)
  GlobalDecl,   // Names
  GlobalType,   // Name, type
  ConstDef,     // Name, value
  MethodDef,    // `method`; its value is the function
  FunctionDecl, // Name: `function f end`
  Return,       // value
  TryCatch,     // body, catch body, else body or null
  TryFinally,   // body, finally body
  TheException,
  IsDefined, // Name or Global
  IsLocal,   // a Name: is a local variable of that name in scope? (gone after resolution)
  Label,     // symbol, layer
  GotoLabel, // symbol, layer
  CopyAst,   // value
  Flagged,   // item; its statements get `number` as flags
  Boundscheck,
  LoopInfo,
  TopLevelEval, // value: an Expr for Core.eval, as `using` inside `if`
};

enum FormFlag : uint8_t {
  kFormAssigns = 1,    // an assignment lies inside (set by resolution)
  kFormMayBeUndef = 2, // Name that is read where it may be undefined (set by analysis)
  kFormSoft = 4,       // Scope of a loop or try
};

struct Variable;
struct Lambda;
struct MethodForm;
struct ScopeForm;
struct ForeignForm;

struct Form {
  FormKind kind;
  uint8_t flags = 0;
  uint32_t count = 0;
  uint32_t number = 0;
  Range range;
  Form **items_ = nullptr;
  union {
    const SymbolRecord *symbol_ = nullptr;
    Value *value;
    MethodForm *method;
    ScopeForm *scope;
    ForeignForm *foreign;
  };
  union {
    const Layer *layer = nullptr;
    Module *module;
    Variable *variable;
  };
  bool is_resolved = false; // Name: `variable` holds

  std::span<Form *> items() const { return {items_, count}; }
  Form *&item(size_t i) const { return items_[i]; }
  Symbol symbol() const { return Symbol(symbol_); }
  Name name() const { return {symbol(), is_resolved ? nullptr : layer}; }
  bool is(FormKind k) const { return kind == k; }
  bool is_variable() const { return kind == FormKind::Name && is_resolved; }
};

/// A local variable, argument or static parameter of one function.
struct Variable {
  enum class Kind : uint8_t { Local, Argument, StaticParam, TypeVar };
  Kind kind;
  Name name;
  Lambda *owner;            // TypeVar: the function (or thunk) whose code makes the signature
  uint32_t index = 0;       // StaticParam: which
  Form *type = nullptr;     // declared type: assignments convert
  uint32_t assignments = 0; // by Assign, in the owner or in closures
  uint32_t definitions = 0; // by local method definitions
  bool is_captured = false;
  bool is_assigned_inside = false; // by a closure
  bool is_boxed = false;
  bool used_undefined = false;
  bool undefined_at_capture = false;
  bool was_reported = false;
  bool is_scoped = false;            // of a Scope inside the function, not of the function itself
  struct Closure *closure = nullptr; // of a local function
  uint32_t number = 0;               // dense within the owner, for analysis
  uint32_t slot = ~0u;
};

/// A scope's own variables, in order of appearance.
struct ScopeForm {
  GcVector<Variable *> variables;
};

struct ForeignForm {
  uint32_t n_types;
  uint32_t n_fixed;
  Symbol convention;
};

/// A function body or top-level thunk.
struct Lambda : Annotations {
  Symbol name;
  Lambda *parent = nullptr; // null for thunks and for methods lowered alone
  Module *module = nullptr;
  Symbol file;
  int32_t line = 0;
  Symbol closure_prefix;         // of names of closures inside; empty: the parent's. `#foo##`
  uint32_t n_closures = 0;       // named with that prefix so far
  GcVector<Name> argument_names; // the function itself first
  GcVector<Name> static_params;
  GcVector<Variable *> arguments;
  GcVector<Variable *> static_variables;
  GcVector<Variable *> variables; // all it owns, arguments first
  GcVector<Variable *> captured;  // of a global method inside a top-level scope
  struct Closure *closure = nullptr;
  Form *body = nullptr;
  Form *return_type = nullptr;
  uint32_t self_index = 0; // which argument is the closure (2 in keyword methods)
  bool is_vararg = false;
  bool is_toplevel = false;
  bool has_labels = false;
};

/// A closure's type: shared by all methods of a local function.
struct Closure {
  Symbol function_name; // as users see it
  GcVector<Variable *> captured;
  GcVector<Variable *> static_params; // of enclosing functions, which become parameters of the type
  GcVector<MethodForm *> methods;
  Variable *variable = nullptr; // the local function's; null when anonymous
  Lambda *outer = nullptr;      // in which it is made
  Value *type = nullptr;
  bool is_defined = false; // its methods have been emitted
};

/// One `where` parameter.
struct StaticParamForm {
  Name name;
  Form *lower = nullptr, *upper = nullptr;
  Variable *variable = nullptr; // TypeVar, while the signature is made
};

/// A method definition: a signature to evaluate and a body.
struct MethodForm {
  enum class Callee : uint8_t { Name, Value, Type, Anonymous };
  Callee callee_kind;
  Form *callee = nullptr;
  bool keyword_call = false;
  GcVector<StaticParamForm> static_params;
  GcVector<Form *> types;   // of the arguments after the callee
  Lambda *lambda = nullptr; // null: `pending` is lowered when first needed
  void *pending = nullptr;
  Closure *closure = nullptr;
  Method *method = nullptr; // the template
  Range range;
};

/// Makes forms, in chunks of collected memory. One for each lowering.
class FormArena {
public:
  Form *make(FormKind kind, Range range = {}, std::span<Form *const> items = {});
  Form *make(FormKind kind, Range range, std::initializer_list<Form *> items) {
    return make(kind, range, std::span<Form *const>(items.begin(), items.size()));
  }
  Form *constant(Value *value, Range range = {});
  Form *symbol(Symbol name, Range range = {});
  Form *name(Name name, Range range = {});
  Form *global(Module *module, Symbol name, Range range = {});
  Form *global(Module *module, std::string_view name, Range range = {}) {
    return global(module, Symbol::intern(name), range);
  }
  /// A name in Core, or in Base (before there is one: Core).
  Form *core(std::string_view name, Range range = {});
  Form *base(std::string_view name, Range range = {});
  Form *call(Form *callee, std::initializer_list<Form *> arguments, Range range = {});
  Form *call(Form *callee, std::span<Form *const> arguments, Range range = {});
  Form *assign(Form *target, Form *value, Range range = {});
  Form *nothing();
  /// A new operand name; use `again` for every further mention.
  Form *temporary();
  Form *again(Form *atom);
  uint32_t new_number() { return next_number_++; }

private:
  void *allocate(size_t bytes);
  GcVector<void *> chunks_;
  char *next_ = nullptr, *end_ = nullptr;
  uint32_t next_number_ = 1;
};

} // namespace jl
