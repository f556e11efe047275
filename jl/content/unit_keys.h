// SPDX-License-Identifier: MIT
// What decides the code of a unit that is not made of typed IR, as a hash: adapters, callbacks, calls of LLVM
// IR, entries of opaque closures. (typed_key, describe.h, is that of all others.)
//
// Equal keys give the same unit. Nothing is answered where something has no content; the reason is counted
// (content.h).
#pragma once

#include <optional>

#include "jl/content/hash.h"

namespace jl::content {

/// Of the function that is called boxed (Args) or unboxed (SpecSig) and enters `code`.
enum class AdapterTo : uint8_t { Boxed, Unboxed };
std::optional<Hash> adapter_key(CodeInstance *code, AdapterTo to);
/// Of a C function that calls `f`: `target`, unless that is null.
std::optional<Hash> callback_key(Value *f, Value *result, SimpleVector *types, CodeInstance *target);
/// Of the boxed function around a call of LLVM IR: a text, or a tuple of a module (text or bytes) and its
/// entry's name.
std::optional<Hash> llvm_call_key(Value *code, Value *result, Value *types);
/// Of what enters opaque closures of `type`: `target`, unless that is null.
std::optional<Hash> opaque_entry_key(DataType *type, CodeInstance *target);

} // namespace jl::content
