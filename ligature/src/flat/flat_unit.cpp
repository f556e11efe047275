// SPDX-License-Identifier: MIT
#include "flat/flat_unit.h"

#include "base/bytes.h"

namespace ligature {
namespace {

constexpr std::string_view kMagic = "LIGF";
// No segment is bigger than what two instructions can be apart.
constexpr uint64_t kMaxSegment = uint64_t{1} << 31;

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

std::span<const std::byte> as_bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

// Kind, segment and is_external of an edge, in one byte.
constexpr unsigned kSegmentShift = 4, kExternalBit = 0x40;

uint8_t tag_of(const FlatEdge &edge) {
  return static_cast<uint8_t>(static_cast<unsigned>(edge.kind) |
                              static_cast<unsigned>(edge.segment) << kSegmentShift |
                              (edge.is_external ? kExternalBit : 0));
}

void write_external(ByteWriter &out, const FlatExternal &external) {
  using Kind = FlatExternal::Kind;
  out.u8(static_cast<uint8_t>(external.kind));
  if (external.kind == Kind::Call)
    out.u8(static_cast<uint8_t>(external.abi));
  if (external.kind == Kind::Call || external.kind == Kind::Slot)
    return out.uleb(external.pointer);
  if (external.kind == Kind::Foreign)
    out.text(external.library);
  out.text(external.name);
}

void write_definition(ByteWriter &out, const FlatDefinition &definition) {
  out.uleb(definition.entry);
  out.u8(static_cast<uint8_t>(definition.abi));
  out.u8(static_cast<uint8_t>(definition.kind));
  out.text(definition.display);
  out.text(definition.signature);
  out.uleb(definition.spec);
  out.uleb(definition.invoke == FlatDefinition::kNone ? 0 : uint64_t{definition.invoke} + 1);
}

void write_function(ByteWriter &out, const FlatFunction &function, uint32_t last_end) {
  out.u8(static_cast<uint8_t>(function.role));
  out.uleb(function.begin - last_end);
  out.uleb(function.size);
  if (function.role == FlatFunction::Role::Local)
    out.text(function.name);
  else
    out.uleb(function.definition);
  out.text(as_text(function.lines));
}

class Reader {
public:
  Reader(FlatUnit &unit, std::span<const std::byte> bytes, size_t pointers)
      : in_(bytes), unit_(unit), pointers_(pointers) {}
  std::expected<void, std::string> read();

private:
  void read_segment_sizes();
  void read_externals();
  void read_definitions();
  void read_positions();
  void read_functions();
  void read_edges();
  void read_edge(FlatEdge &edge, const FlatEdge *last);
  void read_contents();
  uint64_t code_size() const { return sizes_[static_cast<size_t>(Segment::Code)]; }
  void check(bool right) {
    if (!right)
      in_.fail();
  }

  bool has_code(const FlatFunction &function) const {
    return function.definition < unit_.definitions.size() &&
           (function.role == FlatFunction::Role::Spec ||
            unit_.definitions[function.definition].invoke != FlatDefinition::kNone);
  }
  uint32_t pointer() {
    uint32_t ordinal = in_.u32();
    check(ordinal < pointers_);
    return ordinal;
  }
  template <class Enum> Enum tag(Enum last) {
    uint8_t value = in_.u8();
    check(value <= static_cast<uint8_t>(last));
    return in_.ok() ? static_cast<Enum>(value) : Enum{};
  }

  ByteReader in_;
  FlatUnit &unit_;
  const size_t pointers_;
  std::array<uint64_t, kSegments> sizes_{}; // of contents
};

void Reader::read_segment_sizes() {
  for (size_t i = 0; i < kSegments; ++i) {
    FlatSegment &segment = unit_.segments[i];
    segment.alignment_log2 = in_.u8();
    sizes_[i] = in_.uleb();
    segment.zero_bytes = in_.uleb();
    check(segment.alignment_log2 <= kFlatMaxAlignmentLog2);
    check(sizes_[i] < kMaxSegment && segment.zero_bytes < kMaxSegment - sizes_[i]);
  }
}

void Reader::read_externals() {
  unit_.externals.clear();
  size_t count = in_.count();
  unit_.externals.reserve(count);
  for (size_t i = 0; i < count && in_.ok(); ++i) {
    FlatExternal &external = unit_.externals.emplace_back();
    external.kind = tag(FlatExternal::Kind::Named);
    switch (external.kind) {
    case FlatExternal::Kind::Call:
      external.abi = tag(Abi::SpecSig);
      [[fallthrough]];
    case FlatExternal::Kind::Slot:
      external.pointer = pointer();
      break;
    case FlatExternal::Kind::Foreign:
      external.library = in_.text();
      [[fallthrough]];
    case FlatExternal::Kind::Named:
      external.name = in_.text();
      break;
    }
  }
}

void Reader::read_definitions() {
  unit_.definitions.clear();
  size_t count = in_.count();
  unit_.definitions.reserve(count);
  for (size_t i = 0; i < count && in_.ok(); ++i) {
    FlatDefinition &definition = unit_.definitions.emplace_back();
    definition.entry = pointer();
    definition.abi = tag(Abi::SpecSig);
    definition.kind = tag(DefinitionKind::Adapter);
    definition.display = in_.text();
    definition.signature = in_.text();
    definition.spec = in_.u32();
    uint32_t invoke = in_.u32();
    definition.invoke = invoke == 0 ? FlatDefinition::kNone : invoke - 1;
    check(definition.spec < code_size() && (invoke == 0 || invoke - 1 < code_size()));
  }
}

void Reader::read_positions() {
  unit_.positions.clear();
  size_t count = in_.count();
  unit_.positions.reserve(count);
  for (size_t i = 0; i < count && in_.ok(); ++i)
    unit_.positions.push_back(pointer());
}

void Reader::read_functions() {
  unit_.functions.clear();
  size_t count = in_.count();
  unit_.functions.reserve(count);
  uint64_t end = 0;
  for (size_t i = 0; i < count && in_.ok(); ++i) {
    FlatFunction function;
    function.role = tag(FlatFunction::Role::Invoke);
    uint64_t begin = end + in_.u32();
    function.size = in_.u32();
    end = begin + function.size;
    check(function.size > 0 && end <= code_size());
    if (!in_.ok())
      return;
    function.begin = static_cast<uint32_t>(begin);
    if (function.role == FlatFunction::Role::Local)
      function.name = in_.text();
    else
      function.definition = in_.u32();
    check(function.role == FlatFunction::Role::Local || has_code(function));
    function.lines = as_bytes_of(in_.text());
    unit_.functions.push_back(function);
  }
}

void Reader::read_edge(FlatEdge &edge, const FlatEdge *last) {
  uint8_t tag = in_.u8();
  unsigned kind = tag & 0xf, segment = (tag >> kSegmentShift) & 3;
  check(kind <= static_cast<unsigned>(kLastFlatEdgeKind) && segment < kSegments && tag < 2 * kExternalBit);
  if (!in_.ok())
    return;
  edge.kind = static_cast<FlatEdge::Kind>(kind);
  edge.segment = static_cast<Segment>(segment);
  edge.is_external = (tag & kExternalBit) != 0;
  bool goes_on = last && last->segment == edge.segment;
  check(!last || edge.segment >= last->segment);
  uint64_t offset = (goes_on ? last->offset : 0) + uint64_t{in_.u32()};
  edge.target = in_.u32();
  edge.addend = in_.sleb();
  check(offset + FlatEdge::width(edge.kind) <= sizes_[segment]);
  check(edge.target < (edge.is_external ? unit_.externals.size() : kSegments));
  // The instruction that is changed begins three bytes before its operand.
  check(edge.kind != FlatEdge::Kind::Load32 || (edge.is_external && offset >= 3));
  check(edge.is_external || (edge.kind != FlatEdge::Kind::Branch32 && edge.kind != FlatEdge::Kind::Slot32));
  edge.offset = static_cast<uint32_t>(offset);
}

void Reader::read_edges() {
  unit_.edges.clear();
  unit_.edges.resize(in_.count());
  const FlatEdge *last = nullptr;
  for (FlatEdge &edge : unit_.edges) {
    read_edge(edge, last);
    if (!in_.ok())
      return;
    last = &edge;
  }
}

void Reader::read_contents() {
  for (size_t i = 0; i < kSegments; ++i) {
    unit_.segments[i].content = as_bytes_of(in_.raw(sizes_[i]));
  }
}

std::expected<void, std::string> Reader::read() {
  if (in_.raw(kMagic.size()) != kMagic || in_.u8() != kFlatFormat)
    return std::unexpected("flat unit: not in format " + std::to_string(kFlatFormat));
  read_segment_sizes();
  for (auto part : {&Reader::read_externals, &Reader::read_definitions, &Reader::read_positions,
                    &Reader::read_functions, &Reader::read_edges, &Reader::read_contents})
    if (in_.ok())
      (this->*part)();
  if (!in_.ok() || !in_.at_end())
    return std::unexpected("flat unit: damaged");
  return {};
}

} // namespace

std::vector<std::byte> write_flat(const FlatUnit &unit) {
  ByteWriter out;
  out.raw(kMagic);
  out.u8(kFlatFormat);
  for (const FlatSegment &segment : unit.segments) {
    out.u8(segment.alignment_log2);
    out.uleb(segment.content.size());
    out.uleb(segment.zero_bytes);
  }
  out.uleb(unit.externals.size());
  for (const FlatExternal &external : unit.externals)
    write_external(out, external);
  out.uleb(unit.definitions.size());
  for (const FlatDefinition &definition : unit.definitions)
    write_definition(out, definition);
  out.uleb(unit.positions.size());
  for (uint32_t position : unit.positions)
    out.uleb(position);
  out.uleb(unit.functions.size());
  uint32_t end = 0;
  for (const FlatFunction &function : unit.functions) {
    write_function(out, function, end);
    end = function.begin + function.size;
  }
  out.uleb(unit.edges.size());
  const FlatEdge *last = nullptr;
  for (const FlatEdge &edge : unit.edges) {
    out.u8(tag_of(edge));
    out.uleb(edge.offset - (last && last->segment == edge.segment ? last->offset : 0));
    out.uleb(edge.target);
    out.sleb(edge.addend);
    last = &edge;
  }
  for (const FlatSegment &segment : unit.segments)
    out.raw(as_text(segment.content));
  return out.take();
}

std::expected<void, std::string> read_flat(FlatUnit &unit, std::span<const std::byte> bytes,
                                           size_t pointers) {
  return Reader(unit, bytes, pointers).read();
}

} // namespace ligature
