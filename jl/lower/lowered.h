// SPDX-License-Identifier: MIT
// Lowered IR: what a function body becomes once its syntax has been spelled out.
//
// A CodeInfo is a list of statements over slots (variables), earlier statements' values and constants, with
// jumps between them. The interpreter runs it as it is, inference reads it, code_lowered prints it. All
// macros are expanded, all closures converted (each is a struct with a method), all scopes resolved to slots,
// globals and static parameters. It lives in collected memory: containers are GcVector, no destructor runs.
#pragma once

#include <string>

#include "jl/lower/annotations.h"
#include "jl/runtime/gc.h"
#include "jl/runtime/method.h"

namespace jl {

/// Refers to a value in a statement's operands. 4 bytes: kind in the top 3 bits.
struct Operand {
  enum class Kind : uint8_t {
    None,
    Ssa,      // value of statement `index`
    Slot,     // lowered: current value of a variable; typed IR: a memory slot that is live into a catch block
    Argument, // typed IR only: argument `index`, 0 is the function itself
    Constant, // CodeInfo::constants[index]
    Global,   // CodeInfo::globals[index]: current value of a global
    StaticParam, // value of static parameter `index`
  };
  uint32_t bits = 0;
  Operand() = default;
  constexpr Operand(Kind kind, uint32_t index) : bits(uint32_t(kind) << 29 | index) {}
  Kind kind() const { return Kind(bits >> 29); }
  uint32_t index() const { return bits & 0x1fffffff; }
  bool operator==(const Operand &) const = default;
};

enum class Op : uint8_t {
#define OP(name, text) name,
#include "jl/lower/ops.def"
};
std::string_view op_name(Op op);

enum StmtFlag : uint8_t {
  kStmtInbounds = 1, // lexically inside @inbounds
  kStmtInline = 2,   // call site marked @inline
  kStmtNoinline = 4,
  kStmtBackedge = 8, // a jump backwards: the interpreter polls for interrupts here
};

inline constexpr uint32_t kNoSlot = ~0u;

/// One statement. `operands` are CodeInfo::operands[first .. first+count).
struct Stmt {
  Op op;
  uint8_t flags = 0;
  uint16_t count = 0; // number of operands
  uint32_t first = 0;
  uint32_t target =
      0; // jump target statement; Enter: the catch statement; ForeignCall/Define: index into a side table
  uint32_t dest = kNoSlot; // the slot that also receives the value
  uint32_t line = 0;       // index into CodeInfo::lines
};

struct Slot {
  Symbol name;         // empty for temporaries
  bool used_undefined; // may be read before it is assigned
  bool assigned_once;
  bool is_argument;
};

/// Where a statement comes from. Lowered IR of a function with macro-expanded parts may mix files.
struct LineInfo {
  Symbol file;
  int32_t line; // absolute; emission makes it relative to the method
};

/// A `ccall`: fixed by lowering as far as its types are literal.
struct ForeignCall {
  Operand function;    // Constant: Symbol/String or (symbol, library) tuple; else a pointer value
  Operand result_type; // evaluated types: Constant when literal, else StaticParam/Ssa expression
  GcVector<Operand> argument_types;
  uint32_t fixed_arguments; // for varargs: how many precede `...`; else all
  Symbol convention;        // ccall, stdcall... : only :ccall is accepted
};

/// A definition that running code makes: see the Define op. Operands say with which values.
struct Definition {
  enum class Kind : uint8_t {
    Method, // operands: callee, argument types svec, static parameters svec (TypeVars), captured values... :
            // see Callee. Adds a copy of `method_template` (a loop may define it several times) and yields
            // nothing
    Function, // operands: none -> makes sure `module.name` is a generic function (or a type); yields it
    Const,    // operands: value (or none) -> `const name = value`
    Global,   // operands: type or none -> declares `global name::T`
  };
  /// What a method's first operand is. The svec never holds the callee's own type.
  enum class Callee : uint8_t {
    Value, // the function itself, or a type T whose constructor it is: the signature starts with typeof(f),
           // or Type{T}
    Type,  // the callee's type, for `(f::T)(x)` and closures: the signature starts with it
  };
  Kind kind;
  Module *module;
  Symbol name;
  Method *method_template =
      nullptr; // everything known from syntax (name, file, line, nargs, source or pending)
  Callee callee = Callee::Value;
  /// The method is one of Core.kwcall: the signature is Tuple{typeof(Core.kwcall), NamedTuple, <callee's
  /// type>, types...}.
  bool keyword_call = false;
  /// Of a stored library: runs once, and no method with an equal signature is there. The template itself
  /// becomes the method.
  bool is_only_one = false;
  // Captured values (operands past the third) replace constants 0, 1, ... of a copy of the template's
  // `source`: a global method inside a top-level `let` holds that scope's variables, or the boxes they live
  // in, as constants.
};

/// Code of one function body or top-level thunk. A thunk has no arguments (nargs 0), not even itself.
///
/// A captured variable that is assigned after capture lives in a Core.Box: its slot (or the closure's field)
/// holds the box, reads are `getfield(box, :contents)` behind a ThrowUndefIfNot where it may be undefined.
/// GlobalSet of a binding with a declared type converts to it (Base.convert). A jump out of a try always
/// passes its Leave, one out of a catch block its PopException; PopException where nothing was thrown does
/// nothing.
struct CodeInfo : Value, Annotations {
  GcVector<Stmt> statements;
  GcVector<Operand> operands;
  GcVector<Value *> constants;
  GcVector<GlobalRef *> globals;
  GcVector<Slot> slots; // the arguments first, slot 0 is the function itself
  GcVector<LineInfo> lines;
  GcVector<ForeignCall> foreign_calls;
  GcVector<Definition> definitions;
  uint32_t nargs = 0;
  bool is_vararg = false;
  bool is_toplevel = false;
  bool has_loops = false; // some jump goes backwards
  bool has_try = false;
  Module *module = nullptr;
  Symbol name;
  Symbol file;
  int32_t first_line = 0;
  // What code_typed gives has no statements of its own: it stands for inferred code, and prints as such.
  CodeInstance *inferred = nullptr;
  String *listing = nullptr; // instead of that of `inferred`

  std::span<const Operand> args(const Stmt &s) const { return {operands.data() + s.first, s.count}; }
};

/// Names of the arguments after the function itself; of a thunk none.
GcVector<Symbol> argument_names(const CodeInfo &code);
/// As code_lowered shows it.
std::string print_lowered(const CodeInfo &code);
/// How an operand reads in a listing: `%3`, `_2`/the slot's name, `Main.foo`, `:sym`, `1.5`.
std::string print_operand(const CodeInfo &code, Operand operand);

} // namespace jl
