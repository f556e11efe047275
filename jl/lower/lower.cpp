// SPDX-License-Identifier: MIT
#include "jl/lower/lower.h"

#include <mutex>
#include <unordered_map>

#include "jl/lower/desugar.h"
#include "jl/lower/function_syntax.h"
#include "jl/lower/linearize.h"
#include "jl/lower/resolve.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/throw.h"
#include "jl/runtime/types.h"

namespace jl {

/// Deeper trees would overflow the C++ stack; the parser makes none, macros may.
constexpr unsigned kMaxLoweredDepth = 3000;

static void analyze_all(const ResolveContext &context) {
  for (Lambda *lambda : context.lambdas)
    analyze_variables(lambda);
}

static Lambda *new_toplevel_lambda(Module *module) {
  auto *lambda = gc_new<Lambda>();
  lambda->name = Symbol::intern("top-level scope");
  lambda->module = module;
  lambda->is_toplevel = true;
  return lambda;
}

/// Where a thunk without line numbers of its own begins.
static void set_position(LowerContext &context, const Node *node, Lambda *lambda) {
  SourceLocation location = context.sources->locate(node->range.begin);
  lambda->file = Symbol::intern(location.file_name());
  lambda->line = int32_t(location.line);
}

static bool loops(const Form *form) {
  if (form->is(FormKind::While) || form->is(FormKind::Until) || form->is(FormKind::GotoLabel))
    return true;
  for (const Form *item : form->items())
    if (loops(item))
      return true;
  return false;
}

CodeInfo *lower_toplevel(LowerContext &context, Node *node, MethodBodies bodies, CodeInfo **prelude) {
  node = expand_macros(context, node);
  if (node->depth > kMaxLoweredDepth) {
    context.diagnostics->error(node->range, "expression nests too deeply");
    return nullptr;
  }
  size_t errors = context.diagnostics->error_count();
  FormArena forms;
  Lambda *lambda = new_toplevel_lambda(context.module);
  set_position(context, node, lambda);
  Desugar desugarer{.context = context, .forms = forms, .lambda = lambda, .bodies = bodies};
  desugarer.file = lambda->file;
  desugarer.line = lambda->line;
  lambda->body = desugar(desugarer, node);
  if (context.diagnostics->error_count() != errors)
    return nullptr;
  ResolveContext resolver{context, forms, lambda};
  resolve_scopes(resolver, lambda);
  if (context.diagnostics->error_count() != errors)
    return nullptr;
  analyze_all(resolver);
  Linearizer linearizer{context, forms};
  Builder builder(linearizer, lambda), before(linearizer, lambda);
  linearizer.prelude = &builder;
  if (prelude && loops(lambda->body))
    linearizer.hoisted = &before;
  CodeInfo *code = builder.finish_body();
  if (prelude)
    *prelude = before.is_empty() ? nullptr : before.finish_prelude();
  return context.diagnostics->error_count() == errors ? code : nullptr;
}

namespace {

/// The result of lowering one method, before anything of it runs.
struct LoweredMethod {
  CodeInfo *code = nullptr;
  CodeInfo *prelude = nullptr; // defines its closures' methods; null when there are none
  GcVector<Value *> *closure_types = nullptr;
  String *error = nullptr;
};

} // namespace

std::string first_error(const DiagnosticSink &diagnostics) {
  for (const Diagnostic &diagnostic : diagnostics.diagnostics())
    if (diagnostic.severity == Severity::Error)
      return diagnostic.message;
  return {};
}

/// `body` stands in for the one that the definition has, unless it is null.
static void lower_variant(LowerContext &context, const PendingBody &pending, Node *body, LoweredMethod &out) {
  FormArena forms;
  Lambda *prelude_lambda = new_toplevel_lambda(context.module);
  prelude_lambda->file = pending.file;
  prelude_lambda->line = pending.line;
  Desugar desugarer{.context = context, .forms = forms, .lambda = prelude_lambda};
  desugarer.file = pending.file;
  desugarer.line = pending.line;
  desugarer.constructor = pending.definition->constructor();
  FunctionSyntax syntax;
  if (!parse_function(desugarer, pending.definition->node(), syntax))
    return;
  if (body)
    syntax.body = body;
  Lambda *lambda = make_variant(desugarer, syntax, pending.variant, {pending.keyword_body});
  lambda->parent = nullptr;
  lambda->closure_prefix = pending.closure_prefix;
  if (context.diagnostics->has_errors())
    return;
  ResolveContext resolver{context, forms, prelude_lambda};
  resolve_scopes(resolver, lambda);
  if (context.diagnostics->has_errors())
    return;
  analyze_all(resolver);
  Linearizer linearizer{context, forms};
  Builder prelude(linearizer, prelude_lambda);
  linearizer.prelude = &prelude;
  out.code = Builder(linearizer, lambda).finish_body();
  if (!prelude.is_empty())
    out.prelude = prelude.finish_prelude();
  out.closure_types->assign(linearizer.closure_types.begin(), linearizer.closure_types.end());
}

/// Runs apart from lower_pending, so that no C++ object is alive when that throws.
static void lower_method(Task *task, const PendingBody &pending, LoweredMethod &out) {
  AstArena arena;
  DiagnosticSink diagnostics;
  LowerContext context{task, pending.module, pending.sources, &arena, &diagnostics};
  lower_variant(context, pending, nullptr, out);
  if (diagnostics.has_errors())
    out.error = new_string(task, "syntax: " + first_error(diagnostics));
}

static TypeName *type_name(Value *type) {
  return static_cast<DataType *>(unwrap_union_all(type))->name;
}

/// Makes the methods of `function_type` that came after `world` and for which `belongs` holds visible in
/// `world` already.
template <class Belongs> static void backdate_methods(Value *function_type, uint64_t world, Belongs belongs) {
  GcVector<Method *> methods;
  methods_of(function_type, current_world(), methods);
  for (Method *method : methods)
    if (method->primary_world.load() > world && belongs(method))
      method->primary_world.store(world);
}

/// Is this method of Core.kwcall one of a closure of these types?
static bool takes_keywords_of(const Method *method, const GcVector<Value *> &closure_types) {
  SimpleVector *parameters = static_cast<DataType *>(unwrap_union_all(method->sig))->parameters;
  Value *callee = parameters->length > 2 ? unwrap_union_all((*parameters)[2]) : nullptr;
  if (!callee || type_of(callee) != types::DataType_)
    return false;
  for (Value *type : closure_types)
    if (static_cast<DataType *>(callee)->name == type_name(type))
      return true;
  return false;
}

/// Closures belong to their method: whoever can call it must see theirs, in whatever world it was first
/// called. Nobody can have asked for methods of their types before, so no earlier answer becomes wrong.
static void backdate(const Method *method, const CodeInfo &prelude, const GcVector<Value *> &closure_types) {
  uint64_t world = method->primary_world.load();
  for (Value *type : closure_types)
    backdate_methods(unwrap_union_all(type), world, [](const Method *) { return true; });
  bool has_keywords = false;
  for (const Definition &definition : prelude.definitions)
    has_keywords |= definition.keyword_call;
  if (!has_keywords)
    return;
  Value *kwcall = global_value(modules::Core, Symbol::intern("kwcall"));
  backdate_methods(type_of(kwcall), world,
                   [&](const Method *inner) { return takes_keywords_of(inner, closure_types); });
}

namespace {

template <class V>
using ByAddress = std::unordered_map<const void *, V, std::hash<const void *>, std::equal_to<>,
                                     GcAllocator<std::pair<const void *const, V>>>;

/// Looked up only.
struct ClosureOwners {
  std::mutex mutex;
  ByAddress<GcVector<Value *>> types;
  ByAddress<Method *> owners;
};

ClosureOwners &closure_owners() {
  static auto *all = gc_new<ClosureOwners>();
  return *all;
}

void note_closures(Method *method, const GcVector<Value *> &closure_types) {
  if (closure_types.empty())
    return;
  RuntimeLock lock(closure_owners().mutex);
  closure_owners().types[method] = closure_types;
  for (Value *type : closure_types)
    closure_owners().owners.try_emplace(type_name(type), method);
}

} // namespace

GcVector<Value *> closure_types_of(const Method *method) {
  RuntimeLock lock(closure_owners().mutex);
  auto found = closure_owners().types.find(method);
  return found == closure_owners().types.end() ? GcVector<Value *>() : found->second;
}

Method *owner_of_closure(const TypeName *name) {
  RuntimeLock lock(closure_owners().mutex);
  auto found = closure_owners().owners.find(name);
  return found == closure_owners().owners.end() ? nullptr : found->second;
}

CodeInfo *lower_pending(Task *task, Method *method) {
  LoweredMethod lowered{.closure_types = gc_new<GcVector<Value *>>()};
  lower_method(task, *static_cast<const PendingBody *>(method->pending), lowered);
  if (lowered.error)
    throw_error(task, lowered.error->view());
  note_closures(method, *lowered.closure_types);
  if (lowered.prelude) {
    uint64_t world = task->world;
    task->world = current_world();
    invoke_instance(task, new_thunk_instance(method->module, lowered.prelude), nullptr, nullptr, 0);
    task->world = world;
    backdate(method, *lowered.prelude, *lowered.closure_types);
  }
  return lowered.code;
}

// --- Generated bodies

/// Like lower_method: no C++ object of it is alive when generate_body throws.
static void lower_generated(Task *task, const PendingBody &pending, Node *body, AstArena &arena,
                            LoweredMethod &out) {
  DiagnosticSink diagnostics;
  LowerContext context{task, pending.module, pending.sources, &arena, &diagnostics};
  lower_variant(context, pending, body, out);
  if (diagnostics.has_errors())
    out.error = new_string(task, "syntax: " + first_error(diagnostics));
  else if (out.prelude)
    out.error = new_string(
        task, "The function body AST defined by this @generated function is not pure. This likely means "
              "it contains a closure, a comprehension or a generator.");
}

static Node *expand_body(Task *task, const PendingBody &pending, Value *body, AstArena &arena) {
  DiagnosticSink diagnostics; // what macros report stands in the tree
  LowerContext context{task, pending.module, pending.sources, &arena, &diagnostics};
  return expand_macros(context, value_to_node(arena, body, pending.definition->node()->range));
}

static CodeInfo *run_generator(Task *task, MethodInstance *instance) {
  static thread_local AstArena arena; // what macros throw leaves no arena of our own behind
  const auto &pending = *static_cast<const PendingBody *>(instance->def->pending);
  GcVector<Value *> args(instance->sparams->data, instance->sparams->data + instance->sparams->length);
  SimpleVector *types = static_cast<DataType *>(unwrap_union_all(instance->spec_types))->parameters;
  args.insert(args.end(), types->data, types->data + types->length);
  Value *body =
      apply_latest(task, global_value(pending.module, pending.generator), args.data(), uint32_t(args.size()));
  Node *expanded = expand_body(task, pending, body, arena);
  LoweredMethod lowered{.closure_types = gc_new<GcVector<Value *>>()};
  lower_generated(task, pending, expanded, arena, lowered);
  if (lowered.error)
    throw_error(task, lowered.error->view());
  return lowered.code;
}

/// How many generators may wait for each other. Each has inference ask for the next, so that they take much
/// stack and time.
constexpr unsigned kMaxNestedGenerators = 200;

/// A generator that ends up asking for itself overflows the stack, by way of inference, where nobody else
/// looks. Inference takes an error as "nothing known" and goes on; so that not each of the many tries again,
/// all of them end.
CodeInfo *generate_body(Task *task, MethodInstance *instance) {
  static thread_local unsigned nested = 0;
  static thread_local bool overflowed = false;
  overflowed = nested > 0 && (overflowed || nested == kMaxNestedGenerators ||
                              __builtin_frame_address(0) < task->true_stack_limit);
  if (overflowed)
    throw_stack_overflow();
  nested++;
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    CodeInfo *code = run_generator(task, instance);
    handler_leave(task, &handler);
    nested--;
    return code;
  }
  nested--;
  rethrow_current(task);
}

} // namespace jl
