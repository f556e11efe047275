// SPDX-License-Identifier: MIT
// Records::load: are the records of an instance, and of all that it calls, still true?
//
// Depth first over the calls, components by Tarjan. Within a component the members vouch for each other: when
// each rests on facts that hold and on findings that the others' records have, all of them are what inference
// would come to.
//
// Of an instance's records a caller wants one with the finding that it rests on. When something does not
// hold, the instance whose record says it has its next one tried; when it has none left, it is refused, and
// its caller is the next to try another.
#include <algorithm>
#include <utility>

#include "jl/content/candidates.h"
#include "jl/runtime/exact.h"
#include "jl/runtime/module.h"
#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/task.h"
#include "jl/runtime/types.h"

namespace jl::content {

class Validation {
public:
  Validation(Records &records, Task *task, uint64_t world)
      : records_(records), state_(*records.state_), trees_(records, around_) {
    around_.task = task;
    around_.world = world;
  }

  CodeInstance *run(MethodInstance *root) {
    CodeInstance *code = walk(root);
    if (times_back_ > 0)
      note_parts_of_trees();
    return code;
  }

  /// Of the first thing that did not hold.
  const char *why_not() const { return first_why_not_; }
  bool was_missing() const { return was_missing_; }

private:
  struct Node {
    Node(MethodInstance *instance, const Hash &wanted, bool begins_tree)
        : instance(instance), wanted(wanted), candidates(instance, begins_tree) {}

    MethodInstance *instance;
    Hash wanted; // finding
    Candidates candidates;
    Claim claim;
    const char *why_not = nullptr; // the last candidate did not hold
    uint32_t index = 0, low = 0;
    size_t next = 0; // call to look at
    bool is_open = false;
    CodeInstance *code = nullptr;
  };

  void fail(const char *reason) {
    why_not_ = why_not_ ? why_not_ : reason;
    first_why_not_ = first_why_not_ ? first_why_not_ : reason;
    was_missing_ |= reason == Candidates::kNoRecord;
  }

  // --- The walk ---

  CodeInstance *walk(MethodInstance *root) {
    enter(root, kNoFinding, true);
    while (!path_.empty())
      if (!why_not_)
        step();
      else if (!go_back())
        return nullptr;
    return why_not_ ? nullptr : nodes_[root]->code;
  }

  void enter(MethodInstance *instance, const Hash &wanted, bool begins_tree) {
    Node *node = gc_new<Node>(instance, wanted, begins_tree);
    node->index = ++counter_;
    node->is_open = true;
    nodes_.emplace(instance, node);
    open_.push_back(node);
    path_.push_back(node);
    if (const char *reason = refused_before(*node))
      return fail(reason);
    begin(*node);
  }

  /// With the next of the records that is wanted and whose own facts hold.
  void begin(Node &node) {
    node.low = node.index;
    node.next = 0;
    for (;;) {
      const char *problem = nullptr;
      std::optional<Place> place = node.candidates.next(trees_, problem);
      if (problem)
        fail(problem);
      if (!place)
        return fail(node.why_not ? node.why_not : "a callee's result");
      if (is_wanted(node, *place) && take(node, *place))
        return;
    }
  }

  static bool is_wanted(const Node &node, const Place &place) {
    return node.wanted == kNoFinding || *place.facts->tree.members[place.member].finding == node.wanted;
  }

  bool take(Node &node, const Place &place) {
    why_not_ = nullptr;
    node.why_not = node.claim.take(place, around_.world, trees_);
    if (node.why_not)
      fail(node.why_not);
    return !node.why_not;
  }

  /// To the last node that has another record to try. False: there is none, or this goes on for too long.
  bool go_back() {
    if (++times_back_ > kMostTimesBack)
      return false;
    for (; !path_.empty(); path_.pop_back()) {
      Node *node = path_.back();
      close_after(node);
      if (!refused_before(*node)) {
        node->why_not = std::exchange(why_not_, nullptr);
        begin(*node);
        if (!why_not_)
          return true;
        refuse(*node);
      }
      nodes_.erase(node->instance);
      open_.pop_back();
    }
    return false;
  }

  /// What was entered since, and is not in a component that holds, was entered in vain.
  void close_after(const Node *node) {
    for (; open_.back() != node; open_.pop_back())
      nodes_.erase(open_.back()->instance);
  }

  const char *refused_before(const Node &node) {
    RuntimeLock lock(state_.mutex);
    state_.tables->forget_world(current_world());
    auto known = state_.tables->refused.find(node.instance);
    if (known == state_.tables->refused.end() || around_.world != state_.tables->world)
      return nullptr;
    auto refusal = std::ranges::find(known->second, node.wanted, &Refusal::finding);
    return refusal == known->second.end() ? nullptr : refusal->why_not;
  }

  void refuse(const Node &node) {
    if (node.candidates.key() && !node.candidates.entry().empty())
      state_.note_entry(*node.candidates.key(), node.candidates.entry());
    RuntimeLock lock(state_.mutex);
    state_.tables->forget_world(current_world());
    if (around_.world == state_.tables->world)
      state_.tables->refused[node.instance].push_back({node.wanted, why_not_});
  }

  void step() {
    Node *node = path_.back();
    if (node->next == node->claim.calls.size())
      return leave(node);
    size_t i = node->next++;
    check_call(*node, node->claim.calls[i], *node->claim.record->calls[i].finding);
  }

  void leave(Node *node) {
    path_.pop_back();
    if (!path_.empty())
      path_.back()->low = std::min(path_.back()->low, node->low);
    if (node->low == node->index)
      take_component(node);
  }

  void check_call(Node &node, MethodInstance *callee, const Hash &finding) {
    if (finding == kNoFinding) {
      bool is_native =
          callee->def->builtin || (callee->def->is_generated && !is_dispatch_tuple(callee->spec_types));
      return is_native ? void() : fail("a callee that nothing was known of");
    }
    CodeInstance *code = inference::installed_code(callee, around_.world);
    if (code && !is_forgotten(code)) {
      const Finding theirs = state_.finding(code);
      if (theirs.hash != finding)
        return fail("a callee's result");
      return limit(node, code->min_world.load(), code->max_world.load());
    }
    auto known = nodes_.find(callee);
    if (known == nodes_.end())
      return enter(callee, finding, node.claim.is_of_tree());
    if (*known->second->claim.record->finding != finding)
      return fail("a callee's result");
    if (known->second->is_open)
      node.low = std::min(node.low, known->second->index);
  }

  // --- What holds ---

  void limit(Node &node, uint64_t min, uint64_t max) {
    if (!node.claim.limit(around_.world, min, max))
      fail("the world");
  }

  /// The open nodes from `root` on hold together.
  void take_component(Node *root) {
    auto first = std::find(open_.begin(), open_.end(), root);
    GcVector<Node *> members(first, open_.end());
    open_.erase(first, open_.end());
    uint64_t min = 0, max = kWorldMax;
    for (Node *member : members) {
      member->is_open = false;
      for (MethodInstance *callee : member->claim.calls)
        if (auto at = nodes_.find(callee); at != nodes_.end() && at->second->code)
          limit(*member, at->second->code->min_world.load(), at->second->code->max_world.load());
      min = std::max(min, member->claim.min_world);
      max = std::min(max, member->claim.max_world);
    }
    for (Node *member : members)
      if (why_not_)
        nodes_.erase(member->instance);
      else
        install(*member, min, max);
  }

  /// Was it installed from a record, and is what was known of it forgotten, because a module took another's
  /// place?
  bool is_forgotten(CodeInstance *code) {
    return module_replacements() && inference::is_bare(code) && !state_.finding(code).hash;
  }

  /// The record holds still, or again.
  void remember(Node &node, CodeInstance *code) {
    RuntimeLock lock(state_.mutex);
    state_.tables->forget_if_older(module_replacements());
    state_.tables->findings[code] = {*node.claim.record->finding, *node.claim.record->typed_key};
    node.code = code;
  }

  void install(Node &node, uint64_t min, uint64_t max) {
    if (CodeInstance *known = inference::installed_code(node.instance, around_.world);
        known && is_forgotten(known))
      return remember(node, known);
    CodeInstance *code = new_code_instance(node.instance, node.claim.rettype, node.claim.constant, min, max);
    code->effects = node.claim.record->effects;
    code->is_inferred = true;
    remember(node, code);
    if (node.instance->def)
      add_edges(node, code);
    node.code = install_code_instance(node.instance, code);
    records_.counters.loaded++;
    if (records_.saves_trees)
      note_for_trees(node);
  }

  /// What was loaded by itself, and what was loaded from trees that did not hold as a whole: they are going
  /// to be made anew.
  void note_for_trees(const Node &node) {
    if (node.claim.is_of_tree()) {
      of_trees_.push_back(&node);
      return;
    }
    state_.note_for_trees(*node.candidates.key(), node.claim.facts->tree.record, node.claim.calls);
    if (node.candidates.may_begin_tree())
      state_.note_root(node.instance);
  }

  void note_parts_of_trees() {
    for (const Node *node : of_trees_) {
      Bytes bytes; // a record of its own, which keeps no tree alive
      write_record(record_of(node->claim.facts->tree, *node->claim.record), bytes);
      if (std::optional<Hash> key = Records::record_key(node->instance))
        state_.note_for_trees(*key, read_record(bytes), node->claim.calls);
    }
  }

  static void add_edges(const Node &node, CodeInstance *code) {
    for (Value *signature : node.claim.signatures)
      add_lookup_edge(signature, code);
    for (Binding *binding : node.claim.bindings)
      add_binding_edge(binding, code);
    for (MethodInstance *callee : node.claim.calls)
      add_edge(callee, code);
  }

  Records &records_;
  Records::State &state_;
  Surroundings around_;
  Tables::Map<MethodInstance *, Node *> nodes_;
  TreesInUse trees_;
  GcVector<Node *> path_, open_;
  uint32_t counter_ = 0;
  static constexpr uint32_t kMostTimesBack = 1000; // as many as inferring one or two functions takes
  uint32_t times_back_ = 0;
  GcVector<const Node *> of_trees_; // installed
  const char *why_not_ = nullptr;   // while somebody has to try another record
  const char *first_why_not_ = nullptr;
  bool was_missing_ = false;
};

std::optional<Hash> Records::key_of(CodeInstance *code) {
  Finding known = state_->finding(code);
  uint64_t world = current_world();
  bool may_be_forgotten = module_replacements() && inference::is_bare(code) && holds_in(code, world);
  if (known.hash || !may_be_forgotten || runtime_lock_is_held())
    return known.typed_key;
  Validation(*this, current_task(), world).run(code->def);
  return state_->finding(code).typed_key;
}

CodeInstance *Records::load(Task *task, MethodInstance *instance, uint64_t world, std::string *why_not,
                            bool *is_missing) {
  if (CodeInstance *code = inference::installed_code(instance, world))
    return code;
  if (instance->def && instance->def->builtin)
    return nullptr;
  Validation validation(*this, task, world);
  CodeInstance *code = validation.run(instance);
  if (code)
    return code;
  (validation.was_missing() ? counters.missing : counters.refused)++;
  if (saves_trees)
    state_->note_root(instance);
  if (why_not)
    *why_not = validation.why_not();
  if (is_missing)
    *is_missing = validation.was_missing();
  return nullptr;
}

} // namespace jl::content
