// SPDX-License-Identifier: MIT
// Structs and tuples: making them, and reading and writing their fields at indices known here.
//
// Works on values in whatever shape they are held (context.h); where parts lie comes from shape.h. Objects
// are allocated by boxing.h; which calls of getfield and its kind come here is decided by builtins_fields.h.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

/// `new type(fields...)`: a concrete type with layout. Missing trailing fields are undefined or zero.
Val emit_new(Emitter &e, DataType *type, llvm::ArrayRef<Val> fields);
/// Field `index` (0-based, in range) of a value whose concrete type is known.
Val emit_get_field(Emitter &e, const Val &object, uint32_t index);
/// Element of a tuple whose elements all have one type, by an index (0-based, i64) found at run time,
/// checked.
Val emit_get_element(Emitter &e, const Val &tuple, llvm::Value *index, Value *element_type);
/// Stores into a field of a mutable object; the value must have the field's type.
void emit_set_field(Emitter &e, const Val &object, uint32_t index, const Val &value);
/// i1: is the field something other than an undefined reference?
llvm::Value *emit_is_field_defined(Emitter &e, const Val &object, uint32_t index);
/// May field `index` of complete objects be undefined?
bool may_be_undefined(DataType *type, uint32_t index);

} // namespace jl::emit
