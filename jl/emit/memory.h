// SPDX-License-Identifier: MIT
// Loads and stores of parts and whole values, and the slots through which code reaches heap values.
//
// The lowest layer of this folder, beside runtime_calls.h: every access to memory is made here, so that its
// alias class (tbaa.h) is right. A unit holds no address; a heap value is loaded from a slot of the unit that
// the session fills.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

/// The pointer to `value`, loaded from its slot.
llvm::Value *load_slot(Emitter &e, Value *value);
/// The same for something that is no object of the language; `base` names the slot.
llvm::Value *load_slot(Emitter &e, const void *thing, llvm::StringRef base);

llvm::Value *load_part(Emitter &e, const Part &part, llvm::Value *base, Access access);
void store_part(Emitter &e, const Part &part, llvm::Value *value, llvm::Value *base, Access access);
llvm::Value *load_pointer(Emitter &e, llvm::Value *address, Access access, const llvm::Twine &name = "");

/// The value of `shape` (Ghost, Parts or Memory) whose bytes are at `address`. When they stay (nobody writes
/// there while the value is in use), they need not be copied.
enum class Bytes : uint8_t { Stay, MayChange };
Val load_value(Emitter &e, const Shape &shape, llvm::Value *address, Access access, Bytes bytes);
/// Stores `value`, whose shape is Ghost, Parts or Memory, at `address`.
void store_value(Emitter &e, const Val &value, llvm::Value *address, Access access);
void copy_bytes(Emitter &e, llvm::Value *to, llvm::Value *from, uint64_t bytes);

/// What LLVM may assume of a pointer to an object of `type`: not null, and that its payload is there.
void assume_object(Emitter &e, llvm::LoadInst *load, Value *type);

} // namespace jl::emit
