// SPDX-License-Identifier: MIT
#include "jl/content/facts.h"

#include <algorithm>

#include "jl/content/closures.h"
#include "jl/content/content.h"
#include "jl/content/fixed_parts.h"
#include "jl/infer/calls.h"
#include "jl/infer/lattice.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/exact.h"
#include "jl/runtime/module.h"
#include "jl/runtime/values.h"

namespace jl::content {

Answer lookup_answer(Value *signature, uint64_t world) {
  Answer answer;
  GcVector<MethodMatch> matches;
  bool ambiguous = false;
  bool found = find_methods(signature, world, inference::kMaxToldMethods, matches, answer.min_world,
                            answer.max_world, ambiguous);
  Bytes bytes;
  Writer to{bytes};
  to.byte(found | ambiguous << 1);
  for (const MethodMatch &match : matches) {
    std::optional<Hash> hash = hash_of(match.method);
    if (!hash)
      return answer;
    to.byte(match.fully_covers);
    to.hash(*hash);
  }
  answer.hash = sha256(bytes);
  return answer;
}

/// Methods of the library are told apart by where they stand among those of their name: nothing of theirs
/// needs to be hashed.
Answer lookup_list(Value *signature, uint64_t world) {
  Answer list;
  GcVector<Method *> methods;
  methods_in_list(signature, world, methods, list.min_world, list.max_world);
  Bytes bytes;
  Writer to{bytes};
  to.hash(build_id());
  for (Method *method : methods) {
    bool is_library = is_library_method(method);
    to.byte(is_library);
    if (!is_library) {
      std::optional<Hash> hash = hash_of(method);
      if (!hash)
        return list;
      to.hash(*hash);
      continue;
    }
    uint64_t words[] = {method->module->hash, method->name.hash(),
                        uint64_t(method->ordinal) << 32 | uint32_t(method->line),
                        method->file ? method->file.hash() : 0};
    to.raw(words, sizeof words);
  }
  list.hash = sha256(bytes);
  return list;
}

BindingState binding_state(Module *module, Symbol name, uint64_t world) {
  BindingState state;
  Binding *binding = state.binding = owner_of(get_binding_for_read(module, name));
  Bytes bytes;
  Describer describer(bytes, Describer::Depth::Hashed);
  describer.binding(binding);
  Value *value = binding->value.load(std::memory_order_acquire);
  Value *type = binding->type;
  bool is_constant = value && binding->is_const && binding->const_world <= world;
  bytes.push_back(is_constant);
  if (is_constant)
    describe_with_fixed_parts(describer, bytes, value);
  else
    describer.value(type ? type : types::Any);
  if (!describer.failure())
    state.hash = sha256(bytes);
  return state;
}

namespace {

void write_lat(Describer &describer, Bytes &bytes, const inference::Lat &lat) {
  bytes.push_back(
      uint8_t((lat.type != nullptr) | (lat.constant != nullptr) << 1 | (lat.partial != nullptr) << 2));
  if (lat.type)
    describer.value(lat.type);
  if (lat.constant)
    describer.value(lat.constant);
  if (!lat.partial)
    return;
  Writer{bytes}.number(lat.partial->fields.size());
  for (const inference::Lat &field : lat.partial->fields)
    write_lat(describer, bytes, field);
}

} // namespace

std::optional<Hash> finding_of(const CodeInstance *code, const Hash &typed_key) {
  const inference::Frame *frame = inference::frame_of(code);
  if (!frame)
    return std::nullopt;
  Bytes bytes;
  Writer to{bytes};
  to.hash(typed_key);
  Describer describer(bytes, Describer::Depth::Hashed);
  describer.set_code(*code->inferred);
  write_lat(describer, bytes, frame->result);
  to.integer(frame->condition.argument);
  write_lat(describer, bytes, frame->condition.when_true);
  write_lat(describer, bytes, frame->condition.when_false);
  if (describer.failure())
    return std::nullopt;
  return sha256(bytes);
}

} // namespace jl::content
