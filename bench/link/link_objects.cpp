// SPDX-License-Identifier: MIT
//
// N objects of one function each, linked from memory by a session of ours and by LLJIT with its default
// memory manager. Both link the same object; LLJIT's copies get names of their own, patched into the symbol
// table, since it finds things by name.
#include "bench/link/flat_bytes.h"
#include "bench/link/measure.h"
#include "session/toy_client.h"

#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <llvm/Support/TargetSelect.h>

#include <malloc.h>

#include <cstdio>
#include <deque>

using namespace ligature;
using namespace ligature::toy;

namespace bench {

int64_t bench_runtime(int64_t x) {
  return x + 1;
}

namespace {

constexpr const char *kName = "function_00000000";
constexpr const char *kNext = "nextfunc_00000000";

/// About half a KiB of arithmetic and calls.
Emitter::Body body() {
  return [](Emitter &emitter, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
    auto *runtime = emitter.builder.runtime("bench_runtime", emitter.spec_type);
    for (int i = 0; i < 24; ++i) {
      x = ir.CreateXor(ir.CreateMul(x, ir.getInt64(0x9e3779b97f4a7c15 + static_cast<uint64_t>(i))),
                       ir.getInt64(i));
      if (i % 8 == 7)
        x = ir.CreateCall(runtime, {x});
    }
    return x;
  };
}

Unit emit(Entry &entry, const Emitter::Body &body) {
  Emitter emitter;
  auto *spec = emitter.builder.create_function("julia_f_", emitter.spec_type);
  llvm::IRBuilder<> ir(llvm::BasicBlock::Create(emitter.builder.context(), "top", spec));
  emitter.builder.define(entry, Abi::SpecSig, spec, spec, "f");
  ir.CreateRet(body(emitter, ir, spec->getArg(0)));
  return emitter.builder.finish();
}

std::string compile_named(Unit unit) {
  unit.module->getFunction("julia_f_0")->setName(kName);
  if (llvm::Function *next = unit.module->getFunction("j_next_0"))
    next->setName(kNext);
  Object object = llvm::cantFail(compile(*unit.module, {}));
  return object.bytes->getBuffer().str();
}

std::unique_ptr<Toy> make_session() {
  auto toy = std::make_unique<Toy>([](SessionOptions &options) {
    options.reserve_bytes = size_t{1} << 30;
    options.verify = false;
  });
  toy->client.runtime["bench_runtime"] = reinterpret_cast<void *>(bench_runtime);
  return toy;
}

/// The object as a unit of `entry`; `next` is what it calls, if it calls anything.
UnitHandle add(Toy &toy, const std::string &bytes, Entry &entry, Entry *next = nullptr) {
  LinkInfo info;
  Definition definition;
  definition.entry = &entry;
  definition.abi = Abi::SpecSig;
  definition.spec_symbol = definition.invoke_symbol = info.names.intern(kName);
  definition.display = info.names.intern("f");
  info.definitions.push_back(definition);
  if (next)
    info.call_targets.push_back({next, Abi::SpecSig, info.names.intern(kNext)});
  else
    info.runtime.push_back(info.names.intern("bench_runtime"));
  Object object;
  object.bytes = llvm::MemoryBuffer::getMemBuffer(bytes, "unit", false);
  return llvm::cantFail(toy.session->add(std::move(info), std::move(object)));
}

class Peer {
public:
  Peer() {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    auto with_jitlink = [](llvm::orc::ExecutionSession &session, const llvm::Triple &) {
      return std::make_unique<llvm::orc::ObjectLinkingLayer>(session);
    };
    jit_ = llvm::cantFail(llvm::orc::LLJITBuilder().setObjectLinkingLayerCreator(with_jitlink).create());
    llvm::orc::SymbolMap runtime;
    runtime[jit_->mangleAndIntern("bench_runtime")] = {llvm::orc::ExecutorAddr::fromPtr(bench_runtime),
                                                       llvm::JITSymbolFlags::Exported};
    llvm::cantFail(jit_->getMainJITDylib().define(llvm::orc::absoluteSymbols(std::move(runtime))));
  }
  static std::string name(size_t index) {
    char text[32];
    std::snprintf(text, sizeof text, "function_%08zu", index);
    return text;
  }
  /// A copy of the object that defines name(index) and, if it calls anything, calls the one after it.
  void add(const std::string &bytes, size_t index) {
    auto copy = llvm::WritableMemoryBuffer::getNewUninitMemBuffer(bytes.size(), name(index));
    std::copy(bytes.begin(), bytes.end(), copy->getBufferStart());
    for (auto [placeholder, number] : {std::pair(kName, index), std::pair(kNext, index + 1)})
      if (size_t place = bytes.find(placeholder); place != std::string::npos) {
        std::string text = name(number);
        std::copy(text.begin(), text.end(), copy->getBufferStart() + place);
      }
    llvm::cantFail(jit_->addObjectFile(std::move(copy)));
  }
  uint64_t look_up(size_t index) { return llvm::cantFail(jit_->lookup(name(index))).getValue(); }

private:
  std::unique_ptr<llvm::orc::LLJIT> jit_;
};

} // namespace

std::string make_object() {
  Entry entry;
  return compile_named(emit(entry, body()));
}

std::string make_chain_object() {
  Entry entry, next;
  return compile_named(emit(entry, calls(next, "next")));
}

std::string make_flat() {
  Entry entry;
  std::string flat;
  Toy toy([&](SessionOptions &options) {
    options.compile.opt_level = 2; // as make_object
    options.keep = [&](const KeptUnit &unit) { flat = pack_flat(unit); };
  });
  toy.client.runtime["bench_runtime"] = reinterpret_cast<void *>(bench_runtime);
  toy.link(emit(entry, body()));
  return flat;
}

void link_ours(size_t count, const std::string &bytes, Figures &figures) {
  auto toy = make_session();
  std::deque<Entry> entries(count);
  Entry warm;
  auto link_one = [&](Entry &entry) { llvm::cantFail(toy->session->materialize(add(*toy, bytes, entry))); };
  link_one(warm);
  measure_linking(entries, *toy->session, link_one, figures);
  figures.complete = toy->call(entries.back(), 1) == toy->call(warm, 1);
}

void link_lljit(size_t count, const std::string &bytes, Figures &figures) {
  Peer peer;
  constexpr size_t kWarm = 99999999;
  peer.add(bytes, kWarm);
  peer.look_up(kWarm);
  size_t mappings = count_mappings(), heap = mallinfo2().uordblks;
  auto start = Clock::now();
  uint64_t last = 0;
  for (size_t i = 0; i < count; ++i) {
    peer.add(bytes, i);
    last = peer.look_up(i);
    ++figures.done;
  }
  auto each = [&](double sum) { return sum / static_cast<double>(count); };
  figures.us = each(us_since(start));
  figures.mappings = static_cast<long>(count_mappings()) - static_cast<long>(mappings);
  figures.heap = each(static_cast<double>(mallinfo2().uordblks - heap));
  figures.complete = last != 0;
}

void chain_ours(size_t count, const std::string &bytes, Figures &figures) {
  auto toy = make_session();
  std::deque<Entry> entries(count + 1);
  std::vector<UnitHandle> units;
  auto start = Clock::now();
  for (size_t i = 0; i < count; ++i)
    units.push_back(add(*toy, bytes, entries[i], &entries[i + 1]));
  units.push_back(llvm::cantFail(toy->session->add(spec_unit(entries[count], "last", plus(1)))));
  llvm::cantFail(toy->session->require(entries[0]));
  bool right = toy->call(entries[0], 0) == static_cast<int64_t>(count) + 1; // links the rest on its way
  figures.us = us_since(start) / static_cast<double>(count);
  figures.done = toy->session->stats().units_linked;
  figures.complete = right && figures.done == count + 1;
}

void chain_lljit(size_t count, const std::string &bytes, Figures &figures) {
  Peer peer;
  auto start = Clock::now();
  for (size_t i = 0; i < count; ++i)
    peer.add(bytes, i);
  std::string last = bytes; // calls itself, and is not called here
  last.replace(last.find(kNext), Peer::name(0).size(), Peer::name(count));
  peer.add(last, count);
  figures.complete = peer.look_up(0) != 0;
  figures.us = us_since(start) / static_cast<double>(count);
}

} // namespace bench
