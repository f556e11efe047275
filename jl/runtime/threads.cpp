// SPDX-License-Identifier: MIT
#include "jl/runtime/threads.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include "jl/runtime/gc.h"
#include "jl/runtime/io.h"
#include "jl/runtime/scheduler.h"
#include "jl/runtime/signals.h"
#include "jl/runtime/task_stack.h"

namespace jl {

namespace {

constexpr size_t kAlternateStack = 64 * 1024;

/// Ctrl-C is for the program's thread alone.
void set_interrupt_blocked(bool blocked) {
  sigset_t interrupt;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  pthread_sigmask(blocked ? SIG_BLOCK : SIG_UNBLOCK, &interrupt, nullptr);
}

// --- The program's thread ---

struct Start {
  char *stack;
  size_t bytes;
  int (*function)(void *);
  void *argument;
  int result;
};

void *run(void *raw) {
  auto *start = static_cast<Start *>(raw);
  gc_register_thread();
  AlternateStack alternate;
  Task *task = new_task(start->stack + start->bytes, start->bytes);
  become_worker(task, 0);
  set_program_thread(true);
  set_interrupt_blocked(false);
  start->result = start->function(start->argument);
  set_program_thread(false);
  stop_being_worker();
  gc_unregister_thread();
  return nullptr;
}

// --- Other workers ---

constexpr size_t kWorkerStackBytes = 2 * kStackReserve; // its first task does nothing but look for others

struct WorkerStart {
  char *stack;
  int32_t id;
};

void *run_worker(void *raw) {
  auto *given = static_cast<WorkerStart *>(raw);
  WorkerStart start = *given;
  delete given;
  gc_register_thread();
  AlternateStack alternate;
  become_worker(new_task(start.stack + kWorkerStackBytes, kWorkerStackBytes), start.id);
  run_ready_tasks();
}

bool start_worker(int32_t id) {
  auto *start = new WorkerStart{map_stack(kWorkerStackBytes), id};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_t thread;
  bool started = start->stack && pthread_attr_setstack(&attributes, start->stack, kWorkerStackBytes) == 0 &&
                 pthread_create(&thread, &attributes, run_worker, start) == 0;
  pthread_attr_destroy(&attributes);
  if (started)
    pthread_detach(thread);
  return started;
}

// --- The end of the process ---

std::atomic<bool> thread_is_left{false};

/// The last exit handler of ours, being the first that was registered: before the static objects that were
/// there before `main`, and before the libraries' own.
void end_with_thread_left(int status, void *) {
  if (!thread_is_left.load())
    return;
  std::fflush(nullptr);
  _exit(status);
}

} // namespace

AlternateStack::AlternateStack() {
  stack_t before = {}, stack = {};
  sigaltstack(nullptr, &before);
  if (!(before.ss_flags & SS_DISABLE))
    return;
  memory_ = malloc(kAlternateStack);
  stack.ss_sp = memory_;
  stack.ss_size = kAlternateStack;
  sigaltstack(&stack, nullptr);
}

AlternateStack::~AlternateStack() {
  stack_t none = {};
  none.ss_flags = SS_DISABLE;
  if (memory_)
    sigaltstack(&none, nullptr);
  free(memory_);
}

void end_process(int status) {
  if (worker_count() <= 1 && !program_runs_elsewhere())
    exit(status);
  flush_output();
  quick_exit(status);
}

void at_process_end(void (*function)()) {
  atexit(function);
  at_quick_exit(function);
}

void leave_thread_behind() {
  thread_is_left = true;
}

void start_workers(int32_t n) {
  sigset_t all, before;
  sigfillset(&all);
  for (int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL})
    sigdelset(&all, fault);
  for (int stop : {gc_suspend_signal(), gc_restart_signal()})
    sigdelset(&all, stop);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  reserve_workers(n);
  for (int32_t id = 1; id < n; id++)
    if (!start_worker(id)) {
      write_fd(2, "lig: the system gives fewer threads than asked for\n");
      end_process(71);
    }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

int run_on_big_stack(size_t bytes, int (*function)(void *), void *argument) {
  gc_init();
  on_exit(end_with_thread_left, nullptr);
  Start start = {map_stack(bytes), bytes, function, argument, 1};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_t thread;
  set_interrupt_blocked(true);
  if (!start.stack || pthread_attr_setstack(&attributes, start.stack, bytes) != 0 ||
      pthread_create(&thread, &attributes, run, &start) != 0) {
    write_fd(2, "lig: cannot make a thread for the program (out of memory or threads)\n");
    exit(71);
  }
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  munmap(start.stack, bytes);
  set_interrupt_blocked(false);
  return start.result;
}

} // namespace jl
