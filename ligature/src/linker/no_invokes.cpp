// SPDX-License-Identifier: MIT
#include "base/fatal.h"
#include "ligature/link_client.h"

namespace ligature {
namespace {

// One function each: publication tells ABIs apart by these addresses.
template <Abi abi> [[noreturn]] void entered_through_invoke() {
  fatal("linker: a function with ABI %s was entered through `invoke`, but its client has no generic "
        "convention",
        abi_name(abi));
}
[[noreturn]] void entered_while_waiting() {
  fatal("linker: a function was entered through `invoke`, but its client has no generic convention");
}

} // namespace

InvokeAddresses no_invokes() {
  auto address = [](void (*function)()) { return reinterpret_cast<void *>(function); };
  return {address(entered_through_invoke<Abi::Args>), address(entered_through_invoke<Abi::Const>),
          address(entered_through_invoke<Abi::SParam>), address(entered_through_invoke<Abi::Interpreted>),
          address(entered_while_waiting)};
}

} // namespace ligature
