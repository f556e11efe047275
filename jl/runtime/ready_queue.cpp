// SPDX-License-Identifier: MIT
#include "jl/runtime/ready_queue.h"

#include <algorithm>

namespace jl {

// --- Ready ---

void ReadyQueue::put(Task *task) {
  std::lock_guard lock(mutex_);
  tasks_.append(task, &Task::next_ready);
}

Task *ReadyQueue::take() {
  if (!tasks_.first.load()) // mostly empty: whoever puts a task wakes a worker afterwards
    return nullptr;
  std::lock_guard lock(mutex_);
  return tasks_.take_first(&Task::next_ready);
}

bool ReadyQueue::remove(Task *task) {
  std::lock_guard lock(mutex_);
  return tasks_.remove(task, &Task::next_ready);
}

// --- Asleep ---

void AlarmClock::set(Task *task, int64_t deadline) {
  if (heap_.size() >= sweep_at_)
    drop_void_ones();
  heap_.push_back({deadline, count_++, task, task->sleep_number});
  std::push_heap(heap_.begin(), heap_.end());
}

void AlarmClock::drop_void_ones() {
  std::erase_if(heap_, [](const Alarm &alarm) { return alarm.is_void(); });
  std::make_heap(heap_.begin(), heap_.end());
  sweep_at_ = std::max<size_t>(64, heap_.size() * 2);
}

AlarmClock::Alarm AlarmClock::pop() {
  std::pop_heap(heap_.begin(), heap_.end());
  Alarm alarm = heap_.back();
  heap_.back().task = nullptr;
  heap_.pop_back();
  return alarm;
}

Task *AlarmClock::take_due(int64_t now) {
  while (!heap_.empty() && (heap_.front().deadline <= now || heap_.front().is_void()))
    if (Alarm alarm = pop(); !alarm.is_void())
      return alarm.task;
  return nullptr;
}

int64_t AlarmClock::next() {
  while (!heap_.empty() && heap_.front().is_void())
    pop();
  return heap_.empty() ? 0 : heap_.front().deadline;
}

} // namespace jl
