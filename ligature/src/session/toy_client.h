// SPDX-License-Identifier: MIT
//
// A client for tests. Its functions take and return 64-bit integers, or take their arguments as an array of
// them (Args); its entries know how to emit themselves; it counts what it is asked.
#pragma once

#include "ligature/session.h"

#include <llvm/IR/IRBuilder.h>

#include <csetjmp>
#include <map>
#include <mutex>
#include <set>

namespace ligature::toy {

using Generic = int64_t (*)(Entry *self, const int64_t *arguments, uint32_t count);

inline int64_t args_shim(Entry *self, const int64_t *arguments, uint32_t count) {
  return reinterpret_cast<Generic>(self->specptr.load())(self, arguments, count);
}
inline int64_t interpreted_shim(Entry *, const int64_t *arguments, uint32_t) {
  return arguments[0] * 1000;
}
inline int64_t const_shim(Entry *, const int64_t *, uint32_t) {
  return 77;
}
inline int64_t sparam_shim(Entry *self, const int64_t *arguments, uint32_t count) {
  using Code = int64_t (*)(Entry *, const int64_t *, uint32_t, const void *);
  return reinterpret_cast<Code>(self->specptr.load())(self, arguments, count, "static parameters");
}
inline int64_t waiting_shim(Entry *, const int64_t *, uint32_t) {
  return -1;
}

inline InvokeAddresses invokes() {
  auto address = [](auto *shim) { return reinterpret_cast<void *>(shim); };
  return {address(args_shim), address(const_shim), address(sparam_shim), address(interpreted_shim),
          address(waiting_shim)};
}

inline std::jmp_buf escape;
inline std::string escaped_with;
inline void raise(const char *reason) {
  escaped_with = reason;
  std::longjmp(escape, 1);
}

/// A unit being emitted, with the few types that tests use.
struct Emitter {
  UnitBuilder builder{UnitOptions{}};
  llvm::Type *i64 = llvm::Type::getInt64Ty(builder.context());
  llvm::PointerType *ptr = llvm::PointerType::getUnqual(builder.context());
  llvm::FunctionType *spec_type = llvm::FunctionType::get(i64, {i64}, false);
  llvm::FunctionType *args_type =
      llvm::FunctionType::get(i64, {ptr, ptr, llvm::Type::getInt32Ty(builder.context())}, false);

  using Body = std::function<llvm::Value *(Emitter &, llvm::IRBuilder<> &, llvm::Value *argument)>;

  llvm::Function *function(const std::string &name, llvm::FunctionType *type, llvm::IRBuilder<> &ir) {
    auto *result = builder.create_function(name + "_", type);
    ir.SetInsertPoint(llvm::BasicBlock::Create(builder.context(), "top", result));
    return result;
  }
  /// int64_t name(int64_t), with a wrapper for the generic convention.
  llvm::Function *spec(Entry &entry, const std::string &name, const Body &body) {
    llvm::IRBuilder<> ir(builder.context());
    auto *spec = function("julia_" + name, spec_type, ir);
    auto *wrapper = function("jfptr_" + name, args_type, ir);
    ir.CreateRet(ir.CreateCall(spec, {ir.CreateLoad(i64, wrapper->getArg(1))}));
    builder.define(entry, Abi::SpecSig, wrapper, spec, name);
    ir.SetInsertPoint(&spec->getEntryBlock());
    ir.CreateRet(body(*this, ir, spec->getArg(0)));
    return spec;
  }
  /// The same as Args only.
  llvm::Function *args(Entry &entry, const std::string &name, const Body &body) {
    llvm::IRBuilder<> ir(builder.context());
    auto *boxed = function("japi1_" + name, args_type, ir);
    builder.define(entry, Abi::Args, nullptr, boxed, name);
    ir.CreateRet(body(*this, ir, ir.CreateLoad(i64, boxed->getArg(1))));
    return boxed;
  }
  llvm::Value *call_args(llvm::IRBuilder<> &ir, Entry &callee, const std::string &name,
                         llvm::Value *argument) {
    auto *box = ir.CreateAlloca(i64);
    ir.CreateStore(argument, box);
    auto *self = ir.CreateLoad(ptr, builder.slot(&callee, "entry#_", SlotKind::Other));
    return ir.CreateCall(builder.call_target(callee, Abi::Args, "j1_" + name + "_", args_type),
                         {self, box, ir.getInt32(1)});
  }
  llvm::Value *call(llvm::IRBuilder<> &ir, Entry &callee, const std::string &name, llvm::Value *argument) {
    return ir.CreateCall(builder.call_target(callee, Abi::SpecSig, "j_" + name + "_", spec_type), {argument});
  }
};

inline Unit spec_unit(Entry &entry, const std::string &name, const Emitter::Body &body) {
  Emitter emitter;
  emitter.spec(entry, name, body);
  return emitter.builder.finish();
}

inline Unit args_unit(Entry &entry, const std::string &name, const Emitter::Body &body) {
  Emitter emitter;
  emitter.args(entry, name, body);
  return emitter.builder.finish();
}

/// f(x) = x + n
inline Emitter::Body plus(int64_t n) {
  return [n](Emitter &, llvm::IRBuilder<> &ir, llvm::Value *x) { return ir.CreateAdd(x, ir.getInt64(n)); };
}
/// f(x) = callee(x) + 1
inline Emitter::Body calls(Entry &callee, std::string name) {
  return [&callee, name](Emitter &emitter, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
    return ir.CreateAdd(emitter.call(ir, callee, name, x), ir.getInt64(1));
  };
}

/// The same, with its argument in an array.
inline Emitter::Body calls_args(Entry &callee, std::string name) {
  return [&callee, name](Emitter &emitter, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
    return ir.CreateAdd(emitter.call_args(ir, callee, name, x), ir.getInt64(1));
  };
}

class ToyClient : public Client {
public:
  Linker *linker = nullptr;
  Session *session = nullptr; ///< over that linker
  std::map<Entry *, std::function<Unit()>> emitters;
  std::map<std::string, void *, std::less<>> runtime;
  std::function<void(Entry &)> on_lazy_call;
  std::function<void(std::string_view)> on_find_runtime;
  std::map<Entry *, Entry *> equals;
  std::function<UnitHandle(Entry &)> on_find_adapter;
  bool no_cells = false;
  std::mutex slots_mutex;
  std::multiset<const void *> slots;
  std::atomic<int> compiles{0}, adapters{0};

  void *slot_cell(const void *value) override {
    if (no_cells)
      return nullptr;
    std::lock_guard lock(slots_mutex);
    slots.insert(value);
    return linker->allocate_cell(value);
  }
  void release_slot(const void *value, void *cell) override {
    std::lock_guard lock(slots_mutex);
    slots.erase(slots.find(value));
    linker->release_cell(cell);
  }
  void *find_runtime(std::string_view name) override {
    if (on_find_runtime)
      on_find_runtime(name);
    auto found = runtime.find(name);
    return found == runtime.end() ? nullptr : found->second;
  }
  std::expected<void *, std::string> find_foreign(std::string_view library, std::string_view name) override {
    if (library == "toy")
      if (void *found = find_runtime(name))
        return found;
    return std::unexpected("could not load " + std::string(name) + " from " + std::string(library));
  }
  RaiseFunction foreign_error() override { return raise; }
  Entry *equal_entry(Entry &entry) override {
    auto found = equals.find(&entry);
    return found == equals.end() ? nullptr : found->second;
  }
  UnitHandle find_adapter(Entry &entry, Abi) override {
    return on_find_adapter ? on_find_adapter(entry) : nullptr;
  }
  void *compile_for_call(Entry &entry, Abi abi) override {
    if (on_lazy_call)
      on_lazy_call(entry);
    auto known = session->require(entry);
    if (!known || !*known) {
      llvm::consumeError(known.takeError());
      ++compiles;
      if (auto linked = session->link(emitters.at(&entry)()); !linked)
        raise(llvm::toString(linked.takeError()).c_str());
    }
    return llvm::cantFail(session->callable(entry, abi));
  }
  llvm::Expected<Unit> emit_adapter(Entry &entry, Abi abi) override {
    ++adapters;
    Emitter emitter;
    llvm::IRBuilder<> ir(emitter.builder.context());
    if (abi == Abi::SpecSig) { // packs its argument and enters through `invoke`
      auto *adapter = emitter.function("adapter", emitter.spec_type, ir);
      emitter.builder.define_adapter(entry, abi, adapter, "toinvoke");
      auto *box = ir.CreateAlloca(emitter.i64);
      ir.CreateStore(adapter->getArg(0), box);
      auto *self = ir.CreateLoad(emitter.ptr, emitter.builder.slot(&entry, "entry#_", SlotKind::Other));
      static_assert(offsetof(Entry, invoke) == 0);
      auto *invoke = ir.CreateLoad(emitter.ptr, self);
      ir.CreateRet(ir.CreateCall(emitter.args_type, invoke, {self, box, ir.getInt32(1)}));
    } else if (read_published(entry, invokes())->abi != Abi::SpecSig) { // what it has is entered in this way
      auto *adapter = emitter.function("adapter", emitter.args_type, ir);
      emitter.builder.define_adapter(entry, abi, adapter, "toinvoke");
      auto *invoke = ir.CreateLoad(emitter.ptr, adapter->getArg(0));
      ir.CreateRet(ir.CreateCall(emitter.args_type, invoke,
                                 {adapter->getArg(0), adapter->getArg(1), adapter->getArg(2)}));
    } else {
      auto *adapter = emitter.function("adapter", emitter.args_type, ir);
      emitter.builder.define_adapter(entry, abi, adapter, "tospec");
      auto *argument = ir.CreateLoad(emitter.i64, adapter->getArg(1));
      ir.CreateRet(emitter.call(ir, entry, "callee", argument));
    }
    return emitter.builder.finish();
  }
};

/// A session with its client.
struct Toy {
  ToyClient client;
  std::unique_ptr<Session> session;
  explicit Toy(std::function<void(SessionOptions &)> adjust = nullptr) {
    SessionOptions options;
    options.compile.opt_level = 1;
    options.invokes = invokes();
    options.anchor = reinterpret_cast<const void *>(&raise);
    options.reserve_bytes = size_t{256} << 20;
    options.verify = true;
    if (adjust)
      adjust(options);
    session = llvm::cantFail(Session::create(std::move(options), client));
    client.session = session.get();
    client.linker = &session->linker();
  }
  UnitHandle link(Unit unit) { return llvm::cantFail(session->link(std::move(unit))); }
  int64_t call(Entry &entry, int64_t argument) {
    auto published = read_published(entry, invokes());
    return reinterpret_cast<int64_t (*)(int64_t)>(published->specptr)(argument);
  }
  int64_t invoke(Entry &entry, int64_t argument) {
    return reinterpret_cast<Generic>(entry.invoke.load())(&entry, &argument, 1);
  }
};

} // namespace ligature::toy
