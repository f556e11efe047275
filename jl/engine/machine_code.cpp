// SPDX-License-Identifier: MIT
#include "jl/engine/machine_code.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "jl/content/describe.h"
#include "jl/content/unit_keys.h"
#include "jl/engine/code_cache.h"
#include "jl/engine/dump.h"
#include "jl/engine/invoke.h"
#include "jl/engine/kept_inference.h"
#include "jl/engine/policy.h"
#include "jl/engine/state.h"
#include "jl/infer/effects.h"
#include "jl/infer/frame.h"
#include "jl/infer/infer.h"
#include "jl/link/backtrace.h"
#include "jl/link/client.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/backtrace.h"
#include "jl/runtime/io.h"
#include "jl/runtime/memory_limit.h"
#include "jl/runtime/signals.h"
#include "jl/support/trace.h"

namespace jl {

namespace {

unsigned dump_stages(const EngineOptions &options) {
  constexpr std::pair<const char *, ligature::DumpStage> kStages[] = {
      {"unit", ligature::DumpStage::Unit},
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

ligature::LinkerOptions linker_options(const EngineOptions &options) {
  ligature::LinkerOptions linker;
  linker.reserve_bytes = code_reserve(linker.reserve_bytes);
  linker.invokes = invoke_addresses();
  linker.threads = unsigned(options.threads);
  linker.anchor = runtime_function("jl_alloc");
  linker.dump_stages = dump_stages(options);
  linker.dump = print_dump;
  if (options.debug_info)
    linker.debugger = ligature::DebuggerSupport::Always;
  linker.perf = perf_support(options);
  if (is_tracing)
    linker.event = trace_event;
  linker.need_session = [] { compiler_half(); };
  return linker;
}

using MadeLinker = std::expected<std::shared_ptr<ligature::Linker>, std::string>;

/// A profile that cannot be written is no reason not to compile.
MadeLinker make_linker(ligature::LinkerOptions options, JuliaLinkClient &client) {
  MadeLinker made = ligature::Linker::create(options, client);
  if (made || options.perf == ligature::PerfSupport::None)
    return made;
  options.perf = ligature::PerfSupport::None;
  MadeLinker without = ligature::Linker::create(std::move(options), client);
  if (without)
    write_fd(2, "warning: there is no profile for perf: " + made.error() + "\n");
  return without;
}

ligature::UnitHandle find_kept_adapter(CodeInstance *code, ligature::Abi abi);
void keep_adapter(CodeInstance *code, ligature::Abi abi);

/// A program that forks (`ccall(:fork, ...)`) goes on compiling on both sides, each for itself.
void follow_forks() {
  using Side = ligature::ForkSide;
  pthread_atfork([] { code_linker_if_started()->before_fork(); },
                 [] { code_linker_if_started()->after_fork(Side::Parent); },
                 [] { code_linker_if_started()->after_fork(Side::Child); });
}

std::shared_ptr<ligature::Linker> start_linker() {
  static auto *client = new JuliaLinkClient; // code may run until the process ends
  MadeLinker made = make_linker(linker_options(Engine::Impl::get().options), *client);
  if (!made) {
    write_fd(2, "warning: no room for compiled code, everything is interpreted: " + made.error() + "\n");
    return nullptr;
  }
  client->linker = made->get();
  client->make_code = make_code;
  client->find_kept_adapter = find_kept_adapter;
  client->keep_adapter = keep_adapter;
  auto [begin, end] = (*made)->code_range();
  register_code_range(reinterpret_cast<void *>(begin), reinterpret_cast<void *>(end));
  install_backtrace_resolver((*made)->code_map());
  return std::move(*made);
}

} // namespace

static std::atomic<ligature::Linker *> started{nullptr};

std::shared_ptr<ligature::Linker> code_linker() {
  static auto *linker = new std::shared_ptr<ligature::Linker>;
  static std::once_flag once;
  std::call_once(once, [] {
    *linker = start_linker();
    started.store(linker->get(), std::memory_order_release);
    if (*linker)
      follow_forks();
  });
  return *linker;
}

ligature::Linker *code_linker_if_started() {
  return started.load(std::memory_order_acquire);
}

void show_in_dumps(bool shown) {
  dumping = shown;
}

bool publish_constant(CodeInstance *code) {
  if (!code->rettype_const || (code->effects & kRemovable) != kRemovable)
    return false;
  code_linker()->publish(code->entry, {.abi = ligature::Abi::Const});
  return true;
}

KeptUnits *kept_units() {
  static std::once_flag once;
  static KeptUnits *units = nullptr; // used by exit handlers: never destroyed
  std::call_once(once, [] {
    const EngineOptions &options = Engine::Impl::get().options;
    if (std::shared_ptr<ligature::Cache> cache = code_cache())
      units = new KeptUnits(std::move(cache), "-O" + std::to_string(options.optimize),
                            [](const std::string &text) { write_fd(2, "warning: " + text + "\n"); });
  });
  return units;
}

namespace {

/// Whoever wants code to be described to gdb wants it compiled.
bool finds_kept_units() {
  const EngineOptions &options = Engine::Impl::get().options;
  return uses_kept(options) && options.cache.mode != ligature::CacheMode::Verify &&
         code_linker()->options().debugger != ligature::DebuggerSupport::Always;
}

/// Null when no unit of it is kept that can be bound here.
ligature::UnitHandle bind_kept_unit(Task *task, const UnitSubject &subject) {
  KeptUnits *units = finds_kept_units() ? kept_units() : nullptr;
  if (!units || !subject.key)
    return nullptr;
  KeptUnits::LinkObject link_object;
  if (Engine::Impl::get().options.cache_level == CacheLevel::Objects) {
    Compiler *compiler = compiler_half();
    if (!compiler)
      return nullptr;
    link_object = [compiler](ligature::LinkInfo info, const std::array<uint8_t, 32> &key) {
      return compiler->link_object(std::move(info), key);
    };
  }
  TraceSpan span("bind",
                 [&] { return subject.code->def ? title_of(subject.code) : std::string("code for C"); });
  uint64_t world = task->world;
  return units->bind(
      task, subject, *code_linker(),
      [world](MethodInstance *instance) { return inference::installed_code(instance, world); }, link_object);
}

void keep_linked_unit(Compiler &compiler, const UnitSubject &subject) {
  UnitToKeep unit;
  if (compiler.take_linked(unit) && kept_units())
    kept_units()->keep(subject, unit);
}

/// The definitions that the code makes when it runs, as far as they are known: typed IR has those of the
/// lowered code.
GcVector<const void *> definitions_of(const CodeInstance *code) {
  GcVector<const void *> all;
  if (const TypedIR *typed = code->inferred)
    all.assign(typed->definitions.begin(), typed->definitions.end());
  else if (const CodeInfo *thunk = code->def->def ? code->def->def->source.load() : code->def->thunk)
    for (const Definition &definition : thunk->definitions)
      all.push_back(gc_new<Definition>(definition));
  return all;
}

UnitSubject subject_of(CodeInstance *code) {
  return {code, kept_units() ? typed_key_of(code) : std::nullopt, definitions_of(code)};
}

UnitSubject adapter_subject(CodeInstance *code, ligature::Abi abi) {
  using content::AdapterTo;
  return {code,
          content::adapter_key(code, abi == ligature::Abi::Args ? AdapterTo::Boxed : AdapterTo::Unboxed)};
}

ligature::UnitHandle find_kept_adapter(CodeInstance *code, ligature::Abi abi) {
  return kept_units() ? bind_kept_unit(current_task(), adapter_subject(code, abi)) : nullptr;
}

void keep_adapter(CodeInstance *code, ligature::Abi abi) {
  Compiler *compiler = Engine::Impl::get().compiler.load(std::memory_order_acquire);
  UnitToKeep unit;
  if (compiler && compiler->take_linked(unit) && unit.entry == &code->entry && kept_units())
    kept_units()->keep(adapter_subject(code, abi), unit);
}

} // namespace

ligature::UnitHandle find_or_make(Task *task, const UnitSubject &subject, const MakeUnit &make) {
  if (!code_linker())
    return nullptr;
  if (ligature::UnitHandle kept = bind_kept_unit(task, subject))
    return kept;
  Compiler *compiler = compiler_half();
  ligature::UnitHandle made = compiler ? make(*compiler) : nullptr;
  if (made)
    keep_linked_unit(*compiler, subject);
  return made;
}

ligature::UnitHandle make_unit(Task *task, CodeInstance *code) {
  if (!code_linker())
    return nullptr;
  UnitSubject subject = subject_of(code);
  return find_or_make(task, subject, [&](Compiler &compiler) -> ligature::UnitHandle {
    if (!give_body(task, code)) // known from a record alone, until now
      return nullptr;
    subject.things = definitions_of(code);
    return compiler.compile(task, code);
  });
}

void *keep_for_ever(const UnitSubject &subject, ligature::UnitHandle unit) {
  static std::mutex mutex;
  static auto *things = new RootedVector<const void *>;
  static auto *units = new std::vector<ligature::UnitHandle>;
  if (!unit)
    return nullptr;
  std::lock_guard lock(mutex);
  things->push_back(subject.code);
  for (const void *thing : subject.things)
    things->push_back(thing);
  return code_linker()->address(units->emplace_back(std::move(unit)));
}

/// Is there nothing to be done for `code`, or nothing that could be?
static bool is_settled(CodeInstance *code) {
  std::shared_ptr<ligature::Linker> linker = code_linker();
  if (!linker)
    return true;
  if (std::expected<bool, std::string> present = linker->require(code->entry); present && *present)
    return true;
  return code->entry.invoke.load(std::memory_order_acquire) || !has_typed_ir(code) || publish_constant(code);
}

void make_code(Task *task, CodeInstance *code) {
  if (!is_settled(code))
    make_unit(task, code);
}

bool bind_kept_code(Task *task, CodeInstance *code) {
  return is_settled(code) || bind_kept_unit(task, subject_of(code));
}

} // namespace jl
