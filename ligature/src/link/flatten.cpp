// SPDX-License-Identifier: MIT
#include "link/flatten.h"

#include "flat/flat_unit.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ExecutionEngine/JITLink/x86_64.h>

#include <algorithm>
#include <cstring>
#include <deque>

namespace ligature {
namespace {

namespace jitlink = llvm::jitlink;
namespace x86_64 = llvm::jitlink::x86_64;
using jitlink::Block;
using llvm::orc::MemProt;

LLVM_ENABLE_BITMASK_ENUMS_IN_NAMESPACE();

constexpr uint64_t kMaxSegment = uint64_t{1} << 30;
constexpr std::byte kMov{0x8b}, kLea{0x8d};

bool needs_a_loader(llvm::StringRef section) {
  return section == ".eh_frame" || section.starts_with(".init_array") || section.starts_with(".fini_array") ||
         section.starts_with(".tdata") || section.starts_with(".tbss");
}

class Flattener {
public:
  Flattener(Graph &graph, const LinkInfo &info, const ObjectLines &lines)
      : graph_(graph), info_(info), lines_(lines) {}
  std::expected<std::vector<std::byte>, std::string> run();

private:
  struct Place {
    Segment segment = Segment::Code;
    uint64_t offset = 0;
  };

  // Each notes in `problem_` why the unit cannot be flat, if it finds so.
  void check_sections();
  void find_definitions();
  void find_live_blocks();
  void lay_out();
  void lay_out(Segment segment, const std::vector<Block *> &blocks);
  void note_definitions();
  void note_functions();
  void note_edges();
  void note_edge(const Block &block, const jitlink::Edge &edge);
  void note_local_edge(FlatEdge edge, const GraphSymbol &target);
  void number_pointers();
  void note_positions();
  void sort_names();
  uint32_t external(llvm::StringRef name);

  uint32_t ordinal(const void *pointer) const { return ordinals_.lookup(pointer); }
  std::optional<FlatEdge::Kind> kind_of(const Block &block, const jitlink::Edge &edge, int64_t &addend) const;
  bool is_mov(const Block &block, const jitlink::Edge &edge) const;
  std::optional<Segment> segment_of(const jitlink::Section &section);
  Place place_of(const GraphSymbol &symbol) const;
  std::vector<std::byte> &content(Segment segment) { return contents_[static_cast<size_t>(segment)]; }
  void refuse(const llvm::Twine &why) {
    if (problem_.empty())
      problem_ = why.str();
  }

  Graph &graph_;
  const LinkInfo &info_;
  const ObjectLines &lines_;
  std::deque<PackedLines> lines_of_functions_; // the unit's, which refers to them
  std::string problem_;
  struct Defining {
    GraphSymbol *spec = nullptr, *invoke = nullptr;
  };
  std::vector<Defining> definitions_;
  llvm::DenseSet<const GraphSymbol *> live_symbols_; // asked, never iterated
  llvm::DenseMap<const Block *, Place> places_;      // of live blocks; the same
  std::vector<Block *> blocks_;                      // live; once laid out, in their places' order
  std::array<std::vector<std::byte>, kSegments> contents_;
  llvm::DenseMap<const void *, uint32_t> ordinals_; // of the link info's pointers; looked up only
  llvm::StringMap<FlatExternal> names_;             // what link info explains; looked up only
  llvm::StringMap<uint32_t> externals_;             // the same
  FlatUnit unit_;
};

/// Unwind tables among them: JITLink keeps those of all functions.
void Flattener::check_sections() {
  for (const jitlink::Section &section : graph_.sections())
    if (!section.empty() && needs_a_loader(section.getName()))
      refuse("section " + section.getName() + " needs a loader");
}

void Flattener::find_definitions() {
  llvm::StringMap<GraphSymbol *> defined;
  for (GraphSymbol *symbol : graph_.defined_symbols())
    if (symbol->hasName())
      defined[symbol->getName()] = symbol;
  for (const Definition &definition : info_.definitions) {
    Defining found{defined.lookup(info_.name(definition.spec_symbol)), nullptr};
    if (definition.invoke_symbol != NameId::None)
      found.invoke = defined.lookup(info_.name(definition.invoke_symbol));
    if (!found.spec || (definition.invoke_symbol != NameId::None && !found.invoke))
      refuse("a definition is missing");
    definitions_.push_back(found);
  }
}

/// What JITLink keeps if all definitions are owned: everything they lead to.
void Flattener::find_live_blocks() {
  std::vector<const GraphSymbol *> work;
  auto reach = [&](const GraphSymbol *symbol) {
    if (symbol && live_symbols_.insert(symbol).second && symbol->isDefined())
      work.push_back(symbol);
  };
  for (const Defining &definition : definitions_)
    reach(definition.spec), reach(definition.invoke);
  llvm::DenseSet<const Block *> seen;
  while (!work.empty()) {
    Block &block = const_cast<GraphSymbol *>(work.back())->getBlock();
    work.pop_back();
    if (!seen.insert(&block).second)
      continue;
    blocks_.push_back(&block);
    for (const jitlink::Edge &edge : block.edges())
      reach(&edge.getTarget());
  }
}

std::optional<Segment> Flattener::segment_of(const jitlink::Section &section) {
  bool executable = (section.getMemProt() & MemProt::Exec) != MemProt::None;
  bool writable = (section.getMemProt() & MemProt::Write) != MemProt::None;
  if ((executable && writable) || section.getMemLifetime() != llvm::orc::MemLifetime::Standard)
    return std::nullopt;
  return executable ? Segment::Code : writable ? Segment::Data : Segment::Constants;
}

void Flattener::lay_out() {
  auto is_before = [](const Block *a, const Block *b) { // zeros last
    auto key = [](const Block *block) {
      return std::tuple(block->isZeroFill(), block->getSection().getOrdinal(), block->getAddress(),
                        block->getSize());
    };
    return key(a) < key(b);
  };
  std::sort(blocks_.begin(), blocks_.end(), is_before);
  std::array<std::vector<Block *>, kSegments> by_segment;
  for (Block *block : blocks_) {
    std::optional<Segment> segment = segment_of(block->getSection());
    if (!segment)
      return refuse("section " + block->getSection().getName() + " has no place in memory");
    by_segment[static_cast<size_t>(*segment)].push_back(block);
  }
  blocks_.clear();
  for (size_t i = 0; i < kSegments; ++i)
    lay_out(static_cast<Segment>(i), by_segment[i]);
}

void Flattener::lay_out(Segment segment, const std::vector<Block *> &blocks) {
  FlatSegment &flat = unit_.segments[static_cast<size_t>(segment)];
  std::vector<std::byte> &bytes = content(segment);
  uint64_t end = 0;
  for (Block *block : blocks) {
    uint64_t offset = jitlink::alignToBlock(end, *block);
    end = offset + block->getSize();
    auto alignment = static_cast<uint8_t>(llvm::Log2_64(block->getAlignment()));
    if (end > kMaxSegment || alignment > kFlatMaxAlignmentLog2)
      return refuse("section " + block->getSection().getName() + " is too big, or too much aligned");
    flat.alignment_log2 = std::max(flat.alignment_log2, alignment);
    if (!block->isZeroFill()) {
      bytes.resize(end); // zeros between blocks
      std::memcpy(bytes.data() + offset, block->getContent().data(), block->getSize());
    }
    places_[block] = {segment, offset};
    blocks_.push_back(block);
  }
  flat.zero_bytes = end - bytes.size();
}

Flattener::Place Flattener::place_of(const GraphSymbol &symbol) const {
  Place place = places_.lookup(&symbol.getBlock());
  return {place.segment, place.offset + symbol.getOffset()};
}

void Flattener::number_pointers() {
  for (const void *pointer : write_link_info(info_).pointers)
    ordinals_.try_emplace(pointer, static_cast<uint32_t>(ordinals_.size()));
}

void Flattener::note_positions() {
  for (const void *method : info_.positions)
    unit_.positions.push_back(ordinal(method));
}

void Flattener::note_definitions() {
  for (size_t i = 0; i < definitions_.size(); ++i) {
    const Defining &definition = definitions_[i];
    const Definition &from = info_.definitions[i];
    FlatDefinition flat;
    flat.entry = ordinal(from.entry);
    flat.abi = from.abi;
    flat.kind = from.kind;
    flat.display = info_.name(from.display);
    flat.signature = info_.name(from.signature);
    Place spec = place_of(*definition.spec),
          invoke = definition.invoke ? place_of(*definition.invoke) : Place();
    if (spec.segment != Segment::Code || invoke.segment != Segment::Code)
      return refuse("a definition is no code");
    flat.spec = static_cast<uint32_t>(spec.offset);
    if (definition.invoke)
      flat.invoke = static_cast<uint32_t>(invoke.offset);
    unit_.definitions.push_back(flat);
  }
}

void Flattener::note_functions() {
  llvm::DenseMap<const GraphSymbol *, std::pair<FlatFunction::Role, uint32_t>> roles; // looked up only
  for (uint32_t i = 0; i < definitions_.size(); ++i) {
    roles[definitions_[i].spec] = {FlatFunction::Role::Spec, i};
    if (definitions_[i].invoke)
      roles[definitions_[i].invoke] = {FlatFunction::Role::Invoke, i};
  }
  for (const GraphSymbol *symbol : graph_.defined_symbols()) {
    if (!symbol->isCallable() || symbol->getSize() == 0 || !live_symbols_.contains(symbol))
      continue;
    Place place = place_of(*symbol);
    if (place.segment != Segment::Code)
      return refuse("a function is no code");
    FlatFunction flat;
    flat.begin = static_cast<uint32_t>(place.offset);
    flat.size = static_cast<uint32_t>(symbol->getSize());
    if (symbol->hasName())
      flat.name = symbol->getName();
    if (auto role = roles.find(symbol); role != roles.end())
      std::tie(flat.role, flat.definition) = role->second;
    if (const LineTable *table = lines_.find(flat.name))
      flat.lines = lines_of_functions_.emplace_back(*table).bytes();
    unit_.functions.push_back(std::move(flat));
  }
  std::sort(unit_.functions.begin(), unit_.functions.end(),
            [](auto &a, auto &b) { return a.begin < b.begin; });
  for (size_t i = 1; i < unit_.functions.size(); ++i)
    if (unit_.functions[i].begin < unit_.functions[i - 1].begin + unit_.functions[i - 1].size)
      return refuse("functions overlap");
}

void Flattener::sort_names() {
  using Kind = FlatExternal::Kind;
  for (const CallTarget &target : info_.call_targets)
    names_[info_.name(target.symbol)] = {Kind::Call, target.abi, ordinal(target.entry), {}, {}};
  for (const Slot &slot : info_.slots)
    names_[info_.name(slot.symbol)] = {Kind::Slot, Abi(), ordinal(slot.value), {}, {}};
  for (const ForeignFunction &function : info_.foreign)
    names_[info_.name(function.symbol)] = {Kind::Foreign, Abi(), 0, info_.name(function.library),
                                           info_.name(function.name)};
}

/// Numbered by first use.
uint32_t Flattener::external(llvm::StringRef name) {
  auto [at, fresh] = externals_.try_emplace(name, static_cast<uint32_t>(unit_.externals.size()));
  if (fresh) {
    auto known = names_.find(name);
    unit_.externals.push_back(
        known != names_.end() ? known->second : FlatExternal{FlatExternal::Kind::Named, Abi(), 0, {}, name});
  }
  return at->second;
}

bool Flattener::is_mov(const Block &block, const jitlink::Edge &edge) const {
  return edge.getOffset() >= 3 && block.getContent()[edge.getOffset() - 2] == static_cast<char>(kMov);
}

/// `addend` becomes that of a FlatEdge, which counts from the place and not from the instruction's end.
std::optional<FlatEdge::Kind> Flattener::kind_of(const Block &block, const jitlink::Edge &edge,
                                                 int64_t &addend) const {
  bool plain = addend == 0; // a stub or a slot has nothing behind it
  auto from_end = [&](FlatEdge::Kind kind) {
    addend -= 4;
    return kind;
  };
  switch (edge.getKind()) {
  case x86_64::Pointer64:
    return FlatEdge::Kind::Absolute64;
  case x86_64::Delta64:
    return FlatEdge::Kind::Delta64;
  case x86_64::Delta32:
    return FlatEdge::Kind::Relative32;
  case x86_64::PCRel32:
    return from_end(FlatEdge::Kind::Relative32);
  case x86_64::BranchPCRel32:
    if (!plain)
      return std::nullopt;
    return from_end(FlatEdge::Kind::Branch32);
  case x86_64::RequestGOTAndTransformToPCRel32GOTLoadREXRelaxable:
    if (!plain)
      return std::nullopt;
    return from_end(is_mov(block, edge) ? FlatEdge::Kind::Load32 : FlatEdge::Kind::Slot32);
  case x86_64::RequestGOTAndTransformToDelta32: // from code that was not optimised; counts from the place
                                                // already
    return FlatEdge::Kind::Slot32;
  default:
    return std::nullopt;
  }
}

void Flattener::note_edge(const Block &block, const jitlink::Edge &edge) {
  if (edge.getKind() < jitlink::Edge::FirstRelocation)
    return; // keeps something alive, and changes nothing
  Place place = places_.lookup(&block);
  FlatEdge flat;
  flat.segment = place.segment;
  flat.offset = static_cast<uint32_t>(place.offset + edge.getOffset());
  flat.addend = edge.getAddend();
  std::optional<FlatEdge::Kind> kind = kind_of(block, edge, flat.addend);
  if (!kind)
    return refuse(llvm::Twine("a relocation is of kind ") + graph_.getEdgeKindName(edge.getKind()));
  flat.kind = *kind;
  const GraphSymbol &target = edge.getTarget();
  if (target.isDefined())
    return note_local_edge(flat, target);
  if (!target.isExternal())
    return refuse("a relocation refers to an absolute address");
  flat.is_external = true;
  flat.target = external(target.getName());
  unit_.edges.push_back(flat);
}

/// Within one segment distances are known now.
void Flattener::note_local_edge(FlatEdge edge, const GraphSymbol &target) {
  if (edge.kind == FlatEdge::Kind::Slot32)
    return refuse("a function of the unit is reached through a table");
  Place to = place_of(target);
  edge.addend += static_cast<int64_t>(to.offset);
  edge.target = static_cast<uint32_t>(to.segment);
  std::byte *place = content(edge.segment).data() + edge.offset;
  if (edge.kind == FlatEdge::Kind::Load32)
    place[-2] = kLea;
  bool wide = edge.kind == FlatEdge::Kind::Absolute64 || edge.kind == FlatEdge::Kind::Delta64;
  if (!wide)
    edge.kind = FlatEdge::Kind::Relative32;
  if (edge.kind == FlatEdge::Kind::Absolute64 || to.segment != edge.segment)
    return unit_.edges.push_back(edge);
  int64_t distance = edge.addend - int64_t{edge.offset};
  if (!wide && !llvm::isInt<32>(distance))
    return refuse("something is too far away");
  std::memcpy(place, &distance, FlatEdge::width(edge.kind)); // little-endian
}

void Flattener::note_edges() {
  sort_names();
  for (const Block *block : blocks_) {
    std::vector<const jitlink::Edge *> edges;
    for (const jitlink::Edge &edge : block->edges())
      edges.push_back(&edge);
    std::sort(edges.begin(), edges.end(), [](auto *a, auto *b) {
      return std::pair(a->getOffset(), a->getKind()) < std::pair(b->getOffset(), b->getKind());
    });
    for (const jitlink::Edge *edge : edges)
      if (problem_.empty())
        note_edge(*block, *edge);
  }
}

std::expected<std::vector<std::byte>, std::string> Flattener::run() {
  for (auto step : {&Flattener::check_sections, &Flattener::find_definitions, &Flattener::find_live_blocks,
                    static_cast<void (Flattener::*)()>(&Flattener::lay_out), &Flattener::number_pointers,
                    &Flattener::note_definitions, &Flattener::note_positions, &Flattener::note_functions,
                    &Flattener::note_edges}) {
    (this->*step)();
    if (!problem_.empty())
      return std::unexpected(problem_);
  }
  for (size_t i = 0; i < kSegments; ++i)
    unit_.segments[i].content = contents_[i];
  return write_flat(unit_);
}

} // namespace

std::expected<std::vector<std::byte>, std::string> flatten(Graph &graph, const LinkInfo &info,
                                                           const ObjectLines &lines) {
  return Flattener(graph, info, lines).run();
}

} // namespace ligature
