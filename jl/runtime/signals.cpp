// SPDX-License-Identifier: MIT
#include "jl/runtime/signals.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <pthread.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#include "jl/runtime/exceptions.h"
#include "jl/runtime/gc.h"
#include "jl/runtime/io.h"
#include "jl/runtime/scheduler.h"
#include "jl/runtime/task_stack.h"
#include "jl/runtime/throw.h"

namespace jl {

namespace {

// --- Generated code ---

struct CodeAddresses {
  uintptr_t begin, end;
};
constexpr int kMaxRanges = 256;
CodeAddresses ranges[kMaxRanges];
std::atomic<int> range_count{0};

// --- Who is interrupted ---

std::atomic<bool> program_runs{false};
std::atomic<bool> interrupts_end_process{false};
pthread_t program_thread;

/// Leaves standard output's buffer alone: what was interrupted may hold its lock.
void write_message(std::string_view text) {
  [[maybe_unused]] ssize_t written = write(2, text.data(), text.size());
}

/// Makes the interrupted code continue as if it had called `landing`, with `stack` as its stack pointer.
void redirect(ucontext_t *context, void (*landing)(), uintptr_t stack) {
  greg_t *registers = context->uc_mcontext.gregs;
  auto *top = reinterpret_cast<uintptr_t *>(stack & ~uintptr_t(15)) - 1;
  *top = uintptr_t(registers[REG_RIP]) + 1; // the "return address": backtraces look up the byte before it
  registers[REG_RSP] = greg_t(top);
  registers[REG_RIP] = greg_t(landing);
}

/// The stack below `limit` is about to be used again: the frame pointer has to show the first frame above it,
/// or a backtrace would follow frames that are overwritten.
void drop_frames_below(ucontext_t *context, uintptr_t limit, const Task *task) {
  uintptr_t frame = uintptr_t(context->uc_mcontext.gregs[REG_RBP]);
  uintptr_t lowest = uintptr_t(task->stack_base) - task->stack_size;
  while (frame >= lowest && frame < limit && frame % sizeof(void *) == 0) {
    uintptr_t caller = *reinterpret_cast<uintptr_t *>(frame);
    if (caller <= frame)
      return;
    frame = caller;
  }
  if (frame >= limit && frame < uintptr_t(task->stack_base))
    context->uc_mcontext.gregs[REG_RBP] = greg_t(frame);
}

/// Below the 128 bytes that leaf functions use without moving the stack pointer.
uintptr_t below_red_zone(const ucontext_t *context) {
  return uintptr_t(context->uc_mcontext.gregs[REG_RSP]) - 128;
}

// noinline: their frames stand between the interrupted function and the runtime in a backtrace.
[[noreturn]] __attribute__((noinline)) void land_in_interrupt() {
  Task *task = current_task();
  task->stack_limit = task->true_stack_limit;
  task->interrupt_pending = false;
  throw_interrupt();
}
[[noreturn]] __attribute__((noinline)) void land_in_overflow() {
  throw_stack_overflow();
}
[[noreturn]] __attribute__((noinline)) void land_in_divide() {
  throw_divide_error(current_task());
}

// --- Handlers ---

/// A loop may spend nearly all its time in functions of the runtime, none of which looks for an interrupt.
/// While one waits, the thread is looked at again each few milliseconds that it computes, until it is found
/// in generated code or has seen the interrupt.
void look_again(bool wanted) {
  constexpr suseconds_t kMicroseconds = 2000;
  itimerval period = {};
  if (wanted)
    period.it_interval.tv_usec = period.it_value.tv_usec = kMicroseconds;
  setitimer(ITIMER_VIRTUAL, &period, nullptr);
}

void on_look(int, siginfo_t *, void *raw) {
  if (!program_runs.load())
    return look_again(false);
  if (!pthread_equal(pthread_self(), program_thread)) {
    pthread_kill(program_thread, SIGVTALRM);
    return;
  }
  if (!current_task()->interrupt_pending.load())
    return look_again(false);
  auto *context = static_cast<ucontext_t *>(raw);
  if (!is_generated_code(uintptr_t(context->uc_mcontext.gregs[REG_RIP])))
    return;
  look_again(false);
  redirect(context, land_in_interrupt, below_red_zone(context));
}

void on_interrupt(int, siginfo_t *, void *raw) {
  if (!program_runs.load() || interrupts_end_process.load())
    _exit(130);
  if (!pthread_equal(pthread_self(), program_thread)) {
    pthread_kill(program_thread, SIGINT);
    return;
  }
  Task *task = current_task();
  auto *context = static_cast<ucontext_t *>(raw);
  if (is_generated_code(uintptr_t(context->uc_mcontext.gregs[REG_RIP])))
    return redirect(context, land_in_interrupt, below_red_zone(context));
  if (task->interrupt_pending.load()) {
    write_message("lig: interrupted twice while busy in the runtime; giving up\n");
    _exit(130);
  }
  request_interrupt(task);
  wake_program_thread();
}

/// In the part of the stack that is the runtime's, or below the stack by no more than twice that.
bool is_near_stack_end(const Task *task, uintptr_t address) {
  uintptr_t lowest = uintptr_t(task->stack_base) - task->stack_size;
  uintptr_t reserve = uintptr_t(task->true_stack_limit) - lowest;
  return address + 2 * reserve >= lowest && address < lowest + reserve;
}

const char *signal_text(int number) {
  switch (number) {
  case SIGSEGV:
    return "segmentation fault";
  case SIGBUS:
    return "bus error";
  case SIGFPE:
    return "arithmetic fault";
  default:
    return "illegal instruction";
  }
}

[[noreturn]] void die_of_fault(int number, const siginfo_t *info, const ucontext_t *context) {
  uintptr_t pc = uintptr_t(context->uc_mcontext.gregs[REG_RIP]);
  char text[160];
  snprintf(text, sizeof text, "%s at address %p in %s code (pc %p)", signal_text(number), info->si_addr,
           is_generated_code(pc) ? "generated" : "native", reinterpret_cast<void *>(pc));
  fatal_error(text);
}

void on_fault(int number, siginfo_t *info, void *raw) {
  auto *context = static_cast<ucontext_t *>(raw);
  Task *task = current_task();
  bool ours = task && is_generated_code(uintptr_t(context->uc_mcontext.gregs[REG_RIP]));
  if (ours && number == SIGFPE)
    return redirect(context, land_in_divide, below_red_zone(context));
  // A frame larger than the reserve went past the end. What lies below the limit is that frame's own, and it
  // is not needed again.
  if (ours && number != SIGILL && is_near_stack_end(task, uintptr_t(info->si_addr))) {
    uintptr_t landing = uintptr_t(task->true_stack_limit);
    drop_frames_below(context, landing, task);
    return redirect(context, land_in_overflow, landing);
  }
  if (task && number == SIGSEGV && is_near_stack_end(task, uintptr_t(info->si_addr)))
    fatal_error("the runtime itself ran out of stack");
  die_of_fault(number, info, context);
}

void handle(int number, void (*handler)(int, siginfo_t *, void *), int flags = 0) {
  struct sigaction action = {};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | flags;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);
}

} // namespace

void set_program_thread(bool runs) {
  program_thread = pthread_self();
  program_runs = runs;
}

bool program_runs_elsewhere() {
  return program_runs.load() && !pthread_equal(pthread_self(), program_thread);
}

void set_interrupts_end_process(bool whether) {
  interrupts_end_process = whether;
}

void install_signal_handlers() {
  handle(SIGINT, on_interrupt);
  handle(SIGVTALRM, on_look, SA_RESTART);
  for (int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL})
    handle(number, on_fault);
  for (int number : {SIGPIPE, SIGXFSZ})
    signal(number, SIG_IGN); // to a closed pipe, or beyond the size a file may have: an error of that write
}

void register_code_range(const void *begin, const void *end) {
  int n = range_count.load(std::memory_order_relaxed);
  if (n == kMaxRanges)
    fatal_error("too many ranges of generated code");
  ranges[n] = {uintptr_t(begin), uintptr_t(end)};
  range_count.store(n + 1, std::memory_order_release);
}

bool is_generated_code(uintptr_t pc) {
  int n = range_count.load(std::memory_order_acquire);
  return std::any_of(ranges, ranges + n,
                     [pc](const CodeAddresses &r) { return pc >= r.begin && pc < r.end; });
}

void fatal_error(const char *what) {
  flush_output_in_emergency();
  char text[512];
  int n = snprintf(text, sizeof text,
                   "lig: fatal: %s; please report this line with the program that was run\n", what);
  if (write(2, text, size_t(std::min<int>(n, sizeof text - 1))) < 0)
    _exit(134);
  signal(SIGABRT, SIG_DFL);
  abort();
}

void request_interrupt(Task *task) {
  task->interrupt_pending = true;
  task->stack_limit = reinterpret_cast<void *>(~uintptr_t(0));
  look_again(true);
}

} // namespace jl
