// SPDX-License-Identifier: MIT
// The shape of every object that a Julia program can hold.
//
// A value is a pointer to its payload; the word before the payload is its type tag, a DataType*. Bits types
// (Int64, Float64, immutable structs of such) are only boxed like this where somebody needs a pointer:
// compiled code keeps them in registers. The collector is conservative (see gc.h), so there are no
// roots to keep and no write barriers. Fields here are read by generated code and by the interpreter at
// the offsets that the DataType's Layout gives, so the structs and the layouts made in boot.cpp go together.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "jl/support/symbol.h"
#include "ligature/entries.h"

namespace jl {

struct DataType;
struct Module;
struct Method;
struct MethodInstance;
struct MethodTable;
struct CodeInstance;
struct CodeInfo; // jl/lower/lowered.h: the runtime only carries it around
struct TypedIR;  // jl/infer/typed.h: likewise
struct Task;

/// Any object. Never made by itself; only pointed to.
struct Value {};

/// The type of `v`. One load.
inline DataType *type_of(const Value *v) {
  return reinterpret_cast<DataType *const *>(v)[-1];
}

// --- Names and small containers -------------------------------------------------------------------------

/// Core.Symbol: one object for each interned name; `symbol_value` (symbols.h) finds it.
struct SymbolValue : Value {
  Symbol name;
};

/// Core.SimpleVector: fixed length, immutable once made.
struct SimpleVector : Value {
  size_t length;
  Value *data[];
  Value *operator[](size_t i) const { return data[i]; }
};

/// Core.String: UTF-8 bytes, followed by a NUL that is not counted.
struct String : Value {
  size_t length;
  char data[];
  std::string_view view() const { return {data, length}; }
};

// --- Types ----------------------------------------------------------------------------------------------

/// One field of a struct. `is_pointer` fields hold a Value* (null = undefined); others hold the bits inline.
struct FieldLayout {
  uint32_t offset; // bytes from the payload's start
  uint32_t size;   // bytes
  bool is_pointer;
};

/// How a concrete type lies in memory. Not an object of the language.
struct Layout {
  uint32_t size; // bytes of payload
  uint32_t alignment;
  uint32_t nfields;
  bool has_pointers;      // false: the payload is opaque bits for the collector
  uint32_t first_pointer; // index of a word (8 bytes) that is never null in a complete object, or ~0u
  FieldLayout fields[];
};

/// What all instantiations of one type constructor share: Array{T,N} for all T and N have one TypeName.
struct TypeName : Value {
  Symbol name;
  Module *module;
  SimpleVector *field_names; // of SymbolValue; for Tuple empty
  Value *wrapper;          // the UnionAll (or DataType when there are no parameters) that the name stands for
  MethodTable *methods;    // methods whose first argument (the function) has this type name; made on demand
  void *instantiations;    // table of instantiated DataTypes, owned by types.cpp
  uint64_t hash;           // from the names alone
  uint64_t const_fields;   // bit i: field i of a mutable type is const (first 64 fields)
  int32_t n_uninitialized; // how many trailing fields `new` may leave out
  bool is_abstract;
  bool is_mutable;
  bool is_function;        // type of a generic function or closure
  bool is_recursive;       // some field's type mentions this name: instances are never stored inline
  Symbol function_name;    // for is_function: the name without decorations, as shown to users
  SymbolValue *name_value; // `name` as an object, for reflection
  uint32_t primitive_bits; // of a `primitive type`

  /// Does field `i` (0-based) of an instance never change once it is set?
  bool is_const_field(size_t i) const { return !is_mutable || (i < 64 && (const_fields >> i & 1)); }
};

struct DataType : Value {
  TypeName *name;
  DataType *super;
  SimpleVector *parameters;
  SimpleVector *types;  // field types; null until the body is known
  Value *instance;      // the one instance, when there is exactly one
  const Layout *layout; // null for abstract and incomplete types
  uint64_t hash;        // from names and parameters: the same in every process
  bool has_free_typevars;
  bool is_concrete;                  // may have direct instances (Tuple{Any} is not: see is_dispatch_tuple)
  bool is_dispatch_tuple;            // a Tuple type of concrete types: what a call's arguments look like
  bool is_bits;                      // immutable, and no pointers inside, all the way down
  bool is_inline;                    // immutable with a layout: stored inline in fields, arrays and registers
  bool is_primitive;                 // `primitive type`
  bool is_kind;                      // DataType, Union, UnionAll or TypeofBottom: its instances are types
  std::atomic<uint32_t> depth_known; // type_depth() + 1 and type_size(), once they were asked for; 0 before
  std::atomic<uint32_t> size_known;
};

struct UnionType : Value {
  Value *a; // normalised: sorted and flattened by make_union
  Value *b;
};

struct TypeVar : Value {
  Symbol name;
  Value *lower;
  Value *upper;
  SymbolValue *name_value; // `name` as an object, for reflection
};

struct UnionAll : Value {
  TypeVar *var;
  Value *body;
};

/// Core.TypeofVararg: `Vararg{T,N}` as the last parameter of a Tuple type; n null when unbounded, t null for
/// Any.
struct Vararg : Value {
  Value *t;
  Value *n;
};

// --- Arrays ---------------------------------------------------------------------------------------------

/// Core.GenericMemory{kind,T,addrspace}: a fixed-length buffer. Inline element types lie in place (stride =
/// size rounded up to alignment); all others are Value* (null = undefined). Unions are always stored as
/// pointers.
struct Memory : Value {
  size_t length;
  void *ptr;
};

/// The payload of GenericMemoryRef: an immutable struct of two words, always stored inline.
struct MemoryRef {
  void *ptr; // address of the element
  Memory *mem;
};

/// Core.Array{T,N}: fields `ref::MemoryRef{T}` and `size::NTuple{N,Int}`, both inline.
struct Array : Value {
  MemoryRef ref;
  size_t dims[]; // N of them
  template <class T> T *data() const { return static_cast<T *>(ref.ptr); }
};

// --- Code as data ---------------------------------------------------------------------------------------

struct Expr : Value {
  SymbolValue *head;
  Array *args; // Vector{Any}
};
struct QuoteNode : Value {
  Value *value;
};
struct LineNumberNode : Value {
  int64_t line;
  Value *file; // Symbol or nothing
};
/// Core.GlobalRef: a name in a module, resolved once to its binding.
struct GlobalRef : Value {
  Module *module;
  SymbolValue *name;
  struct Binding *binding; // filled on first use
};
/// Core.Box: what a captured variable lives in when it is assigned after capture. null = undefined.
struct Box : Value {
  Value *contents;
};

// --- Modules and bindings -------------------------------------------------------------------------------

/// A global variable of a module. Owned by the module that defines it; an import points to its owner's. Any
/// thread may look at it while others define it, or find through `using` what it means.
struct Binding : Value {
  std::atomic<Value *> value; // null = undefined
  std::atomic<Value *> type;  // declared type, Any by default
  Module *module;
  Symbol name;
  std::atomic<bool> is_const;
  std::atomic<bool> is_exported;
  std::atomic<bool> is_public;
  std::atomic<bool> is_declared;       // `global x` or assigned: a later `using` must not shadow it
  std::atomic<bool> conflict_reported; // modules in use disagree about the name, and the user has been told
  std::atomic<bool> is_explicit;       // came by `import`: methods may be added without naming the module
  std::atomic<Binding *> imported;     // for an import: the owner's binding
  std::atomic<uint64_t> const_world;   // world age in which a const got its value
  std::atomic<void *> edges; // code that relies on the value or on its absence; owned by methods.cpp
};

// --- Methods (method.h has the functions) ---------------------------------------------------------------

/// One method definition.
struct Method : Value {
  Symbol name;
  Module *module;
  Value *sig;                 // Tuple type, wrapped in UnionAlls for static parameters
  SimpleVector *sparam_names; // TypeVars, outermost first
  int32_t nargs;              // with the function itself; a vararg counts once
  bool is_vararg;
  int32_t nkw;           // of the body method behind keyword arguments
  uint64_t nospecialize; // bit i: argument i is @nospecialize
  Symbol file;
  int32_t line;                   // first line: positions in compiled code are relative to it
  std::atomic<CodeInfo *> source; // lowered body; null until somebody needs it when `pending` is set
  void *pending;                  // syntax waiting to be lowered (jl/engine knows what it is)
  bool is_generated; // @generated: each instance has a body of its own, which `pending` knows how to make
  std::atomic<uint64_t> primary_world;
  std::atomic<uint64_t> deleted_world; // first world without it, kWorldMax while it lives
  void *specializations;               // spec_types -> MethodInstance, owned by methods.cpp
  uint32_t ordinal; // how many methods of the same module and name came before: part of stable names
  Value *(*builtin)(Task *, Value *f, Value **args, uint32_t n); // native body, or null
  SymbolValue *name_value; // `name` and `file` as objects, for reflection; add_method fills them in
  SymbolValue *file_value;
  uint64_t called_args; // bit i: the body calls argument i; others are not specialised on which Function or
                        // Type they are
  SimpleVector *keyword_names; // Symbols, `rest...` last; null for a method that takes no keywords
};

/// A method with concrete (or widened) argument types.
struct MethodInstance : Value {
  Method *def;                       // null for a top-level thunk
  Module *module;                    // of the thunk, when def is null
  Value *spec_types;                 // Tuple type
  SimpleVector *sparams;             // values of the static parameters
  std::atomic<CodeInstance *> cache; // newest first
  std::atomic<CodeInstance *>
      inserted;    // code that the program made and put here, newest first: never found by dispatch
  CodeInfo *thunk; // lowered code when def is null; the generated body of an instance of a generated method
  void *backedges; // callers that rely on this method instance; owned by methods.cpp
  std::atomic<uint32_t> calls; // how often the interpreter ran it: the engine compiles at its threshold
};

/// Compiled or inferred code of a method instance, valid for a range of world ages.
struct CodeInstance : Value {
  MethodInstance *def;
  Value *rettype;
  Value *rettype_const; // the value returned whenever it returns, or null
  std::atomic<uint64_t> min_world;
  std::atomic<uint64_t> max_world;
  CodeInstance *next;
  std::atomic<TypedIR *> inferred; // optimised typed IR, null when dropped or not inferred
  uint32_t effects;                // bits of infer/effects.h
  bool is_inferred;                // false: exists only to be interpreted
  uint64_t made_in_world;          // methods that came later may end it while its edges are being added
  struct MadeCode
      *made; // what the program said of code that it made itself; null for what inference made (made_code.h)
  ligature::Entry entry; // invoke, specptr, state: see ligature/entries.h
};

/// How boxed code is called: the hidden task (swiftself), the callee, its arguments (the callee not among
/// them). `code` is the code instance through which the call came: shims need it, compiled code ignores it.
using InvokeFn = __attribute__((swiftcall))
Value *(*)(Value *f, Value **args, uint32_t n, CodeInstance *code, __attribute__((swift_context)) Task *task);
using ArgsFn = __attribute__((swiftcall))
Value *(*)(Value *f, Value **args, uint32_t n, __attribute__((swift_context)) Task *task);
/// A builtin function's native body; throws with jl_throw (a longjmp: hold nothing that needs a destructor).
using BuiltinFn = Value *(*)(Task *task, Value *f, Value **args, uint32_t n);

} // namespace jl
