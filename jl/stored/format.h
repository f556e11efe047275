// SPDX-License-Identifier: MIT
// How a stored library lies in its bytes.
//
// The build evaluates the library's text once and stores what was evaluated, in order: modules, thunks as
// lowered code, exports, imports. A start takes the same steps again, without text, parser, macros or
// lowering. The bytes are part of the executable that wrote them: there is no version, and of what is in them
// only the texts are checked.
//
// Numbers have variable length, 7 bits a byte, lowest first; signed ones are zigzag. Symbols, modules and
// globals are numbers into tables, which are read as they are asked for.
#pragma once

#include <cstdint>

#include "jl/lower/function_syntax.h"
#include "jl/lower/lowered.h"

namespace jl::stored {

enum class Section : uint8_t {
  Texts,   // of each text in the source map: its name, its length in bytes
  Symbols, // the texts, one after the other
  Modules, // of each: parent (1 + its number in this table; 0 for a root), name
  Globals, // of each: module, name
  Steps,   // a Step and what belongs to it, again and again
  Syntax,  // of definitions whose bodies are lowered when they are called, each at a place of its own
};
inline constexpr size_t kSections = 6;

/// What comes first. Places are in bytes from the start; a section ends where the next one begins.
struct Header {
  uint32_t begin[kSections + 1];
  uint32_t count[kSections]; // of entries, where there is a table
};

enum class Step : uint8_t {
  End,
  Module, // parent, name, is it bare
  Thunk,  // module, code
  Names,  // module, are they exported, how many, the names
  Import, // module, the statement's syntax
  State,  // module, what lowering left in it: counter for made-up names; imported names; other counters
};

enum class Tag : uint8_t {
  Null,
  Nothing,
  Int64,
  Bits,     // type, the bytes of an inline value
  Instance, // type: its only instance
  String,
  Symbol,
  Module,
  Global, // the value of a constant
  TypeOf, // value: its type
  Apply,  // constructor, parameters
  Tuple,  // parameters: a tuple type
  UnionAll,
  TypeVar,      // the next one of this step or syntax
  TypeVarAgain, // the number of one before
  Union,
  Bottom,
  Vararg,
  Svec,
  GlobalRef,
  QuoteNode,
  Expr,
  LineNumber,
  Struct,  // type, fields
  Closure, // the type of one, at its first mention: lowering had made it
};

// --- Plain structures, both ways: Io is a writer or a reader, whose functions take references --------------

template <class Io> void fields(Io &io, Annotations &a) {
  for (bool *flag : {&a.declared_inline, &a.declared_noinline, &a.propagate_inbounds, &a.constprop_aggressive,
                     &a.constprop_none, &a.assume_foldable, &a.assume_nothrow, &a.assume_terminates})
    io.flag(*flag);
}

template <class Io> void fields(Io &io, Operand &operand) {
  io.number(operand.bits);
}

template <class Io> void fields(Io &io, Stmt &s) {
  io.number(s.op);
  io.number(s.flags);
  io.number(s.count);
  io.number(s.first);
  io.number(s.target);
  io.slot(s.dest);
  io.number(s.line);
}

template <class Io> void fields(Io &io, Slot &slot) {
  io.symbol(slot.name);
  io.flag(slot.used_undefined);
  io.flag(slot.assigned_once);
  io.flag(slot.is_argument);
}

template <class Io> void fields(Io &io, LineInfo &line) {
  io.symbol(line.file);
  io.integer(line.line);
}

template <class Io> void fields(Io &io, ForeignCall &call) {
  fields(io, call.function);
  fields(io, call.result_type);
  io.list(call.argument_types);
  io.number(call.fixed_arguments);
  io.symbol(call.convention);
}

template <class Io> void fields(Io &io, Variant &variant) {
  io.number(variant.kind);
  io.number(variant.count);
}

/// All but the definition's syntax, and where its texts are.
template <class Io> void fields(Io &io, PendingBody &pending) {
  fields(io, pending.variant);
  io.symbol(pending.keyword_body);
  io.symbol(pending.closure_prefix);
  io.symbol(pending.generator);
  io.module(pending.module);
  io.symbol(pending.file);
  io.integer(pending.line);
}

/// What syntax says of a method; its body, in whatever form, comes after.
template <class Io> void fields(Io &io, Method &method) {
  io.integer(method.nargs);
  io.flag(method.is_vararg);
  io.integer(method.nkw);
  io.number(method.nospecialize);
  io.number(method.called_args);
  io.svec(method.keyword_names);
  io.symbol(method.file);
  io.integer(method.line);
  io.flag(method.is_generated);
}

template <class Io> void fields(Io &io, Definition &definition) {
  io.number(definition.kind);
  io.module(definition.module);
  io.symbol(definition.name);
  io.number(definition.callee);
  io.flag(definition.keyword_call);
  io.flag(definition.is_only_one);
  io.method(definition.method_template);
}

template <class Io> void fields(Io &io, CodeInfo &code) {
  fields(io, static_cast<Annotations &>(code));
  io.list(code.statements);
  io.list(code.operands);
  io.values(code.constants);
  io.globals(code.globals);
  io.list(code.slots);
  io.list(code.lines);
  io.list(code.foreign_calls);
  io.list(code.definitions);
  io.number(code.nargs);
  io.flag(code.is_vararg);
  io.flag(code.is_toplevel);
  io.flag(code.has_loops);
  io.flag(code.has_try);
  io.module(code.module);
  io.symbol(code.name);
  io.symbol(code.file);
  io.integer(code.first_line);
}

} // namespace jl::stored
