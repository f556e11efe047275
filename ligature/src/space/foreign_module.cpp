// SPDX-License-Identifier: MIT
#include "space/foreign_module.h"

#include "link/check_elf.h"

#include <llvm/IR/DebugInfo.h>
#include <llvm/IR/Verifier.h>
#include <llvm/IRReader/IRReader.h>
#include <llvm/Object/ELF.h> // not ELFObjectFile.h, which C++23 rejects in LLVM 19
#include <llvm/Support/SourceMgr.h>
#include <llvm/TargetParser/Triple.h>

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>

namespace ligature {
namespace {

llvm::Error compile_module(ForeignModule &foreign, ObjectSource &objects) {
  auto compiled = objects.get(std::move(foreign.context), std::move(foreign.module));
  if (!compiled)
    return llvm::createStringError(foreign.name + ": " + llvm::toString(compiled.takeError()));
  foreign.object = std::move(compiled->object.bytes);
  return llvm::Error::success();
}

using Elf = llvm::object::ELF64LEFile;

llvm::Error refuse_thread_locals(const Elf &elf, const Elf::Elf_Shdr &table) {
  auto names = elf.getStringTableForSymtab(table);
  auto symbols = elf.symbols(&table);
  if (!names || !symbols)
    return llvm::joinErrors(names.takeError(), symbols.takeError());
  for (const auto &symbol : *symbols)
    if (symbol.getType() == llvm::ELF::STT_TLS) {
      auto name = symbol.getName(*names);
      return llvm::createStringError("thread-local '" +
                                     (name ? *name : (llvm::consumeError(name.takeError()), "?")) +
                                     "' in an object; compile it with -femulated-tls, or hand in bitcode");
    }
  return llvm::Error::success();
}

} // namespace

llvm::Expected<ForeignModule> read_module(llvm::MemoryBufferRef bytes) {
  ForeignModule foreign{bytes.getBufferIdentifier().str(), std::make_unique<llvm::LLVMContext>(), nullptr,
                        nullptr};
  llvm::SMDiagnostic problem;
  // Text must end in a null byte, which the caller's bytes need not.
  auto copy = llvm::MemoryBuffer::getMemBufferCopy(bytes.getBuffer(), bytes.getBufferIdentifier());
  foreign.module = llvm::parseIR(copy->getMemBufferRef(), problem, *foreign.context);
  if (foreign.module)
    return foreign;
  std::string line = problem.getLineNo() > 0 ? " line " + std::to_string(problem.getLineNo()) + ":" : "";
  return llvm::createStringError(foreign.name + ":" + line + " " + problem.getMessage());
}

llvm::Error prepare_module(llvm::Module &module) {
  llvm::Triple triple(module.getTargetTriple()), host(host_triple());
  if (!module.getTargetTriple().empty() &&
      (triple.getArch() != host.getArch() || triple.getOS() != host.getOS()))
    return llvm::createStringError("is for " + module.getTargetTriple() + ", this machine is " +
                                   host_triple());
  module.setTargetTriple(host_triple());
  if (module.getDataLayoutStr().empty())
    module.setDataLayout(host_data_layout());
  if (module.getDataLayoutStr() != host_data_layout())
    return llvm::createStringError("has the data layout '" + module.getDataLayoutStr() + "', this machine '" +
                                   host_data_layout() + "'");
  std::string text;
  llvm::raw_string_ostream out(text);
  if (llvm::verifyModule(module, &out))
    return llvm::createStringError("is not a valid module: " + llvm::StringRef(text).rtrim());
  llvm::StripDebugInfo(module); // positions in it are not what line tables are made of
  for (llvm::GlobalValue &value : module.global_values())
    if (value.isDeclaration()) { // hidden means: within the space, which may be anywhere in the range
      value.setVisibility(llvm::GlobalValue::DefaultVisibility);
      value.setDSOLocal(false);
    }
  return llvm::Error::success();
}

llvm::Error check_object(llvm::MemoryBufferRef object) {
  if (llvm::Error error = check_elf(object))
    return error;
  Elf elf = llvm::cantFail(Elf::create(object.getBuffer()));
  for (const auto &section : llvm::cantFail(elf.sections()))
    if (section.sh_type == llvm::ELF::SHT_SYMTAB)
      if (llvm::Error error = refuse_thread_locals(elf, section))
        return error;
  return llvm::Error::success();
}

llvm::Error compile_modules(std::vector<ForeignModule> &modules, ObjectSource &objects, unsigned threads) {
  std::vector<llvm::Error> outcomes;
  for (size_t i = 0; i < modules.size(); ++i)
    outcomes.push_back(llvm::Error::success());
  std::atomic<size_t> next{0};
  auto work = [&] {
    for (size_t i; (i = next++) < modules.size();)
      if (modules[i].module) {
        llvm::Error outcome = compile_module(modules[i], objects);
        outcomes[i] = llvm::joinErrors(std::move(outcomes[i]), std::move(outcome));
      }
  };
  std::vector<std::thread> helpers;
  try {
    for (size_t i = 1; i < std::min<size_t>(std::max(threads, 1u), modules.size()); ++i)
      helpers.emplace_back(work);
  } catch (const std::system_error &) { // with the threads that the system has, this one at least
  }
  work();
  for (std::thread &helper : helpers)
    helper.join();
  llvm::Error first = llvm::Error::success();
  for (llvm::Error &outcome : outcomes) {
    if (first)
      llvm::consumeError(std::move(outcome));
    else
      first = std::move(outcome);
  }
  return first;
}

} // namespace ligature
