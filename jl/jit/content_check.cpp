// SPDX-License-Identifier: MIT
#include "jl/jit/content_check.h"

#include <algorithm>

#include "jl/content/resolve.h"
#include "jl/infer/frame.h"
#include "jl/link/client.h"
#include "jl/runtime/task.h"

namespace jl {

namespace {

using namespace content;

struct Check {
  CodeInstance *code;
  const std::string &signature;
  std::string out = {};
  size_t count = 0;

  void complain(const std::string &what) { out += "! " + what + " " + signature + "\n"; }

  void check(Value *v, const std::string &what) {
    Bytes bytes;
    Describer describer(bytes);
    describer.value(v);
    if (describer.failure())
      return complain(what + " has no description: " + describer.failure());
    Surroundings around;
    around.task = current_task();
    around.world = around.task->world;
    around.thunk = code->def->def ? nullptr : code->def;
    around.code_for = [&](MethodInstance *instance) {
      return instance == code->def ? code : inference::installed_code(instance, around.world);
    };
    Value *found = resolve(around, bytes);
    bool is_literal =
        type_of(v) == types::Expr_ || type_of(v) == types::QuoteNode_ || type_of(v) == types::LineNumberNode_;
    if (!found || (is_literal ? type_of(found) != type_of(v) : !egal(found, v)))
      complain(what + (found ? " became another" : " was not found"));
    count++;
  }
};

} // namespace

std::string content_lines(const ligature::Unit &unit, CodeInstance *code, const std::string &bitcode,
                          const std::string &signature, RoundTrip round_trip) {
  const char *why_not = "?";
  std::optional<Hash> key = typed_key(code, &why_not);
  std::string line = (key ? hex(*key) : "-") + " " + bitcode + " " + signature +
                     (key ? "\n" : std::string(" : ") + why_not + "\n");
  if (!key || round_trip == RoundTrip::No)
    return line;
  Check check{code, signature};
  auto name = [&](ligature::NameId id) { return std::string(unit.link_info.name(id)); };
  auto is_definition = [&](const void *value) { // known by its place in the unit (jl/link/kept_units.h)
    const TypedIR &typed = *code->inferred;
    return std::ranges::find(typed.definitions, value) != typed.definitions.end();
  };
  for (const ligature::Slot &slot : unit.link_info.slots)
    if (!is_definition(slot.value))
      check.check(static_cast<Value *>(const_cast<void *>(slot.value)), "slot " + name(slot.symbol));
  for (const ligature::CallTarget &target : unit.link_info.call_targets)
    check.check(code_of(*target.entry), "callee " + name(target.symbol));
  for (const ligature::Definition &definition : unit.link_info.definitions)
    check.check(code_of(*definition.entry), "definition " + name(definition.spec_symbol));
  for (const void *position : unit.link_info.positions)
    check.check(static_cast<Value *>(const_cast<void *>(position)), "position");
  return line + check.out + "= " + std::to_string(check.count) + " " + signature + "\n";
}

} // namespace jl
