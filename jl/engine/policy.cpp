// SPDX-License-Identifier: MIT
#include "jl/engine/policy.h"

#include <algorithm>

#include "jl/engine/dump.h"
#include "jl/engine/invoke.h"
#include "jl/engine/kept_inference.h"
#include "jl/engine/machine_code.h"
#include "jl/engine/one_shot.h"
#include "jl/engine/state.h"
#include "jl/infer/infer.h"
#include "jl/interp/interpret.h"
#include "jl/runtime/module.h"
#include "jl/support/trace.h"

namespace jl {

namespace {

/// Calls that the interpreter serves before a function without loops is compiled. Each takes some
/// microseconds, compiling even the smallest function milliseconds: what a script calls now and then never
/// waits for LLVM. (Measured, CPU time: with 2 calls hello world 184 ms, examples/shapes 1008 ms; with 50: 98
/// and 525 ms.)
constexpr uint32_t kInterpretedCalls = 50;
/// The same as long as the compiler is not even loaded, which takes as long as some thousand interpreted
/// calls.
constexpr uint32_t kCallsWithoutCompiler = 1000;

bool compiles() {
  const Engine::Impl &engine = Engine::Impl::get();
  return engine.options.compile != CompileMode::Min && engine.base_loaded && !engine.compiler_failed;
}

/// Dumps show compiled code: then the user's functions are compiled on their first call.
bool dumps_compiled_code(MethodInstance *instance) {
  return !Engine::Impl::get().options.dumps.empty() && !is_library_code(instance);
}

enum class Worth { Interpreting, Finding, Compiling };

/// Finding: compiled code if an earlier run has kept it.
Worth worth(Task *task, MethodInstance *instance) {
  if (!compiles() || !instance->def || infer_is_evaluating())
    return Worth::Interpreting;
  if (instance->def->is_generated) {
    instance_source(task, instance); // throws what its generator throws
    if (!is_dispatch_tuple(instance->spec_types))
      return Worth::Interpreting; // inference knows nothing of it
  }
  uint32_t calls = instance->calls.fetch_add(1, std::memory_order_relaxed);
  bool all = Engine::Impl::get().options.compile == CompileMode::All;
  bool is_loaded = Engine::Impl::get().compiler.load(std::memory_order_relaxed) != nullptr;
  if (all || calls >= (is_loaded ? kInterpretedCalls : kCallsWithoutCompiler) ||
      dumps_compiled_code(instance))
    return Worth::Compiling;
  if (instance_source(task, instance)->has_loops)
    return Worth::Compiling;
  return calls == kInterpretedCalls ? Worth::Finding : Worth::Interpreting;
}

/// Code that defines methods on its way, or has `eval` do so, is inferred before they exist: it would call
/// what is not there yet. Such thunks are interpreted; what they define and call is compiled as usual.
bool defines_methods(const CodeInfo &code) {
  bool defines =
      std::any_of(code.definitions.begin(), code.definitions.end(),
                  [](const Definition &definition) { return definition.kind == Definition::Kind::Method; });
  return defines || std::any_of(code.globals.begin(), code.globals.end(), [](const GlobalRef *ref) {
           std::string_view name = ref->name->name.text();
           return name == "eval" || name == "include";
         });
}

CodeInstance *publish_interpreted(CodeInstance *code) {
  ligature::publish(code->entry, invoke_addresses(), {.abi = ligature::Abi::Interpreted});
  return code;
}

/// The instance's code that is only ever interpreted: the first that inference has not seen.
CodeInstance *interpreted_code(MethodInstance *instance) {
  for (CodeInstance *code = instance->cache.load(std::memory_order_acquire); code; code = code->next)
    if (!code->is_inferred)
      return code;
  CodeInstance *code = publish_interpreted(new_code_instance(instance, types::Any, nullptr, 0, kWorldMax));
  return install_code_instance(instance, code);
}

} // namespace

bool is_library_code(const MethodInstance *instance) {
  return is_library_module(instance->def ? instance->def->module : instance->module);
}

/// infer(), as the trace shows it.
static CodeInstance *infer_now(Task *task, MethodInstance *instance, uint64_t world) {
  TraceSpan span("infer", [&] { return title_of(instance); });
  return infer(task, instance, world);
}

CodeInstance *compile_now(Task *task, MethodInstance *instance, uint64_t world) {
  CodeInstance *code = infer_now(task, instance, world);
  if (wants_dump("typed") && code->inferred && !is_library_code(instance))
    dump_typed(code);
  if (can_be_entered(code))
    return code;
  make_code(task, code);
  return can_be_entered(code) ? code : publish_interpreted(code);
}

/// Compiled code, made now if that is worth it or kept by an earlier run. Null: the call is to be
/// interpreted.
static CodeInstance *compiled_code(Task *task, MethodInstance *instance, uint64_t world) {
  Worth worth_now = worth(task, instance);
  if (worth_now == Worth::Compiling)
    return compile_now(task, instance, world);
  if (worth_now == Worth::Interpreting)
    return nullptr;
  CodeInstance *code = kept_code(task, instance, world);
  return code && (can_be_entered(code) || bind_kept_code(task, code)) ? code : nullptr;
}

CodeInstance *code_for(Task *task, MethodInstance *instance, uint64_t world) {
  auto is_compiled = [](const CodeInstance *code) { return code->is_inferred && can_be_entered(code); };
  if (CodeInstance *code = find_code_instance(instance, world, is_compiled))
    return code;
  CodeInstance *code = compiled_code(task, instance, world);
  return code ? code : interpreted_code(instance);
}

Value *run_tiered(Task *task, CodeInstance *code, Value *f, Value **args, uint32_t n) {
  MethodInstance *instance = code->def;
  CodeInstance *compiled = compiled_code(task, instance, task->world);
  void *invoke =
      compiled ? compiled->entry.invoke.load(std::memory_order_acquire) : invoke_addresses().interpreted;
  if (invoke == invoke_addresses().interpreted)
    return interpret(task, instance, f, args, n);
  return reinterpret_cast<InvokeFn>(invoke)(f, args, n, compiled, task);
}

bool prepare_code(Task *task, CodeInstance *code) {
  if (code->made && !code->inferred)
    return false;
  if (compiles())
    make_code(task, code);
  if (!can_be_entered(code))
    publish_interpreted(code);
  return true;
}

void prepare_batch(Task *task, std::span<CodeInstance *const> codes) {
  GcVector<CodeInstance *> whole;
  for (CodeInstance *code : codes)
    if (give_body(task, code))
      whole.push_back(code);
  Compiler *compiler = compiles() && whole.size() > 1 && code_linker() ? compiler_half() : nullptr;
  if (compiler)
    compiler->compile_batch(task, whole);
  for (CodeInstance *code : codes)
    prepare_code(task, code);
}

CodeInstance *wait_for_code(Task *task, CodeInstance *code) {
  make_code(task, code);
  void *invoke = code->entry.invoke.load(std::memory_order_acquire);
  // Null when whoever was linking it failed.
  return invoke && invoke != invoke_addresses().waiting ? code : interpreted_code(code->def);
}

Value *run_thunk(Task *task, MethodInstance *thunk) {
  if (!compiles() || !thunk->thunk->has_loops || defines_methods(*thunk->thunk))
    return interpret(task, thunk, nullptr, nullptr, 0);
  CodeInstance *code = infer_now(task, thunk, task->world);
  if (wants_dump("typed") && code->inferred && !is_library_code(thunk))
    dump_typed(code);
  return has_typed_ir(code) && code_linker() ? run_once(task, thunk, code)
                                             : interpret(task, thunk, nullptr, nullptr, 0);
}

} // namespace jl
