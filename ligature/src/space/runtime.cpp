// SPDX-License-Identifier: MIT
#include "space/runtime.h"

#include "base/fatal.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <map>
#include <memory>
#include <set>
#include <string>

#include <dlfcn.h>

namespace ligature {
namespace {

/// What the code generator emits for a thread-local variable `x`, as `__emutls_v.x`.
struct Control {
  size_t size;
  size_t alignment;
  std::atomic<size_t> number; ///< from 1 on, once some thread has used the variable
  const void *initial;        ///< null: zero; of an imported one, its name
};

/// Stands for a variable's size: a shared library's, of which the dynamic linker knows each thread's copy.
constexpr size_t kImported = SIZE_MAX;

bool is_imported(const Control *control) {
  return control && control->size == kImported;
}

struct ThreadExit {
  const SpaceRuntime *space;
  ExitCall call;
};

/// One thread's. `values` grows on that thread alone, with the registry locked; others only clear elements
/// that the thread does not use any more.
struct Thread {
  std::vector<void *> values; ///< by number - 1
  std::vector<ThreadExit> exits;
};

struct Registry {
  Mutex mutex;
  std::set<Thread *> threads GUARDED_BY(mutex);
  std::vector<Control *> controls GUARDED_BY(mutex); ///< by number - 1; null: number is free
  std::vector<std::pair<const void *, ExitHook>> hooks GUARDED_BY(mutex);
  std::map<std::string, Control, std::less<>> imports GUARDED_BY(mutex); ///< for ever, for all spaces
};

/// Never destroyed: threads may end after it.
Registry &registry() {
  static auto *made = new Registry;
  return *made;
}

thread_local Thread *current_thread = nullptr;

void end_thread(Thread &thread) {
  for (;;) {
    ThreadExit last;
    {
      Guard lock(registry().mutex);
      if (thread.exits.empty())
        break;
      last = thread.exits.back();
      thread.exits.pop_back();
    }
    last.call.function(last.call.argument);
  }
  Guard lock(registry().mutex);
  registry().threads.erase(&thread);
  for (size_t i = 0; i < thread.values.size(); ++i)
    if (!is_imported(registry().controls[i]))
      std::free(thread.values[i]);
}

struct ThreadEnd {
  ~ThreadEnd() {
    if (Thread *thread = current_thread) {
      end_thread(*thread);
      current_thread = nullptr; // whoever comes even later gets a new one, which nobody frees
      delete thread;
    }
  }
  void arm() {}
};
thread_local ThreadEnd thread_end;

Thread &this_thread() {
  if (current_thread)
    return *current_thread;
  auto thread = std::make_unique<Thread>();
  thread_end.arm(); // its constructor makes the thread's end known
  Guard lock(registry().mutex);
  registry().threads.insert(thread.get());
  return *(current_thread = thread.release());
}

size_t number_locked(Control &control) REQUIRES(registry().mutex) {
  if (size_t number = control.number.load(std::memory_order_relaxed))
    return number;
  auto &controls = registry().controls;
  auto free = std::find(controls.begin(), controls.end(), nullptr);
  if (free == controls.end())
    free = controls.insert(controls.end(), nullptr);
  *free = &control;
  auto number = static_cast<size_t>(free - controls.begin()) + 1;
  control.number.store(number, std::memory_order_release);
  return number;
}

void *make_value(const Control &control) {
  if (is_imported(&control))
    return dlsym(RTLD_DEFAULT, static_cast<const char *>(control.initial));
  size_t alignment = std::max(control.alignment, sizeof(void *));
  size_t size = (std::max(control.size, size_t{1}) + alignment - 1) & ~(alignment - 1);
  void *value = std::aligned_alloc(alignment, size);
  if (!value)
    fatal("symbol space: no memory for a thread-local variable of %zu bytes", control.size);
  std::memset(value, 0, size);
  if (control.initial)
    std::memcpy(value, control.initial, control.size);
  return value;
}

void *emutls_get_address(Control *control) {
  Thread &thread = this_thread();
  size_t number = control->number.load(std::memory_order_acquire);
  if (number != 0 && number <= thread.values.size() && thread.values[number - 1])
    return thread.values[number - 1];
  void *value = make_value(*control);
  Guard lock(registry().mutex);
  number = number_locked(*control);
  if (thread.values.size() < number)
    thread.values.resize(number);
  return thread.values[number - 1] = value;
}

SpaceRuntime &space_of(void *handle) {
  return **static_cast<SpaceRuntime **>(handle);
}

int cxa_atexit(void (*function)(void *), void *argument, void *handle) {
  space_of(handle).at_exit({function, argument});
  return 0;
}

int cxa_thread_atexit(void (*function)(void *), void *argument, void *handle) {
  Thread &thread = this_thread();
  Guard lock(registry().mutex);
  thread.exits.push_back({&space_of(handle), {function, argument}});
  return 0;
}

/// The latest of this thread's exit calls that is `space`'s.
bool take_thread_exit(const SpaceRuntime &space, ExitCall &call) {
  Thread &thread = this_thread();
  Guard lock(registry().mutex);
  auto last = std::find_if(thread.exits.rbegin(), thread.exits.rend(),
                           [&](const ThreadExit &exit) { return exit.space == &space; });
  if (last == thread.exits.rend())
    return false;
  call = last->call;
  thread.exits.erase(std::next(last).base());
  return true;
}

ExitHook take_exit_hook(const void *owner) {
  Guard lock(registry().mutex);
  auto &hooks = registry().hooks;
  auto found = std::find_if(hooks.begin(), hooks.end(), [&](auto &hook) { return hook.first == owner; });
  if (found == hooks.end())
    return nullptr;
  ExitHook hook = std::move(found->second);
  hooks.erase(found);
  return hook;
}

void run_exit_hook(void *owner) {
  ExitHook hook = take_exit_hook(owner);
  if (hook)
    hook();
}

} // namespace

void SpaceRuntime::at_exit(ExitCall call) {
  Guard lock(mutex_);
  exits_.push_back(call);
}

void SpaceRuntime::run_exits() {
  for (ExitCall call; take_thread_exit(*this, call);)
    call.function(call.argument);
  for (;;) {
    ExitCall call;
    {
      Guard lock(mutex_);
      if (exits_.empty())
        return;
      call = exits_.back();
      exits_.pop_back();
    }
    call.function(call.argument);
  }
}

void SpaceRuntime::drop_thread_locals(const std::function<bool(const void *)> &is_of_space) {
  Registry &all = registry();
  Guard lock(all.mutex);
  for (size_t i = 0; i < all.controls.size(); ++i) {
    if (!all.controls[i] || !is_of_space(all.controls[i]))
      continue;
    all.controls[i] = nullptr;
    for (Thread *thread : all.threads)
      if (i < thread->values.size()) {
        std::free(thread->values[i]);
        thread->values[i] = nullptr;
      }
  }
  for (Thread *thread : all.threads)
    std::erase_if(thread->exits, [&](const ThreadExit &exit) { return exit.space == this; });
}

void *find_space_function(std::string_view name) {
  if (name == "__cxa_atexit")
    return reinterpret_cast<void *>(&cxa_atexit);
  if (name == "__cxa_thread_atexit")
    return reinterpret_cast<void *>(&cxa_thread_atexit);
  if (name == "__emutls_get_address")
    return reinterpret_cast<void *>(&emutls_get_address);
  return nullptr;
}

void *import_thread_local(const std::string &name) {
  if (!dlsym(RTLD_DEFAULT, name.c_str()))
    return nullptr;
  Guard lock(registry().mutex);
  auto [import, fresh] = registry().imports.try_emplace(name);
  if (fresh) {
    import->second.size = kImported;
    import->second.initial = import->first.c_str();
  }
  return &import->second;
}

/// exit() calls it in the place where a static object made at the same time would be destroyed: so the
/// session is still there. Registered in the owner's own name, as a shared library does it, so that it can be
/// taken back.
void add_exit_hook(const void *owner, ExitHook finalise) {
  {
    Guard lock(registry().mutex);
    registry().hooks.emplace_back(owner, std::move(finalise));
  }
  auto *name = const_cast<void *>(owner);
  abi::__cxa_atexit(run_exit_hook, name, name); // without room for it the destructor finalises
}

void remove_exit_hook(const void *owner) {
  take_exit_hook(owner);
  abi::__cxa_finalize(const_cast<void *>(owner)); // runs run_exit_hook, which finds nothing, and drops it
}

} // namespace ligature
