// SPDX-License-Identifier: MIT
// Records of an instance and of all that it leads to, in one entry: what many of them say is written, read
// and looked at once.
//
// A tree says what the records of its members say, no more. Whoever has no tree, or one of which something
// does not hold, takes the records.
#pragma once

#include "jl/content/record.h"

namespace jl::content {

// "LGT1" | descriptions | lookups | bindings | members, the first of them the one whose tree it is. Each a
// count and as many of: description, behind its length | number of the signature, 32 B answer, 32 B list |
// number of the module, name, 32 B state | number of the instance, of the result, of the constant + 1 or 0,
// effects, 32 B typed key, 32 B finding, lookups, bindings, calls. The last three are a count and as many
// numbers; a call's is twice the callee's among the members, or twice its description's + 1 and the 32 B of
// the finding that is expected of it.

struct RecordTree {
  struct Lookup {
    uint32_t signature; // as all numbers here, of a description
    const Hash *answer, *list;
  };
  struct Global {
    uint32_t module;
    std::string_view name;
    const Hash *state;
  };
  struct Call {
    uint32_t callee; // a member, or a description
    bool is_member;
    const Hash *finding;
  };
  static constexpr uint32_t kNone = ~0u;
  struct Member {
    uint32_t instance = kNone, result = kNone, constant = kNone;
    uint32_t effects = 0;
    const Hash *typed_key = nullptr, *finding = nullptr;
    std::span<const uint32_t> lookups, globals;
    std::span<const Call> calls;
  };

  GcVector<std::span<const uint8_t>> descriptions;
  GcVector<Lookup> lookups;
  GcVector<Global> globals;
  GcVector<Member> members;
  // What the above points into.
  Bytes bytes;
  GcVector<uint32_t> numbers;
  GcVector<Call> calls;
  const Record *record = nullptr;
};

/// Null for bytes that are no tree.
RecordTree *read_tree(Bytes bytes);
/// A record as a tree of one member. Points into the record.
RecordTree *tree_of(const Record *record);
/// What a member says, as its record. Points into the tree.
Record record_of(const RecordTree &tree, const RecordTree::Member &member);

/// What a tree is made of.
struct TreeMember {
  const Record *record;
  std::span<const uint8_t> instance; // its description
  GcVector<uint32_t> callees = {};   // of each call of the record the member that it is of, or kNone
};
Bytes write_tree(std::span<const TreeMember> members);

} // namespace jl::content
