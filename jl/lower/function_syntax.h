// SPDX-License-Identifier: MIT
// A function definition taken apart, whatever form it is written in.
//
// One definition makes several methods: one that holds the body, one for each optional argument left out, and
// with keyword arguments a body function and methods of Core.kwcall that sort keywords. Each is a Variant; a
// method that waits to be lowered (PendingBody) remembers the definition and its variant.
#pragma once

#include <atomic>

#include "jl/lower/desugar.h"

namespace jl {

struct ArgumentSyntax {
  Name name;               // a fresh one where the source has none
  Node *pattern = nullptr; // destructured by the body
  Node *type = nullptr;
  Node *default_value = nullptr;
  bool is_vararg = false;
  bool nospecialize = false;
  Range range;
};

struct FunctionSyntax {
  enum class Kind : uint8_t {
    Named,    // f(x)
    Value,    // Base.f(x)
    Callable, // (f::T)(x), Foo{T}(x)
    Anonymous,
  };
  Kind kind = Kind::Anonymous;
  Node *callee = nullptr;             // Named: the identifier; Value: the expression
  Node *callee_type = nullptr;        // Callable
  bool callee_is_constructor = false; // Callable: of the type itself, Type{callee_type}
  Name self;                          // name of the callee inside the body
  Symbol name;                        // of the methods
  std::vector<ArgumentSyntax> positional, keywords;
  bool has_keywords = false;
  bool is_generated = false;               // the body makes the body: @generated
  std::vector<ParameterSyntax> parameters; // outermost first
  Node *return_type = nullptr;
  Node *body = nullptr;
  Range range;
  size_t required = 0; // positional arguments without a default
  int32_t line = 0;
  Symbol file;
};

/// False after reporting what is wrong.
bool parse_function(Desugar &d, Node *node, FunctionSyntax &out);

struct Variant {
  enum class Kind : uint8_t { Full, Optional, KeywordBody, Sorter, SorterOptional };
  Kind kind = Kind::Full;
  uint32_t count = 0; // Optional: how many positional arguments are given

  bool is_keyword_body() const { return kind == Kind::KeywordBody; }
  /// A method of Core.kwcall.
  bool sorts() const { return kind == Kind::Sorter || kind == Kind::SorterOptional; }
};

/// Whether the variant's method holds the body as written; the others pass their arguments on.
bool holds_body(const FunctionSyntax &syntax, Variant variant);
/// The code of one method.
Lambda *make_variant(Desugar &d, const FunctionSyntax &syntax, Variant variant, Name keyword_body);
/// The static parameters that the variant's signature determines (all, for those that hold the body).
std::vector<ParameterSyntax> variant_parameters(const FunctionSyntax &syntax, Variant variant);
/// Its arguments after the callee (after the keywords and the callee, for sorters).
std::span<const ArgumentSyntax> variant_arguments(const FunctionSyntax &syntax, Variant variant);

/// A definition's syntax, macros expanded; its variants share it. Made with the syntax, or with what gives it
/// to those who ask.
class DefinitionSyntax {
public:
  struct Parts {
    Node *node = nullptr;
    const NewContext *constructor = nullptr; // of an inner constructor: what `new` means
  };
  /// Called once for a syntax, by one thread at a time.
  using Read = Parts (*)(void *reader, uint32_t place);

  explicit DefinitionSyntax(Parts parts) : parts_(parts), is_read_(true) {}
  /// `reader` knows which syntax is meant by `place`; it outlives this.
  DefinitionSyntax(Read read, void *reader, uint32_t place) : read_(read), reader_(reader), place_(place) {}

  Node *node() const { return parts().node; }
  const NewContext *constructor() const { return parts().constructor; }
  uint32_t place() const { return place_; }

private:
  const Parts &parts() const { return is_read_.load(std::memory_order_acquire) ? parts_ : read_now(); }
  const Parts &read_now() const;

  mutable Parts parts_;
  Read read_ = nullptr;
  void *reader_ = nullptr;
  uint32_t place_ = 0;
  mutable std::atomic<bool> is_read_{false};
};

/// A method's syntax waiting to be lowered: Method::pending.
struct PendingBody {
  const DefinitionSyntax *definition;
  Variant variant;
  Symbol keyword_body;
  Symbol closure_prefix;
  Symbol generator; // of a @generated method: the function that returns the body
  SourceMap *sources;
  Module *module;
  Symbol file;
  int32_t line;
};

// --- desugar_keywords.cpp
Form *keyword_full_body(Desugar &d, const FunctionSyntax &syntax, Name keyword_body);
Form *keyword_sorter_body(Desugar &d, const FunctionSyntax &syntax, Name keywords, Name self,
                          Name keyword_body);
bool mentions(const Node *node, Name name);
/// An argument that may not be given, and what it is then.
struct Default {
  const ArgumentSyntax *argument;
  Form *value;
};
/// `inside` with the arguments set in order: each value sees the arguments before its own and no other.
Form *bind_defaults(Desugar &d, std::span<const Default> defaults, std::vector<Form *> inside, Range range);

} // namespace jl
