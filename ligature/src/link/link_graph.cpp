// SPDX-License-Identifier: MIT
#include "link/link_graph.h"

#include <algorithm>

namespace ligature {
namespace {

namespace jitlink = llvm::jitlink;

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
    done->run(llvm::createStringError(llvm::inconvertibleErrorCode(),
                                      "object: '" + names.front() + "' is still undefined after rewriting"));
  }

  llvm::Error notifyResolved(Graph &graph) override {
    for (GraphSymbol *symbol : symbols_)
      result_.code.addresses.push_back(symbol ? symbol->getAddress().toPtr<void *>() : nullptr);
    for (const GraphSymbol *symbol : graph.defined_symbols())
      if (symbol->isCallable() && symbol->getSize() > 0)
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

private:
  LinkMemory &memory_;
  std::vector<GraphSymbol *> symbols_;
  Result &result_;
};

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

} // namespace ligature
