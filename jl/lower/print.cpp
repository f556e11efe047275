// SPDX-License-Identifier: MIT
#include "jl/lower/lowered.h"

#include "jl/runtime/module.h"
#include "jl/runtime/numbers.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/task.h"
#include "jl/runtime/types.h"
#include "jl/runtime/values.h"

namespace jl {

std::string_view op_name(Op op) {
  static constexpr std::string_view kNames[] = {
#define OP(name, text) text,
#include "jl/lower/ops.def"
  };
  return kNames[size_t(op)];
}

static bool is_plain_name(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9'))
    return false;
  for (unsigned char c : text)
    if (!(isalnum(c) || c == '_' || c == '!' || c >= 0x80))
      return false;
  return true;
}

/// x, or var"#x" for what no program text spells.
static std::string variable_text(std::string_view text) {
  return is_plain_name(text) ? std::string(text) : "var\"" + std::string(text) + "\"";
}

static std::string quoted_text(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '"' || c == '\\' || c == '$')
      (out += '\\') += c;
    else
      out += c;
  }
  return out + "\"";
}

static std::string print_value_briefly(Value *value);

static std::string expr_text(const Expr *expr) {
  std::string out = "$(Expr(:" + std::string(symbol_of(expr->head).text());
  Array *args = expr->args;
  for (size_t i = 0; i < args->dims[0]; i++)
    out += ", " + (args->data<Value *>()[i] ? print_value_briefly(args->data<Value *>()[i]) : "#undef");
  return out + "))";
}

static std::string float_text(double value) {
  char text[kMaxFloatText];
  return {text, write_float64(text, value)};
}

static std::string float_text(float value) {
  char text[kMaxFloatText];
  return {text, write_float32(text, value, /*as_literal=*/true)};
}

static std::string tuple_text(const Value *tuple) {
  std::string out = "(";
  uint32_t n = tuple_length(tuple);
  for (uint32_t i = 0; i < n; i++)
    out += (i ? ", " : "") + print_value_briefly(tuple_field(current_task(), tuple, i));
  return out + (n == 1 ? ",)" : ")");
}

static std::string hex_text(const Value *value, size_t bytes) {
  uint64_t bits = 0;
  memcpy(&bits, static_cast<const void *>(value), bytes);
  char buffer[32];
  snprintf(buffer, sizeof buffer, "0x%0*llx", int(bytes * 2), static_cast<unsigned long long>(bits));
  return buffer;
}

static std::string char_text(uint32_t code) {
  if (code >= 32 && code < 127)
    return std::string("'") + char(code) + "'";
  char buffer[16];
  snprintf(buffer, sizeof buffer, "'\\u%04x'", code);
  return buffer;
}

static std::string print_value_briefly(Value *value) {
  DataType *type = type_of(value);
  if (is_nothing(value))
    return "nothing";
  if (is_type(value))
    return type_to_string(value);
  if (type == types::Bool)
    return unbox_bool(value) ? "true" : "false";
  if (type == types::Int64)
    return std::to_string(unbox_int64(value));
  if (type == types::Float64)
    return float_text(unbox_float64(value));
  if (type == types::Float32)
    return float_text(unbox_float32(value));
  if (type == types::String_)
    return quoted_text(string_view_of(value));
  if (type == types::Symbol_) {
    std::string_view name = symbol_of(value).text();
    return is_plain_name(name) ? ":" + std::string(name) : "Symbol(" + quoted_text(name) + ")";
  }
  if (type == types::Module_)
    return module_path(static_cast<Module *>(value));
  if (type == types::Expr_)
    return expr_text(static_cast<Expr *>(value));
  if (type == types::QuoteNode_)
    return "$(QuoteNode(" + print_value_briefly(static_cast<QuoteNode *>(value)->value) + "))";
  if (type == types::LineNumberNode_)
    return ":(#= line " + std::to_string(static_cast<LineNumberNode *>(value)->line) + " =#)";
  if (is_tuple_type(type))
    return tuple_text(value);
  if (type == types::UInt8 || type == types::UInt16 || type == types::UInt32 || type == types::UInt64)
    return hex_text(value, type->layout->size);
  if (type == types::Char)
    return char_text(char_code_point(value));
  if (type->instance == value && type->name->is_function)
    return std::string(type->name->function_name.text());
  return "<" + type_to_string(type) + ">";
}

std::string print_operand(const CodeInfo &code, Operand operand) {
  switch (operand.kind()) {
  case Operand::Kind::Ssa:
    return "%" + std::to_string(operand.index() + 1);
  case Operand::Kind::Slot: {
    std::string_view name = code.slots[operand.index()].name.text();
    bool is_self = operand.index() == 0 && code.nargs > 0 && name == "#self#";
    if (is_self)
      return "#self#";
    return name.empty() ? "@_" + std::to_string(operand.index() + 1) : variable_text(name);
  }
  case Operand::Kind::Argument:
    return "_" + std::to_string(operand.index() + 1);
  case Operand::Kind::Constant:
    return print_value_briefly(code.constants[operand.index()]);
  case Operand::Kind::Global: {
    const GlobalRef *ref = code.globals[operand.index()];
    std::string_view name = symbol_of(ref->name).text();
    bool is_operator = !is_plain_name(name) && name[0] != '#' && name[0] != '@';
    return module_path(ref->module) + "." + (is_operator ? ":" + std::string(name) : variable_text(name));
  }
  case Operand::Kind::StaticParam:
    return "$(Expr(:static_parameter, " + std::to_string(operand.index() + 1) + "))";
  case Operand::Kind::None:
    break;
  }
  return "#none";
}

namespace {

class Printer {
public:
  explicit Printer(const CodeInfo &code) : code_(code) {}
  std::string print();

private:
  void find_blocks();
  uint32_t block_at(uint32_t statement) const {
    return block_[std::min<size_t>(statement, block_.size() - 1)];
  }
  std::string target(const Stmt &s) const { return "#" + std::to_string(block_at(s.target)); }
  std::string list(std::span<const Operand> operands) const;
  std::string text(const Stmt &s) const;
  std::string definition_text(const Stmt &s) const;
  std::string foreign_text(const Stmt &s) const;
  bool yields(uint32_t i) const;

  const CodeInfo &code_;
  std::vector<uint32_t> block_; // of each statement, from 1
  std::vector<bool> used_;
};

/// A block begins where a jump goes and after every jump.
void Printer::find_blocks() {
  size_t n = code_.statements.size();
  std::vector<bool> begins(n + 1);
  begins[0] = true;
  for (size_t i = 0; i < n; i++) {
    const Stmt &s = code_.statements[i];
    bool jumps = s.op == Op::Goto || s.op == Op::GotoIfNot || s.op == Op::Enter;
    if (jumps && s.target <= n)
      begins[s.target] = true;
    if (jumps || s.op == Op::Return || s.op == Op::Leave)
      begins[i + 1] = true;
  }
  uint32_t block = 0;
  for (size_t i = 0; i <= n; i++)
    block_.push_back(block += begins[i]);
  used_.resize(n);
  auto use = [&](Operand operand) {
    if (operand.kind() == Operand::Kind::Ssa && operand.index() < n)
      used_[operand.index()] = true;
  };
  for (Operand operand : code_.operands)
    use(operand);
  for (const ForeignCall &call : code_.foreign_calls) {
    use(call.function);
    use(call.result_type);
    for (Operand type : call.argument_types)
      use(type);
  }
}

bool Printer::yields(uint32_t i) const {
  switch (code_.statements[i].op) {
  case Op::Goto:
  case Op::GotoIfNot:
  case Op::Return:
  case Op::Leave:
  case Op::NewVar:
  case Op::Nop:
    return false;
  default:
    return code_.statements[i].dest == kNoSlot || used_[i];
  }
}

std::string Printer::list(std::span<const Operand> operands) const {
  std::string out;
  for (size_t i = 0; i < operands.size(); i++)
    out += (i ? ", " : "") + print_operand(code_, operands[i]);
  return out;
}

std::string Printer::definition_text(const Stmt &s) const {
  const Definition &d = code_.definitions[s.target];
  std::string name = module_path(d.module) + "." + variable_text(d.name.text());
  std::string args = list(code_.args(s));
  switch (d.kind) {
  case Definition::Kind::Method:
    return std::string(d.keyword_call ? "keyword method " : "method ") + name + "(" + args + ")";
  case Definition::Kind::Function:
    return "function " + name;
  case Definition::Kind::Const:
    return "const " + name + (args.empty() ? "" : " = " + args);
  case Definition::Kind::Global:
    return "global " + name + (args.empty() ? "" : "::" + args);
  }
  return name;
}

std::string Printer::foreign_text(const Stmt &s) const {
  const ForeignCall &call = code_.foreign_calls[s.target];
  std::string out = "foreigncall(" + print_operand(code_, call.function) + ", " +
                    print_operand(code_, call.result_type) + ", (" +
                    list({call.argument_types.data(), call.argument_types.size()}) + ")";
  if (call.fixed_arguments != call.argument_types.size())
    out += ", " + std::to_string(call.fixed_arguments) + " fixed";
  return out + (s.count ? ", " : "") + list(code_.args(s)) + ")";
}

std::string Printer::text(const Stmt &s) const {
  std::span<const Operand> args = code_.args(s);
  switch (s.op) {
  case Op::Call:
    return print_operand(code_, args[0]) + "(" + list(args.subspan(1)) + ")";
  case Op::New:
  case Op::SplatNew:
    return "%" + std::string(op_name(s.op)) + "(" + list(args) + ")";
  case Op::Copy:
    return print_operand(code_, args[0]);
  case Op::Goto:
    return "goto " + target(s);
  case Op::GotoIfNot:
    return "goto " + target(s) + " if not " + print_operand(code_, args[0]);
  case Op::Return:
    return "return " + print_operand(code_, args[0]);
  case Op::Enter:
    return "enter " + target(s);
  case Op::GlobalSet:
    return print_operand(code_, args[0]) + " = " + print_operand(code_, args[1]);
  case Op::Define:
    return definition_text(s);
  case Op::ForeignCall:
    return foreign_text(s);
  case Op::IsDefined:
    return "$(Expr(:isdefined, " + list(args) + "))";
  case Op::Nop:
    return "nothing";
  default:
    return "$(Expr(:" + std::string(op_name(s.op)) + (args.empty() ? "" : ", ") + list(args) + "))";
  }
}

std::string Printer::print() {
  find_blocks();
  size_t n = code_.statements.size();
  size_t number_width = std::to_string(n ? block_[n - 1] : 1).size();
  size_t value_width = 1 + std::to_string(n).size();
  std::string out = "CodeInfo(\n";
  for (size_t i = 0; i < n; i++) {
    const Stmt &s = code_.statements[i];
    bool first = i == 0 || block_[i] != block_[i - 1];
    bool last = i + 1 == n || block_[i + 1] != block_[i];
    if (first) {
      std::string number = std::to_string(block_[i]);
      out += number + std::string(number_width - number.size(), ' ') + " ─ ";
    } else {
      out += last ? "└" : "│";
      for (size_t k = 0; k <= number_width; k++)
        out += last ? "─" : " ";
      out += " ";
    }
    std::string left;
    if (yields(uint32_t(i)))
      left = "%" + std::to_string(i + 1);
    left += std::string(value_width - left.size(), ' ');
    left += yields(uint32_t(i)) ? " = " : "   ";
    out += left;
    if (s.dest != kNoSlot)
      out += print_operand(code_, Operand(Operand::Kind::Slot, s.dest)) + " = ";
    out += text(s) + "\n";
  }
  return out + ")";
}

} // namespace

GcVector<Symbol> argument_names(const CodeInfo &code) {
  GcVector<Symbol> names;
  for (uint32_t i = 1; i < code.nargs; i++)
    names.push_back(code.slots[i].name);
  return names;
}

std::string print_lowered(const CodeInfo &code) {
  return Printer(code).print();
}

} // namespace jl
