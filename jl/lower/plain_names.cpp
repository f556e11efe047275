// SPDX-License-Identifier: MIT
// Turns layers into names: what macroexpand shows. An expansion's own variables get new names (`#1#x`), every
// other identifier of it becomes a GlobalRef to the macro's module; what a program handed to the macro stays
// as it is.
//
// A variable is an expansion's own where the expansion assigns or declares it, in all of the tree; arguments
// of functions, loop variables, let variables and type variables are so within what they belong to.
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "jl/lower/macros.h"
#include "jl/lower/ordinal.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

/// Names that mean something as they are written, and operators that broadcast.
bool is_syntax_name(std::string_view name) {
  for (std::string_view word : {"ccall", "cglobal", "new", "end", "begin", "Vararg", "..."})
    if (name == word)
      return true;
  return name.find_first_not_of('_') == name.npos || (name.size() > 1 && name[0] == '.' && name[1] != '.');
}

bool is_updating_assignment(const Node *node) {
  return node->is_expr() && node->head >= Head::AddAssign && node->head <= Head::XorAssign;
}

/// `f(x)`, `f(x)::T`, `f(x) where T`
bool is_signature(const Node *node) {
  while ((node->is_expr(Head::Where) || node->is_expr(Head::Declare, 2)) && node->arg_count() > 0)
    node = node->arg(0);
  return node->is_expr(Head::Call);
}

class PlainNames {
public:
  explicit PlainNames(LowerContext &context) : context_(context) {}
  Node *run(Node *node) {
    collect(node);
    return plain(node);
  }

private:
  AstArena &arena() { return *context_.arena; }
  Symbol fresh(Symbol name);
  Symbol own_label(Name name);
  void declare(const Node *name);
  void declare_targets(const Node *target);
  void collect(const Node *node);
  void collect_items(const Node *node, size_t first = 0);
  void collect_loop(const Node *node, const Node *heads);

  void bind(const Node *target);
  void bind_as_is(const Node *name);
  void bind_arguments(const Node *node);
  void bind_parameter(const Node *node);
  void bind_signature(const Node *node);
  void bind_iteration(const Node *node);

  Node *plain(Node *node);
  Node *plain_identifier(Node *node);
  Node *plain_items(Node *node);
  Node *plain_from(Node *node, size_t first);
  Node *plain_quoted(Node *node, unsigned level);
  Node *plain_named_values(Node *node);
  Node *plain_global(Node *node);
  Node *plain_struct(Node *node);
  Node *plain_field(Node *node);
  Node *plain_expr(Node *node);
  /// `node` with what `bind` makes of it in scope.
  template <class F> Node *scoped(Node *node, F bind) {
    size_t before = scope_.size();
    bind();
    Node *result = plain_items(node);
    scope_.resize(before);
    return result;
  }
  Node *plain_function(Node *node);
  Node *plain_signature(Node *node);
  Node *plain_behind_signature(Node *node);

  LowerContext &context_;
  std::unordered_map<Name, Symbol> own_, labels_;
  std::unordered_set<Name> globals_;
  std::vector<std::pair<Name, Symbol>> scope_;
};

Symbol PlainNames::fresh(Symbol name) {
  uint64_t n = count_up(context_.task, context_.module, closure_counter()) + 1;
  return Symbol::intern("#" + std::to_string(n) + "#" + std::string(name.text()));
}

Symbol PlainNames::own_label(Name name) {
  auto [it, added] = labels_.try_emplace(name);
  if (added)
    it->second = fresh(name.symbol);
  return it->second;
}

// --- What an expansion assigns ---

void PlainNames::declare(const Node *name) {
  if (name->is_identifier() && layer_of(name) && !globals_.contains(name_of(name)) &&
      !is_syntax_name(name->symbol().text()))
    if (auto [it, added] = own_.try_emplace(name_of(name)); added)
      it->second = fresh(name->symbol());
}

void PlainNames::declare_targets(const Node *target) {
  if (target->is_identifier())
    return declare(target);
  if (target->is_expr(Head::Declare) || target->is_expr(Head::Splat) || target->is_expr(Head::Curly) ||
      target->is_expr(Head::Where) || target->is_expr(Head::Subtype) || target->is_expr(Head::Call) ||
      target->is_expr(Head::Assign)) {
    if (target->arg_count() > 0)
      declare_targets(target->arg(0));
  } else if (target->is_expr(Head::Tuple) || target->is_expr(Head::Parameters)) {
    for (const Node *part : target->args())
      declare_targets(part);
  }
}

void PlainNames::collect_items(const Node *node, size_t first) {
  for (const Node *item : node->args().subspan(first))
    collect(item);
}

/// The heads `x = ...` of a loop or let bind for it alone.
void PlainNames::collect_loop(const Node *node, const Node *heads) {
  for (const Node *item : node->args())
    if (item != heads)
      collect(item);
  if (heads->is_expr(Head::Assign, 2))
    return collect(heads->arg(1));
  if (heads->is_expr(Head::Block))
    for (const Node *head : heads->args())
      if (head->is_expr(Head::Assign, 2))
        collect(head->arg(1));
}

void PlainNames::collect(const Node *node) {
  if (!node->is_expr())
    return;
  switch (node->head) {
  case Head::Quote:
  case Head::MacroCall:
  case Head::HygienicScope:
    return;
  case Head::Global:
    for (const Node *item : node->args()) {
      const Node *name = item->is_expr(Head::Assign, 2) ? item->arg(0) : item;
      name = name->is_expr(Head::Declare, 2) ? name->arg(0) : name;
      if (name->is_identifier())
        globals_.insert(name_of(name));
      if (item->is_expr(Head::Assign, 2))
        collect(item->arg(1));
    }
    return;
  case Head::Local:
  case Head::Function:
  case Head::Macro:
    if (node->arg_count() > 0 && !(node->is_expr(Head::Function) && node->arg(0)->is_expr(Head::Tuple)))
      for (const Node *item : node->head == Head::Local ? node->args() : node->args().first(1))
        declare_targets(item);
    return collect_items(node);
  case Head::Struct:
  case Head::Primitive:
  case Head::Abstract:
    if (size_t at = node->head == Head::Struct; node->arg_count() > at)
      declare_targets(node->arg(at));
    return collect_items(node);
  case Head::For:
  case Head::Let:
    return node->arg_count() > 0 ? collect_loop(node, node->arg(0)) : void();
  case Head::Arrow:
    return collect_items(node, std::min<size_t>(1, node->arg_count()));
  case Head::Generator:
  case Head::Filter:
  case Head::Tuple:
  case Head::Parameters: // `x = ...` binds no variable of the expansion here
    for (const Node *item : node->args())
      collect(item->is_expr(Head::Assign, 2) ? item->arg(1) : item);
    return;
  default:
    if (node->is_expr(Head::Assign, 2) || (is_updating_assignment(node) && node->arg_count() == 2))
      declare_targets(node->arg(0));
    return collect_items(node);
  }
}

// --- What holds within an expression ---

void PlainNames::bind(const Node *target) {
  if (target->is_identifier()) {
    if (layer_of(target) && !is_syntax_name(target->symbol().text()))
      scope_.push_back({name_of(target), fresh(target->symbol())});
  } else if (target->is_expr(Head::Tuple) || target->is_expr(Head::Parameters)) {
    for (const Node *part : target->args())
      bind(part);
  } else if ((target->is_expr(Head::Declare, 2) || target->is_expr(Head::Splat, 1) ||
              target->is_expr(Head::Assign, 2) || target->is_expr(Head::Kw, 2))) {
    bind(target->arg(0));
  } else if (target->is_expr(Head::Meta, 2)) { // @nospecialize
    bind(target->arg(1));
  }
}

/// A keyword is called by its name.
void PlainNames::bind_as_is(const Node *name) {
  while (name->is_expr() && name->arg_count() > 0)
    name = name->arg(0);
  if (name->is_identifier() && layer_of(name))
    scope_.push_back({name_of(name), name->symbol()});
}

void PlainNames::bind_arguments(const Node *node) {
  for (const Node *argument : node->args().subspan(node->is_expr(Head::Tuple) ? 0 : 1)) {
    if (argument->is_expr(Head::Parameters))
      for (const Node *keyword : argument->args())
        keyword->is_expr(Head::Splat) ? bind(keyword) : bind_as_is(keyword);
    else
      bind(argument);
  }
}

/// `T`, `T <: A`, `A <: T <: B`
void PlainNames::bind_parameter(const Node *node) {
  if (node->is_expr(Head::Comparison, 5))
    return bind(node->arg(2));
  if ((node->is_expr(Head::Subtype, 2) || node->is_expr(Head::Supertype, 2)))
    return bind(node->arg(0));
  bind(node);
}

void PlainNames::bind_signature(const Node *node) {
  if (node->is_expr(Head::Where) && node->arg_count() > 0) {
    for (const Node *parameter : node->args().subspan(1))
      bind_parameter(parameter);
    bind_signature(node->arg(0));
  } else if (node->is_expr(Head::Declare, 2)) {
    bind_signature(node->arg(0));
  } else if (node->is_expr(Head::Call) && node->arg_count() > 0) {
    if (const Node *callee = node->arg(0); callee->is_expr(Head::Declare, 2))
      bind(callee->arg(0));
    bind_arguments(node);
  } else if (node->is_expr(Head::Tuple)) {
    bind_arguments(node);
  } else {
    bind(node);
  }
}

/// `x = xs`, several of them, with a condition, or nested ones.
void PlainNames::bind_iteration(const Node *node) {
  if (node->is_expr(Head::Assign, 2))
    return is_signature(node->arg(0)) ? void() : bind(node->arg(0));
  if (node->is_expr(Head::Block) || node->is_expr(Head::Filter))
    for (const Node *item : node->args())
      bind_iteration(item);
  else if (node->is_identifier())
    bind(node);
}

// --- The walk ---

Node *PlainNames::plain_identifier(Node *node) {
  const Layer *layer = layer_of(node);
  if (!layer || is_syntax_name(node->symbol().text()))
    return node;
  Name name = name_of(node);
  for (size_t i = scope_.size(); i-- > 0;)
    if (scope_[i].first == name)
      return arena().identifier(scope_[i].second, node->range);
  if (auto it = own_.find(name); it != own_.end())
    return arena().identifier(it->second, node->range);
  if (globals_.contains(name) && layer->module == context_.module)
    return node;
  GlobalRef *ref = new_global_ref(context_.task, layer->module, name.symbol);
  gc_keep(ref);
  return arena().value(ref, node->range);
}

Node *PlainNames::plain_from(Node *node, size_t first) {
  size_t i = 0;
  return map_args(arena(), node, [&](Node *arg) { return i++ < first ? arg : plain(arg); });
}

Node *PlainNames::plain_items(Node *node) {
  return plain_from(node, 0);
}

Node *PlainNames::plain_quoted(Node *node, unsigned level) {
  if (!node->is_expr())
    return node;
  if (node->is_expr(Head::Dollar)) {
    if (level == 1)
      return plain_items(node);
    level--;
  } else if (node->is_expr(Head::Quote)) {
    level++;
  }
  return map_args(arena(), node, [&](Node *arg) { return plain_quoted(arg, level); });
}

/// `(a = 1,)`, `f(a = 1)`: the names are no variables.
Node *PlainNames::plain_named_values(Node *node) {
  return map_args(arena(), node, [&](Node *arg) {
    return arg->is_expr(Head::Assign, 2) || arg->is_expr(Head::Kw, 2) ? plain_from(arg, 1) : plain(arg);
  });
}

/// `global x` of another module is no declaration: the name says which module.
Node *PlainNames::plain_global(Node *node) {
  bool is_here = true;
  for (Node *item : node->args()) {
    const Node *name = item->is_expr(Head::Assign, 2) ? item->arg(0) : item;
    const Layer *layer = name->is_identifier() ? layer_of(name) : nullptr;
    is_here &= !layer || layer->module == context_.module;
  }
  if (is_here)
    return plain_items(node);
  Node *items = plain_items(arena().expr(Head::Block, node->args(), node->range));
  return map_args(arena(), items,
                  [&](Node *item) { return item->is_expr(Head::Assign) ? item : arena().nothing(); });
}

/// `x`, `x::T`, `const x::T`: the name belongs to the type. Anything else is an inner constructor.
Node *PlainNames::plain_field(Node *node) {
  if (node->is_expr(Head::Const, 1))
    return map_args(arena(), node, [&](Node *arg) { return plain_field(arg); });
  if (node->is_expr(Head::Declare, 2))
    return plain_from(node, 1);
  return node->is_identifier() ? node : plain(node);
}

Node *PlainNames::plain_struct(Node *node) {
  size_t before = scope_.size(), at = node->is_expr(Head::Struct) ? 1 : 0;
  const Node *head = node->arg_count() > at ? node->arg(at) : nullptr;
  if (head && head->is_expr(Head::Subtype, 2))
    head = head->arg(0);
  if (head && head->is_expr(Head::Curly))
    for (const Node *parameter : head->args().subspan(1))
      bind_parameter(parameter);
  size_t i = 0;
  Node *result = map_args(arena(), node, [&](Node *arg) {
    bool is_body = i++ == 2 && node->is_expr(Head::Struct) && arg->is_expr(Head::Block);
    return is_body ? map_args(arena(), arg, [&](Node *field) { return plain_field(field); }) : plain(arg);
  });
  scope_.resize(before);
  return result;
}

/// The type variables of a signature hold in the body too.
Node *PlainNames::plain_signature(Node *node) {
  return node->is_expr(Head::Where) || node->is_expr(Head::Declare, 2) ? plain_behind_signature(node)
                                                                       : plain(node);
}

Node *PlainNames::plain_behind_signature(Node *node) {
  size_t i = 0;
  return map_args(arena(), node, [&](Node *arg) { return i++ == 0 ? plain_signature(arg) : plain(arg); });
}

Node *PlainNames::plain_function(Node *node) {
  size_t before = scope_.size();
  if (node->arg_count() > 0)
    bind_signature(node->arg(0));
  Node *result = plain_behind_signature(node);
  scope_.resize(before);
  return result;
}

Node *PlainNames::plain_expr(Node *node) {
  if (is_about_modules(node->head))
    return node;
  size_t n = node->arg_count();
  switch (node->head) {
  case Head::Quote:
    return plain_quoted(node, 0);
  case Head::Meta:
  case Head::HygienicScope:
    return node;
  case Head::SymbolicLabel:
  case Head::SymbolicGoto:
    return map_args(arena(), node, [&](Node *label) {
      return label->is_identifier() && layer_of(label) ? arena().identifier(own_label(name_of(label)))
                                                       : label;
    });
  case Head::Function:
  case Head::Macro:
  case Head::Arrow:
    return plain_function(node);
  case Head::Assign:
    return n == 2 && is_signature(node->arg(0)) ? plain_function(node) : plain_items(node);
  case Head::For:
  case Head::Let:
    return scoped(node, [&] { n > 0 ? bind_iteration(node->arg(0)) : void(); });
  case Head::Generator:
    return scoped(node, [&] {
      for (const Node *iteration : node->args().subspan(std::min<size_t>(1, n)))
        bind_iteration(iteration);
    });
  case Head::Where:
    return scoped(node, [&] {
      for (const Node *parameter : node->args().subspan(std::min<size_t>(1, n)))
        bind_parameter(parameter);
    });
  case Head::Try:
    return scoped(node, [&] { n > 1 ? bind(node->arg(1)) : void(); });
  case Head::Struct:
  case Head::Abstract:
  case Head::Primitive:
    return plain_struct(node);
  case Head::Global:
    return plain_global(node);
  case Head::Tuple:
  case Head::Parameters:
  case Head::Call:
  case Head::Ref:
  case Head::Curly:
    return plain_named_values(node);
  default:
    return plain_items(node);
  }
}

Node *PlainNames::plain(Node *node) {
  if (node->is_identifier())
    return plain_identifier(node);
  return node->is_expr() ? plain_expr(node) : node;
}

} // namespace

Node *without_layers(LowerContext &context, Node *node) {
  return PlainNames(context).run(node);
}

} // namespace jl
