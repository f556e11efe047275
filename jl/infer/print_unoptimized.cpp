// SPDX-License-Identifier: MIT
// The lowered listing with inferred types: what code_typed(optimize=false) shows.
#include "jl/infer/print.h"
#include "jl/lower/lowered.h"

namespace jl::inference {

namespace {

std::string type_text(const Lat &a) {
  if (!a.known())
    return "Union{}";
  if (a.constant)
    return "Core.Const(" + print_constant(a.constant) + ")";
  return type_to_string(a.type);
}

std::string operand_text(const CodeInfo &code, Operand o) {
  return print_operand(code, o);
}

std::string list(const CodeInfo &code, std::span<const Operand> args) {
  std::string out;
  for (size_t i = 0; i < args.size(); i++)
    out += (i ? ", " : "") + operand_text(code, args[i]);
  return out;
}

std::string body(const CodeInfo &code, const Stmt &s) {
  std::span<const Operand> args = code.args(s);
  switch (s.op) {
  case Op::Call:
    return operand_text(code, args[0]) + "(" + list(code, args.subspan(1)) + ")";
  case Op::Goto:
    return "goto %" + std::to_string(s.target + 1);
  case Op::GotoIfNot:
    return "goto %" + std::to_string(s.target + 1) + " if not " + operand_text(code, args[0]);
  case Op::Return:
    return "return " + operand_text(code, args[0]);
  case Op::Copy:
    return operand_text(code, args[0]);
  default:
    return std::string(op_name(s.op)) + "(" + list(code, args) + ")";
  }
}

} // namespace

std::string print_unoptimized(const Frame &frame) {
  const CodeInfo &code = *frame.source;
  std::string out = "CodeInfo(\n";
  for (uint32_t i = 0; i < code.statements.size(); i++) {
    const Stmt &s = code.statements[i];
    std::string number = "%" + std::to_string(i + 1);
    out += number + std::string(number.size() < 5 ? 5 - number.size() : 1, ' ') + "= ";
    if (s.dest != kNoSlot)
      out += "(" + std::string(code.slots[s.dest].name.text()) + " = " + body(code, s) + ")";
    else
      out += body(code, s);
    Operand value = frame.map->values[i];
    if (value.kind() != Operand::Kind::None)
      out += "::" + type_text(lat_of(*frame.ir, value));
    out += "\n";
  }
  return out + ") => " + type_text(frame.result) + "\n";
}

} // namespace jl::inference
