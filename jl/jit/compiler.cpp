// SPDX-License-Identifier: MIT
// The compiler half behind jl/engine's Compiler interface: typed IR -> unit -> session.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>
#include <utility>

#include "jl/emit/emit.h"
#include "jl/engine/dump.h"
#include "jl/engine/engine.h"
#include "jl/engine/kept_inference.h"
#include "jl/engine/machine_code.h"
#include "jl/engine/policy.h"
#include "jl/engine/why.h"
#include "jl/jit/compile_log.h"
#include "jl/jit/listing.h"
#include "jl/jit/misses.h"
#include "jl/jit/unit_writer.h"
#include "jl/link/client.h"
#include "jl/link/kept_units.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/scheduler.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/values.h"
#include "jl/support/trace.h"
#include "ligature/session.h"

namespace jl {

namespace {

class Adapters final : public ligature::AdapterEmitter {
public:
  llvm::Expected<ligature::Unit> emit_adapter(ligature::Entry &entry, ligature::Abi abi) override {
    CodeInstance *code = code_of(entry);
    return abi == ligature::Abi::Args ? emit_args_adapter(current_task(), code)
                                      : emit_specsig_adapter(current_task(), code);
  }
};

class JitCompiler final : public Compiler {
public:
  static JitCompiler *create(const EngineOptions &options, std::shared_ptr<ligature::Cache> cache);
  ligature::UnitHandle compile(Task *task, CodeInstance *code) override;
  void compile_batch(Task *task, std::span<CodeInstance *const> codes) override;
  std::string list(Task *task, CodeInstance *code, const Listing &listing) override;
  ligature::UnitHandle compile_callback(Task *task, CodeInstance *code, const Callback &callback) override;
  ligature::UnitHandle compile_llvm_call(Task *task, CodeInstance *code, Value *ir, Value *result,
                                         Value *types) override;
  ligature::UnitHandle compile_opaque_entry(Task *task, CodeInstance *code, CodeInstance *target) override;
  ligature::UnitHandle link_object(ligature::LinkInfo info, const std::array<uint8_t, 32> &key) override;
  bool take_linked(UnitToKeep &unit) override;
  uint64_t units_emitted() const override { return units_emitted_.load(); }

private:
  explicit JitCompiler(const EngineOptions &options)
      : options_(options), writer_(options.emit_units), log_(options.trace_compile) {}
  ligature::UnitHandle link(ligature::Unit unit, CodeInstance *code);
  /// A unit of no method.
  ligature::UnitHandle link_nameless(CodeInstance *code, ligature::Unit unit);
  void note_unit(const ligature::Unit &unit, CodeInstance *code);
  void finish();
  void finish_before_llvm_ends(const llvm::Module &module);
  bool writes_at_end() const { return options_.reverse_emission || options_.threads > 1; }

  EngineOptions options_;
  Adapters adapters_;
  std::unique_ptr<ligature::Session> session_;
  UnitWriter writer_;
  CompileLog log_;
  std::atomic<uint64_t> units_emitted_{0};
  std::mutex mutex_;
  RootedVector<CodeInstance *> emitted_; // in order; only with --emit-units
};

/// Of a unit whose object was found: emission and JITLink, for which LLVM has to be loaded.
constexpr std::chrono::microseconds kLeastCost{1000};

/// What this thread has linked last, until it is described: nothing is locked then.
thread_local std::optional<UnitToKeep> linked_unit;

std::string name_of(const ligature::KeptUnit &unit) {
  const ligature::Definition &first = unit.link_info.definitions.front();
  std::string_view signature = unit.link_info.name(first.signature);
  return std::string(signature.empty() ? unit.link_info.name(first.display) : signature);
}

void note_linked(const ligature::KeptUnit &unit) {
  take_made(unit);
  linked_unit.reset();
  if (unit.object_was_wrong)
    std::fprintf(stderr,
                 "warning: cache: the object that is kept of %s is not what compiling it gives; replaced\n",
                 name_of(unit).c_str());
  if (unit.flat.empty() || !unit.key || unit.link_info.definitions.size() != 1)
    return;
  const ligature::Definition &only = unit.link_info.definitions.front();
  ligature::SerialisedLinkInfo info = ligature::write_link_info(unit.link_info);
  linked_unit = {.link_info = std::move(info.bytes),
                 .pointers = std::move(info.pointers),
                 .is_entry = {},
                 .flat = {unit.flat.begin(), unit.flat.end()},
                 .object_key = *unit.key,
                 .entry = only.entry,
                 .name = name_of(unit),
                 .cost = std::max(unit.compile_time, kLeastCost)};
  std::unordered_set<const void *> entries{only.entry};
  for (const ligature::CallTarget &target : unit.link_info.call_targets)
    entries.insert(target.entry);
  for (const void *pointer : linked_unit->pointers)
    linked_unit->is_entry.push_back(entries.contains(pointer));
}

bool JitCompiler::take_linked(UnitToKeep &unit) {
  std::optional<UnitToKeep> linked = std::exchange(linked_unit, std::nullopt);
  if (linked)
    unit = std::move(*linked);
  return linked.has_value();
}

JitCompiler *JitCompiler::create(const EngineOptions &options, std::shared_ptr<ligature::Cache> cache) {
  auto compiler = std::unique_ptr<JitCompiler>(new JitCompiler(options));
  ligature::SessionOptions session;
  session.compile.opt_level = unsigned(options.optimize);
  session.compile.runtime_abi = runtime_abi_fingerprint();
  session.cache = std::move(cache);
  if (session.cache && (session.cache->mode() != ligature::CacheMode::ReadOnly || explains_misses()))
    session.keep = note_linked;
  llvm::Expected<std::unique_ptr<ligature::Session>> made =
      ligature::Session::create(session, code_linker(), compiler->adapters_);
  if (!made) {
    std::fprintf(stderr, "warning: the compiler cannot work here, everything is interpreted: %s\n",
                 llvm::toString(made.takeError()).c_str());
    return nullptr;
  }
  compiler->session_ = std::move(*made);
  return compiler.release();
}

/// Null, with a warning to the user, when that fails.
ligature::UnitHandle JitCompiler::link(ligature::Unit unit, CodeInstance *code) {
  show_in_dumps(!is_library_code(code->def));
  linked_unit.reset();
  llvm::Expected<ligature::UnitHandle> linked = session_->link(std::move(unit));
  if (linked)
    return std::move(*linked);
  std::fprintf(stderr, "warning: %s is interpreted, its code could not be linked: %s\n",
               title_of(code).c_str(), llvm::toString(linked.takeError()).c_str());
  return nullptr;
}

static ligature::Unit emit(Task *task, CodeInstance *code) {
  TraceSpan span("emit", [&] { return title_of(code); });
  return emit_unit(task, code);
}

ligature::UnitHandle JitCompiler::compile(Task *task, CodeInstance *code) {
  auto begin = std::chrono::steady_clock::now();
  ligature::Unit unit = emit(task, code);
  units_emitted_++;
  note_unit(unit, code);
  ligature::UnitHandle linked = link(std::move(unit), code);
  if (linked) {
    log_.note(code, begin);
    note_made(session_->options().cache, code, title_of(code));
  }
  return linked;
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
  ligature::UnitHandle linked = link(std::move(unit), open.front());
  linked_unit.reset(); // of no use to whoever asks next
  if (!linked)
    return;
  for (CodeInstance *code : open)
    log_.note(code, begin);
  note_made(session_->options().cache, open.front(), title_of(open.front()));
}

ligature::UnitHandle JitCompiler::link_nameless(CodeInstance *code, ligature::Unit unit) {
  units_emitted_++;
  linked_unit.reset();
  llvm::Expected<ligature::UnitHandle> linked = session_->link(std::move(unit));
  note_made(session_->options().cache, code, "");
  if (linked)
    return std::move(*linked);
  std::fprintf(stderr, "warning: code that C calls could not be linked: %s\n",
               llvm::toString(linked.takeError()).c_str());
  return nullptr;
}

ligature::UnitHandle JitCompiler::compile_callback(Task *task, CodeInstance *code, const Callback &c) {
  show_in_dumps(!c.target || !is_library_code(c.target->def));
  return link_nameless(code, emit_callback(task, code->entry, {c.f, c.result, c.types, c.target, c.watcher}));
}

ligature::UnitHandle JitCompiler::compile_llvm_call(Task *task, CodeInstance *code, Value *ir, Value *result,
                                                    Value *types) {
  show_in_dumps(true);
  return link_nameless(code, emit_llvm_function(task, code->entry, ir, result, types));
}

ligature::UnitHandle JitCompiler::compile_opaque_entry(Task *task, CodeInstance *code, CodeInstance *target) {
  ligature::Unit unit = emit_opaque_entry(task, code, target);
  units_emitted_++;
  return link(std::move(unit), code);
}

/// It is kept already, whole: what cannot be linked is emitted.
ligature::UnitHandle JitCompiler::link_object(ligature::LinkInfo info, const std::array<uint8_t, 32> &key) {
  linked_unit.reset();
  llvm::Expected<ligature::UnitHandle> linked = session_->link(std::move(info), key);
  if (linked)
    return std::move(*linked);
  llvm::consumeError(linked.takeError());
  return nullptr;
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

/// What an exit handler uses must not be destroyed before it runs, and the bitcode writer makes objects on
/// first use that end at exit: they are made first, the handler is registered then.
void JitCompiler::finish_before_llvm_ends(const llvm::Module &module) {
  ligature::write_bitcode(module);
  static JitCompiler *compiler;
  compiler = this;
  at_process_end([] { compiler->finish(); });
}

// The check that neither order nor thread of emission can be seen in a unit: everything is emitted a second
// time, from the last to the first or spread over threads, and that is what gets written.
void JitCompiler::finish() {
  if (options_.reverse_emission)
    std::reverse(emitted_.begin(), emitted_.end());
  std::vector<std::thread> threads;
  for (int k = 0; k < options_.threads; k++)
    threads.emplace_back([this, k] {
      gc_register_thread();
      for (size_t i = k; i < emitted_.size(); i += options_.threads)
        writer_.write(emit_unit(current_task(), emitted_[i]), emitted_[i], RoundTrip::No);
      gc_unregister_thread();
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

} // namespace

} // namespace jl

/// The one symbol that the executable looks up in this library.
extern "C" __attribute__((visibility("default"))) jl::Compiler *
lig_open_compiler(const jl::EngineOptions &options, std::shared_ptr<ligature::Cache> cache) {
  return jl::JitCompiler::create(options, std::move(cache));
}
