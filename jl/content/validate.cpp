// SPDX-License-Identifier: MIT
// Records::load: are the records of an instance, and of all that it calls, still true?
//
// Depth first over the calls, components by Tarjan. Within a component the members vouch for each other: when each rests on facts
// that hold and on findings that the others' records have, all of them are what inference would come to. The first thing that does not
// hold ends the walk, and refuses all that is still open: everything open leads to it.
//
// Of an instance's records a caller wants the one with the finding that it rests on. For the instance that was asked for, they are walked one after the other.
#include <algorithm>
#include <utility>

#include "jl/content/records_state.h"
#include "jl/content/resolve.h"
#include "jl/infer/guard.h"
#include "jl/runtime/exact.h"
#include "jl/runtime/module.h"
#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/task.h"
#include "jl/runtime/types.h"

namespace jl::content {

namespace {

bool is_dispatch_tuple(Value *type) {
  return type_of(type) == types::DataType_ && static_cast<DataType *>(type)->is_dispatch_tuple;
}

} // namespace

class Validation {
public:
  Validation(Records &records, Task *task, uint64_t world) : records_(records), state_(*records.state_) {
    around_.task = task;
    around_.world = world;
  }

  CodeInstance *run(MethodInstance *root) {
    const char *reason = nullptr; // why the record before did not hold
    for (size_t first = 0;;) {
      walk(root, first);
      Node *node = nodes_[root];
      if (!why_not_)
        return node->code;
      if (!node->record)
        break; // none was left
      refuse_open(1);
      reason = why_not_;
      first = node->choice + 1;
    }
    why_not_ = reason ? reason : why_not_;
    refuse_open(0);
    return nullptr;
  }

  const char *why_not() const { return why_not_; }
  bool was_missing() const { return was_missing_; }

private:
  struct Node {
    MethodInstance *instance;
    Hash wanted; // finding
    Record *record = nullptr;
    size_t choice = 0; // which of the instance's records that is
    Value *rettype = nullptr, *constant = nullptr;
    GcVector<MethodInstance *> calls; // parallel to the record's
    GcVector<Value *> signatures;
    GcVector<Binding *> bindings;
    uint64_t min_world = 0, max_world = kWorldMax;
    uint32_t index = 0, low = 0;
    size_t next = 0; // call to look at
    bool is_open = false;
    CodeInstance *code = nullptr;

    void forget_facts() {
      rettype = constant = nullptr;
      calls.clear();
      signatures.clear();
      bindings.clear();
      min_world = 0;
      max_world = kWorldMax;
    }
  };

  void fail(const char *reason) { why_not_ = why_not_ ? why_not_ : reason; }

  // --- The walk ---

  void walk(MethodInstance *root, size_t first) {
    nodes_.clear();
    path_.clear();
    open_.clear();
    why_not_ = nullptr;
    enter(root, kNoFinding, first);
    while (!path_.empty() && !why_not_)
      step();
  }

  /// `first`: of the instance's records to be looked at.
  void enter(MethodInstance *instance, const Hash &wanted, size_t first = 0) {
    Node *node = gc_new<Node>();
    node->instance = instance;
    node->wanted = wanted;
    node->index = node->low = ++counter_;
    node->is_open = true;
    nodes_.emplace(instance, node);
    open_.push_back(node);
    path_.push_back(node);
    if (const char *reason = refused_before(*node))
      fail(reason);
    else
      read(*node, first);
  }

  const char *refused_before(const Node &node) {
    RuntimeLock lock(state_.mutex);
    state_.tables->forget_world(current_world());
    auto known = state_.tables->refused.find(node.instance);
    bool is_refused = known != state_.tables->refused.end() && around_.world == state_.tables->world && known->second.finding == node.wanted;
    return is_refused ? known->second.why_not : nullptr;
  }

  /// All that is open from the one at `begin` on; what was asked for is at 0.
  void refuse_open(size_t begin) {
    RuntimeLock lock(state_.mutex);
    state_.tables->forget_world(current_world());
    if (around_.world != state_.tables->world)
      return;
    for (; begin < open_.size(); begin++)
      state_.tables->refused.insert_or_assign(open_[begin]->instance, Refusal{open_[begin]->wanted, why_not_});
  }

  void step() {
    Node *node = path_.back();
    if (node->next == node->calls.size())
      return leave(node);
    size_t i = node->next++;
    check_call(*node, node->calls[i], node->record->calls[i].finding);
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
      bool is_native = callee->def->builtin || (callee->def->is_generated && !is_dispatch_tuple(callee->spec_types));
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
      return enter(callee, finding);
    if (known->second->record->finding != finding)
      return fail("a callee's result");
    if (known->second->is_open)
      node.low = std::min(node.low, known->second->index);
  }

  // --- One record ---

  void read(Node &node, size_t first) {
    std::optional<Hash> key = Records::record_key(node.instance);
    if (!key)
      return fail("an instance without content");
    Bytes entry;
    if (!state_.storage->get(*key, [&](std::span<const uint8_t> bytes) { entry.assign(bytes.begin(), bytes.end()); })) {
      was_missing_ = true;
      return fail("no record");
    }
    choose(node, records_in(entry), first);
    if (!node.record)
      state_.note_entry(*key, entry);
  }

  /// The first of the records that is wanted and whose own facts hold.
  void choose(Node &node, const GcVector<std::span<const uint8_t>> &records, size_t first) {
    const char *reason = records.empty() ? "a damaged record" : "a callee's result";
    for (node.choice = first; node.choice < records.size(); node.choice++) {
      Record *record = read_record(records[node.choice]);
      bool is_other = record && node.wanted != kNoFinding && record->finding != node.wanted;
      if (is_other)
        continue;
      node.forget_facts();
      if (record)
        check_facts(node, *record);
      else
        fail("a damaged record");
      if (!why_not_) {
        node.record = record;
        return;
      }
      reason = std::exchange(why_not_, nullptr);
    }
    fail(reason);
  }

  void check_facts(Node &node, const Record &record) {
    for (const Record::Lookup &lookup : record.lookups)
      if (!why_not_)
        check_lookup(node, lookup);
    for (const Record::Global &global : record.globals)
      if (!why_not_)
        check_global(node, global);
    for (const Record::Call &call : record.calls)
      if (!why_not_)
        find_callee(node, call);
    if (why_not_)
      return;
    node.rettype = resolve(around_, record.result);
    if (!node.rettype || !is_type(node.rettype))
      return fail("the result's type");
    if (record.constant.empty())
      return;
    node.constant = resolve(around_, record.constant);
    if (!node.constant)
      fail("the constant result");
  }

  void check_lookup(Node &node, const Record::Lookup &lookup) {
    Value *signature = resolve(around_, lookup.signature);
    if (!signature || !is_type(signature))
      return fail("a type in a lookup");
    Answer answer = state_.list(signature, around_.world);
    if (answer.hash != lookup.list)
      answer = state_.answer(signature, around_.world);
    if (answer.hash != lookup.answer && answer.hash != lookup.list)
      return fail("the methods of a call");
    limit(node, answer.min_world, answer.max_world);
    node.signatures.push_back(signature);
  }

  void check_global(Node &node, const Record::Global &global) {
    Value *module = resolve(around_, global.module);
    if (!module || type_of(module) != types::Module_)
      return fail("a module");
    BindingState state = state_.binding(static_cast<Module *>(module), Symbol::intern(global.name), around_.world);
    if (state.hash != global.state)
      return fail("a global");
    node.bindings.push_back(state.binding);
  }

  void find_callee(Node &node, const Record::Call &call) {
    Value *callee = resolve(around_, call.instance);
    if (!callee || type_of(callee) != types::MethodInstance_)
      return fail("a callee");
    node.calls.push_back(static_cast<MethodInstance *>(callee));
  }

  // --- What holds ---

  void limit(Node &node, uint64_t min, uint64_t max) {
    node.min_world = std::max(node.min_world, min);
    node.max_world = std::min(node.max_world, max);
    if (around_.world < node.min_world || around_.world > node.max_world)
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
      for (MethodInstance *callee : member->calls)
        if (auto at = nodes_.find(callee); at != nodes_.end() && at->second->code)
          limit(*member, at->second->code->min_world.load(), at->second->code->max_world.load());
      min = std::max(min, member->min_world);
      max = std::min(max, member->max_world);
    }
    for (Node *member : members)
      install(*member, min, max);
  }

  /// Was it installed from a record, and is what was known of it forgotten, because a module took another's place?
  bool is_forgotten(CodeInstance *code) {
    return module_replacements() && inference::is_bare(code) && !state_.finding(code).hash;
  }

  /// The record holds still, or again.
  void remember(Node &node, CodeInstance *code) {
    RuntimeLock lock(state_.mutex);
    state_.tables->forget_if_older(module_replacements());
    state_.tables->findings[code] = {node.record->finding, node.record->typed_key};
    node.code = code;
  }

  void install(Node &node, uint64_t min, uint64_t max) {
    if (CodeInstance *known = inference::installed_code(node.instance, around_.world); known && is_forgotten(known))
      return remember(node, known);
    CodeInstance *code = new_code_instance(node.instance, node.rettype, node.constant, min, max);
    code->effects = node.record->effects;
    code->is_inferred = true;
    remember(node, code);
    if (node.instance->def)
      add_edges(node, code);
    node.code = install_code_instance(node.instance, code);
    records_.counters.loaded++;
  }

  static void add_edges(const Node &node, CodeInstance *code) {
    for (Value *signature : node.signatures)
      add_lookup_edge(signature, code);
    for (Binding *binding : node.bindings)
      add_binding_edge(binding, code);
    for (MethodInstance *callee : node.calls)
      add_edge(callee, code);
  }

  Records &records_;
  Records::State &state_;
  Surroundings around_;
  Tables::Map<MethodInstance *, Node *> nodes_;
  GcVector<Node *> path_, open_;
  uint32_t counter_ = 0;
  const char *why_not_ = nullptr;
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

CodeInstance *Records::load(Task *task, MethodInstance *instance, uint64_t world, std::string *why_not) {
  if (CodeInstance *code = inference::installed_code(instance, world))
    return code;
  if (instance->def && instance->def->builtin)
    return nullptr;
  Validation validation(*this, task, world);
  CodeInstance *code = validation.run(instance);
  if (code)
    return code;
  (validation.was_missing() ? counters.missing : counters.refused)++;
  if (why_not)
    *why_not = validation.why_not();
  return nullptr;
}

} // namespace jl::content
