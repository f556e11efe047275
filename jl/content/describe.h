// SPDX-License-Identifier: MIT
// Writes down what a thing of the language is, by content: no address, no counter, no world age, no order of
// definition.
//
// Two things with equal descriptions are interchangeable, in this session and in any other. A type is its
// module, name and definition; a method its signature and code, with lines relative to its first; a closure's
// type the method it stands in, or at top level its own code. What may change and has no name has no
// description: a mutable object is known as the constant global through which it can be reached
// (constants.h). resolve.h is the way back.
#pragma once

#include <optional>
#include <utility>

#include "jl/content/hash.h"
#include "jl/lower/lowered.h"

namespace jl {
struct Node;
struct PendingBody;
struct Layer;
} // namespace jl

namespace jl::content {

/// First byte of every description of a value. Part of the format: only ever added to.
enum class Tag : uint8_t {
  Hash,     // instead of the description itself its hash; see Depth::Hashed
  Symbol,   // text
  String,   // text
  Instance, // type: the one instance of it
  Struct,   // type, fields
  Named,    // module, name, field numbers: an object that may change; 0, or 1 and hash of what in it may not
  Svec,     // count, elements (0: undefined, 1: value)
  Module,   // names, root first
  Bottom,   // Union{}
  DataType, // type name, parameters
  Wrapper,  // type name: what it stands for without parameters
  Union,    // count, members
  UnionAll, // variable's name and bounds, body
  BoundVar, // how many variables were bound since
  Vararg,   // 0 or 1 and type, 0 or 1 and length
  TypeName, // see TypeNameKind
  Method,   // length; signature, module, name, hash of all the rest
  MethodInstance, // length; method, types, static parameters, of a generated one the hash of the body
  Thunk,          // of top-level code: hash of the code
  Code,           // code instance: instance, result type, constant, effects
  GlobalRef,      // module, name
  Binding,        // module, name
  Expr,           // head, arguments
  QuoteNode,      // value
  LineNumber,     // line, file
  Intrinsic,      // name
  CodeConstant,   // method, or instance of its own body; number among the code's constants
};

enum class TypeNameKind : uint8_t {
  Plain,   // module, name, hash of the definition
  Inner,   // a closure's: method it is made by, number among the method's
  Closure, // of top-level code: module, hash of the definition, number among equal ones
};

class Describer {
public:
  enum class Depth : uint8_t {
    Full,    // everything, for resolve()
    Hashed,  // hashes of types, methods and instances: for content that is only compared
    Shallow, // type names are said by name alone and noted in `mentions`: for definitions, which may go round
             // in circles
  };
  explicit Describer(Bytes &out, Depth depth = Depth::Full) : to_{out}, depth_(depth) {}

  void value(Value *v);
  void method(Method *method);
  void instance(MethodInstance *instance);
  void code(CodeInstance *code);
  void binding(const Binding *binding);
  void module(Module *module);
  void typed(const TypedIR &ir);

  /// Null when everything had a description. Else what had none ("a pointer", ...), a constant string; then
  /// what was written is of no use.
  const char *failure() const { return failure_; }
  void fail(const char *reason) { failure_ = failure_ ? failure_ : reason; }

  // --- What descriptions are made of, for those that hash a thing's own content.
  void type_name(TypeName *name);
  void type_definition(TypeName *name); // Shallow
  void method_content(Method *method);  // all but signature, module and name
  void code_info(const CodeInfo &code) {
    bool was_in_code = std::exchange(in_code_, true);
    code_says(code);
    in_code_ = was_in_code;
  }
  void syntax(const PendingBody &pending);
  /// Expressions and lines that stand in the lowered code which `ir` came of are said by their place in it.
  void set_code(const TypedIR &ir) { typed_ = &ir; }
  /// Lines of this file are said relative to `line`.
  void set_origin(Symbol file, int32_t line) { file_ = file, line_ = line; }
  /// Objects that have names are said by these alone: whoever describes what is fixed in them does it once
  /// (fixed_parts.h).
  void leave_out_fixed_parts() { leaves_out_fixed_parts_ = true; }
  void bind(TypeVar *var) { bound_.push_back(var); }
  void unbind(size_t count) { bound_.resize(bound_.size() - count); }
  GcVector<TypeName *> mentions; // Shallow

private:
  void tag(Tag tag) { to_.byte(uint8_t(tag)); }
  void optional(Value *v);
  void svec(const SimpleVector *v);
  void type_var(TypeVar *var);
  void data_type(DataType *type);
  void union_type(Value *type);
  void union_all(UnionAll *type);
  void vararg(Vararg *v);
  void hashed(Value *v);
  void object(Value *v);
  void syntax_value(Value *v);
  void expression(Expr *expr);
  void expression_itself(Expr *expr);
  bool by_place(Value *v);
  void line_number(LineNumberNode *line);
  void constant(Value *v);
  void fields(DataType *type, const char *payload);
  void named(Value *v);
  void specialisation(MethodInstance *instance);
  void closure_name(TypeName *name);
  void node(const Node *node);
  void layer(const Layer *layer);
  void operands(std::span<const Operand> operands);
  void foreign_calls(std::span<const ForeignCall> calls);
  void method_says(Method *method);
  void code_says(const CodeInfo &code);
  void definition(const Definition &definition);
  void control_flow(const TypedIR &ir);
  void inlined_lines(const TypedIR &ir);
  void typed_tables(const TypedIR &ir);
  void typed_statements(const TypedIR &ir);

  Writer to_;
  Depth depth_;
  const char *failure_ = nullptr;
  GcVector<TypeVar *> bound_;
  GcVector<const Layer *> layers_; // in order of mention
  const TypedIR *typed_ = nullptr;
  bool in_code_ = false;        // what is written is what lowered code or syntax says
  bool lines_relative_ = false; // also those that are values
  Symbol file_;                 // lines of this file are relative to `line_`
  int32_t line_ = 0;
  unsigned level_ = 0;
  bool leaves_out_fixed_parts_ = false;
};

/// The hash of what a generator made for the instance; nothing before it did.
std::optional<Hash> generated_body_hash(MethodInstance *instance);

/// The hash of a code instance's typed IR with all that it refers to, of its result and of its effects: equal
/// ones give the same unit. Nothing where it has no content (the reason is counted, content.h), or no typed
/// IR.
std::optional<Hash> typed_key(const CodeInstance *code, const char **why_not = nullptr);

/// The hash of a thing's description. Kept for types, methods and their instances, whose content never
/// changes. Nothing when it has none. Here and above `why_not` receives the reason, a constant string; null
/// where there is no typed IR.
std::optional<Hash> hash_of(Value *v, const char **why_not = nullptr);

} // namespace jl::content
