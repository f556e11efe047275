// SPDX-License-Identifier: MIT
#include "jl/lower/desugar.h"

#include "jl/lower/lowered.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"
#include "jl/syntax/print.h"

namespace jl {

Form *Desugar::error(Range range, std::string message) {
  context.diagnostics->error(range, message + where(range));
  return forms.nothing();
}

std::string Desugar::where(Range range) const {
  SourceLocation location = context.sources->locate(range.begin);
  return location.file ? " around " + std::string(location.file_name()) + ":" + std::to_string(location.line)
                       : "";
}

Name Desugar::fresh_name(std::string_view text) {
  auto *layer = new (context.arena->allocate(sizeof(Layer))) Layer{context.module, nullptr, Symbol(), true};
  return {Symbol::intern(text), layer};
}

bool is_atom(const Form *form) {
  return form->is(FormKind::Constant) || form->is(FormKind::Name) || form->is(FormKind::Temporary) ||
         form->is(FormKind::Global) || form->is(FormKind::Self);
}

Form *Desugar::atom(Form *form, std::vector<Form *> &before) {
  if (is_atom(form))
    return form;
  Form *temporary = forms.temporary();
  before.push_back(forms.assign(temporary, form));
  return forms.again(temporary);
}

Form *Desugar::string(std::string_view text) {
  return forms.constant(new_string(task(), text));
}

Form *Desugar::integer(int64_t value) {
  return forms.constant(box_int64(task(), value));
}

Form *Desugar::block(std::span<Form *const> items, Range range) {
  return items.size() == 1 ? items[0] : forms.make(FormKind::Block, range, items);
}

Form *Desugar::scope(Form *body, uint8_t flags) {
  Form *form = forms.make(FormKind::Scope, body->range, {body});
  form->flags = flags;
  form->scope = gc_new<ScopeForm>();
  return form;
}

std::vector<Form *> desugar_all(Desugar &d, std::span<Node *const> nodes) {
  std::vector<Form *> forms;
  forms.reserve(nodes.size());
  for (Node *node : nodes)
    forms.push_back(desugar(d, node));
  return forms;
}

static Form *desugar_line(Desugar &d, const Node *node) {
  if (node->line_file())
    d.file = node->line_file();
  d.line = int32_t(node->line());
  Form *form = d.forms.make(FormKind::Line);
  form->number = node->line();
  form->symbol_ = d.file.record();
  return form;
}

static Form *desugar_value(Desugar &d, const Node *node) {
  auto *value = static_cast<Value *>(node->value());
  if (type_of(value) == types::GlobalRef_) {
    auto *ref = static_cast<GlobalRef *>(value);
    return d.forms.global(ref->module, ref->name->name, node->range);
  }
  return d.forms.constant(value, node->range);
}

static Form *desugar_identifier(Desugar &d, Node *node) {
  std::string_view text = node->symbol().text();
  if (text == "end" && !d.indices.empty())
    return desugar_end(d, node, "lastindex");
  if (text == "begin" && !d.indices.empty())
    return desugar_end(d, node, "firstindex");
  if (text.size() && text.find_first_not_of('_') == std::string_view::npos)
    return d.error(node->range,
                   "all-underscore identifiers are write-only and their values cannot be used in "
                   "expressions");
  return d.forms.name(name_of(node), node->range);
}

/// After macros inserted `nothing`-like blocks a body may be empty.
static Form *desugar_block(Desugar &d, Node *node) {
  Symbol file = d.file;
  int32_t line = d.line;
  std::vector<Form *> items = desugar_all(d, node->args());
  // What follows a macro's block is not on the macro's lines.
  if (file && d.file != file) {
    d.file = file, d.line = line;
  }
  if (items.empty())
    return d.forms.nothing();
  return d.forms.make(FormKind::Block, node->range, items);
}

static Form *desugar_return(Desugar &d, Node *node) {
  Form *value = node->arg_count() ? desugar(d, node->arg(0)) : d.forms.nothing();
  return d.forms.make(FormKind::Return, node->range, {value});
}

static Form *desugar_and_or(Desugar &d, Node *node, bool is_and) {
  Form *result = nullptr;
  for (size_t i = node->arg_count(); i-- > 0;) {
    Form *item = desugar(d, node->arg(i));
    if (!result)
      result = item;
    else if (is_and)
      result = d.forms.make(FormKind::If, node->range, {item, result, d.forms.constant(false_value())});
    else
      result = d.forms.make(FormKind::If, node->range, {item, d.forms.constant(true_value()), result});
  }
  return result ? result : d.forms.constant(bool_value(is_and));
}

static Form *desugar_dot(Desugar &d, Node *node) {
  if (node->arg_count() == 1) // `.+` as a value
    return d.forms.call(d.forms.base("BroadcastFunction"), {desugar(d, node->arg(0))}, node->range);
  Node *right = node->arg(1);
  if (right->is_expr(Head::Tuple))
    return desugar_broadcast(d, node);
  Form *object = desugar(d, node->arg(0));
  if (right->kind == NodeKind::Quote && right->quoted()->is_identifier())
    return property(d, object, d.forms.symbol(right->quoted()->symbol(), right->range), node->range);
  if (right->is_expr(Head::Quote, 1) && right->arg(0)->is_identifier())
    return property(d, object, d.forms.symbol(right->arg(0)->symbol(), right->range), node->range);
  return property(d, object, desugar(d, right), node->range);
}

static Form *desugar_typeassert(Desugar &d, Node *node) {
  if (node->arg_count() != 2)
    return d.error(node->range, "invalid \"::\" syntax: it needs a value and a type");
  return d.forms.call(d.forms.core("typeassert"), {desugar(d, node->arg(0)), desugar(d, node->arg(1))},
                      node->range);
}

static Form *desugar_tuple(Desugar &d, Node *node) {
  std::span<Node *> args = node->args();
  if (!args.empty() && args[0]->is_expr(Head::Parameters)) {
    if (args.size() > 1)
      return d.error(node->range, "unexpected semicolon in tuple");
    return desugar_named_tuple(d, args[0]->args(), node->range);
  }
  if (!args.empty() && (args[0]->is_expr(Head::Assign) || args[0]->is_expr(Head::Kw)))
    return desugar_named_tuple(d, args, node->range);
  for (Node *arg : args)
    if (arg->is_expr(Head::Assign) || arg->is_expr(Head::Kw))
      return d.error(arg->range, "invalid tuple element: positional and named elements cannot be mixed");
  return call_with_splats(d, d.forms.core("tuple"), args, node->range);
}

static Form *desugar_flagged(Desugar &d, Node *node, StmtFlag flag) {
  if (node->arg_count() != 1)
    return d.forms.nothing();
  Node *arg = node->arg(0);
  if (arg->kind == NodeKind::Bool || arg->is_identifier(Symbol::intern("pop")))
    return d.forms.nothing(); // Julia's own way to say it, as a pair of statements
  Form *form = d.forms.make(FormKind::Flagged, node->range, {desugar(d, arg)});
  form->number = flag;
  return form;
}

static Form *desugar_label(Desugar &d, Node *node, FormKind kind) {
  if (node->arg_count() != 1 || !node->arg(0)->is_identifier())
    return d.error(node->range, "a label must be a name");
  Form *form = d.forms.make(kind, node->range);
  form->symbol_ = node->arg(0)->symbol().record();
  form->layer = layer_of(node->arg(0));
  d.lambda->has_labels = true;
  return form;
}

/// What macros ask that use a variable of another macro's around them: @async that of @sync.
static Form *desugar_islocal(Desugar &d, Node *node) {
  Node *arg = node->arg_count() == 1 ? node->arg(0) : nullptr;
  if (!arg || !arg->is_identifier())
    return d.error(node->range, "islocal expects a variable");
  return d.forms.make(FormKind::IsLocal, node->range, {d.forms.name(name_of(arg), arg->range)});
}

static Form *desugar_isdefined(Desugar &d, Node *node) {
  Node *arg = node->arg_count() == 1 ? node->arg(0) : nullptr;
  if (arg && arg->is_identifier())
    return d.forms.make(FormKind::IsDefined, node->range, {d.forms.name(name_of(arg), arg->range)});
  if (arg && arg->is_expr(Head::Dot, 2)) {
    Form *name = desugar(d, arg->arg(1));
    return d.forms.call(d.forms.core("isdefined"), {desugar(d, arg->arg(0)), name}, node->range);
  }
  return d.error(node->range, "@isdefined expects a variable or a field");
}

/// `A <: B` outside of types, and `a --> b`: calls of the function of that name.
static Form *desugar_operator(Desugar &d, Node *node) {
  Form *op = d.forms.name({node->head_name()}, node->range);
  return d.forms.call(op, desugar_all(d, node->args()), node->range);
}

/// Anywhere outside of functions; a module only where there is no scope around.
static Form *desugar_toplevel_only(Desugar &d, Node *node) {
  if (!d.lambda->is_toplevel || (d.scopes && node->is_expr(Head::Module)))
    return d.error(node->range,
                   "\"" + std::string(node->head_name().text()) + "\" expression not at top level");
  Form *form = d.forms.make(FormKind::TopLevelEval, node->range);
  form->value = node_to_value(d.task(), node, *d.context.sources);
  return form;
}

static Form *desugar_problem(Desugar &d, Node *node) {
  // The parser has reported its own errors; others come from macros.
  if (node->arg_count() && node->arg(0)->kind == NodeKind::String)
    return d.error(node->range, std::string(node->arg(0)->string()));
  return d.error(node->range, "invalid syntax");
}

/// `+=` -> `+`, `.+=` -> `+` with broadcasting. False when the head is no updating assignment.
static bool is_update(const Node *node, Symbol &op, bool &broadcast) {
  std::string_view text = node->head_name().text();
  if (node->arg_count() != 2 || text.size() < 2 || !text.ends_with('=') || text == ":=" || text == ".=")
    return false;
  broadcast = text.starts_with('.');
  std::string_view name = text.substr(broadcast, text.size() - 1 - broadcast);
  if (name.empty() || name == "=" || name == "!" || name == "<" || name == ">")
    return false;
  op = Symbol::intern(name);
  return true;
}

static Form *desugar_other(Desugar &d, Node *node) {
  Symbol op;
  bool broadcast = false;
  if (is_update(node, op, broadcast))
    return desugar_update(d, node, op, broadcast);
  std::string name(node->head_name().text());
  return d.error(node->range, "invalid syntax \"" + name + "\"");
}

/// Heads that mean something only as parts of other forms, or none at all.
static Form *desugar_misplaced(Desugar &d, Node *node) {
  switch (node->head) {
  case Head::Splat:
    return d.error(node->range, "\"...\" expression outside call");
  case Head::Dollar:
    return d.error(node->range, "\"$\" expression outside quote");
  case Head::Kw:
  case Head::Parameters:
    return d.error(node->range, "misplaced keyword argument or \";\"");
  case Head::Ampersand:
    return d.error(node->range, "invalid syntax " + unparse(node));
  case Head::Braces:
  case Head::BracesCat:
    return d.error(node->range, "{ } vector syntax is discontinued");
  case Head::Row:
  case Head::NRow:
  case Head::Filter:
  case Head::Outer:
  case Head::As:
  case Head::Colon:
  case Head::ColonAssign:
    return d.error(node->range, "unexpected \"" + std::string(node->head_name().text()) + "\"");
  case Head::MacroCall:
    return d.error(node->range, "macro call was not expanded");
  case Head::Escape:
    return d.error(node->range, "\"esc(...)\" used outside of macro expansion");
  case Head::Error:
  case Head::Incomplete:
    return desugar_problem(d, node);
  default:
    return desugar_other(d, node);
  }
}

static Form *desugar_expr(Desugar &d, Node *node) {
  switch (node->head) {
  case Head::Block:
    return desugar_block(d, node);
  case Head::Call:
    return desugar_call(d, node);
  case Head::Dot:
    return desugar_dot(d, node);
  case Head::Ref:
    return desugar_ref(d, node);
  case Head::Curly:
    return desugar_curly(d, node);
  case Head::Where:
    return desugar_where(d, node);
  case Head::Do:
    return desugar_do(d, node);
  case Head::Adjoint:
    return d.forms.call(d.forms.base("adjoint"), {desugar(d, node->arg(0))}, node->range);
  case Head::Assign:
    return node->arg_count() == 2 ? desugar_assignment(d, node->arg(0), node->arg(1), node->range)
                                  : d.error(node->range, "invalid assignment");
  case Head::DotAssign:
    return desugar_broadcast_assign(d, node->arg(0), node->arg(1), node->range);
  case Head::Arrow:
  case Head::Function:
    return desugar_function(d, node);
  case Head::Macro:
    return desugar_macro_definition(d, node);
  case Head::AndAnd:
    return desugar_and_or(d, node, true);
  case Head::OrOr:
    return desugar_and_or(d, node, false);
  case Head::DotAndAnd:
  case Head::DotOrOr:
    return desugar_broadcast(d, node);
  case Head::Comparison:
    return desugar_comparison(d, node);
  case Head::Declare:
    return desugar_typeassert(d, node);
  case Head::Subtype:
  case Head::Supertype:
  case Head::LongArrow:
    return desugar_operator(d, node);
  case Head::If:
  case Head::ElseIf:
    return desugar_if(d, node);
  case Head::While:
    return desugar_while(d, node);
  case Head::For:
    return desugar_for(d, node);
  case Head::Break:
  case Head::Continue:
    return desugar_break(d, node);
  case Head::Return:
    return desugar_return(d, node);
  case Head::Try:
    return desugar_try(d, node);
  case Head::Let:
    return desugar_let(d, node);
  case Head::Struct:
    return desugar_struct(d, node);
  case Head::Abstract:
    return desugar_abstract(d, node);
  case Head::Primitive:
    return desugar_primitive(d, node);
  case Head::Const:
    return desugar_const(d, node);
  case Head::Global:
  case Head::Local:
    return desugar_declaration(d, node);
  case Head::Tuple:
    return desugar_tuple(d, node);
  case Head::Vect:
  case Head::HCat:
  case Head::VCat:
  case Head::NCat:
  case Head::TypedHCat:
  case Head::TypedVCat:
  case Head::TypedNCat:
    return desugar_array(d, node);
  case Head::Comprehension:
  case Head::TypedComprehension:
    return desugar_comprehension(d, node);
  case Head::Generator:
  case Head::Flatten:
    return desugar_generator(d, node);
  case Head::Quote:
  case Head::CopyAst:
    return desugar_quote(d, node);
  case Head::String:
    return desugar_string(d, node);
  case Head::Meta:
    return desugar_meta(d, node);
  case Head::Inbounds:
    return desugar_flagged(d, node, kStmtInbounds);
  case Head::Inline:
    return desugar_flagged(d, node, kStmtInline);
  case Head::NoInline:
    return desugar_flagged(d, node, kStmtNoinline);
  case Head::Boundscheck:
    return d.forms.make(FormKind::Boundscheck, node->range);
  case Head::LoopInfo:
    return d.forms.make(FormKind::LoopInfo, node->range);
  case Head::SymbolicLabel:
    return desugar_label(d, node, FormKind::Label);
  case Head::SymbolicGoto:
    return desugar_label(d, node, FormKind::GotoLabel);
  case Head::IsLocal:
    return desugar_islocal(d, node);
  case Head::IsDefined:
    return desugar_isdefined(d, node);
  case Head::New:
    return d.forms.make(FormKind::New, node->range, desugar_all(d, node->args()));
  case Head::SplatNew:
    return d.forms.make(FormKind::SplatNew, node->range, desugar_all(d, node->args()));
  case Head::TheException:
    return d.forms.make(FormKind::TheException, node->range);
  case Head::GcPreserveBegin:
  case Head::GcPreserveEnd:
    return d.forms.nothing(); // the collector sees every value on the stack
  case Head::Import:
  case Head::Using:
  case Head::Export:
  case Head::Public:
  case Head::Module:
  case Head::TopLevel:
    return desugar_toplevel_only(d, node);
  default:
    return desugar_misplaced(d, node);
  }
}

Form *desugar(Desugar &d, Node *node) {
  switch (node->kind) {
  case NodeKind::Expr:
    return desugar_expr(d, node);
  case NodeKind::Identifier:
    return desugar_identifier(d, node);
  case NodeKind::LineNumber:
    return desugar_line(d, node);
  case NodeKind::Quote:
    return d.forms.constant(node_to_value(d.task(), node->quoted(), *d.context.sources), node->range);
  case NodeKind::GlobalRef:
    return d.forms.global(node->ref_module().text() == "Base" && modules::Base ? modules::Base
                                                                               : modules::Core,
                          node->ref_name(), node->range);
  case NodeKind::Value:
    return desugar_value(d, node);
  default:
    return d.forms.constant(node_to_value(d.task(), node, *d.context.sources), node->range);
  }
}

} // namespace jl
