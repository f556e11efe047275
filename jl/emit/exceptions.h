// SPDX-License-Identifier: MIT
// try and catch: handlers in the frame, calls that return twice, and variables that live in memory because a
// catch block reads them. Which variables those are was decided in jl/infer (memory slots); throwing itself
// is the runtime's (jl/runtime/exceptions.h), and jumps.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

void emit_enter(Emitter &e, uint32_t statement);
/// Says whether there are tries, before anything of the body is written.
void prepare_tries(Emitter &e);
void emit_leave(Emitter &e, uint32_t enter_statement);
void emit_pop_exception(Emitter &e, uint32_t enter_statement);
Val emit_the_exception(Emitter &e);

void make_slots(Emitter &e);
Val load_memory_slot(Emitter &e, uint32_t slot);
void store_memory_slot(Emitter &e, uint32_t slot, const Val &value);
void undefine_memory_slot(Emitter &e, uint32_t slot);
llvm::Value *is_memory_slot_defined(Emitter &e, uint32_t slot);

} // namespace jl::emit
