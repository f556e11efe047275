// SPDX-License-Identifier: MIT
//
// Small pieces of code made of bytes, without LLVM.
//
// A lazy stub is what a call goes to whose callee has no code of that ABI yet:
//
//   stub:  jmp *cell          cell -> lazy at first; -> the callee's code once there is some
//   lazy:  lea cell, %r11
//          jmp *common        -> ligature_lazy_call_*: keeps the arguments, asks the resolver, jumps there
//
// It heals by one store to the cell, whether the call came first or the code did. There is one per (entry,
// ABI) and session, shared by all callers.
//
// An error stub takes the place of a foreign function that could not be found: it hands a text to the
// client's function.
#pragma once

#include "ligature/entries.h"
#include "memory/allocation.h"

#include <atomic>
#include <expected>
#include <memory>
#include <string>

namespace ligature {

class LazyStub;

/// Finds code for a stub; called on the thread that makes the call, may leave by longjmp.
class LazyCallHandler {
public:
  virtual ~LazyCallHandler() = default;
  virtual void *resolve(LazyStub &stub) = 0;
};

/// In the data segment; the code addresses it relative to itself.
struct StubCell {
  std::atomic<void *> target;
  std::atomic<LazyStub *> stub; // for whoever comes through generated code that another thread bound
};

class LazyStub {
public:
  ~LazyStub();
  void *address() const { return code_.address; }
  Abi abi() const { return abi_; }
  /// Null once the entry was forgotten.
  Entry *entry() const { return entry_.load(std::memory_order_acquire); }
  void forget_entry() { entry_.store(nullptr, std::memory_order_release); }
  LazyCallHandler &handler() const { return handler_; }

  /// Calls go to `target` from now on, whatever they did before; true if they were lazy until now.
  bool heal(void *target);
  /// The same, but only if they are lazy still: a slower way never replaces a faster one.
  bool heal_if_lazy(void *target);
  /// Calls are lazy again.
  void unheal();

private:
  friend class StubMaker;
  LazyStub(Slabs &slabs, LazyCallHandler &handler, Entry &entry, Abi abi)
      : slabs_(slabs), handler_(handler), entry_(&entry), abi_(abi) {}
  StubCell &cell() const { return *reinterpret_cast<StubCell *>(data_.address); }
  void *lazy() const;

  Slabs &slabs_;
  LazyCallHandler &handler_;
  std::atomic<Entry *> entry_;
  Abi abi_;
  Piece code_, data_;
};

class StubMaker {
public:
  StubMaker(Slabs &slabs, LazyCallHandler &handler) : slabs_(slabs), handler_(handler) {}
  ~StubMaker();
  /// Allocates what all stubs share.
  std::expected<void, std::string> prepare();
  std::expected<std::shared_ptr<LazyStub>, std::string> make(Entry &entry, Abi abi);

  struct ErrorStub {
    Allocation memory;
    void *address = nullptr;
  };
  /// Code that calls raise(reason) in place of a function of any type.
  std::expected<ErrorStub, std::string> make_error_stub(const std::string &reason,
                                                        void (*raise)(const char *));

private:
  Slabs &slabs_;
  LazyCallHandler &handler_;
  Piece common_; // holds the address of the lazy call routine that saves this machine's registers
};

} // namespace ligature
