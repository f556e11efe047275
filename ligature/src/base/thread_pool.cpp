// SPDX-License-Identifier: MIT
#include "base/thread_pool.h"

#include <algorithm>
#include <system_error>

namespace ligature {

ThreadPool::ThreadPool(unsigned threads, Hooks hooks)
    : count_(std::max(threads, 1u)), hooks_(std::move(hooks)) {}

ThreadPool::~ThreadPool() {
  {
    Guard lock(mutex_);
    stopping_ = true;
  }
  work_ready_.notify_all();
  for (std::thread &thread : threads_)
    thread.join();
}

void ThreadPool::run(std::function<void()> task) {
  bool has_threads;
  {
    Guard lock(mutex_);
    start_locked();
    has_threads = !threads_.empty();
    if (has_threads)
      queue_.push_back(std::move(task));
  }
  if (has_threads)
    work_ready_.notify_one();
  else
    task();
}

void ThreadPool::wait_idle() {
  Guard lock(mutex_);
  while (!queue_.empty() || busy_ > 0)
    idle_.wait(lock);
}

void ThreadPool::start_locked() {
  try {
    while (threads_.size() < count_)
      threads_.emplace_back([this] { work(); });
  } catch (const std::system_error &) { // as many as the system has; more are asked for next time
  }
}

void ThreadPool::work() {
  if (hooks_.started)
    hooks_.started();
  Guard lock(mutex_);
  for (;;) {
    while (!stopping_ && queue_.empty())
      work_ready_.wait(lock);
    if (queue_.empty())
      break;
    std::function<void()> task = std::move(queue_.front());
    queue_.pop_front();
    ++busy_;
    lock.unlock();
    task();
    task = nullptr; // what it holds goes before the lock is taken
    lock.lock();
    if (--busy_ == 0 && queue_.empty())
      idle_.notify_all();
  }
  lock.unlock();
  if (hooks_.stopped)
    hooks_.stopped();
}

} // namespace ligature
