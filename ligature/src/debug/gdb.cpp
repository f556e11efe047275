// SPDX-License-Identifier: MIT
#include "debug/gdb.h"

#include "base/mutex.h"
#include "debug/elf_image.h"

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <unordered_map>

// The interface is gdb's manual's, "Registering Code": names, order and types are given there.
extern "C" {
struct jit_code_entry {
  jit_code_entry *next_entry;
  jit_code_entry *prev_entry;
  const char *symfile_addr;
  uint64_t symfile_size;
};
enum : uint32_t { JIT_NOACTION, JIT_REGISTER, JIT_UNREGISTER };
struct jit_descriptor {
  uint32_t version;
  uint32_t action_flag;
  jit_code_entry *relevant_entry;
  jit_code_entry *first_entry;
};
// Weak: a program that links LLVM's own JITs as well has these from there.
[[gnu::visibility("default"), gnu::weak, gnu::used]] jit_descriptor __jit_debug_descriptor = {
    1, JIT_NOACTION, nullptr, nullptr};
[[gnu::visibility("default"), gnu::weak, gnu::used, gnu::noinline]] void __jit_debug_register_code() {
  asm volatile("" ::: "memory");
}
}

namespace ligature {

namespace {

/// A file that the debugger knows of, as long as it lives.
class Registered {
public:
  explicit Registered(std::string image) : image_(std::move(image)) {
    Guard lock(mutex());
    entry_ = {__jit_debug_descriptor.first_entry, nullptr, image_.data(), image_.size()};
    if (entry_.next_entry)
      entry_.next_entry->prev_entry = &entry_;
    __jit_debug_descriptor.first_entry = &entry_;
    tell(JIT_REGISTER);
  }
  ~Registered() {
    Guard lock(mutex());
    jit_code_entry *&before =
        entry_.prev_entry ? entry_.prev_entry->next_entry : __jit_debug_descriptor.first_entry;
    before = entry_.next_entry;
    if (entry_.next_entry)
      entry_.next_entry->prev_entry = entry_.prev_entry;
    tell(JIT_UNREGISTER);
  }
  Registered(const Registered &) = delete;
  Registered &operator=(const Registered &) = delete;

private:
  /// The list is the process's, whatever sessions there are.
  static Mutex &mutex() {
    static Mutex list;
    return list;
  }
  void tell(uint32_t action) {
    __jit_debug_descriptor.relevant_entry = &entry_;
    __jit_debug_descriptor.action_flag = action;
    __jit_debug_register_code();
    __jit_debug_descriptor.action_flag = JIT_NOACTION;
    __jit_debug_descriptor.relevant_entry = nullptr;
  }

  std::string image_;
  jit_code_entry entry_{};
};

class GdbListener final : public CodeListener {
public:
  GdbListener() {
    std::error_code ignored;
    folder_ = std::filesystem::current_path(ignored).string();
  }

  void code_added(std::span<const CodeRange *const> functions, const PlaceOf &place) override {
    if (functions.empty())
      return;
    DebugUnit unit = describe(functions, place);
    Guard lock(mutex_);
    auto image = write_elf_image(unit, folder_);
    if (image)
      files_[functions.front()->begin] = std::make_unique<Registered>(std::move(*image));
    else if (!std::exchange(complained_, true))
      std::fprintf(stderr, "warning: a debugger will not see all code: %s\n", image.error().c_str());
  }

  void code_removed(std::span<const uintptr_t> begins) override {
    Guard lock(mutex_);
    for (uintptr_t begin : begins)
      files_.erase(begin);
  }

private:
  std::string folder_; // relative names start where the process started
  Mutex mutex_;
  std::unordered_map<uintptr_t, std::unique_ptr<Registered>> files_ GUARDED_BY(mutex_); // by first address
  bool complained_ GUARDED_BY(mutex_) = false;
};

} // namespace

std::unique_ptr<CodeListener> make_gdb_listener() {
  return std::make_unique<GdbListener>();
}

} // namespace ligature
