// SPDX-License-Identifier: MIT
#include "jl/engine/imports.h"

#include <map>

#include "jl/engine/base_files.h"
#include "jl/engine/state.h"
#include "jl/engine/toplevel.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/strings.h"

namespace jl {

namespace {

/// Root modules by name: Core, Base, Main and the standard libraries loaded so far. Keyed by text: order
/// never shows.
std::map<std::string, Module *, std::less<>> &root_modules() {
  static std::map<std::string, Module *, std::less<>> roots;
  return roots;
}

Module *load_standard_library(Task *task, Symbol name) {
  std::string file = "stdlib/" + std::string(name.text()) + ".jl";
  const BaseFile *source = find_base_file(file);
  if (!source)
    return nullptr;
  eval_text(task, modules::Base, source->text, "./" + file);
  Value *module = own_global(modules::Base, name);
  return module ? root_modules()[std::string(name.text())] = static_cast<Module *>(module) : nullptr;
}

Module *root_module(Task *task, Symbol name) {
  for (Module *known : {modules::Core, modules::Base, modules::Main})
    if (known->name == name)
      return known;
  if (auto found = root_modules().find(name.text()); found != root_modules().end())
    return found->second;
  if (Module *loaded = load_standard_library(task, name))
    return loaded;
  std::string package(name.text());
  throw_argument_error(task, "Package " + package +
                                 " not found in current path.\n- Run `import Pkg; Pkg.add(\"" + package +
                                 "\")` to install the " + package + " package.");
}

/// The module that `name` stands for in `holder`.
Module *module_in(Task *task, Module *holder, Symbol name) {
  Value *value = global_value(holder, name);
  if (!value)
    throw_undef_var(task, name, holder);
  if (type_of(value) == types::Module_)
    return static_cast<Module *>(value);
  throw_argument_error(task,
                       "invalid import path: \"" + std::string(name.text()) + "\" does not name a module");
}

/// Walks Expr(:., :., :., :A, :B) down to the module that holds the last name; `last` receives that name,
/// null when the path is dots only.
Module *walk_path(Task *task, Module *into, const Node *path, Symbol &last) {
  const Symbol dot = Symbol::intern(".");
  size_t i = 0, n = path->arg_count();
  Module *module = into;
  for (; i < n && path->arg(i)->is_identifier(dot); i++)
    if (i > 0)
      module = module->parent;
  last = Symbol();
  bool absolute = i == 0;
  for (; i < n; i++) {
    if (last)
      module = absolute ? root_module(task, last) : module_in(task, module, last);
    absolute = absolute && !last;
    last = path->arg(i)->symbol();
  }
  return absolute && last ? nullptr : module;
}

/// The module that a whole path names.
Module *module_of_path(Task *task, Module *into, const Node *path, Symbol &name) {
  Module *holder = walk_path(task, into, path, name);
  if (!name)
    return holder;
  if (!holder)
    return root_module(task, name);
  return module_in(task, holder, name);
}

/// `A.b` or `A.b as c`.
struct ImportItem {
  const Node *path;
  Symbol alias; // null: the path's last name
};
ImportItem parse_item(const Node *node) {
  if (node->is_expr(Head::As))
    return {node->arg(0), node->arg(1)->symbol()};
  return {node, Symbol()};
}

void bind_module(Task *task, Module *into, Module *module, Symbol name) {
  if (into == module || global_value(into, name) == module)
    return;
  set_const(task, get_binding_for_write(task, into, name), module);
}

void import_from(Task *task, Module *into, const Node *colon, bool is_import) {
  Symbol ignored;
  Module *from = module_of_path(task, into, colon->arg(0), ignored);
  for (size_t i = 1; i < colon->arg_count(); i++) {
    ImportItem item = parse_item(colon->arg(i));
    Symbol name = item.path->arg(item.path->arg_count() - 1)->symbol();
    import_name(task, into, from, name, item.alias ? item.alias : name, is_import);
  }
}

void use_whole(Task *task, Module *into, const Node *item) {
  ImportItem parsed = parse_item(item);
  Symbol name;
  Module *module = module_of_path(task, into, parsed.path, name);
  use_module(task, into, module);
  if (name)
    bind_module(task, into, module, parsed.alias ? parsed.alias : name);
}

/// `import A`, `import A.b`: a module's name is bound to it, any other name is imported.
void import_whole(Task *task, Module *into, const Node *item) {
  ImportItem parsed = parse_item(item);
  Symbol name;
  Module *holder = walk_path(task, into, parsed.path, name);
  if (!name)
    return;
  Symbol alias = parsed.alias ? parsed.alias : name;
  if (!holder)
    bind_module(task, into, root_module(task, name), alias);
  else
    import_name(task, into, holder, name, alias, true);
}

/// `A.b`: dots, then names, of which there may be none after dots.
bool is_path(const Node *node) {
  if (!node->is_expr(Head::Dot) || node->arg_count() == 0)
    return false;
  for (const Node *part : node->args())
    if (!part->is_identifier())
      return false;
  return true;
}

bool is_item(const Node *node) {
  return is_path(node) ||
         (node->is_expr(Head::As, 2) && is_path(node->arg(0)) && node->arg(1)->is_identifier());
}

/// `A.b: c, d as e`
bool is_list(const Node *node) {
  if (!node->is_expr(Head::Colon) || node->arg_count() < 2 || !is_path(node->arg(0)))
    return false;
  for (const Node *item : node->args().subspan(1))
    if (!is_item(item))
      return false;
  return true;
}

} // namespace

void eval_import(Task *task, Module *into, const Node *node) {
  for (const Node *item : node->args())
    if (!is_list(item) && !is_item(item))
      throw_malformed(task, node);
  bool is_import = node->is_expr(Head::Import);
  for (const Node *item : node->args()) {
    if (item->is_expr(Head::Colon))
      import_from(task, into, item, is_import);
    else if (is_import)
      import_whole(task, into, item);
    else
      use_whole(task, into, item);
  }
}

bool is_standard_library_root(Module *parent, Symbol name) {
  return parent == modules::Base && Engine::Impl::get().base_loaded &&
         find_base_file("stdlib/" + std::string(name.text()) + ".jl") != nullptr;
}

} // namespace jl
