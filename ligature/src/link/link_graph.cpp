// SPDX-License-Identifier: MIT
#include "link/link_graph.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/ExecutionEngine/JITLink/x86_64.h>

#include <algorithm>

namespace ligature {
namespace {

namespace jitlink = llvm::jitlink;

bool is_for_the_loader(llvm::StringRef section) {
  return section == ".eh_frame" || section.starts_with(".init_array") || section.starts_with(".fini_array");
}

/// What JITLink adds for far targets is no function of anybody's.
bool is_jump_stub(const GraphSymbol &symbol) {
  return symbol.getBlock().getSection().getName() == jitlink::x86_64::PLTTableManager::getSectionName();
}

class Context : public jitlink::JITLinkContext {
public:
  struct Result {
    LinkedCode code;
    llvm::Error error = llvm::Error::success();
  };

  Context(LinkMemory &memory, std::vector<GraphSymbol *> symbols, Result &result)
      : JITLinkContext(nullptr), memory_(memory), symbols_(std::move(symbols)), result_(result) {}

  jitlink::JITLinkMemoryManager &getMemoryManager() override { return memory_; }

  void notifyFailed(llvm::Error error) override {
    result_.error = llvm::joinErrors(std::move(result_.error), std::move(error));
  }

  void lookup(const LookupMap &symbols,
              std::unique_ptr<jitlink::JITLinkAsyncLookupContinuation> done) override {
    if (symbols.empty())
      return done->run(jitlink::AsyncLookupResult());
    std::vector<std::string> names;
    for (auto &[name, flags] : symbols)
      names.push_back(name.str());
    std::sort(names.begin(), names.end());
    done->run(llvm::createStringError("object: '" + names.front() + "' is still undefined after rewriting"));
  }

  llvm::Error notifyResolved(Graph &graph) override {
    for (const jitlink::Section &section : graph.sections())
      if (is_for_the_loader(section.getName())) {
        jitlink::SectionRange range(section);
        result_.code.sections.push_back(
            {section.getName().str(), range.getStart().getValue(), static_cast<size_t>(range.getSize())});
      }
    for (GraphSymbol *symbol : symbols_)
      result_.code.addresses.push_back(symbol ? symbol->getAddress().toPtr<void *>() : nullptr);
    for (const GraphSymbol *symbol : graph.defined_symbols())
      if (symbol->isCallable() && symbol->getSize() > 0 && !is_jump_stub(*symbol))
        result_.code.functions.push_back({symbol->hasName() ? symbol->getName().str() : std::string(),
                                          symbol->getAddress().getValue(), symbol->getSize()});
    std::sort(result_.code.functions.begin(), result_.code.functions.end(),
              [](auto &a, auto &b) { return a.begin < b.begin; });
    return llvm::Error::success();
  }

  void notifyFinalized(jitlink::JITLinkMemoryManager::FinalizedAlloc allocation) override {
    result_.code.memory = LinkMemory::take(std::move(allocation));
  }

  /// Rewriting has marked what must stay; the rest stays if something refers to it.
  jitlink::LinkGraphPassFunction getMarkLivePass(const llvm::Triple &) const override {
    return [](Graph &) { return llvm::Error::success(); };
  }

  llvm::Error modifyPassConfig(Graph &, jitlink::PassConfiguration &passes) override {
    // Symbols of dead functions are gone after pruning; forget them before anyone asks for an address.
    passes.PostPrunePasses.push_back([this](Graph &graph) {
      llvm::DenseSet<GraphSymbol *> alive(graph.defined_symbols().begin(), graph.defined_symbols().end());
      for (GraphSymbol *&symbol : symbols_)
        if (!alive.contains(symbol))
          symbol = nullptr;
      return llvm::Error::success();
    });
    return llvm::Error::success();
  }

protected:
  LinkMemory &memory_;
  std::vector<GraphSymbol *> symbols_;
  Result &result_;
};

/// Stops where others' addresses are needed, for as long as it takes to place the others.
class BatchContext : public Context {
public:
  struct Waiting {
    std::vector<std::string> names; ///< sorted
    std::unique_ptr<jitlink::JITLinkAsyncLookupContinuation> go_on;
  };
  struct Place {
    Result result;
    Waiting waiting;
    std::vector<std::string> exported; ///< the symbols' names
  };

  BatchContext(LinkMemory &memory, std::vector<GraphSymbol *> symbols, Place &place)
      : Context(memory, std::move(symbols), place.result), place_(place) {}

  llvm::Error notifyResolved(Graph &graph) override {
    for (const GraphSymbol *symbol : symbols_)
      place_.exported.push_back(symbol ? symbol->getName().str() : std::string());
    return Context::notifyResolved(graph);
  }

  void lookup(const LookupMap &symbols,
              std::unique_ptr<jitlink::JITLinkAsyncLookupContinuation> done) override {
    for (auto &[name, flags] : symbols)
      place_.waiting.names.push_back(name.str());
    std::sort(place_.waiting.names.begin(), place_.waiting.names.end());
    place_.waiting.go_on = std::move(done);
  }

private:
  Place &place_;
};

using Addresses = llvm::StringMap<void *>;

llvm::Expected<jitlink::AsyncLookupResult> find_all(const std::vector<std::string> &names,
                                                    const Addresses &addresses) {
  jitlink::AsyncLookupResult found;
  for (const std::string &name : names) {
    auto at = addresses.find(name);
    if (at == addresses.end() || !at->second)
      return llvm::createStringError("object: '" + name + "' is still undefined after rewriting");
    found[name] = {llvm::orc::ExecutorAddr::fromPtr(at->second), llvm::JITSymbolFlags::Exported};
  }
  return found;
}

} // namespace

llvm::Expected<LinkedCode> link_graph(std::unique_ptr<Graph> graph, std::vector<GraphSymbol *> symbols,
                                      Slabs &slabs) {
  LinkMemory memory(slabs);
  Context::Result result;
  jitlink::link(std::move(graph), std::make_unique<Context>(memory, std::move(symbols), result));
  if (result.error)
    return std::move(result.error);
  return std::move(result.code);
}

llvm::Expected<std::vector<LinkedCode>> link_together(std::vector<BatchMember> members, Slabs &slabs) {
  LinkMemory memory(slabs);
  std::vector<BatchContext::Place> places(members.size());
  for (size_t i = 0; i < members.size(); ++i)
    jitlink::link(std::move(members[i].graph),
                  std::make_unique<BatchContext>(memory, std::move(members[i].symbols), places[i]));
  Addresses addresses;
  llvm::Error error = llvm::Error::success();
  for (BatchContext::Place &place : places) {
    for (size_t i = 0; i < place.exported.size(); ++i)
      addresses[place.exported[i]] = place.result.code.addresses[i];
    error = llvm::joinErrors(std::move(error), std::move(place.result.error));
    place.result.error = llvm::Error::success();
  }
  for (BatchContext::Place &place : places) // also after an error: what waits holds memory
    if (place.waiting.go_on) {
      place.waiting.go_on->run(find_all(place.waiting.names, addresses));
      error = llvm::joinErrors(std::move(error), std::move(place.result.error));
      place.result.error = llvm::Error::success();
    }
  if (error)
    return std::move(error);
  std::vector<LinkedCode> linked;
  for (BatchContext::Place &place : places)
    linked.push_back(std::move(place.result.code));
  return linked;
}

} // namespace ligature
