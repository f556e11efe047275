// SPDX-License-Identifier: MIT
//
// From a module, or an object, to code in its place: LLVM's way. The linker does the rest.
#include "link/flatten.h"
#include "link/link_graph.h"
#include "link/rewrite.h"
#include "linker/binder.h"
#include "session/impl.h"

#include <chrono>

namespace ligature {
namespace {

class ModuleCode final : public UnitCode {
public:
  ModuleCode(std::shared_ptr<Compiling> compiling, Unit unit, std::optional<Object> object, Keep keep)
      : compiling_(std::move(compiling)), unit_(std::move(unit)), object_(std::move(object)),
        keeps_(keep == Keep::Yes && compiling_->keep) {}

  Result<void> prepare(LinkedUnit &unit) override;
  Result<CodeRanges> place(LinkedUnit &unit) override;
  void published(const LinkInfo &info) override;

private:
  void tell_compiled(const LinkedUnit &unit) const;

  std::shared_ptr<Compiling> compiling_;
  Unit unit_; // until it is compiled; its link info is the linker's
  std::optional<Object> object_;
  const bool keeps_;
  bool was_wrong_ = false;                                  // the object in the cache
  std::optional<UnitKey> key_;                              // if it was compiled
  std::vector<KeyIngredient> ingredients_;                  // of the key
  std::expected<std::vector<std::byte>, std::string> flat_; // if somebody keeps it
};

Result<void> ModuleCode::prepare(LinkedUnit &unit) {
  if (!object_) {
    llvm::Expected<KeyedObject> keyed =
        compiling_->objects.get(std::move(unit_.context), std::move(unit_.module));
    if (!keyed)
      return from_llvm(keyed.takeError());
    object_ = std::move(keyed->object);
    key_ = keyed->key;
    was_wrong_ = keyed->was_wrong;
    if (keeps_)
      ingredients_ = std::move(keyed->ingredients);
    tell_compiled(unit);
  }
  unit.linker->dump(DumpStage::Object, unit, [&] { return print_object(object_->bytes->getMemBufferRef()); });
  return {};
}

Result<CodeRanges> ModuleCode::place(LinkedUnit &unit) {
  Linker::Impl &linker = *unit.linker;
  llvm::MemoryBufferRef object = object_->bytes->getMemBufferRef();
  llvm::Expected<std::unique_ptr<Graph>> graph = parse_object(object);
  if (!graph)
    return from_llvm(graph.takeError());
  if (keeps_) {
    flat_ = flatten(**graph, unit.info, object_->lines);
    linker.stats.flat_refused += !flat_;
  }
  Binder binder(linker, unit);
  RewritePlan plan{linker.name_definitions(unit),
                   [&binder](std::string_view symbol) { return binder.bind(symbol); }};
  llvm::Expected<std::vector<GraphSymbol *>> symbols = rewrite(**graph, plan);
  if (!symbols)
    return from_llvm(symbols.takeError());
  // From here on the graph speaks session names only.
  linker.dump(DumpStage::Graph, unit, [&] { return print_graph(**graph, unit.title); });
  shorten_edges(**graph, [&](const void *address) { return linker.slabs->in_reach(address); });
  llvm::Expected<LinkedCode> code = link_graph(std::move(*graph), std::move(*symbols), *linker.slabs);
  if (!code)
    return from_llvm(code.takeError());
  linker.stats.object_bytes += object.getBufferSize();
  return linker.install(unit, std::move(*code), [this](std::string_view symbol) {
    const LineTable *table = object_->lines.find(symbol);
    return table ? PackedLines(*table) : PackedLines();
  });
}

void ModuleCode::published(const LinkInfo &info) {
  if (!keeps_)
    return;
  std::span<const std::byte> flat;
  std::string_view why_not;
  if (flat_)
    flat = *flat_;
  else
    why_not = flat_.error();
  auto took = std::chrono::duration<double, std::milli>(object_->optimize_ms + object_->codegen_ms);
  compiling_->keep({key_, object_->bytes->getMemBufferRef(), object_->lines, flat, why_not, info,
                    std::chrono::duration_cast<std::chrono::microseconds>(took), ingredients_, was_wrong_});
}

/// The two stages that end with the object, one after the other. Not of one that was found in the cache.
void ModuleCode::tell_compiled(const LinkedUnit &unit) const {
  const auto &event = unit.linker->options.event;
  if (!event || object_->codegen_ms == 0)
    return;
  auto duration = [](double ms) {
    return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
        std::chrono::duration<double, std::milli>(ms));
  };
  auto end = std::chrono::steady_clock::now();
  auto middle = end - duration(object_->codegen_ms);
  event({SessionEvent::Stage::Optimise, unit.title, middle - duration(object_->optimize_ms), middle});
  event({SessionEvent::Stage::Codegen, unit.title, middle, end});
}

} // namespace

std::unique_ptr<UnitCode> module_code(std::shared_ptr<Compiling> compiling, Unit unit,
                                      std::optional<Object> object, Keep keep) {
  return std::make_unique<ModuleCode>(std::move(compiling), std::move(unit), std::move(object), keep);
}

} // namespace ligature
