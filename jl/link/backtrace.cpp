// SPDX-License-Identifier: MIT
#include "jl/link/backtrace.h"

#include <array>

#include "jl/infer/typed.h"
#include "jl/link/client.h"
#include "jl/runtime/backtrace.h"

namespace jl {

namespace {

const ligature::CodeMap *code_map = nullptr;

/// A frame of a method inlined somewhere: its types are not kept, so only the name is shown.
StackFrame inlined_frame(const void *handle, int32_t line) {
  auto *method = static_cast<const Method *>(handle);
  if (!method || type_of(method) != types::Method_) // a thunk, or a position that could not be read
    return {"top-level scope", "none", line, true, nullptr};
  return {std::string(method->name.text()), std::string(method->file.text()), method->line + line, true,
          method->module};
}

StackFrame outer_frame(const MethodInstance *instance, int32_t line) {
  if (!instance->def) {
    const CodeInfo *code = instance->thunk;
    return {"top-level scope", std::string(code->file.text()), code->first_line + line, false,
            instance->module};
  }
  GcVector<Symbol> names;
  compiler_hooks().argument_names(current_task(), instance->def,
                                  names); // the body may never have been lowered here
  return {frame_signature(instance, names), std::string(instance->def->file.text()),
          instance->def->line + line, false, instance->def->module};
}

/// How many of a range's `n` frames are of the instance and what is inlined in it. A wrapper's own frame is
/// none of the program's; the function that it calls may be inlined in it.
size_t frames_of_program(const ligature::CodeRange &range, size_t n) {
  return range.role == ligature::CodeRole::Function ? n : n - (n > 0);
}

void resolve(uintptr_t return_address, std::vector<StackFrame> &out) {
  const ligature::CodeRange *range = code_map->find(return_address - 1);
  if (!range || !range->entry)
    return;
  const MethodInstance *instance = code_of(*range->entry)->def;
  if (!instance) // what C calls, or an llvmcall on its own: no method's
    return;
  std::array<ligature::SourceFrame, 64> frames;
  size_t n = ligature::CodeMap::frames(*range, return_address - 1, frames);
  if (n == 0 && range->role == ligature::CodeRole::Function)
    out.push_back(outer_frame(instance, 0));
  n = frames_of_program(*range, n);
  for (size_t i = 0; i < n; i++) { // 1 is the first line: see emit/debug_info.h
    int32_t line = frames[i].line - 1;
    out.push_back(i + 1 == n ? outer_frame(instance, line) : inlined_frame(frames[i].method, line));
  }
}

} // namespace

void install_backtrace_resolver(const ligature::CodeMap &map) {
  code_map = &map;
  set_native_frame_resolver(resolve);
}

} // namespace jl
