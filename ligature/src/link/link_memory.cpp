// SPDX-License-Identifier: MIT
#include "link/link_memory.h"

#include <llvm/ADT/BitmaskEnum.h>
#include <llvm/ExecutionEngine/JITLink/JITLink.h>

#include <cstring>

namespace ligature {

LLVM_ENABLE_BITMASK_ENUMS_IN_NAMESPACE();

namespace jitlink = llvm::jitlink;
using llvm::orc::MemProt;

namespace {

llvm::Expected<Segment> segment_for(MemProt protection) {
  bool executable = (protection & MemProt::Exec) != MemProt::None;
  bool writable = (protection & MemProt::Write) != MemProt::None;
  if (executable && writable)
    return llvm::createStringError("object: a section is writable and executable; that is never allowed");
  return executable ? Segment::Code : writable ? Segment::Data : Segment::Constants;
}

} // namespace

/// Pieces of a graph that is being linked; given back with it unless finalised.
class LinkMemory::InFlight : public JITLinkMemoryManager::InFlightAlloc {
public:
  InFlight(Slabs &slabs, jitlink::LinkGraph &graph) : slabs_(slabs), graph_(graph), pieces_(slabs) {}

  llvm::Error place(jitlink::BasicLayout::Segment &segment, MemProt protection) {
    auto kind = segment_for(protection);
    if (!kind)
      return kind.takeError();
    size_t size = segment.ContentSize + segment.ZeroFillSize;
    auto piece = slabs_.allocate(*kind, size, segment.Alignment.value());
    if (!piece)
      return llvm::createStringError(piece.error());
    if (piece->reused)
      std::memset(piece->writable, 0, size);
    segment.Addr = llvm::orc::ExecutorAddr::fromPtr(piece->address);
    segment.WorkingMem = piece->writable;
    reused_code_ |= piece->reused && *kind == Segment::Code;
    pieces_.add(*piece);
    return llvm::Error::success();
  }

  void abandon(OnAbandonedFunction on_abandoned) override {
    pieces_.reset();
    on_abandoned(llvm::Error::success());
  }

  void finalize(OnFinalizedFunction on_finalised) override {
    if (!graph_.allocActions().empty()) {
      pieces_.reset();
      on_finalised(llvm::createStringError("object: wants code run when it is loaded; units have none"));
      return;
    }
    for (const Piece &piece : pieces_.pieces())
      slabs_.publish(piece);
    if (reused_code_)
      Slabs::synchronise_cores();
    auto *kept = new Allocation(std::move(pieces_)); // until `take` or `deallocate`
    on_finalised(FinalizedAlloc(llvm::orc::ExecutorAddr::fromPtr(kept)));
  }

private:
  Slabs &slabs_;
  jitlink::LinkGraph &graph_;
  Allocation pieces_;
  bool reused_code_ = false;
};

void LinkMemory::allocate(const jitlink::JITLinkDylib *, jitlink::LinkGraph &graph,
                          OnAllocatedFunction on_allocated) {
  jitlink::BasicLayout layout(graph);
  auto in_flight = std::make_unique<InFlight>(slabs_, graph);
  auto fail = [&](llvm::Error error) {
    in_flight->abandon([](llvm::Error none) { llvm::cantFail(std::move(none)); });
    on_allocated(std::move(error));
  };
  for (auto &entry : layout.segments())
    if (llvm::Error error = in_flight->place(entry.second, entry.first.getMemProt()))
      return fail(std::move(error));
  if (llvm::Error error = layout.apply())
    return fail(std::move(error));
  on_allocated(std::move(in_flight));
}

void LinkMemory::deallocate(std::vector<FinalizedAlloc> allocations, OnDeallocatedFunction on_deallocated) {
  for (FinalizedAlloc &allocation : allocations)
    take(std::move(allocation));
  on_deallocated(llvm::Error::success());
}

Allocation LinkMemory::take(FinalizedAlloc finalised) {
  if (!finalised) // of a graph that has nothing in it JITLink asks for no memory
    return {};
  std::unique_ptr<Allocation> kept(finalised.release().toPtr<Allocation *>());
  return std::move(*kept);
}

} // namespace ligature
