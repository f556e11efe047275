// SPDX-License-Identifier: MIT
// Kernel forms -> statements: the last step of lowering. One Builder per function body.
//
// Closures are converted on the way: where a function is defined inside another, its type is made at once,
// its methods are defined by the prelude (the top-level thunk around, or a thunk of their own when a method
// is lowered late), and the expression becomes `new(type, captured...)`.
#pragma once

#include <unordered_map>
#include <vector>

#include "jl/lower/form.h"
#include "jl/lower/lower.h"
#include "jl/lower/lowered.h"
#include "jl/lower/resolve.h"

namespace jl {

class Builder;

/// What the builders of one lowering share.
struct Linearizer {
  LowerContext &context;
  FormArena &forms;
  Builder *prelude = nullptr;           // receives the definitions of closures' methods
  Builder *hoisted = nullptr;           // those that can be made before the prelude runs; may be null
  GcVector<Value *> closure_types = {}; // made so far
};

struct Label {
  uint32_t position = ~0u;
  std::vector<uint32_t> uses; // jumps to patch
};

/// What is to become of a form's value.
struct Dest {
  enum class Want : uint8_t { Effect, Value, Tail };
  Want want;
  uint32_t slot = kNoSlot; // Value: also store it there
};
inline constexpr Dest kEffect{Dest::Want::Effect}, kValue{Dest::Want::Value}, kTail{Dest::Want::Tail};

class Builder {
public:
  Builder(Linearizer &shared, Lambda *lambda);
  /// Compiles the lambda's body and completes the code.
  CodeInfo *finish_body();
  /// For a prelude: completes what was emitted so far.
  CodeInfo *finish_prelude();
  bool is_empty() const { return code_->statements.empty(); }

private:
  // --- linearize.cpp: emission
  Operand emit(Op op, std::span<const Operand> operands, uint32_t dest = kNoSlot, uint32_t target = 0);
  Operand emit(Op op, std::initializer_list<Operand> operands, uint32_t dest = kNoSlot, uint32_t target = 0) {
    return emit(op, std::span<const Operand>(operands.begin(), operands.size()), dest, target);
  }
  Operand call(Operand f, std::initializer_list<Operand> args, uint32_t dest = kNoSlot);
  Operand constant(Value *value);
  Operand symbol(Symbol name);
  Operand global(Module *module, Symbol name);
  Operand core(std::string_view name);
  Operand base(std::string_view name);
  Operand nothing();
  uint32_t new_slot(Symbol name);
  uint32_t slot_of(Variable *variable);
  Operand stable(Operand operand);
  void jump(Label &label, Op op = Op::Goto, Operand condition = {}, uint8_t flags = 0);
  void bind(Label &label);
  void set_line(Symbol file, int32_t line);
  CodeInfo *complete();

  // --- linearize.cpp: forms
  Operand compile(Form *form, Dest dest);
  Operand compile_form(Form *form, Dest dest);
  Operand deliver(Operand value, Dest dest);
  Operand value_of(Form *form) { return compile(form, kValue); }
  void effect_of(Form *form) { compile(form, kEffect); }
  std::vector<Operand> compile_list(std::span<Form *const> items, bool first_is_callee);
  Operand compile_operation(Form *form, Op op, Dest dest);
  Operand compile_block(Form *form, Dest dest);
  Operand compile_foreign(Form *form, Dest dest);
  Operand compile_flagged(Form *form, Dest dest);
  Operand compile_scope(Form *form, Dest dest);
  Operand compile_name(Form *form, Dest dest);
  Operand compile_global(Form *form, Dest dest);
  Operand compile_global_declaration(Form *form, Dest dest);
  Operand compile_global_definition(Form *form, Dest dest);
  Operand compile_toplevel_eval(Form *form, Dest dest);

  // --- linearize_variables.cpp
  Operand read(Form *name);
  Operand raw(Variable *variable); // the value, or the box
  Operand field_of_self(Variable *variable);
  Operand box_contents(Operand box, Variable *variable, bool check);
  Operand self();
  Operand static_param(Variable *variable);
  Operand compile_assign(Form *form, Dest dest);
  void store(Variable *variable, Operand value);
  Operand convert(Operand value, Operand type);
  Operand compile_is_defined(Form *form, Dest dest);
  void enter_variables(std::span<Variable *const> variables);

  // --- linearize_control.cpp
  Operand compile_if(Form *form, Dest dest);
  void compile_condition(Form *form, Label &on_false);
  Operand compile_while(Form *form, Dest dest);
  Operand compile_until(Form *form, Dest dest);
  Operand compile_break_block(Form *form, Dest dest);
  Operand compile_return(Form *form);
  void emit_return(Operand value);
  Operand compile_try(Form *form, Dest dest);
  Operand compile_finally(Form *form, Dest dest);
  Operand compile_label(Form *form, Dest dest);
  Operand compile_goto(Form *form);
  /// Dest for parts of a form whose value is wanted afterwards.
  Dest joined(Dest dest);
  Operand join(Dest parts, Dest dest);

  /// A way out of the protected region around: what is left to do after its `finally`.
  struct Exit {
    enum class Kind : uint8_t { Return, Break, Goto } kind;
    uint32_t number = 0; // Break
    Name label;          // Goto
  };
  struct Finally {
    uint32_t tag_slot;
    uint32_t return_slot = kNoSlot;
    Label entry;
    std::vector<Exit> exits;
  };
  struct Handler {
    enum class Kind : uint8_t { Try, Catch, FinallyTry, FinallyBody } kind;
    Operand enter;
    Form *form;
    Finally *finally = nullptr;
  };
  struct BreakTarget {
    uint32_t number;
    Label *label;
    size_t handlers;
  };
  struct SymbolicLabel {
    Label label;
    std::vector<std::pair<Form *, Handler::Kind>> path; // try forms around it
    bool is_defined = false;
    Range range;
  };
  /// Leaves handlers down to `depth`. True when a `finally` on the way takes over and will continue `exit`.
  bool leave_handlers(size_t depth, const Exit &exit, Operand value);
  void take_exit(const Exit &exit, Operand value);
  void leave_finally(const Finally &finally, bool finishes);
  void find_labels(Form *form);
  size_t handlers_around(const SymbolicLabel &label, Range range);

  // --- closures.cpp
  Operand compile_method(Form *form, Dest dest);
  Operand compile_function_declaration(Form *form, Dest dest);
  void define_global_method(MethodForm *method, Operand callee, Definition::Callee kind);
  void define_closure(Closure *closure);
  void define_closure_method(MethodForm *method, Closure *closure);
  void define_closures_in(Form *form);
  void emit_method(MethodForm *method, Operand callee, Definition::Callee kind,
                   std::span<const Operand> captured);
  Operand make_closure(Closure *closure);
  Operand emit_typevar(StaticParamForm &parameter);
  Operand typevar(Symbol name, Operand lower, Operand upper);
  Operand emit_definition(const Definition &definition, std::span<const Operand> operands);
  std::vector<Operand> compile_types(MethodForm *method);
  Lambda *naming_root();
  friend Value *make_closure_type(Linearizer &, Builder &, Closure *);

  Linearizer &shared_;
  Lambda *lambda_;
  CodeInfo *code_;
  GcVector<Variable *> own_; // variables with a slot in this code
  Task *task_;
  bool reachable_ = true;
  uint8_t flags_ = 0;
  uint32_t line_ = 0;
  uint32_t loops_ = 0;
  std::unordered_map<uint32_t, Operand> temporaries_;
  std::unordered_map<const Variable *, Operand> typevars_;
  std::unordered_map<Value *, uint32_t> constant_index_; // by identity
  std::vector<Handler> handlers_;
  std::vector<BreakTarget> breaks_;
  std::unordered_map<Name, SymbolicLabel> labels_;
  std::vector<std::pair<Form *, Handler::Kind>> label_path_;
};

/// The variables that a closure object holds, in the order of its fields.
std::vector<Variable *> closure_fields(const Closure *closure);
/// Their names: unique within the closure.
std::vector<Symbol> closure_field_names(const Closure *closure);

} // namespace jl
