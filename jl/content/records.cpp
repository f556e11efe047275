// SPDX-License-Identifier: MIT
#include "jl/content/records.h"

#include <mutex>

#include "jl/content/content.h"
#include "jl/content/records_state.h"
#include "jl/infer/frame.h"
#include "jl/runtime/exact.h"
#include "jl/runtime/module.h"
#include "jl/runtime/runtime_lock.h"

namespace jl::content {

Records::Records(std::unique_ptr<RecordStorage> storage) : state_(std::make_unique<State>()) {
  state_->storage = std::move(storage);
  state_->tables = gc_new<Tables>();
  gc_keep(state_->tables);
}

Records::~Records() = default;

std::optional<Hash> Records::record_key(MethodInstance *instance) {
  std::optional<Hash> content = hash_of(instance);
  if (!content)
    return std::nullopt;
  Bytes bytes;
  Writer to{bytes};
  to.text("infer");
  to.hash(build_id());
  to.hash(*content);
  return sha256(bytes);
}

void Tables::forget_world(uint64_t now) {
  if (world == now)
    return;
  world = now;
  answers.clear();
  lists.clear();
  states.clear();
  refused.clear();
}

void Tables::forget_if_older(uint64_t modules_now) {
  if (modules != modules_now)
    findings.clear();
  modules = modules_now;
}

Finding Records::State::finding(CodeInstance *code) {
  RuntimeLock lock(mutex);
  tables->forget_if_older(module_replacements());
  auto [at, is_new] = tables->findings.try_emplace(code);
  Finding &known = at->second;
  if (!is_new || !code->inferred)
    return known;
  known.typed_key = typed_key(code, &known.why_not);
  if (known.typed_key)
    known.hash = finding_of(code, *known.typed_key);
  return known;
}

Answer Records::State::answer(Value *signature, uint64_t world) {
  {
    RuntimeLock lock(mutex);
    tables->forget_world(current_world());
    if (world == tables->world)
      if (auto found = tables->answers.find(signature); found != tables->answers.end())
        return found->second;
  }
  Answer answer = lookup_answer(signature, world);
  RuntimeLock lock(mutex);
  if (world == tables->world && world == current_world())
    tables->answers.emplace(signature, answer);
  return answer;
}

Answer Records::State::list(Value *signature, uint64_t world) {
  MethodList list;
  if (!find_method_list(signature, list))
    return {};
  std::pair key{list.callee, list.key};
  {
    RuntimeLock lock(mutex);
    tables->forget_world(current_world());
    if (world == tables->world)
      if (auto found = tables->lists.find(key); found != tables->lists.end())
        return found->second;
  }
  Answer answer = lookup_list(signature, world);
  RuntimeLock lock(mutex);
  if (world == tables->world && world == current_world())
    tables->lists.emplace(key, answer);
  return answer;
}

BindingState Records::State::binding(Module *module, Symbol name, uint64_t world) {
  std::pair<Module *, const SymbolRecord *> key{module, name.record()};
  {
    RuntimeLock lock(mutex);
    tables->forget_world(current_world());
    if (world == tables->world)
      if (auto found = tables->states.find(key); found != tables->states.end())
        return found->second;
  }
  BindingState state = binding_state(module, name, world);
  RuntimeLock lock(mutex);
  // What is not constant may become declared without a new world.
  bool is_settled = state.binding->is_const && state.binding->value.load();
  if (is_settled && world == tables->world && world == current_world())
    tables->states.emplace(key, state);
  return state;
}

void Records::forget(CodeInstance *code) {
  RuntimeLock lock(state_->mutex);
  state_->tables->findings.erase(code);
}

namespace {

/// Describes `v`, which may stand in the code of `ir`; empty when it has no content.
Bytes described(Value *v, const char *&why_not, const TypedIR *ir = nullptr) {
  Bytes bytes;
  Describer describer(bytes);
  if (ir)
    describer.set_code(*ir);
  describer.value(v);
  if (!describer.failure())
    return bytes;
  why_not = describer.failure();
  return {};
}

} // namespace

/// Collects what a record of `code` says. Fails at the first thing that has no content.
class Recording {
public:
  Recording(Records::State &state, CodeInstance *code, uint64_t world)
      : state_(state), code_(code), world_(world) {}

  bool run(const inference::Frame &frame) {
    const Finding own = state_.finding(code_);
    if (!own.hash)
      return fail(own.why_not ? own.why_not : "a result without content");
    record_.typed_key = *own.typed_key;
    record_.finding = *own.hash;
    record_.effects = code_->effects;
    record_.result = kept(described(code_->rettype, why_not_));
    if (code_->rettype_const)
      record_.constant = kept(described(code_->rettype_const, why_not_, code_->inferred));
    for (const inference::Edge &edge : frame.edges)
      if (why_not_ || !add(edge))
        return false;
    return !why_not_;
  }

  const Record &record() const { return record_; }
  /// Parallel to the record's.
  const GcVector<MethodInstance *> &calls() const { return calls_; }
  const char *why_not() const { return why_not_; }

private:
  bool fail(const char *reason) {
    why_not_ = reason;
    return false;
  }

  std::span<const uint8_t> kept(Bytes bytes) { return *kept_.emplace_back(gc_new<Bytes>(std::move(bytes))); }

  bool add(const inference::Edge &edge) {
    switch (edge.kind) {
    case inference::Edge::Kind::Lookup:
      return add_lookup(edge.what, state_.answer(edge.what, world_));
    case inference::Edge::Kind::Binding:
      return add_global(edge);
    case inference::Edge::Kind::Instance:
      return add_call(static_cast<MethodInstance *>(edge.what));
    case inference::Edge::Kind::Word: // it may have looked at anything
      return fail("a call that was run at compile time because the program says that it may be");
    }
    return false;
  }

  bool add_lookup(Value *signature, const Answer &answer) {
    if (!answer.hash)
      return fail("a lookup that finds methods without content");
    Bytes bytes = described(signature, why_not_);
    if (why_not_)
      return false;
    record_.lookups.push_back(
        {kept(std::move(bytes)), *answer.hash, state_.list(signature, world_).hash.value_or(Hash())});
    return true;
  }

  bool add_global(const inference::Edge &edge) {
    BindingState state = state_.binding(edge.module, edge.name, world_);
    if (!state.hash)
      return fail("a global whose value has no content");
    record_.globals.push_back({kept(described(edge.module, why_not_)), edge.name.text(), *state.hash});
    return true;
  }

  /// Where the instance's types are those of the call, inference notes no lookup; nor does it hurt elsewhere.
  bool add_call(MethodInstance *callee) {
    if (!add_lookup(callee->spec_types, state_.answer(callee->spec_types, world_)))
      return false;
    if (callee == code_->def)
      return true;
    Hash finding = kNoFinding;
    CodeInstance *code = inference::installed_code(callee, world_);
    if (code) {
      const Finding theirs = state_.finding(code);
      if (!theirs.hash)
        return fail(theirs.why_not ? theirs.why_not : "a callee's result without content");
      finding = *theirs.hash;
    } else if (!callee->def->builtin && !callee->def->is_generated) {
      return fail("a callee that could not be inferred");
    }
    if (callee->def->is_generated && !callee->thunk)
      return true; // nothing was asked of its body
    record_.calls.push_back({kept(described(callee, why_not_)), finding});
    calls_.push_back(callee);
    return !why_not_;
  }

  Records::State &state_;
  CodeInstance *code_;
  uint64_t world_;
  Record record_;
  GcVector<Bytes *> kept_;
  GcVector<MethodInstance *> calls_;
  const char *why_not_ = nullptr;
};

void Records::save(Task *task, CodeInstance *code) {
  const inference::Frame *frame = inference::frame_of(code);
  uint64_t world = current_world();
  std::optional<Hash> key = frame && holds_in(code, world) ? record_key(code->def) : std::nullopt;
  Recording recording(*state_, code, world);
  const char *why_not = !key                        ? "an instance without content, or from an old world"
                        : !state_->takes_more(*key) ? "a function that the program changes again and again"
                        : !recording.run(*frame)    ? recording.why_not()
                                                    : nullptr;
  if (why_not) {
    counters.unsaved++;
    return count_failure(why_not);
  }
  counters.saved++;
  if (saves_trees)
    state_->note_for_trees(*key, gc_new<Record>(recording.record()), recording.calls());
  if (state_->add(*key, recording.record()))
    return;
  counters.contradicted++;
  if (on_contradiction)
    on_contradiction(code->def);
}

bool Records::State::get(RecordStorage::Kind kind, const Hash &key, Bytes &entry) {
  return storage->get(kind, key,
                      [&](std::span<const uint8_t> bytes) { entry.assign(bytes.begin(), bytes.end()); });
}

static constexpr uint32_t kMostOfOneProcess = kMostRecords / 2;

bool Records::State::takes_more(const Hash &key) {
  RuntimeLock lock(mutex);
  auto found = tables->additions.find(key);
  return found == tables->additions.end() || found->second < kMostOfOneProcess;
}

bool Records::State::is_noted(const Hash &key) {
  RuntimeLock lock(mutex);
  return tables->entries.contains(key);
}

void Records::State::note_entry(const Hash &key, const Bytes &entry) {
  constexpr size_t kMostEntries =
      50'000; // without, findings of earlier runs may be left out when an entry is added to
  RuntimeLock lock(mutex);
  if (tables->entries.size() >= kMostEntries)
    tables->entries.clear();
  if (Bytes *&known = tables->entries[key]; !known)
    known = gc_new<Bytes>(entry);
}

bool Records::State::add(const Hash &key, const Record &record) {
  Bytes bytes;
  write_record(record, bytes);
  if (!is_noted(key)) {
    Bytes before;
    storage->get_local(key,
                       [&](std::span<const uint8_t> entry) { before.assign(entry.begin(), entry.end()); });
    note_entry(key, before);
  }
  RuntimeLock lock(mutex);
  Bytes *&known = tables->entries[key];
  std::optional<Bytes> entry = add_record(*known, bytes);
  if (!entry)
    return true;
  bool agrees = true;
  for (std::span<const uint8_t> one : records_in(*known)) {
    Record *before = read_record(one);
    agrees &= !before || !same_facts(*before, record); // none of them equals it
  }
  tables->additions[key]++;
  *known = agrees ? std::move(*entry) : *add_record({}, bytes);
  storage->put(RecordStorage::Kind::Record, key, *known);
  return agrees;
}

} // namespace jl::content
