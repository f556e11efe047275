// SPDX-License-Identifier: MIT
// The native bodies of Core's builtin functions (builtins.def), and the checks that they share.
//
// A builtin takes boxed arguments like any function of the language. Compiled code has many of them inline
// (jl/emit/builtins.h), and falls back on these.
#pragma once

#include "jl/runtime/exceptions.h"
#include "jl/runtime/values.h"

namespace jl {

#define BUILTIN(cpp, name) Value *builtin_##cpp(Task *task, Value *f, Value **args, uint32_t n);
#include "jl/runtime/builtins.def"
#undef BUILTIN

/// Throws ArgumentError unless lowest <= n <= highest.
void check_arity(Task *task, std::string_view function, uint32_t n, uint32_t lowest, uint32_t highest = ~0u);
/// Throws TypeError unless `v` is a `type`.
void check_type(Task *task, std::string_view function, Value *type, Value *v);

/// 0-based index of the field args[1] of args[0], which may be written; throws what setfield! does.
size_t writable_position(Task *task, std::string_view function, Value **args);
/// 0-based index of the field that `name` (Symbol or Int) means in `type`. Throws FieldError or BoundsError.
size_t field_position(Task *task, std::string_view function, Value *object, DataType *type, Value *name);
/// Field `i`, throwing UndefRefError when it is undefined.
Value *read_field(Task *task, Value *object, size_t i);
/// Does one instruction of the machine read or exchange field `i`? Others change under a lock when they
/// change atomically.
bool is_exchanged_at_once(const DataType *type, size_t i);
/// As read_field, at one moment.
Value *read_field_atomically(Task *task, Value *object, size_t i);
/// As write_field, at one moment.
void write_field_atomically(Task *task, std::string_view function, Value *object, size_t i, Value *v);
/// Stores into a mutable struct's field after all checks.
void write_field(Task *task, std::string_view function, Value *object, size_t i, Value *v);
/// Puts every element of `v` (tuple, svec, NamedTuple, Vector, else through `iterate`) into `out`.
void splat_into(Task *task, Value *iterate, Value *v, GcVector<Value *> &out);

} // namespace jl
