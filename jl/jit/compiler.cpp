// SPDX-License-Identifier: MIT
// The compiler half behind jl/engine's Compiler interface: typed IR -> unit -> session.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <map>
#include <mutex>
#include <thread>

#include "jl/emit/emit.h"
#include "jl/engine/dump.h"
#include "jl/engine/engine.h"
#include "jl/engine/invoke.h"
#include "jl/engine/policy.h"
#include "jl/infer/effects.h"
#include "jl/jit/backtrace.h"
#include "jl/jit/client.h"
#include "jl/jit/compile_log.h"
#include "jl/jit/listing.h"
#include "jl/jit/unit_writer.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/io.h"
#include "jl/runtime/memory_limit.h"
#include "jl/runtime/opaque_closure.h"
#include "jl/runtime/scheduler.h"
#include "jl/runtime/signals.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/values.h"
#include "jl/support/trace.h"

namespace jl {

struct OneShotCode {
  ligature::UnitHandle unit;
};

namespace {

class JitCompiler final : public Compiler {
public:
  static JitCompiler *create(const EngineOptions &options, std::shared_ptr<ligature::Cache> cache);
  void compile(Task *task, CodeInstance *code) override;
  void compile_batch(Task *task, std::span<CodeInstance *const> codes) override;
  std::string list(Task *task, CodeInstance *code, const Listing &listing) override;
  OneShotCode *compile_once(Task *task, CodeInstance *code) override;
  void drop_once(OneShotCode *held) override;
  void *compile_callback(Task *task, const Callback &callback) override;
  void *compile_llvm_call(Task *task, Value *code, Value *result, Value *types) override;
  void forget(CodeInstance *code) override { session_->forget(code->entry); }
  void *opaque_entry(Task *task, DataType *type, CodeInstance *target) override;
  uint64_t trampolines() override { return session_->stats().lazy_stubs_made + session_->stats().adapters_made; }
  void append_stats(std::string &json) override;

private:
  explicit JitCompiler(const EngineOptions &options) : options_(options), writer_(options.emit_units), log_(options.trace_compile) {}
  bool publish_constant(CodeInstance *code);
  ligature::UnitHandle emit_and_link(Task *task, CodeInstance *code);
  ligature::UnitHandle link(ligature::Unit unit, CodeInstance *code);
  void *link_for_ever(CodeInstance *code, ligature::Unit unit);
  void note_unit(const ligature::Unit &unit, CodeInstance *code);
  void finish();
  void finish_before_llvm_ends(const llvm::Module &module);
  bool writes_at_end() const { return options_.reverse_emission || options_.threads > 1; }

  EngineOptions options_;
  JitClient client_;
  std::unique_ptr<ligature::Session> session_;
  UnitWriter writer_;
  CompileLog log_;
  std::atomic<uint64_t> units_emitted_{0};
  std::mutex mutex_;
  RootedVector<CodeInstance *> nameless_; // code of no method: their `def` is null
  std::vector<ligature::UnitHandle> nameless_units_;
  RootedVector<CodeInstance *> emitted_; // in order; only with --emit-units
  std::map<std::pair<DataType *, CodeInstance *>, void *> opaque_entries_; // looked up only, never iterated
  RootedVector<Value *> opaque_uses_;                                      // what they and their code refer to
  std::vector<ligature::UnitHandle> opaque_units_;
};

unsigned dump_stages(const EngineOptions &options) {
  constexpr std::pair<const char *, ligature::DumpStage> kStages[] = {{"unit", ligature::DumpStage::Unit},
                                                                      {"object", ligature::DumpStage::Object},
                                                                      {"graph", ligature::DumpStage::Graph},
                                                                      {"entries", ligature::DumpStage::Entries}};
  unsigned stages = 0;
  for (const std::string &wanted : options.dumps)
    for (auto [name, stage] : kStages)
      if (wanted == name)
        stages |= 1u << unsigned(stage);
  return stages;
}

/// Is the unit that this thread is linking of the user's program?
thread_local bool dumping = false;

void print_dump(ligature::DumpStage, std::string_view name, const std::string &text) {
  if (!dumping)
    return;
  std::string heading = text.starts_with(";") ? "" : std::string(name) + "\n";
  write_fd(1, heading + text);
}

/// A process that may not use many addresses has less room for code, rather than none.
size_t code_reserve(size_t usual) {
  constexpr size_t kLeast = size_t(32) << 20;
  return std::min(usual, std::max(kLeast, address_space_left() / 8));
}

ligature::PerfSupport perf_support(const EngineOptions &options) {
  return options.perf == "map"       ? ligature::PerfSupport::Map
         : options.perf == "jitdump" ? ligature::PerfSupport::JitDump
                                     : ligature::PerfSupport::None;
}

void trace_event(const ligature::SessionEvent &event) {
  static constexpr const char *kNames[] = {"optimise", "codegen", "link", "publish"};
  trace_complete(kNames[int(event.stage)], std::string(event.name), event.begin, event.end);
}

JitCompiler *JitCompiler::create(const EngineOptions &options, std::shared_ptr<ligature::Cache> cache) {
  auto compiler = std::unique_ptr<JitCompiler>(new JitCompiler(options));
  ligature::SessionOptions session;
  session.compile.opt_level = options.optimize;
  session.compile.runtime_abi = runtime_abi_fingerprint();
  session.cache = std::move(cache);
  session.reserve_bytes = code_reserve(session.reserve_bytes);
  session.invokes = invoke_addresses();
  session.threads = options.threads;
  session.anchor = runtime_function("jl_alloc");
  session.dump_stages = dump_stages(options);
  session.dump = print_dump;
  if (options.debug_info)
    session.debugger = ligature::DebuggerSupport::Always;
  session.perf = perf_support(options);
  if (is_tracing)
    session.event = trace_event;
  llvm::Expected<std::unique_ptr<ligature::Session>> made = ligature::Session::create(session, compiler->client_);
  if (!made) {
    std::fprintf(stderr, "warning: the compiler cannot work here, everything is interpreted: %s\n", llvm::toString(made.takeError()).c_str());
    return nullptr;
  }
  compiler->session_ = std::move(*made);
  JitCompiler *raw = compiler.release();
  raw->client_.session = raw->session_.get();
  raw->client_.compile = [raw](Task *task, CodeInstance *code) { raw->compile(task, code); };
  auto [begin, end] = raw->session_->code_range();
  register_code_range(reinterpret_cast<void *>(begin), reinterpret_cast<void *>(end));
  install_backtrace_resolver(raw->session_->code_map());
  return raw;
}

/// Code that always returns one constant and does nothing else needs no machine code.
bool JitCompiler::publish_constant(CodeInstance *code) {
  if (!code->rettype_const || (code->effects & kRemovable) != kRemovable)
    return false;
  session_->publish(code->entry, {.abi = ligature::Abi::Const});
  return true;
}

/// Null, with a warning to the user, when that fails.
ligature::UnitHandle JitCompiler::link(ligature::Unit unit, CodeInstance *code) {
  dumping = !is_library_code(code->def);
  llvm::Expected<ligature::UnitHandle> linked = session_->link(std::move(unit));
  if (linked)
    return std::move(*linked);
  std::fprintf(stderr, "warning: %s is interpreted, its code could not be linked: %s\n", title_of(code).c_str(),
               llvm::toString(linked.takeError()).c_str());
  return nullptr;
}

static ligature::Unit emit(Task *task, CodeInstance *code) {
  TraceSpan span("emit", [&] { return title_of(code); });
  return emit_unit(task, code);
}

ligature::UnitHandle JitCompiler::emit_and_link(Task *task, CodeInstance *code) {
  auto begin = std::chrono::steady_clock::now();
  ligature::Unit unit = emit(task, code);
  units_emitted_++;
  note_unit(unit, code);
  ligature::UnitHandle linked = link(std::move(unit), code);
  if (linked)
    log_.note(code, begin);
  return linked;
}

void JitCompiler::compile(Task *task, CodeInstance *code) {
  llvm::Expected<bool> present = session_->require(code->entry);
  if (present && *present)
    return;
  llvm::consumeError(present.takeError());
  if (code->entry.invoke.load(std::memory_order_acquire) || publish_constant(code) || !code->inferred)
    return;
  emit_and_link(task, code);
}

void JitCompiler::compile_batch(Task *task, std::span<CodeInstance *const> codes) {
  GcVector<CodeInstance *> open;
  for (CodeInstance *code : codes)
    if (!code->entry.invoke.load(std::memory_order_acquire) && !publish_constant(code))
      open.push_back(code);
  if (open.empty())
    return;
  auto begin = std::chrono::steady_clock::now();
  ligature::Unit unit = emit_unit(task, open);
  units_emitted_++;
  note_unit(unit, open.front());
  if (link(std::move(unit), open.front()))
    for (CodeInstance *code : open)
      log_.note(code, begin);
}

OneShotCode *JitCompiler::compile_once(Task *task, CodeInstance *code) {
  ligature::UnitHandle unit = emit_and_link(task, code);
  if (!unit)
    return nullptr;
  session_->unregister(unit);
  return new OneShotCode{std::move(unit)};
}

/// The unit's one function, which stays. `code`, of no method, is whom its entry belongs to.
void *JitCompiler::link_for_ever(CodeInstance *code, ligature::Unit unit) {
  units_emitted_++;
  llvm::Expected<ligature::UnitHandle> linked = session_->link(std::move(unit));
  if (!linked) {
    std::fprintf(stderr, "warning: code that C calls could not be linked: %s\n", llvm::toString(linked.takeError()).c_str());
    return nullptr;
  }
  std::lock_guard lock(mutex_);
  nameless_.push_back(code);
  nameless_units_.push_back(std::move(*linked));
  return code->entry.specptr.load(std::memory_order_acquire);
}

void *JitCompiler::compile_callback(Task *task, const Callback &c) {
  CodeInstance *code = new_code_instance(nullptr, types::Any, nullptr, 0, kWorldMax);
  dumping = !c.target || !is_library_code(c.target->def);
  ligature::Unit unit = emit_callback(task, code->entry, {c.f, c.result, c.types, c.target, c.watcher});
  return link_for_ever(code, std::move(unit));
}

void *JitCompiler::compile_llvm_call(Task *task, Value *code, Value *result, Value *types) {
  CodeInstance *made = new_code_instance(nullptr, types::Any, nullptr, 0, kWorldMax);
  dumping = true;
  ligature::Unit unit = emit_llvm_function(task, made->entry, code, result, types);
  return link_for_ever(made, std::move(unit));
}

void *JitCompiler::opaque_entry(Task *task, DataType *type, CodeInstance *target) {
  {
    std::lock_guard lock(mutex_);
    if (auto known = opaque_entries_.find({type, target}); known != opaque_entries_.end())
      return known->second;
  }
  GcVector<Method *> methods; // all opaque closures have one
  methods_of(type, current_world(), methods);
  MethodInstance *instance = specialize(methods.front(), opaque_call_types(type), empty_svec());
  CodeInstance *entry = new_code_instance(instance, opaque_closure_result(type), nullptr, 0, kWorldMax);
  ligature::UnitHandle unit = link(emit_opaque_entry(task, entry, target), entry);
  void *address = unit ? session_->address(unit) : nullptr;
  if (!address)
    return nullptr;
  std::lock_guard lock(mutex_);
  for (Value *used : {static_cast<Value *>(type), static_cast<Value *>(target), static_cast<Value *>(entry)})
    opaque_uses_.push_back(used);
  opaque_units_.push_back(std::move(unit));
  return opaque_entries_.try_emplace({type, target}, address).first->second;
}

void JitCompiler::drop_once(OneShotCode *held) {
  session_->unlink(std::move(held->unit));
  delete held;
}

void JitCompiler::note_unit(const ligature::Unit &unit, CodeInstance *code) {
  if (options_.emit_units.empty())
    return;
  if (!writes_at_end())
    return writer_.write(unit, code, RoundTrip::Yes);
  std::lock_guard lock(mutex_);
  if (emitted_.empty())
    finish_before_llvm_ends(*unit.module);
  emitted_.push_back(code);
}

/// What an exit handler uses must not be destroyed before it runs, and the bitcode writer makes objects on first use that
/// end at exit: they are made first, the handler is registered then.
void JitCompiler::finish_before_llvm_ends(const llvm::Module &module) {
  ligature::write_bitcode(module);
  static JitCompiler *compiler;
  compiler = this;
  at_process_end([] { compiler->finish(); });
}

// The check that neither order nor thread of emission can be seen in a unit: everything is emitted a second time, from the
// last to the first or spread over threads, and that is what gets written.
void JitCompiler::finish() {
  if (options_.reverse_emission)
    std::reverse(emitted_.begin(), emitted_.end());
  std::vector<std::thread> threads;
  for (int k = 0; k < options_.threads; k++)
    threads.emplace_back([this, k] {
      client_.thread_started();
      for (size_t i = k; i < emitted_.size(); i += options_.threads)
        writer_.write(emit_unit(current_task(), emitted_[i]), emitted_[i], RoundTrip::No);
      client_.thread_stopped();
    });
  for (std::thread &thread : threads)
    thread.join();
}

std::string JitCompiler::list(Task *task, CodeInstance *code, const Listing &listing) {
  String *reason = nullptr; // a throw runs no destructors: the text moves to where the collector finds it
  {
    llvm::Expected<std::string> text = list_code(task, code, listing, session_->options().compile);
    if (text)
      return std::move(*text);
    reason = new_string(task, llvm::toString(text.takeError()));
  }
  throw_error(task, reason->view());
}

void JitCompiler::append_stats(std::string &json) {
  const ligature::Stats &stats = session_->stats();
  ligature::Session::MemoryUse memory = session_->memory_use();
  char text[256];
  std::snprintf(text, sizeof text,
                ",\"units_emitted\":%llu,\"compile_ms\":%.3f,\"link_ms\":%.3f,\"code_bytes_mapped\":%zu,\"code_bytes_used\":%zu,",
                static_cast<unsigned long long>(units_emitted_.load()), stats.compile_ms(), stats.link_ms(), memory.mapped, memory.used);
  json += text + stats.json().substr(1);
  json.pop_back();
}

} // namespace

} // namespace jl

/// The one symbol that the executable looks up in this library.
extern "C" __attribute__((visibility("default"))) jl::Compiler *lig_open_compiler(const jl::EngineOptions &options,
                                                                                   std::shared_ptr<ligature::Cache> cache) {
  return jl::JitCompiler::create(options, std::move(cache));
}
