// SPDX-License-Identifier: MIT
// Syntax -> lowered IR: macro expansion, scopes, desugaring, closure conversion, linearisation.
#pragma once

#include "jl/lower/lowered.h"
#include "jl/support/diagnostic.h"
#include "jl/support/source.h"
#include "jl/syntax/ast.h"

namespace jl {

/// What lowering needs to know of its surroundings.
struct LowerContext {
  Task *task;     // runs macros
  Module *module; // where names are looked up
  SourceMap *sources;
  AstArena *arena; // for nodes made on the way; outlives pending method bodies
  DiagnosticSink *diagnostics;
  /// At the prompt, assigning in a top-level loop or try assigns an existing global; in a file it makes a
  /// local, with a warning.
  bool soft_scope = false;
};

/// Expands all macros in `node` (calls Julia code; Julia exceptions pass through).
Node *expand_macros(LowerContext &context, Node *node);
/// All macros, or only those of the text itself and not what they make.
enum class Expansion : uint8_t { Whole, Once };
/// The same as a tree that stands for itself, for macroexpand: an expansion's own variables are renamed, its
/// other names are GlobalRefs.
Node *expand_to_plain_tree(LowerContext &context, Node *node, Expansion expansion);
/// Throws ErrorException: `node` has not the shape that the parser would give it; macros and eval may make
/// any.
[[noreturn]] void throw_malformed(Task *task, const Node *node);
/// Lowers one top-level expression (not module, import, export & co: jl/engine evaluates those itself) to a
/// thunk. Null after reporting diagnostics. Bodies of plain top-level methods are kept as pending syntax
/// (Method::pending) when `lazy` is set.
/// If the expression loops and `prelude` is not null, methods of closures whose signatures do not depend on
/// what the thunk does come out there (null: none): to be run first, so that the thunk itself defines
/// nothing.
enum class MethodBodies { Now, OnFirstUse };
CodeInfo *lower_toplevel(LowerContext &context, Node *node, MethodBodies bodies,
                         CodeInfo **prelude = nullptr);
/// What lowering found wrong first, as Julia says it; empty if nothing.
std::string first_error(const DiagnosticSink &diagnostics);
/// Lowers the pending body of a method; throws a Julia ErrorException("syntax: ...") on faults.
CodeInfo *lower_pending(Task *task, Method *method);
/// The types of the closures in the body of a method that was pending, in order; none before it is lowered.
/// And the method whose lowering made a closure type; null where that is top-level code.
GcVector<Value *> closure_types_of(const Method *method);
Method *owner_of_closure(const TypeName *name);
/// What a closure's type is made of.
struct ClosureTypeParts {
  Symbol name, function_name; // of the type, and as users see the function
  GcVector<Value *> parameters =
      {}; // TypeVars: enclosing static parameters, then one for each field that is no Box
  GcVector<Value *> field_names = {}, field_types = {}; // Symbols; Box or one of the parameters
};
/// Makes the type a constant of `module`; gives the one that is there already when that has the same
/// definition.
Value *define_closure_type(Task *task, Module *module, const ClosureTypeParts &parts);
/// Calls the generator of a @generated method with the instance's types and lowers what it returns. Throws
/// what the generator throws, and ErrorException("syntax: ...").
CodeInfo *generate_body(Task *task, MethodInstance *instance);

// --- Syntax as values (quote.cpp) -----------------------------------------------------------------------
/// Node -> Expr/Symbol/literal value, as a macro sees it; and back. Any other value becomes a Value node.
Value *node_to_value(Task *task, const Node *node, SourceMap &sources);
Node *value_to_node(AstArena &arena, Value *value, Range range);

} // namespace jl
