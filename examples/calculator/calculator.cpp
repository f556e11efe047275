// SPDX-License-Identifier: MIT
//
// A language in under 400 lines of code: `calculator FILE`, or without FILE what is typed. ast.h says what it
// understands. Each function is a unit that is compiled when it is first called; to define it anew takes its
// code, and that of everybody who calls it, out of the session. An expression is code that runs once.
#include "ast.h"

#include <ligature/session.h>

#include <llvm/IR/IRBuilder.h>

#include <dlfcn.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

namespace calculator {
namespace {

using namespace ligature;

/// A function by name and number of arguments; there from its first mention on, be it a call.
struct Function {
  Entry entry; // first, so that an entry is a function
  std::string name;
  size_t arity = 0;
  std::unique_ptr<Expression> body; ///< null while it is not defined
  UnitHandle unit;                  ///< while it is compiled
  std::set<Function *> calls;       ///< of the code that is compiled
};
using Functions = std::map<std::string, Function>; // "fib/1"; a map never moves its values

Function &mention(Functions &functions, const std::string &name, size_t arity) {
  Function &function = functions[name + "/" + std::to_string(arity)];
  function.name = name;
  function.arity = arity;
  return function;
}

std::jmp_buf next_line; // where errors in running code lead
std::string run_error;  // what it was
char *stack_limit;      // below it there is no room for another call

[[noreturn]] void fail(const char *reason) {
  run_error = reason;
  std::longjmp(next_line, 1);
}
[[noreturn]] void stack_overflow() {
  fail("calls are nested too deeply");
}

/// One function's code. Everything outside of it is named through the unit builder.
struct Emitter {
  UnitBuilder &builder;
  Function &function;
  Functions &functions;
  llvm::IRBuilder<> ir{builder.context()};
  llvm::Type *number = ir.getDoubleTy();
  llvm::Function *code = builder.create_function(function.name + "_", type(function.arity));

  llvm::FunctionType *type(size_t arity) {
    return llvm::FunctionType::get(number, std::vector<llvm::Type *>(arity, number), false);
  }
  llvm::BasicBlock *block() { return llvm::BasicBlock::Create(builder.context(), "", code); }

  void emit() {
    builder.define(function.entry, Abi::Args, nullptr, code, function.name);
    ir.SetInsertPoint(block());
    check_stack();
    ir.CreateRet(value(*function.body));
  }

  void check_stack() {
    auto *here = ir.CreateIntrinsic(llvm::Intrinsic::frameaddress, {ir.getPtrTy()}, {ir.getInt32(0)});
    auto *limit = ir.CreateLoad(ir.getPtrTy(), builder.slot(stack_limit, "stack_limit#_", SlotKind::Other));
    auto *deep = block(), *fine = block();
    ir.CreateCondBr(ir.CreateICmpULT(here, limit), deep, fine);
    ir.SetInsertPoint(deep);
    ir.CreateCall(builder.runtime("stack_overflow", llvm::FunctionType::get(ir.getVoidTy(), false)));
    ir.CreateUnreachable();
    ir.SetInsertPoint(fine);
  }

  llvm::Value *value(const Expression &tree) {
    switch (tree.kind) {
    case Expression::Kind::Number:
      return llvm::ConstantFP::get(number, tree.number);
    case Expression::Kind::Parameter:
      return code->getArg(static_cast<unsigned>(tree.number));
    case Expression::Kind::Negate:
      return ir.CreateFNeg(value(*tree.operands[0]));
    case Expression::Kind::Operator:
      return compute(tree.name, value(*tree.operands[0]), value(*tree.operands[1]));
    case Expression::Kind::If:
      return choose(tree);
    case Expression::Kind::Call:
      return call(tree);
    }
    return nullptr;
  }

  llvm::Value *compute(const std::string &name, llvm::Value *left, llvm::Value *right) {
    using llvm::Instruction, llvm::CmpInst;
    static const std::map<std::string, Instruction::BinaryOps> arithmetic = {{"+", Instruction::FAdd},
                                                                             {"-", Instruction::FSub},
                                                                             {"*", Instruction::FMul},
                                                                             {"/", Instruction::FDiv}};
    static const std::map<std::string, CmpInst::Predicate> comparisons = {
        {"<", CmpInst::FCMP_OLT},  {"<=", CmpInst::FCMP_OLE}, {">", CmpInst::FCMP_OGT},
        {">=", CmpInst::FCMP_OGE}, {"==", CmpInst::FCMP_OEQ}, {"!=", CmpInst::FCMP_UNE}};
    if (auto found = arithmetic.find(name); found != arithmetic.end())
      return ir.CreateBinOp(found->second, left, right);
    return ir.CreateUIToFP(ir.CreateFCmp(comparisons.at(name), left, right), number);
  }

  llvm::Value *choose(const Expression &tree) {
    llvm::BasicBlock *ways[] = {block(), block()}, *after = block();
    auto *zero = llvm::ConstantFP::get(number, 0);
    ir.CreateCondBr(ir.CreateFCmpUNE(value(*tree.operands[0]), zero), ways[0], ways[1]);
    ir.SetInsertPoint(after);
    auto *result = ir.CreatePHI(number, 2);
    for (size_t i : {0, 1}) {
      ir.SetInsertPoint(ways[i]);
      llvm::Value *chosen = value(*tree.operands[i + 1]);
      result->addIncoming(chosen, ir.GetInsertBlock());
      ir.CreateBr(after);
    }
    ir.SetInsertPoint(after);
    return result;
  }

  llvm::Value *call(const Expression &tree) {
    Function &callee = mention(functions, tree.name, tree.operands.size());
    function.calls.insert(&callee);
    std::vector<llvm::Value *> arguments;
    for (const auto &operand : tree.operands)
      arguments.push_back(value(*operand));
    return ir.CreateCall(
        builder.call_target(callee.entry, Abi::Args, "j_" + callee.name + "_", type(callee.arity)),
        arguments);
  }
};

class Calculator final : public Client {
public:
  Calculator() {
    SessionOptions options;
    options.invokes = no_invokes();
    session_ = llvm::cantFail(Session::create(std::move(options), *this));
  }

  /// What is wrong with the line, or "".
  std::string run(const std::string &line) {
    auto statement = parse(line);
    if (!statement || !statement->body)
      return statement ? "" : statement.error();
    return statement->name.empty() ? show(std::move(statement->body)) : define(std::move(*statement));
  }

  void *slot_cell(const void *value) override { return session_->allocate_cell(value); }
  void release_slot(const void *, void *cell) override { session_->release_cell(cell); }
  void *find_runtime(std::string_view name) override {
    return name == "stack_overflow" ? reinterpret_cast<void *>(stack_overflow) : nullptr;
  }
  std::expected<void *, std::string> find_foreign(std::string_view, std::string_view) override {
    return std::unexpected("the language has no foreign functions");
  }
  RaiseFunction foreign_error() override { return fail; }
  llvm::Expected<Unit> emit_adapter(Entry &, Abi) override {
    return llvm::createStringError("all functions have one convention");
  }
  void *compile_for_call(Entry &entry, Abi abi) override {
    static std::string problem; // the jump runs no destructors
    problem = make_callable(reinterpret_cast<Function &>(entry));
    if (!problem.empty())
      fail(problem.c_str());
    return llvm::cantFail(session_->callable(entry, abi));
  }

private:
  bool is_published(const Function &function) const {
    return entry_state(function.entry, session_->options().invokes) == EntryState::Published;
  }

  std::string link(Function &function) {
    function.calls.clear();
    UnitBuilder builder;
    Emitter{builder, function, functions_}.emit();
    auto linked = session_->link(builder.finish());
    if (!linked)
      return llvm::toString(linked.takeError());
    function.unit = std::move(*linked);
    return "";
  }

  /// Compiles a defined function, or finds C's; else says what is wrong.
  std::string make_callable(Function &function) {
    if (is_published(function))
      return "";
    if (function.body)
      return link(function);
    static const std::set<std::string> known = {"sqrt/1", "sin/1",  "cos/1",  "exp/1",  "log/1",
                                                "pow/2",  "fabs/1", "fmod/2", "floor/1"};
    std::string full = function.name + "/" + std::to_string(function.arity);
    void *code = known.contains(full) ? dlsym(RTLD_DEFAULT, function.name.c_str()) : nullptr;
    if (!code)
      return full + " is not defined";
    session_->publish(function.entry, {Abi::Args, nullptr, code});
    return "";
  }

  /// Code that called `function` was bound to it when it was linked: it goes too, and comes back when it is
  /// called.
  void drop_code(Function &function) {
    if (!function.unit)
      return;
    session_->unlink(std::exchange(function.unit, nullptr));
    for (auto &[name, caller] : functions_)
      if (caller.calls.contains(&function))
        drop_code(caller);
  }

  std::string define(Statement source) {
    Function &function = mention(functions_, source.name, source.arity);
    if (!function.body && is_published(function))
      return source.name + " is C's already";
    drop_code(function);
    function.body = std::move(source.body);
    return "";
  }

  /// Code that runs once: out of all tables before it is called, since it may never return; gone afterwards.
  std::string show(std::unique_ptr<Expression> body) {
    Function once;
    once.name = "it";
    once.body = std::move(body);
    if (std::string problem = link(once); !problem.empty())
      return problem;
    session_->unregister(once.unit);
    run_error.clear();
    if (setjmp(next_line) == 0)
      std::printf("%.15g\n", reinterpret_cast<double (*)()>(once.entry.specptr.load())());
    session_->unlink(std::move(once.unit));
    return run_error;
  }

  Functions functions_;
  std::unique_ptr<Session> session_; // goes before the functions
};

} // namespace
} // namespace calculator

int main(int argc, char **argv) {
  rlimit stack{};
  getrlimit(RLIMIT_STACK, &stack);
  size_t room = std::min<size_t>(stack.rlim_cur, size_t{8} << 20) * 3 / 4; // compiling needs some, too
  calculator::stack_limit = static_cast<char *>(__builtin_frame_address(0)) - room;
  std::ifstream file;
  if (argc > 1 && (file.open(argv[1]), !file))
    return std::fprintf(stderr, "calculator: cannot read %s\n", argv[1]), 1;
  bool prompt = argc == 1 && isatty(0), worked = true;
  calculator::Calculator calculator;
  for (std::string line;;) {
    std::fputs(prompt ? "> " : "", stdout);
    std::fflush(stdout);
    if (!std::getline(argc > 1 ? file : std::cin, line))
      return worked ? 0 : 1;
    std::string problem = calculator.run(line);
    worked &= problem.empty();
    std::fputs(problem.empty() ? "" : ("error: " + problem + "\n").c_str(), stdout);
  }
}
