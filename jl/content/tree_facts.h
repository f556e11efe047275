// SPDX-License-Identifier: MIT
// What a tree of records rests on, looked at in the running program. Each thing once: a tree is used in one
// world.
#pragma once

#include "jl/content/record_tree.h"
#include "jl/content/records_state.h"
#include "jl/content/resolve.h"

namespace jl::content {

class TreeFacts {
public:
  /// All of these must outlive it.
  TreeFacts(Records::State &state, const Surroundings &around, const RecordTree &tree)
      : tree(tree), state_(state), around_(around), things_(tree.descriptions.size()),
        lookups_(tree.lookups.size()), globals_(tree.globals.size()) {}

  /// The methods of a call are what they were, from one world to another; or why not.
  struct Lookup {
    const char *why_not = kNotAsked;
    Value *signature = nullptr;
    uint64_t min_world = 0, max_world = kWorldMax;
  };
  const Lookup &lookup(uint32_t number) {
    Lookup &one = lookups_[number];
    if (one.why_not == kNotAsked)
      one.why_not = look(tree.lookups[number], one);
    return one;
  }

  /// A global is what it was; or why not.
  struct Global {
    const char *why_not = kNotAsked;
    Binding *binding = nullptr;
    bool is_settled = false; // what is not constant may become declared at any time
  };
  const Global &global(uint32_t number) {
    Global &one = globals_[number];
    if (one.why_not == kNotAsked || !one.is_settled)
      one.why_not = look(tree.globals[number], one);
    return one;
  }

  /// What a description comes to; null when that is nothing here.
  Value *thing(uint32_t number) {
    Thing &one = things_[number];
    if (!one.is_asked)
      one = {true, resolve(around_, tree.descriptions[number])};
    return one.value;
  }

  const RecordTree &tree;

private:
  static constexpr const char *kNotAsked = "not asked";
  struct Thing {
    bool is_asked = false;
    Value *value = nullptr;
  };

  const char *look(const RecordTree::Lookup &said, Lookup &out);
  const char *look(const RecordTree::Global &said, Global &out);

  Records::State &state_;
  const Surroundings &around_;
  GcVector<Thing> things_;
  GcVector<Lookup> lookups_;
  GcVector<Global> globals_;
};

} // namespace jl::content
