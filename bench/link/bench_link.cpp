// SPDX-License-Identifier: MIT
//
// What it costs to link N one-function objects from memory, in a session of ours and in LLJIT with its
// default memory manager, in the same run: one line per figure.
//
//   link 1000 objects   ours 20.1 us   LLJIT 83.0 us   ratio 0.24   ours 900 B over 560 B of code   mappings
//   +0
//
// Each side runs in a process of its own (LLJIT runs out of mappings near 32,700 and takes the process with
// it). Both link the same object; LLJIT's copies get names of their own, patched into the symbol table,
// since it finds things by name.
#include "session/toy_client.h"

#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <llvm/Support/TargetSelect.h>

#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <deque>
#include <fstream>

using namespace ligature;
using namespace ligature::toy;

namespace {

constexpr const char *kName = "function_00000000";

struct Figures {
  double us = 0;     ///< per object
  double heap = 0;   ///< bytes per object, allocator and slabs
  double code = 0;   ///< bytes of code and data per object
  long mappings = 0; ///< more than before
  bool complete = false;
};

size_t count_mappings() {
  std::ifstream maps("/proc/self/maps");
  size_t count = 0;
  for (std::string line; std::getline(maps, line);)
    ++count;
  return count;
}

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

Unit emit(Entry &entry) {
  Emitter emitter;
  auto *spec = emitter.builder.create_function("julia_f_", emitter.spec_type);
  llvm::IRBuilder<> ir(llvm::BasicBlock::Create(emitter.builder.context(), "top", spec));
  emitter.builder.define(entry, Abi::SpecSig, spec, spec, "f");
  ir.CreateRet(body()(emitter, ir, spec->getArg(0)));
  return emitter.builder.finish();
}

/// The object, under the name that LLJIT's copies patch.
std::string make_object() {
  Entry entry;
  Unit unit = emit(entry);
  unit.module->getFunction("julia_f_0")->setName(kName);
  Object object = llvm::cantFail(compile(*unit.module, {}));
  return object.bytes->getBuffer().str();
}

int64_t bench_runtime(int64_t x) {
  return x + 1;
}

using Clock = std::chrono::steady_clock;
double us_since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

Figures run_ours(size_t count, const std::string &bytes) {
  Toy toy([](SessionOptions &options) { options.reserve_bytes = size_t{1} << 30, options.verify = false; });
  toy.client.runtime["bench_runtime"] = reinterpret_cast<void *>(bench_runtime);
  std::deque<Entry> entries(count);
  auto link_one = [&](Entry &entry) {
    LinkInfo info;
    NameId name = info.names.intern(kName);
    Definition definition;
    definition.entry = &entry;
    definition.abi = Abi::SpecSig;
    definition.spec_symbol = definition.invoke_symbol = name;
    definition.display = info.names.intern("f");
    info.definitions.push_back(definition);
    info.runtime.push_back(info.names.intern("bench_runtime"));
    Object object;
    object.bytes = llvm::MemoryBuffer::getMemBuffer(bytes, "unit", false);
    auto unit = llvm::cantFail(toy.session->add(std::move(info), std::move(object)));
    llvm::cantFail(toy.session->materialize(unit));
  };
  Entry warm;
  link_one(warm);
  Figures figures;
  size_t mappings = count_mappings(), heap = mallinfo2().uordblks, used = toy.session->memory_use().used;
  auto start = Clock::now();
  for (Entry &entry : entries)
    link_one(entry);
  figures.us = us_since(start) / static_cast<double>(count);
  figures.mappings = static_cast<long>(count_mappings()) - static_cast<long>(mappings);
  figures.heap = static_cast<double>(mallinfo2().uordblks - heap) / static_cast<double>(count);
  figures.code = static_cast<double>(toy.session->memory_use().used - used) / static_cast<double>(count);
  figures.complete = toy.call(entries.back(), 1) == toy.call(warm, 1);
  return figures;
}

Figures run_lljit(size_t count, const std::string &bytes) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  auto jit = llvm::cantFail(
      llvm::orc::LLJITBuilder()
          .setObjectLinkingLayerCreator([](llvm::orc::ExecutionSession &session, const llvm::Triple &) {
            return std::make_unique<llvm::orc::ObjectLinkingLayer>(session);
          })
          .create());
  llvm::orc::SymbolMap runtime;
  runtime[jit->mangleAndIntern("bench_runtime")] = {llvm::orc::ExecutorAddr::fromPtr(bench_runtime),
                                                    llvm::JITSymbolFlags::Exported};
  llvm::cantFail(jit->getMainJITDylib().define(llvm::orc::absoluteSymbols(std::move(runtime))));
  size_t place = bytes.find(kName);
  char name[32];
  auto link_one = [&](size_t index) {
    std::snprintf(name, sizeof name, "function_%08zu", index);
    auto copy = llvm::WritableMemoryBuffer::getNewUninitMemBuffer(bytes.size(), name);
    std::copy(bytes.begin(), bytes.end(), copy->getBufferStart());
    std::copy_n(name, std::string_view(name).size(), copy->getBufferStart() + place);
    llvm::cantFail(jit->addObjectFile(std::move(copy)));
    return llvm::cantFail(jit->lookup(name)).getValue();
  };
  link_one(99999999);
  Figures figures;
  size_t mappings = count_mappings(), heap = mallinfo2().uordblks;
  auto start = Clock::now();
  uint64_t last = 0;
  for (size_t i = 0; i < count; ++i)
    last = link_one(i);
  figures.us = us_since(start) / static_cast<double>(count);
  figures.mappings = static_cast<long>(count_mappings()) - static_cast<long>(mappings);
  figures.heap = static_cast<double>(mallinfo2().uordblks - heap) / static_cast<double>(count);
  figures.complete = last != 0;
  return figures;
}

Figures in_a_process(Figures (*run)(size_t, const std::string &), size_t count, const std::string &bytes) {
  int ends[2];
  if (pipe(ends) != 0)
    return {};
  pid_t child = fork();
  if (child == 0) {
    close(2); // what a dying peer prints
    Figures figures = run(count, bytes);
    bool written = write(ends[1], &figures, sizeof figures) == sizeof figures;
    _exit(written ? 0 : 1); // no time for tearing down
  }
  close(ends[1]);
  Figures figures;
  if (read(ends[0], &figures, sizeof figures) != sizeof figures)
    figures = {};
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return figures;
}

void compare(size_t count, const std::string &bytes) {
  Figures ours = in_a_process(run_ours, count, bytes), peer = in_a_process(run_lljit, count, bytes);
  std::printf("link %zu objects   ours ", count);
  if (ours.complete)
    std::printf("%.1f us", ours.us);
  else
    std::printf("failed");
  if (peer.complete)
    std::printf("   LLJIT %.1f us   ratio %.2f   mappings +%ld beside +%ld   heap %.0f B beside %.0f B",
                peer.us, ours.us / peer.us, ours.mappings, peer.mappings, ours.heap, peer.heap);
  else
    std::printf("   LLJIT died   mappings +%ld   heap %.0f B", ours.mappings, ours.heap);
  std::printf("   code %.0f B\n", ours.code);
  std::fflush(stdout);
}

} // namespace

int main(int count, char **arguments) {
  int ends[2]; // the object comes from a process of its own too: after a fork nothing may link
  if (pipe(ends) != 0)
    return 1;
  if (fork() == 0) {
    std::string bytes = make_object();
    _exit(write(ends[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) ? 0 : 1);
  }
  close(ends[1]);
  std::string bytes(65536, 0);
  ssize_t got = read(ends[0], bytes.data(), bytes.size());
  wait(nullptr);
  if (got <= 0)
    return 1;
  bytes.resize(static_cast<size_t>(got));
  for (int i = 1; i < count; ++i)
    compare(static_cast<size_t>(std::strtoul(arguments[i], nullptr, 10)), bytes);
  if (count < 2)
    for (size_t n : {1000, 10000})
      compare(n, bytes);
  return 0;
}
