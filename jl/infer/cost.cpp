// SPDX-License-Identifier: MIT
// What a body would add to a caller that inlines it: about one per machine instruction.
#include "jl/infer/optimize.h"

namespace jl::inference {

namespace {

constexpr uint32_t kNever = 1u << 20;
constexpr uint32_t kCall = 20;       // a call without dispatch
constexpr uint32_t kDispatch = 1000; // inlining does not help where dispatch dominates
constexpr uint32_t kErrorPath = 10;  // anything in a block that ends in a throw
constexpr uint32_t kLoop = 40;

uint32_t intrinsic_cost(Intrinsic i) {
  std::string_view name = intrinsic_name(i);
  if (name.find("div") != name.npos || name.find("rem") != name.npos || name == "sqrt_llvm")
    return 10;
  return name.starts_with("checked_") || name == "fma_float" ? 3 : 1;
}

uint32_t builtin_cost(Builtin b) {
  switch (b) {
  case Builtin::tuple:
  case Builtin::egal:
  case Builtin::ifelse:
  case Builtin::getfield:
  case Builtin::nfields:
    return 1;
  case Builtin::memoryrefget:
  case Builtin::memoryrefset:
  case Builtin::memoryrefnew:
  case Builtin::setfield:
  case Builtin::isa:
  case Builtin::typeof_:
  case Builtin::isdefined:
  case Builtin::typeassert:
  case Builtin::sizeof_:
  case Builtin::memoryrefoffset:
  case Builtin::memoryref_isassigned:
    return 3;
  case Builtin::apply_iterate:
  case Builtin::call_latest:
  case Builtin::invoke:
    return kDispatch;
  default:
    return kCall;
  }
}

uint32_t call_cost(const IR &ir, const Inst &inst) {
  Lat callee = lat_of(ir, ir.args(inst)[0]);
  if (!callee.constant)
    return kDispatch;
  if (type_of(callee.constant) == types::IntrinsicFunction)
    return intrinsic_cost(intrinsic_of(callee.constant));
  Builtin b = builtin_of(callee.constant);
  return b == Builtin::kCount ? kDispatch : builtin_cost(b);
}

uint32_t inst_cost(const IR &ir, const Inst &inst) {
  switch (inst.op) {
  case Op::Call:
    return call_cost(ir, inst);
  case Op::Invoke:
  case Op::ForeignCall:
    return kCall;
  case Op::New:
    return 2;
  case Op::SplatNew:
    return kCall;
  case Op::Copy:
    return ir.args(inst)[0].kind() == Operand::Kind::StaticParam ? kNever : 1;
  case Op::IsDefined:
    return ir.args(inst)[0].kind() == Operand::Kind::StaticParam ? kNever : 1;
  case Op::Enter:
  case Op::TheException:
  case Op::Leave:
  case Op::PopException:
  case Op::Define:
  case Op::NewVar:
    return kNever;
  case Op::GlobalSet:
    return kCall;
  case Op::GotoIfNot:
    return 1;
  default:
    return 0;
  }
}

/// Does the block end in something that never returns?
bool is_error_path(const IR &ir, const BlockData &block) {
  const Inst &last = ir.at(block.insts.back());
  return block.succs.empty() && last.op != Op::Return;
}

} // namespace

uint32_t inline_cost(const IR &ir) {
  if (!ir.slots.empty())
    return kNever; // memory slots belong to one function, also when its try proved unreachable
  uint32_t cost = 0;
  GcVector<uint32_t> order = reverse_postorder(ir);
  GcVector<char> seen(ir.blocks.size());
  for (uint32_t b : order) {
    const BlockData &block = ir.blocks[b];
    bool error = is_error_path(ir, block);
    for (uint32_t id : block.insts) {
      uint32_t one = inst_cost(ir, ir.at(id));
      cost += one < kNever && error && one > kErrorPath ? kErrorPath : one;
    }
    seen[b] = 1;
    for (uint32_t s : block.succs)
      cost += seen[s] ? kLoop : 0;
    if (cost >= kNever)
      return kNever;
  }
  return cost;
}

} // namespace jl::inference
