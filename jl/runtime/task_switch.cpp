// SPDX-License-Identifier: MIT
#include "jl/runtime/task_switch.h"

#include <boost/context/detail/fcontext.hpp>
#include <gc/gc.h>
#include <gc/gc_mark.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "jl/runtime/gc.h"
#include "jl/runtime/signals.h"

#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#elif __has_feature(thread_sanitizer)
#include <sanitizer/tsan_interface.h>
#endif

namespace jl {

namespace {

using boost::context::detail::jump_fcontext;
using boost::context::detail::make_fcontext;
using boost::context::detail::transfer_t;

/// The collector's handle for this thread.
thread_local void *collector_thread = nullptr;

// --- What the collector does with a task ---

/// A word of a stack: may point anywhere into an object.
GC_ms_entry *push_from_stack(void *word, GC_ms_entry *top, GC_ms_entry *limit) {
  if (word < GC_least_plausible_heap_addr || word > GC_greatest_plausible_heap_addr)
    return top;
  void *object = GC_base(word);
  return object ? GC_mark_and_push(object, top, limit, nullptr) : top;
}

/// Reads whole stacks, also what a sanitizer has laid between the variables, while their owners stand still
/// unseen by it.
[[clang::disable_sanitizer_instrumentation]]
GC_ms_entry *mark_task(GC_word *block, GC_ms_entry *top, GC_ms_entry *limit, GC_word) {
  constexpr size_t kWords = 1 + sizeof(Task) / sizeof(void *);
  auto **words = reinterpret_cast<void **>(block);
  for (size_t i = 0; i < kWords; i++)
    top = GC_MARK_AND_PUSH(words[i], top, limit, words + i);
  const auto *task = reinterpret_cast<const Task *>(block + 1);
  if (auto **word = static_cast<void **>(task->scan_from))
    for (; word < task->stack_base; word++)
      top = push_from_stack(*word, top, limit);
  return top;
}

int task_kind() {
  static const int kind = int(GC_new_kind(GC_new_free_list(), GC_MAKE_PROC(GC_new_proc(mark_task), 0),
                                          /*add_size_to_descriptor=*/0, /*clear_new_objects=*/1));
  return kind;
}

void *block_of(Task *task) {
  return reinterpret_cast<void **>(task) - 1;
}

// --- Sanitizers are told of each stack and switch ---
//
// ThreadSanitizer notes in the running fiber whenever an instrumented function begins and ends. What changes
// the fiber must itself not be instrumented: its end would be noted in a fiber that knows of no beginning.

#if __has_feature(address_sanitizer)
void announce_stack(Task *) {}
/// Its last frames never return: what lies between their variables would stay poisoned for the next task.
void announce_end(Task *task) {
  if (auto *top = static_cast<char *>(task->context))
    __asan_unpoison_memory_region(top, size_t(static_cast<char *>(task->stack_base) - top));
}
void announce_switch(const Task *to) {
  static thread_local void *fake_stack = nullptr;
  __sanitizer_start_switch_fiber(&fake_stack, static_cast<char *>(to->stack_base) - to->stack_size,
                                 to->stack_size);
}
void announce_arrival() {
  __sanitizer_finish_switch_fiber(nullptr, nullptr, nullptr);
}
#elif __has_feature(thread_sanitizer)
void announce_stack(Task *task) {
  task->fiber = __tsan_create_fiber(0);
}
void announce_end(Task *task) {
  __tsan_destroy_fiber(task->fiber);
}
[[clang::disable_sanitizer_instrumentation]]
void announce_switch(const Task *to) {
  __tsan_switch_to_fiber(to->fiber, 0);
}
void announce_arrival() {}
#else
void announce_stack(Task *) {}
void announce_end(Task *) {}
void announce_switch(const Task *) {}
void announce_arrival() {}
#endif

// --- Stacks that are no longer needed ---

void give_back(Task *task) {
  if (!task->stack.lowest)
    return;
  announce_end(task);
  task->scan_from = task->context = nullptr;
  give_back_task_stack(task->stack);
  task->stack = {};
}

/// The collector found that nobody can reach this parked task.
void abandon(void *block, void *) {
  give_back(reinterpret_cast<Task *>(static_cast<void **>(block) + 1));
}

// --- The switch ---

void move_free_lists(Task *from, Task *to) {
  std::copy(std::begin(from->free_list), std::end(from->free_list), std::begin(to->free_list));
  std::fill(std::begin(from->free_list), std::end(from->free_list), nullptr);
}

/// Ctrl-C that came for the task before is for the one that runs now.
void take_over_interrupt(Task *from, Task *to) {
  if (!from->interrupt_pending.exchange(false))
    return;
  from->stack_limit = from->true_stack_limit;
  request_interrupt(to);
}

// What a parked stack still holds of others keeps them alive, and each holds the one before it: a single word
// taken for a pointer would keep thousands of tasks. So whom a switch goes to, or came from, is in no frame
// that stays: what handles them are functions that have returned by then, and the scan begins at the
// registers that the switch saved.

/// The first that runs on the stack switched to. The collector's lock is held since before the jump.
__attribute__((noinline)) void arrive(transfer_t back) {
  announce_arrival();
  auto *from = static_cast<Task *>(back.data);
  Task *here = current_task();
  from->context = back.fctx;
  from->scan_from = back.fctx;
  here->scan_from = nullptr;
  here->context = nullptr;
  GC_alloc_unlock();
  take_over_interrupt(from, here);
  if (from->state.load(std::memory_order_relaxed) == TaskState::Runnable)
    return;
  GC_register_finalizer_no_order(block_of(from), nullptr, nullptr, nullptr, nullptr);
  give_back(from);
}

/// Says that `to` runs now; where its registers are. No collection may see a thread between two stacks, so
/// the collector's lock is held from here until `arrive`: the fiber that gives it back must be the one that
/// took it.
[[clang::disable_sanitizer_instrumentation]]
__attribute__((noinline)) void *leave(Task *from, Task *to) {
  announce_switch(to);
  GC_stack_base base = {to->stack_base};
  GC_alloc_lock();
  move_free_lists(from, to);
  GC_set_stackbottom(collector_thread, &base);
  set_current_task(to);
  return to->context;
}

[[noreturn]] void begin(transfer_t back) {
  arrive(back);
  current_task()->body(current_task());
  abort(); // a body ends by switching for ever
}

} // namespace

void *gc_alloc_task_block(size_t bytes) {
  return gc_allocate_of_kind(bytes, task_kind());
}

void begin_to_switch(Task *root) {
  GC_stack_base base;
  collector_thread = GC_get_my_stackbottom(&base);
#if __has_feature(thread_sanitizer)
  root->fiber = __tsan_get_current_fiber();
#endif
  set_current_task(root);
}

void end_to_switch() {
  collector_thread = nullptr;
  set_current_task(nullptr);
}

void prepare_to_run(Task *task, void (*body)(Task *)) {
  GC_register_finalizer_no_order(block_of(task), abandon, nullptr, nullptr, nullptr);
  task->stack = take_task_stack();
  set_stack(task, task->stack.base(), kTaskStackBytes);
  announce_stack(task);
  task->body = body;
  task->context = make_fcontext(task->stack.base(), kTaskStackBytes, begin);
}

__attribute__((noinline)) void switch_task(Task *from, Task *to) {
  arrive(jump_fcontext(leave(from, to), from));
}

void switch_for_ever(Task *from, Task *to) {
  switch_task(from, to);
  abort(); // nothing switches to what has ended
}

} // namespace jl
