// SPDX-License-Identifier: MIT
#include "jl/engine/invoke.h"

#include "jl/engine/policy.h"

namespace jl {

#define INVOKE_SHIM(name)                                                                                    \
  static __attribute__((swiftcall)) Value *name(Value *f, Value **args, uint32_t n, CodeInstance *code,      \
                                                __attribute__((swift_context)) Task *task)

INVOKE_SHIM(invoke_args) {
  auto function = reinterpret_cast<ArgsFn>(code->entry.specptr.load(std::memory_order_acquire));
  return function(f, args, n, task);
}

INVOKE_SHIM(invoke_constant) {
  return code->rettype_const;
}

INVOKE_SHIM(invoke_interpreted) {
  return run_tiered(task, code, f, args, n);
}

// Somebody is compiling it: wait (or compile), then call what was published.
INVOKE_SHIM(invoke_waiting) {
  CodeInstance *compiled = wait_for_code(task, code);
  auto function = reinterpret_cast<InvokeFn>(compiled->entry.invoke.load(std::memory_order_acquire));
  return function(f, args, n, compiled, task);
}

// No client of ours publishes code with static parameters passed along.
INVOKE_SHIM(invoke_sparam) {
  return invoke_args(f, args, n, code, task);
}

const ligature::InvokeAddresses &invoke_addresses() {
  static const ligature::InvokeAddresses addresses = {
      .args = reinterpret_cast<void *>(invoke_args),
      .constant = reinterpret_cast<void *>(invoke_constant),
      .sparam = reinterpret_cast<void *>(invoke_sparam),
      .interpreted = reinterpret_cast<void *>(invoke_interpreted),
      .waiting = reinterpret_cast<void *>(invoke_waiting),
  };
  return addresses;
}

} // namespace jl
