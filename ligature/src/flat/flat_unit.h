// SPDX-License-Identifier: MIT
//
// A flat unit: what an object comes to when it is linked, before it is bound to anything. Blocks are laid
// out, what refers to its own segment is resolved; what is left is a list of places that depend on where the
// segments lie and on what the outside is. `link` makes one of an object's graph; binding it (place_flat.h)
// is copying and a few stores.
//
//   "LIGF" | u8 format
//   segments, 3 times (code, constants, data): u8 log2 of alignment | bytes of content | zero bytes after it
//   externals: count | u8 kind | call: u8 ABI, pointer; slot: pointer; foreign: texts of library and name;
//          named: text
//   definitions: count | pointer to its entry | u8 ABI, kind | texts of display name and signature
//          | offset of its code | offset of its wrapper + 1, or 0
//   positions: count | pointers
//   functions: count | u8 role | gap after the last one | size | local: text; else index of definition
//          | line table, behind its length
//   edges: count | u8 kind, segment, is external | step from the last one's offset (from 0 in a new segment)
//          | target: segment or external | addend
//   contents of the three segments
//
// Numbers are LEB128, texts a length and bytes. A pointer is a number: which of those that the unit's link
// info refers to (SerialisedLinkInfo); they are all that differs from session to session. `format` goes up on
// any change.
#pragma once

#include "ligature/line_table.h"
#include "ligature/link_info.h"
#include "memory/slabs.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ligature {

constexpr uint8_t kFlatFormat = 3;
constexpr size_t kFlatMaxAlignmentLog2 = 12; // a page

struct FlatSegment {
  std::span<const std::byte> content;
  uint64_t zero_bytes = 0; ///< after the content
  uint8_t alignment_log2 = 0;
  uint64_t size() const { return content.size() + zero_bytes; }
};

/// Something outside, by what it is.
struct FlatExternal {
  enum class Kind : uint8_t { Call, Slot, Foreign, Named } kind = Kind::Named;
  Abi abi = Abi::Args;      ///< Call
  uint32_t pointer = 0;     ///< Call: to the entry; Slot: to the value
  std::string_view library; ///< Foreign
  std::string_view name;    ///< Foreign; Named: a function of the runtime, or of LLVM's libraries
  bool operator==(const FlatExternal &) const = default;
};

struct FlatDefinition {
  static constexpr uint32_t kNone = ~0u;
  uint32_t entry = 0; ///< pointer
  Abi abi = Abi::Args;
  DefinitionKind kind = DefinitionKind::Function;
  std::string_view display, signature; ///< as in Definition; the signature may be empty
  uint32_t spec = 0;                   ///< offset in the code
  uint32_t invoke = kNone;
};

struct FlatFunction {
  enum class Role : uint8_t { Local, Spec, Invoke } role = Role::Local;
  uint32_t begin = 0;
  uint32_t size = 0;
  uint32_t definition = 0;          ///< not for Local
  std::string_view name;            ///< Local: in the unit; may be empty
  std::span<const std::byte> lines; ///< PackedLines::bytes
};

/// A place that is filled in when the unit is bound. P is its address; T + A what it refers to: for a local
/// target the segment's address and the addend.
struct FlatEdge {
  enum class Kind : uint8_t {
    Absolute64, ///< T + A
    Delta64,    ///< T + A - P
    Relative32, ///< T + A - P, which must fit
    Branch32,   ///< the same, through a jump stub if it does not fit
    Load32,     ///< operand of a `mov` from a table slot that holds T; a `lea` of T if that fits
    Slot32,     ///< S + A - P, where the table slot S holds T
  };
  Kind kind = Kind::Absolute64;
  Segment segment = Segment::Code; ///< where the place is
  bool is_external = false;
  uint32_t offset = 0;
  uint32_t target = 0; ///< external, or segment
  int64_t addend = 0;

  static size_t width(Kind kind) { return kind <= Kind::Delta64 ? 8 : 4; }
};
constexpr FlatEdge::Kind kLastFlatEdgeKind = FlatEdge::Kind::Slot32;

struct FlatUnit {
  std::array<FlatSegment, kSegments> segments;
  std::vector<FlatExternal> externals;
  std::vector<FlatDefinition> definitions;
  std::vector<uint32_t> positions;     ///< pointers
  std::vector<FlatFunction> functions; ///< ascending, not overlapping
  std::vector<FlatEdge> edges;         ///< ascending by segment and offset
  const FlatSegment &segment(Segment which) const { return segments[static_cast<size_t>(which)]; }
};

std::vector<std::byte> write_flat(const FlatUnit &unit);

/// Into `unit`, whose memory is used again: views into `bytes`, which must stay. Whatever the bytes are, what
/// comes back refers to none but the first `pointers`, and can be bound without touching memory that is not
/// the unit's. After an error there is nothing to be made of `unit`.
std::expected<void, std::string> read_flat(FlatUnit &unit, std::span<const std::byte> bytes, size_t pointers);

} // namespace ligature
