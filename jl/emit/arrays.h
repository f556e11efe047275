// SPDX-License-Identifier: MIT
// Memory and MemoryRef: element addresses, bounds checks, loads and stores of elements.
//
// What Array's methods in jl/base/array.jl come down to: the intrinsics memoryref... of builtins.h end here
// when element type and layout are known. With unknown layouts they stay calls of the runtime.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

/// How the elements of a GenericMemory or GenericMemoryRef type lie; `known` false when its parameters are
/// not.
struct Elements {
  bool known = false;
  Value *type = nullptr;
  bool is_inline = false;
  uint64_t stride = 0;
};
Elements elements_of(Value *memory_or_ref_type);

/// Memory -> reference to its first element.
Val emit_memory_first(Emitter &e, const Val &memory, Value *ref_type);
/// Reference to the element `index` - 1 (i64) places further on. `check`: i1, whether to throw BoundsError.
Val emit_memory_offset(Emitter &e, const Val &ref, llvm::Value *index, llvm::Value *check);
Val emit_memory_get(Emitter &e, const Val &ref, llvm::Value *check);
void emit_memory_set(Emitter &e, const Val &ref, const Val &value, llvm::Value *check);
/// i1: is the element something other than an undefined reference?
llvm::Value *emit_memory_is_assigned(Emitter &e, const Val &ref);
/// 1-based index of the referenced element in its memory.
llvm::Value *emit_memory_position(Emitter &e, const Val &ref);
llvm::Value *emit_memory_length(Emitter &e, llvm::Value *memory);

} // namespace jl::emit
