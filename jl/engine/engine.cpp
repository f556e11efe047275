// SPDX-License-Identifier: MIT
#include "jl/engine/engine.h"

#include "jl/engine/foreign_code.h"
#include "jl/runtime/callback.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "jl/engine/code_cache.h"
#include "jl/engine/frames.h"
#include "jl/engine/kept_inference.h"
#include "jl/engine/library.h"
#include "jl/engine/machine_code.h"
#include "jl/engine/natives.h"
#include "jl/engine/policy.h"
#include "jl/engine/source_text.h"
#include "jl/engine/state.h"
#include "jl/engine/toplevel.h"
#include "jl/engine/tracing.h"
#include "jl/engine/why.h"
#include "jl/infer/infer.h"
#include "jl/interp/interpret.h"
#include "jl/lower/lower.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/boot.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/gc.h"
#include "jl/runtime/io.h"
#include "jl/runtime/module.h"
#include "jl/runtime/scheduler.h"
#include "jl/runtime/signals.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/values.h"
#include "jl/support/trace.h"

namespace jl {

static Engine::Impl *engine_state = nullptr;

Engine::Impl &Engine::Impl::get() {
  return *engine_state;
}

AstArena &syntax_arena() {
  thread_local AstArena *arena = new AstArena; // never freed: pending method bodies point into it
  return *arena;
}

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// What the process ends with after an exception that nobody caught: as a shell says it for Ctrl-C, else 1.
int exit_status(Task *task, Value *exception) {
  constexpr int kFailed = 1, kInterrupted = 128 + SIGINT;
  while (type_of(exception) == types::LoadError)
    exception = get_field(task, exception, size_t(field_index(types::LoadError, Symbol::intern("error"))));
  return type_of(exception) == types::InterruptException ? kInterrupted : kFailed;
}

/// Runs `body`; prints an uncaught exception and answers with the exit status.
template <class F> int run_guarded(Task *task, F body) {
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    body();
    handler_leave(task, &handler);
    return 0;
  }
  int status = exit_status(task, current_exception(task));
  print_uncaught(task, current_exception(task), current_backtrace(task), STDERR_FILENO);
  pop_exception(task, handler.exception_depth);
  return status;
}

int load_base(Task *task) {
  Clock::time_point start = Clock::now();
  TraceSpan span("run", [] { return std::string("Base"); });
  int status = run_guarded(task, [&] { load_library(task); });
  Engine::Impl::get().base_ms = milliseconds_since(start);
  Engine::Impl::get().base_loaded = status == 0;
  return status;
}

/// Fills Base.ARGS and Base.PROGRAM_FILE.
void set_program_arguments(Task *task, const EngineOptions &options) {
  if (Value *arguments = global_value(modules::Base, Symbol::intern("ARGS")))
    for (const std::string &argument : options.arguments)
      push(task, static_cast<Array *>(arguments), new_string(task, argument));
  Binding *binding = get_binding_for_write(task, modules::Base, Symbol::intern("PROGRAM_FILE"));
  set_global(task, binding, new_string(task, options.program_file));
}

/// What the program left for its end; no code of Base is run (or compiled) when that is nothing.
void run_exit_hooks(Task *task, int status) {
  Value *hooks = global_value(modules::Base, Symbol::intern("_exit_hooks"));
  Value *run = global_value(modules::Base, Symbol::intern("_run_exit_hooks"));
  if (array_length(static_cast<Array *>(hooks)) == 0)
    return;
  run_guarded(task, [&] {
    Value *argument = box_int32(task, status);
    apply_latest(task, run, &argument, 1);
  });
}

void show_value(Task *task, Value *value) {
  Value *show = global_value(modules::Base, Symbol::intern("_show_result"));
  if (show)
    apply_latest(task, show, &value, 1);
}

} // namespace

void Engine::start(const EngineOptions &options) {
  engine_state = impl_ = new Engine::Impl;
  impl_->options = options;
  if (options.stats) // also when the program ends by exit(n)
    at_process_end([] { std::fprintf(stderr, "%s\n", Engine::get().stats_json().c_str()); });
  if (options.why.form != EngineOptions::Why::Form::None)
    at_process_end(report_misses);
  if (!options.trace.empty())
    start_trace(options.trace);
  boot_runtime();
  set_compiler_hooks({.code_for = code_for,
                      .lower_method = lower_pending_traced,
                      .generate_body = generate_body,
                      .argument_names = argument_names,
                      .prepare_code = prepare_code});
  set_opaque_entry_hook(opaque_entry);
  set_callback_hook(callback_code);
  set_llvm_call_hook(llvm_call_code);
  set_define_hook([](Task *task, const void *definition, Value **operands, uint32_t n) {
    return run_definition(task, *static_cast<const Definition *>(definition), operands, n);
  });
  install_interpreted_frame_resolver();
  define_natives();
  impl_->main_task = current_task();
  set_interrupts_end_process(true);
  int status = load_base(impl_->main_task);
  set_interrupts_end_process(false);
  if (status != 0) {
    std::fprintf(stderr, "lig: its own library did not load; this is a fault of lig, please report it\n");
    std::exit(70);
  }
  keep_inference();
  set_program_arguments(impl_->main_task, options);
  if (options.threads > 1 &&
      options.emit_units.empty()) // else they are for emission: the program runs as ever
    start_workers(options.threads);
}

Engine &Engine::get() {
  static Engine engine;
  return engine;
}

namespace {

struct Start {
  const EngineOptions &options;
  const std::function<int(Engine &)> &body;
};

/// What a throw out of a statement left open in the trace ends with this.
int run_body(Engine &engine, const Start &start) {
  const std::string &file = start.options.program_file;
  TraceSpan span("run", [&] { return file.empty() ? std::string("-e") : file; });
  return start.body(engine);
}

} // namespace

int run_program(const EngineOptions &options, const std::function<int(Engine &)> &body) {
  Start start{options, body};
  auto on_big_stack = [](void *argument) {
    auto &start = *static_cast<Start *>(argument);
    Engine &engine = Engine::get();
    engine.start(start.options);
    int status = run_body(engine, start);
    run_exit_hooks(current_task(), status);
    if (int error = flush_output()) {
      std::fprintf(stderr, "lig: standard output cannot be written: %s\n", std::strerror(error));
      status = status == 0 ? 1 : status;
    }
    if (worker_count() > 1)
      end_process(status);
    return status;
  };
  ligature::prepare_process(); // the collector makes threads
  gc_init();
  return run_on_big_stack(kDefaultStackBytes, on_big_stack, &start);
}

int Engine::run_file(const std::string &path) {
  expect_program(path);
  Task *task = impl_->main_task;
  if (path == "-") {
    std::string text;
    int error = read_source(path, text);
    if (error == 0)
      return run_guarded(task, [&] { eval_text(task, modules::Main, text, "stdin"); });
    std::fprintf(stderr, "lig: standard input cannot be read: %s\n", std::strerror(error));
    return 1;
  }
  return run_guarded(task, [&] { include_file(task, modules::Main, path); });
}

int Engine::run_expression(std::string_view text, const std::string &name, bool show_last_value) {
  expect_program(name, text);
  Task *task = impl_->main_task;
  return run_guarded(task, [&] {
    Value *last = eval_text(task, modules::Main, text, name, Exceptions::AsThrown);
    if (show_last_value)
      show_value(task, last);
  });
}

} // namespace jl
