// SPDX-License-Identifier: MIT
// code_typed's style: block numbers and rails at the left, values numbered by statement.
#include "jl/infer/print.h"

#include "jl/runtime/abi.h"
#include "jl/runtime/numbers.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

namespace inference {

static std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\' || c == '$')
      out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out + "\"";
}

static std::string print_float(double v, const char *suffix) {
  char text[kMaxFloatText];
  return std::string(text, write_float64(text, v)) + suffix;
}

static std::string function_name(Value *f) {
  DataType *type = type_of(f);
  Symbol name = type->name->function_name ? type->name->function_name : type->name->name;
  Module *module = type->name->module;
  std::string prefix = module ? module_path(module) + "." : "";
  return prefix + std::string(name.text());
}

static std::string print_composite(Value *v) {
  DataType *type = type_of(v);
  bool tuple = is_tuple_type(type);
  std::string out = tuple ? "(" : type_to_string(type) + "(";
  uint32_t n = type->layout ? type->layout->nfields : 0;
  if (n > 8 || type->name->is_mutable)
    return out + "…)";
  for (uint32_t i = 0; i < n; i++) {
    Value *field = is_field_defined(v, i) ? get_field(current_task(), v, i) : nullptr;
    out += (i ? ", " : "") + (field ? print_constant(field) : "#undef");
  }
  return out + (tuple && n == 1 ? ",)" : ")");
}

std::string print_constant(Value *v) {
  DataType *type = type_of(v);
  if (v == nothing_value())
    return "nothing";
  if (is_type(v))
    return type_to_string(v);
  if (type == types::Symbol_)
    return ":" + std::string(symbol_of(v).text());
  if (type == types::String_)
    return quoted(static_cast<String *>(v)->view());
  if (type == types::Bool)
    return unbox_bool(v) ? "true" : "false";
  if (type == types::Int64)
    return std::to_string(unbox_int64(v));
  if (type == types::Int32 || type == types::Int16 || type == types::Int8)
    return type_to_string(type) + "(" +
           std::to_string(type == types::Int32   ? unbox_int32(v)
                          : type == types::Int16 ? unbox<int16_t>(v)
                                                 : unbox<int8_t>(v)) +
           ")";
  if (type == types::Float64)
    return print_float(unbox_float64(v), "");
  if (type == types::Module_)
    return module_path(reinterpret_cast<Module *>(v));
  if (type == types::IntrinsicFunction)
    return "Base." + std::string(intrinsic_name(intrinsic_of(v)));
  if (Builtin b = builtin_of(v); b != Builtin::kCount)
    return "Core." + std::string(builtin_name(b));
  if (type->instance == v && is_subtype(type, types::Function))
    return function_name(v);
  if (type->is_primitive && type->layout && type->layout->size <= 8) {
    char text[24];
    uint64_t bits = 0;
    memcpy(&bits, static_cast<void *>(v), type->layout->size);
    std::snprintf(text, sizeof text, "0x%0*llx", int(type->layout->size * 2),
                  static_cast<unsigned long long>(bits));
    return type_to_string(type) + "(" + text + ")";
  }
  return print_composite(v);
}

} // namespace inference

namespace {

class Printer {
public:
  explicit Printer(const TypedIR &ir) : ir_(ir), used_(ir.statements.size()) {
    for (const TypedStmt &s : ir_.statements)
      for (Operand o : ir_.args(s))
        use(o);
    for (const PhiNode &phi : ir_.phis)
      for (Operand o : phi.values)
        use(o);
    for (const ForeignCall &call : ir_.foreign_calls) {
      use(call.function);
      use(call.result_type);
    }
    for (uint32_t i = 0; i < ir_.statements.size(); i++)
      if (used_[i] || shows_number(ir_.statements[i]))
        width_ = std::max(width_, std::to_string(i + 1).size() + 4);
    number_width_ = std::to_string(ir_.blocks.size()).size();
  }

  std::string print() {
    std::string out = "CodeInfo(\n";
    for (uint32_t b = 0; b < ir_.blocks.size(); b++)
      for (uint32_t i = ir_.blocks[b].first; i < ir_.blocks[b].end; i++)
        out += rail(b, i) + statement(i) + "\n";
    return out + ") => " + result() + "\n";
  }

private:
  void use(Operand o) {
    if (o.kind() == Operand::Kind::Ssa)
      used_[o.index()] = 1;
  }

  static bool shows_number(const TypedStmt &s) { return s.op == Op::Invoke; }

  std::string result() const {
    if (ir_.result.constant && ir_.result.type != types::Nothing)
      return "Core.Const(" + inference::print_constant(ir_.result.constant) + ")";
    return type_to_string(ir_.result.type);
  }

  std::string rail(uint32_t b, uint32_t i) const {
    const Block &block = ir_.blocks[b];
    if (i == block.first) {
      std::string number = std::to_string(b + 1);
      return number + std::string(number_width_ - number.size(), ' ') + " ─ ";
    }
    std::string bar = i + 1 == block.end ? "└" : "│";
    std::string fill;
    for (size_t k = 0; k < number_width_; k++)
      fill += i + 1 == block.end ? "─" : " ";
    return bar + fill + (i + 1 == block.end ? "─ " : "  ");
  }

  std::string operand(Operand o) const {
    switch (o.kind()) {
    case Operand::Kind::None:
      return "#undef";
    case Operand::Kind::Ssa:
      return "%" + std::to_string(o.index() + 1);
    case Operand::Kind::Slot:
      return "slot:" + std::string(ir_.slots[o.index()].name.text());
    case Operand::Kind::Argument: {
      Symbol name = ir_.argument_names[o.index()];
      bool plain = name && !name.text().empty() && name.text()[0] != '#';
      return plain ? std::string(name.text()) : "_" + std::to_string(o.index() + 1);
    }
    case Operand::Kind::Constant:
      return inference::print_constant(ir_.constants[o.index()]);
    case Operand::Kind::Global: {
      GlobalRef *ref = ir_.globals[o.index()];
      return module_path(ref->module) + "." + std::string(ref->name->name.text());
    }
    case Operand::Kind::StaticParam:
      return "static_parameter:" + std::to_string(o.index() + 1);
    }
    return "?";
  }

  std::string list(std::span<const Operand> args, std::string between = ", ") const {
    std::string out;
    for (size_t i = 0; i < args.size(); i++)
      out += (i ? between : "") + operand(args[i]);
    return out;
  }

  std::string block_name(uint32_t b) const { return "#" + std::to_string(b + 1); }

  std::string phi(const TypedStmt &s) const {
    const PhiNode &phi = ir_.phis[s.target];
    std::string out = "φ (";
    for (size_t i = 0; i < phi.values.size(); i++)
      out += (i ? ", " : "") + block_name(phi.blocks[i]) + " => " + operand(phi.values[i]);
    return out + ")";
  }

  std::string invoke(std::span<const Operand> args) const {
    auto *code = static_cast<CodeInstance *>(ir_.constants[args[0].index()]);
    auto *sig = static_cast<DataType *>(unwrap_union_all(code->def->spec_types));
    std::string out = "invoke " + operand(args[1]) + "(";
    for (size_t i = 2; i < args.size(); i++) {
      out += (i > 2 ? ", " : "") + operand(args[i]);
      if (i - 1 < sig->parameters->length)
        out += "::" + type_to_string(sig->parameters->data[i - 1]);
    }
    return out + ")";
  }

  std::string foreign_call(const TypedStmt &s) const {
    const ForeignCall &call = ir_.foreign_calls[s.target];
    std::string out = "$(Expr(:foreigncall, " + operand(call.function) + ", " + operand(call.result_type);
    for (Operand o : ir_.args(s))
      out += ", " + operand(o);
    return out + "))";
  }

  std::string body(const TypedStmt &s) const {
    std::span<const Operand> args = ir_.args(s);
    switch (s.op) {
    case Op::Call:
      return operand(args[0]) + "(" + list(args.subspan(1)) + ")";
    case Op::Invoke:
      return invoke(args);
    case Op::New:
      return "%new(" + list(args) + ")";
    case Op::SplatNew:
      return "%splatnew(" + list(args) + ")";
    case Op::Copy:
      return list(args);
    case Op::Goto:
      return "goto " + block_name(s.target);
    case Op::GotoIfNot:
      return "goto " + block_name(s.target) + " if not " + operand(args[0]);
    case Op::Return:
      return "return " + operand(args[0]);
    case Op::Enter:
      return "enter " + block_name(s.target);
    case Op::Phi:
      return phi(s);
    case Op::Pi:
      return "π (" + operand(args[0]) + ", " + type_to_string(s.type.type) + ")";
    case Op::ForeignCall:
      return foreign_call(s);
    case Op::GlobalSet:
      return operand(args[0]) + " = " + operand(args[1]);
    default:
      return std::string(op_name(s.op)) + "(" + list(args) + ")";
    }
  }

  static bool shows_type(Op op) {
    return op != Op::Goto && op != Op::GotoIfNot && op != Op::Return && op != Op::Enter && op != Op::Pi &&
           op != Op::NewVar && op != Op::Leave && op != Op::PopException && op != Op::LoopInfo &&
           op != Op::Nop && op != Op::ThrowUndefIfNot;
  }

  std::string statement(uint32_t i) const {
    const TypedStmt &s = ir_.statements[i];
    std::string head;
    if (used_[i] || (shows_number(s) && s.type.type != types::Bottom_))
      head = "%" + std::to_string(i + 1) + " = ";
    head = std::string(width_ > head.size() ? width_ - head.size() : 0, ' ') + head;
    if (s.dest != kNoSlot)
      head += "slot:" + std::string(ir_.slots[s.dest].name.text()) + " = ";
    return head + body(s) + (shows_type(s.op) ? "::" + type_to_string(s.type.type) : "");
  }

  const TypedIR &ir_;
  GcVector<char> used_;
  size_t width_ = 0, number_width_ = 1;
};

} // namespace

std::string print_typed(const TypedIR &ir) {
  return Printer(ir).print();
}

} // namespace jl
