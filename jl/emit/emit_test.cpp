// SPDX-License-Identifier: MIT
#include "jl/emit/emit.h"
#include "jl/emit/test_ir.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/test_support.h"

#include <gtest/gtest.h>
#include <llvm/IR/Instructions.h>

namespace jl::emit {
namespace {

std::string text_of(const ligature::Unit &unit) {
  std::string text;
  llvm::raw_string_ostream out(text);
  ligature::print_unit(*unit.module, out, "julia.fsig");
  return text;
}

/// Emits, checks the unit, and gives its text.
std::string emitted(CodeInstance *code) {
  ligature::Unit unit = emit_unit(current_task(), code);
  std::string text = text_of(unit);
  if (llvm::Error error = ligature::verify_unit(unit))
    ADD_FAILURE() << llvm::toString(std::move(error)) << "\n" << text;
  return text;
}

bool has(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}
#define EXPECT_HAS(text, part) EXPECT_TRUE(has(text, part)) << "missing: " << part << "\n" << text
#define EXPECT_LACKS(text, part) EXPECT_FALSE(has(text, part)) << "unwanted: " << part << "\n" << text

CodeInstance *foo(Value *argument) {
  TestIr f("foo", {argument}, {"x"});
  Operand x = TestIr::arg(1);
  if (argument == types::Int64)
    x = f.call(Intrinsic::sitofp, types::Float64, {f.constant(types::Float64), x});
  f.ret(f.call(Intrinsic::add_float, types::Float64, {x, f.number(2.0)}));
  return f.finish(types::Float64);
}

CodeInstance *baz() {
  CodeInstance *first = foo(types::Int64), *second = foo(types::Float64);
  TestIr f("baz", {types::Int64}, {"x"});
  Operand function = f.constant(global_value(modules::Main, Symbol::intern("foo"))
                                    ? global_value(modules::Main, Symbol::intern("foo"))
                                    : types::Nothing->instance);
  Operand y = f.invoke(first, function, {TestIr::arg(1)});
  f.ret(f.invoke(second, function, {y}));
  return f.finish(types::Float64);
}

RUNTIME_TEST(Emit, NamesTheSeedsExampleAsTheSeedDoes) {
  std::string text = emitted(baz());
  EXPECT_HAS(text, "; Function Signature: baz(Int64)\n");
  EXPECT_HAS(text, "define double @julia_baz_0(ptr nonnull swiftself");
  EXPECT_HAS(text, "i64 signext %\"x::Int64\")");
  EXPECT_HAS(text, "define nonnull ptr @jfptr_baz_0(ptr %\"function::Core.Function\"");
  EXPECT_HAS(text, "%\"args::Any[]\", i32 %\"nargs::UInt32\"");
  EXPECT_HAS(text, "; Function Signature: foo(Int64)\n; Function Attrs: nounwind\ndeclare double @j_foo_0(");
  EXPECT_HAS(text,
             "; Function Signature: foo(Float64)\n; Function Attrs: nounwind\ndeclare double @j_foo_1(");
  EXPECT_HAS(text, "@\"+Core.Float64#_0\" = external global ptr");
  EXPECT_HAS(text, "load ptr, ptr @\"+Core.Float64#_0\"");
  EXPECT_HAS(text, "\"julia.fsig\"=\"baz(Int64)\"");
  EXPECT_HAS(text, "\ntop:");
  EXPECT_LACKS(text, "inttoptr");
}

RUNTIME_TEST(Emit, GivesTheSameTextTwice) {
  CodeInstance *code = baz();
  EXPECT_EQ(emitted(code), emitted(code));
}

RUNTIME_TEST(Emit, ChecksTheStackOnlyWhereItCalls) {
  EXPECT_HAS(emitted(baz()), "jl_stack_check");
  EXPECT_LACKS(emitted(foo(types::Float64)), "jl_stack_check");
}

RUNTIME_TEST(Emit, JoinsUnboxedUnionsInPhis) {
  Value *members[] = {types::Nothing, types::Int64};
  Value *maybe = make_union(members);
  TestIr f("positive", {types::Int64}, {"x"});
  Operand less = f.call(Intrinsic::slt_int, types::Bool, {f.integer(0), TestIr::arg(1)});
  f.branch(less, 2);
  f.block();
  f.jump(2);
  f.block();
  Operand nothing = f.constant(nothing_value());
  f.ret(f.phi(maybe, {0, 1}, {nothing, TestIr::arg(1)}));
  std::string text = emitted(f.finish(maybe));
  EXPECT_HAS(text, "define { i64, i8 } @julia_positive_0(");
  EXPECT_HAS(text, "phi i64");
  EXPECT_HAS(text, "phi i8");
}

RUNTIME_TEST(Emit, ReturnsLargeImmutablesThroughTheCallersBuffer) {
  GcVector<Value *> elements(3, types::Float64);
  Value *tuple = make_tuple_type(elements);
  TestIr f("thrice", {types::Float64}, {"x"});
  Operand x = TestIr::arg(1);
  f.ret(f.call(Builtin::tuple, tuple, {x, x, x}));
  std::string text = emitted(f.finish(tuple));
  EXPECT_HAS(text, "define void @julia_thrice_0(ptr noalias nocapture sret([24 x i8]) align 8 "
                   "dereferenceable(24) %result");
  EXPECT_HAS(text, "store double %\"x::Float64\"");
}

RUNTIME_TEST(Emit, PassesTwoScalarsInRegistersAndMoreByReference) {
  GcVector<Value *> two(2, types::Int64), three(3, types::Int64);
  TestIr f("firsts", {make_tuple_type(two), make_tuple_type(three)}, {"a", "b"});
  Operand a = f.call(Builtin::getfield, types::Int64, {TestIr::arg(1), f.integer(1)});
  Operand b = f.call(Builtin::getfield, types::Int64, {TestIr::arg(2), f.integer(3)});
  f.ret(f.call(Intrinsic::add_int, types::Int64, {a, b}));
  std::string text = emitted(f.finish(types::Int64));
  EXPECT_HAS(text, "i64 signext %\"a::Tuple{Int64, Int64}.1\", i64 signext %\"a::Tuple{Int64, Int64}.2\"");
  EXPECT_HAS(text, "ptr noalias nocapture nonnull readonly align 8 dereferenceable(24)");
}

RUNTIME_TEST(Emit, LeavesConstantResultsOut) {
  TestIr f("answer", {types::Int64}, {"x"});
  f.ret(f.integer(42));
  std::string text = emitted(f.finish(types::Int64, box_int64(nullptr, 42)));
  EXPECT_HAS(text, "define void @julia_answer_0(");
  EXPECT_HAS(text, "load ptr, ptr @\"jl_global#_0\"");
}

RUNTIME_TEST(Emit, UsesTheBoxedConventionForUnspecialisedArguments) {
  TestIr f("anything", {types::Any}, {"x"});
  f.ret(f.call(new_generic_function(modules::Main, Symbol::intern("g")), types::Any, {TestIr::arg(1)}));
  std::string text = emitted(f.finish(types::Any));
  EXPECT_HAS(text, "@japi1_anything_0(ptr %\"function::Core.Function\"");
  EXPECT_HAS(text, "@\"-Main.g#_0\" = external global ptr");
  EXPECT_HAS(text, "call ptr @jl_apply(");
  EXPECT_LACKS(text, "jfptr_");
}

RUNTIME_TEST(Emit, AsksWhichMemberWhereAnObjectBecomesAUnion) {
  Value *members[] = {types::Float64, types::Int64};
  Value *either = make_union(members);
  TestIr f("either", {either}, {"x"});
  f.ret(TestIr::arg(1));
  std::string text = emitted(f.finish(either));
  EXPECT_HAS(text, "define { i64, i8 } @julia_either_0(");
  EXPECT_HAS(text, "unbox.done");
}

RUNTIME_TEST(Emit, BoxesFromTheTasksFreeList) {
  TestIr f("id", {types::Int64}, {"x"});
  f.ret(TestIr::arg(1));
  std::string text = emitted(f.finish(types::Int64));
  EXPECT_HAS(text, "%free_list = getelementptr inbounds i8, ptr %task, i64 8");
  EXPECT_HAS(text, "call ptr @jl_alloc(ptr %task, ptr %\"+Core.Int64#_0\", i64 8)");
}

RUNTIME_TEST(Emit, KeepsVariablesOfATryInVolatileMemory) {
  TestIr f("attempt", {types::Any, types::Int64}, {"g", "x"});
  f.ir().slots.push_back({Symbol::intern("y"), types::Int64, true});
  Operand slot{Operand::Kind::Slot, 0};
  Operand enter{Operand::Kind::Ssa, 0};
  f.statement(Op::Enter, {}, types::Any).target = 2;
  f.block();
  f.statement(Op::Copy, {TestIr::arg(2)}, types::Int64).dest = 0;
  f.add(Op::Call, {TestIr::arg(1)}, types::Any);
  f.add(Op::Leave, {enter}, types::Nothing);
  f.ret(f.integer(0));
  f.block();
  f.add(Op::PopException, {enter}, types::Nothing);
  f.ret(f.add(Op::Copy, {slot}, types::Int64));
  std::string text = emitted(f.finish(types::Int64));
  EXPECT_HAS(text, "call i32 @jl_handler_enter(ptr %task, ptr %handler)");
  EXPECT_HAS(text, "store volatile i64 %\"x::Int64\", ptr %y");
  EXPECT_HAS(text, "load volatile i64, ptr %y");
  EXPECT_HAS(text, "call void @jl_throw_undef_var(");
  EXPECT_HAS(text, "returns_twice");
}

RUNTIME_TEST(Emit, LoadsGlobalsThroughTheirBinding) {
  TestIr f("reads", {}, {});
  Symbol name = Symbol::intern("counter");
  f.ir().globals.push_back(new_global_ref(current_task(), modules::Main, name));
  f.ret(f.add(Op::Copy, {Operand(Operand::Kind::Global, 0)}, types::Any));
  std::string text = emitted(f.finish(types::Any));
  EXPECT_HAS(text, "@\"*Main.counter#_0\" = external global ptr");
  EXPECT_HAS(text, "load atomic ptr");
  EXPECT_HAS(text, "@jl_global_get");
}

RUNTIME_TEST(Emit, MarksReductionsOfSimdLoops) {
  TestIr f("sum", {types::Float64, types::Int64}, {"x", "n"});
  f.jump(1);
  f.block();
  Operand next_i{Operand::Kind::Ssa, 5}, next_s{Operand::Kind::Ssa, 4};
  Operand i = f.phi(types::Int64, {0, 1}, {f.integer(0), next_i});
  Operand s = f.phi(types::Float64, {0, 1}, {f.number(0.0), next_s});
  f.add(Op::LoopInfo, {}, types::Nothing);
  f.call(Intrinsic::add_float, types::Float64, {s, TestIr::arg(1)});
  f.call(Intrinsic::add_int, types::Int64, {i, f.integer(1)});
  Operand done = f.call(Intrinsic::slt_int, types::Bool, {TestIr::arg(2), next_i});
  f.branch(done, 1);
  f.block();
  f.ret(next_s);
  EXPECT_HAS(emitted(f.finish(types::Float64)), "fadd reassoc contract double");
}

RUNTIME_TEST(Emit, PassesLargeStructsInMemory) {
  TestIr f("calls_c", {}, {});
  ForeignCall call;
  call.function = f.constant(symbol_value("frobnicate"));
  GcVector<Value *> three(3, types::Int64);
  call.result_type = f.constant(make_tuple_type(three));
  f.ir().foreign_calls.push_back(call);
  f.ret(f.add(Op::ForeignCall, {}, types::Any));
  std::string text = emitted(f.finish(types::Any));
  EXPECT_HAS(text, "call void @foreign_frobnicate_0(ptr sret([24 x i8])");
  EXPECT_LACKS(text, "@jl_foreign_call(");
}

RUNTIME_TEST(Emit, BindsForeignFunctionsByName) {
  TestIr f("sine", {types::Float64}, {"x"});
  ForeignCall call;
  Value *name_and_library[] = {symbol_value("sin"), new_string(task, "libm.so.6")};
  call.function = f.constant(make_tuple(current_task(), name_and_library, 2));
  call.result_type = f.constant(types::Float64);
  call.argument_types.push_back(f.constant(types::Float64));
  call.fixed_arguments = 1;
  f.ir().foreign_calls.push_back(call);
  f.ret(f.add(Op::ForeignCall, {TestIr::arg(1)}, types::Float64));
  ligature::Unit unit = emit_unit(current_task(), f.finish(types::Float64));
  ASSERT_EQ(unit.link_info.foreign.size(), 1u);
  EXPECT_EQ(unit.link_info.name(unit.link_info.foreign[0].library), "libm.so.6");
  EXPECT_EQ(unit.link_info.name(unit.link_info.foreign[0].name), "sin");
}

RUNTIME_TEST(Emit, KeepsPositionsRelativeAndInlineScopesNested) {
  MethodInstance *inner = foo(types::Float64)->def;
  TestIr f("outer", {types::Float64}, {"x"});
  f.ir().scopes.push_back({inner, 0});
  f.ir().lines[0].line = 4;
  f.ir().lines.push_back({1, 0, Symbol()});
  Operand y = f.call(Intrinsic::add_float, types::Float64, {TestIr::arg(1), f.number(2.0)});
  f.ir().statements.back().line = 1;
  f.ret(y);
  ligature::Unit unit = emit_unit(current_task(), f.finish(types::Float64));
  EXPECT_FALSE(bool(ligature::verify_unit(unit)));
  std::string text = text_of(unit);
  EXPECT_HAS(text, "linkageName: \"m1\"");
  EXPECT_HAS(text, "!DILocation(line: 5,");
  EXPECT_HAS(text, "inlinedAt:");
  ASSERT_EQ(unit.link_info.positions.size(), 2u);
  EXPECT_EQ(unit.link_info.positions[1], inner->def);
}

RUNTIME_TEST(Emit, AdapterCallsThroughTheRuntime) {
  ligature::Unit unit = emit_specsig_adapter(current_task(), foo(types::Int64));
  std::string text = text_of(unit);
  EXPECT_FALSE(bool(ligature::verify_unit(unit))) << text;
  EXPECT_HAS(text, "define double @\"tojlinvoke#foo#0\"(");
  EXPECT_HAS(text, "call ptr @jl_invoke(");
  ASSERT_EQ(unit.link_info.definitions.size(), 1u);
  EXPECT_EQ(unit.link_info.definitions[0].kind, ligature::DefinitionKind::Adapter);
}

} // namespace
} // namespace jl::emit
