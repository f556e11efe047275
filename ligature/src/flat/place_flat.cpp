// SPDX-License-Identifier: MIT
#include "flat/place_flat.h"

#include <cstring>

namespace ligature {
namespace {

constexpr size_t kSlotSize = sizeof(uint64_t);
constexpr unsigned char kStub[] = {0xff, 0x25, 0, 0, 0, 0}; // jmp *slot(%rip)
constexpr unsigned char kLea = 0x8d;

size_t index_of(Segment segment) {
  return static_cast<size_t>(segment);
}

bool fits(int64_t value) {
  return value == static_cast<int32_t>(value);
}

class Placer {
public:
  Placer(const FlatUnit &unit, std::span<FlatTarget> targets, Slabs &slabs)
      : unit_(unit), targets_(targets), slabs_(slabs), result_{Allocation(slabs), {}} {}
  std::expected<PlacedFlat, std::string> run();

private:
  void choose_ways();
  std::string allocate(); // the reason if it cannot
  const char *fill();     // null if it can; the same
  const char *apply(const FlatEdge &edge);
  void write_ways();
  uint64_t address(Segment segment, uint64_t offset) const {
    return reinterpret_cast<uintptr_t>(pieces_[index_of(segment)].address) + offset;
  }
  uint64_t address_of(const FlatTarget &target) const {
    return target.here == FlatTarget::kNone ? reinterpret_cast<uintptr_t>(target.address)
                                            : address(Segment::Code, target.here);
  }
  template <class Number> void store(char *at, Number value) { std::memcpy(at, &value, sizeof value); }

  const FlatUnit &unit_;
  std::span<FlatTarget> targets_;
  Slabs &slabs_;
  std::array<uint64_t, kSegments> sizes_{}; // with what is added
  std::array<Piece, kSegments> pieces_{};
  PlacedFlat result_;
};

/// Slots and stubs are laid out before it is known where the unit will lie, so for whatever may be too far
/// away.
void Placer::choose_ways() {
  for (size_t i = 0; i < kSegments; ++i)
    sizes_[i] = unit_.segments[i].size();
  uint64_t &code = sizes_[index_of(Segment::Code)], &constants = sizes_[index_of(Segment::Constants)];
  for (const FlatEdge &edge : unit_.edges) {
    bool branch = edge.kind == FlatEdge::Kind::Branch32, load = edge.kind == FlatEdge::Kind::Load32;
    if (!branch && !load && edge.kind != FlatEdge::Kind::Slot32)
      continue;
    FlatTarget &target = targets_[edge.target];
    bool near = target.here != FlatTarget::kNone || slabs_.in_reach(target.address);
    if ((branch || load) && near)
      continue;
    if (target.slot == FlatTarget::kNone) {
      constants = (constants + kSlotSize - 1) & ~uint64_t{kSlotSize - 1};
      target.slot = static_cast<uint32_t>(constants);
      constants += kSlotSize;
    }
    if (branch && target.stub == FlatTarget::kNone) {
      target.stub = static_cast<uint32_t>(code);
      code += sizeof kStub;
    }
  }
}

std::string Placer::allocate() {
  bool has_slots = sizes_[index_of(Segment::Constants)] > unit_.segment(Segment::Constants).size();
  for (size_t i = 0; i < kSegments; ++i) {
    if (sizes_[i] == 0)
      continue;
    const FlatSegment &segment = unit_.segments[i];
    auto alignment = size_t{1} << segment.alignment_log2;
    if (has_slots && i == index_of(Segment::Constants))
      alignment = std::max(alignment, kSlotSize);
    auto piece = slabs_.allocate(static_cast<Segment>(i), sizes_[i], alignment);
    if (!piece)
      return piece.error();
    result_.memory.add(*piece);
    pieces_[i] = *piece;
    result_.begins[i] = piece->address;
    if (!segment.content.empty())
      std::memcpy(piece->writable, segment.content.data(), segment.content.size());
    if (piece->reused)
      std::memset(piece->writable + segment.content.size(), 0, sizes_[i] - segment.content.size());
  }
  return "";
}

void Placer::write_ways() {
  for (const FlatTarget &target : targets_) {
    if (target.slot == FlatTarget::kNone)
      continue;
    store(pieces_[index_of(Segment::Constants)].writable + target.slot, address_of(target));
    if (target.stub == FlatTarget::kNone)
      continue;
    char *stub = pieces_[index_of(Segment::Code)].writable + target.stub;
    std::memcpy(stub, kStub, sizeof kStub);
    uint64_t next = address(Segment::Code, target.stub + sizeof kStub);
    store(stub + sizeof kStub - 4, static_cast<uint32_t>(address(Segment::Constants, target.slot) - next));
  }
}

const char *Placer::apply(const FlatEdge &edge) {
  using Kind = FlatEdge::Kind;
  char *place = pieces_[index_of(edge.segment)].writable + edge.offset;
  uint64_t from = address(edge.segment, edge.offset);
  uint64_t to =
      edge.is_external ? address_of(targets_[edge.target]) : address(static_cast<Segment>(edge.target), 0);
  to += static_cast<uint64_t>(edge.addend);
  if (edge.kind == Kind::Absolute64 || edge.kind == Kind::Delta64) {
    store(place, edge.kind == Kind::Delta64 ? to - from : to);
    return nullptr;
  }
  auto distance = static_cast<int64_t>(to - from);
  const FlatTarget *target = edge.is_external ? &targets_[edge.target] : nullptr;
  bool through_way = edge.kind == Kind::Slot32 ||
                     (edge.kind != Kind::Relative32 && target->slot != FlatTarget::kNone && !fits(distance));
  if (through_way) {
    uint64_t by = edge.kind == Kind::Branch32 ? address(Segment::Code, target->stub)
                                              : address(Segment::Constants, target->slot);
    distance = static_cast<int64_t>(by + static_cast<uint64_t>(edge.addend) - from);
  } else if (edge.kind == Kind::Load32) {
    place[-2] = static_cast<char>(kLea);
  }
  if (!fits(distance))
    return "flat unit: something is too far away for a 32-bit displacement";
  store(place, static_cast<int32_t>(distance));
  return nullptr;
}

const char *Placer::fill() {
  write_ways();
  for (const FlatEdge &edge : unit_.edges)
    if (const char *problem = apply(edge))
      return problem;
  bool reused_code = false;
  for (const Piece &piece : result_.memory.pieces()) {
    slabs_.publish(piece);
    reused_code |= piece.reused && piece.segment == Segment::Code;
  }
  if (reused_code)
    Slabs::synchronise_cores();
  return nullptr;
}

std::expected<PlacedFlat, std::string> Placer::run() {
  choose_ways();
  if (std::string problem = allocate(); !problem.empty())
    return std::unexpected(std::move(problem));
  if (const char *problem = fill())
    return std::unexpected(problem);
  return std::move(result_);
}

} // namespace

std::expected<PlacedFlat, std::string> place_flat(const FlatUnit &unit, std::span<FlatTarget> targets,
                                                  Slabs &slabs) {
  return Placer(unit, targets, slabs).run();
}

} // namespace ligature
