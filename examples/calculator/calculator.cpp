// SPDX-License-Identifier: MIT
//
// A small language: `calculator FILE`, or without FILE what is typed. ast.h says what it
// understands. Each function is a unit that is compiled when it is first called; to define it anew takes its code,
// and that of everybody who calls it, out of the session. An expression is code that runs once.
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
  Entry entry; // first: entry_of_function and back are casts
  std::string name;
  size_t arity = 0;
  Statement source;           ///< without a body while it is not defined
  UnitHandle unit;            ///< while it is compiled
  std::set<Function *> calls; ///< of the code that is compiled
};

std::jmp_buf next_line;  // where errors in running code lead
std::string run_error;   // what it was
char *stack_limit;       // below it there is no room for another call

[[noreturn]] void fail(const char *reason) {
  run_error = reason;
  std::longjmp(next_line, 1);
}
[[noreturn]] void stack_overflow() {
  fail("calls are nested too deeply");
}

/// One function's code. Everything outside of it is named through the unit builder.
class Emitter {
public:
  Emitter(UnitBuilder &builder, Function &function, std::map<std::string, Function> &functions)
      : builder_(builder), ir_(builder.context()), function_(function), functions_(functions) {}
  void emit();

private:
  llvm::Value *value(const Expression &tree);
  llvm::Value *compute(const Expression &tree);
  llvm::Value *choose(const Expression &tree);
  llvm::Value *call(const Expression &tree);
  void check_stack();
  llvm::FunctionType *type(size_t arity) {
    return llvm::FunctionType::get(ir_.getDoubleTy(), std::vector<llvm::Type *>(arity, ir_.getDoubleTy()), false);
  }

  UnitBuilder &builder_;
  llvm::IRBuilder<> ir_;
  Function &function_;
  std::map<std::string, Function> &functions_;
  llvm::Function *code_ = nullptr;
};

/// The function's record, made now if this is its first mention.
Function &mention(std::map<std::string, Function> &functions, const std::string &name, size_t arity) {
  Function &function = functions[name + "/" + std::to_string(arity)]; // a map never moves its values
  function.name = name;
  function.arity = arity;
  return function;
}

void Emitter::emit() {
  code_ = builder_.create_function(function_.name + "_", type(function_.arity));
  builder_.define(function_.entry, Abi::Args, nullptr, code_, function_.name);
  ir_.SetInsertPoint(llvm::BasicBlock::Create(builder_.context(), "top", code_));
  check_stack();
  ir_.CreateRet(value(*function_.source.body));
}

void Emitter::check_stack() {
  auto *here = ir_.CreateIntrinsic(llvm::Intrinsic::frameaddress, {ir_.getPtrTy()}, {ir_.getInt32(0)});
  auto *limit = ir_.CreateLoad(ir_.getPtrTy(), builder_.slot(stack_limit, "stack_limit#_", SlotKind::Other));
  auto *deep = llvm::BasicBlock::Create(builder_.context(), "deep", code_);
  auto *fine = llvm::BasicBlock::Create(builder_.context(), "fine", code_);
  ir_.CreateCondBr(ir_.CreateICmpULT(here, limit), deep, fine);
  ir_.SetInsertPoint(deep);
  ir_.CreateCall(builder_.runtime("stack_overflow", llvm::FunctionType::get(ir_.getVoidTy(), false)));
  ir_.CreateUnreachable();
  ir_.SetInsertPoint(fine);
}

llvm::Value *Emitter::value(const Expression &tree) {
  switch (tree.kind) {
  case Expression::Kind::Number:
    return llvm::ConstantFP::get(ir_.getDoubleTy(), tree.number);
  case Expression::Kind::Parameter:
    return code_->getArg(static_cast<unsigned>(tree.number));
  case Expression::Kind::Negate:
    return ir_.CreateFNeg(value(*tree.operands[0]));
  case Expression::Kind::Operator:
    return compute(tree);
  case Expression::Kind::If:
    return choose(tree);
  case Expression::Kind::Call:
    return call(tree);
  }
  return nullptr;
}

llvm::Value *Emitter::compute(const Expression &tree) {
  static const std::map<std::string_view, llvm::Instruction::BinaryOps> arithmetic = {
      {"+", llvm::Instruction::FAdd},
      {"-", llvm::Instruction::FSub},
      {"*", llvm::Instruction::FMul},
      {"/", llvm::Instruction::FDiv}};
  static const std::map<std::string_view, llvm::CmpInst::Predicate> comparisons = {
      {"<", llvm::CmpInst::FCMP_OLT},  {"<=", llvm::CmpInst::FCMP_OLE}, {">", llvm::CmpInst::FCMP_OGT},
      {">=", llvm::CmpInst::FCMP_OGE}, {"==", llvm::CmpInst::FCMP_OEQ}, {"!=", llvm::CmpInst::FCMP_UNE}};
  llvm::Value *left = value(*tree.operands[0]), *right = value(*tree.operands[1]);
  if (auto found = arithmetic.find(tree.name); found != arithmetic.end())
    return ir_.CreateBinOp(found->second, left, right);
  return ir_.CreateUIToFP(ir_.CreateFCmp(comparisons.at(tree.name), left, right), ir_.getDoubleTy());
}

llvm::Value *Emitter::choose(const Expression &tree) {
  llvm::BasicBlock *blocks[3];
  for (auto *&block : blocks)
    block = llvm::BasicBlock::Create(builder_.context(), "", code_);
  auto *zero = llvm::ConstantFP::get(ir_.getDoubleTy(), 0);
  ir_.CreateCondBr(ir_.CreateFCmpUNE(value(*tree.operands[0]), zero), blocks[0], blocks[1]);
  std::pair<llvm::Value *, llvm::BasicBlock *> results[2];
  for (int i : {0, 1}) {
    ir_.SetInsertPoint(blocks[i]);
    llvm::Value *result = value(*tree.operands[i + 1]);
    results[i] = {result, ir_.GetInsertBlock()};
    ir_.CreateBr(blocks[2]);
  }
  ir_.SetInsertPoint(blocks[2]);
  auto *phi = ir_.CreatePHI(ir_.getDoubleTy(), 2);
  for (auto [result, block] : results)
    phi->addIncoming(result, block);
  return phi;
}

llvm::Value *Emitter::call(const Expression &tree) {
  Function &callee = mention(functions_, tree.name, tree.operands.size());
  function_.calls.insert(&callee);
  std::vector<llvm::Value *> arguments;
  for (const auto &operand : tree.operands)
    arguments.push_back(value(*operand));
  auto *target = builder_.call_target(callee.entry, Abi::Args, "j_" + callee.name + "_", type(callee.arity));
  return ir_.CreateCall(target, arguments);
}

class Calculator final : public Client {
public:
  Calculator() {
    SessionOptions options;
    options.invokes = no_invokes();
    session_ = llvm::cantFail(Session::create(std::move(options), *this));
  }

  /// False if the line was wrong.
  bool run(const std::string &line);

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
    return llvm::createStringError(llvm::inconvertibleErrorCode(), "all functions have one convention");
  }
  void *compile_for_call(Entry &entry, Abi abi) override {
    static std::string problem; // the jump runs no destructors
    problem = make_callable(reinterpret_cast<Function &>(entry));
    if (!problem.empty())
      fail(problem.c_str());
    return llvm::cantFail(session_->callable(entry, abi));
  }

private:
  std::string make_callable(Function &function);
  llvm::Expected<UnitHandle> link(Function &function);
  void define(Statement source);
  void drop_code(Function &function);
  bool show(Statement source);

  std::map<std::string, Function> functions_;
  std::unique_ptr<Session> session_; // goes before the functions
};

llvm::Expected<UnitHandle> Calculator::link(Function &function) {
  function.calls.clear();
  UnitBuilder builder;
  Emitter(builder, function, functions_).emit();
  return session_->link(builder.finish());
}

/// Compiles a defined function, or finds C's; else says what is wrong.
std::string Calculator::make_callable(Function &function) {
  if (entry_state(function.entry, session_->options().invokes) == EntryState::Published)
    return "";
  if (function.source.body) {
    auto linked = link(function);
    if (!linked)
      return llvm::toString(linked.takeError());
    function.unit = std::move(*linked);
    return "";
  }
  static const std::set<std::string> known = {"sqrt/1", "sin/1", "cos/1",   "exp/1", "log/1",
                                              "pow/2",  "fabs/1", "floor/1", "fmod/2"};
  std::string full = function.name + "/" + std::to_string(function.arity);
  void *code = known.contains(full) ? dlsym(RTLD_DEFAULT, function.name.c_str()) : nullptr;
  if (!code)
    return full + " is not defined";
  session_->publish(function.entry, {Abi::Args, nullptr, code});
  return "";
}

/// Code that called `function` was bound to it when it was linked: it goes too, and comes back when it is called.
void Calculator::drop_code(Function &function) {
  UnitHandle unit = std::move(function.unit);
  function.unit = nullptr;
  if (!unit)
    return;
  session_->unlink(std::move(unit));
  for (auto &[name, caller] : functions_)
    if (caller.calls.contains(&function))
      drop_code(caller);
}

void Calculator::define(Statement source) {
  Function &function = mention(functions_, source.name, source.parameters.size());
  bool was_c = !function.source.body &&
               entry_state(function.entry, session_->options().invokes) == EntryState::Published;
  if (was_c) {
    std::printf("error: %s is C's already\n", source.name.c_str());
    return;
  }
  drop_code(function);
  function.source = std::move(source);
}

/// Code that runs once: out of all tables before it is called, since it may never return; gone afterwards.
bool Calculator::show(Statement source) {
  Function once;
  once.name = "it";
  once.source = std::move(source);
  auto linked = link(once);
  if (!linked) {
    std::printf("error: %s\n", llvm::toString(linked.takeError()).c_str());
    return false;
  }
  session_->unregister(*linked);
  auto code = reinterpret_cast<double (*)()>(once.entry.specptr.load());
  bool worked = setjmp(next_line) == 0;
  if (worked)
    std::printf("%.15g\n", code());
  else
    std::printf("error: %s\n", run_error.c_str());
  session_->unlink(std::move(*linked));
  return worked;
}

bool Calculator::run(const std::string &line) {
  auto statement = parse(line);
  if (!statement) {
    std::printf("error: %s\n", statement.error().c_str());
    return false;
  }
  if (statement->body && statement->name.empty())
    return show(std::move(*statement));
  if (statement->body)
    define(std::move(*statement));
  return true;
}

} // namespace
} // namespace calculator

int main(int argc, char **argv) {
  rlimit stack{};
  getrlimit(RLIMIT_STACK, &stack);
  size_t room = std::min<size_t>(stack.rlim_cur, size_t{8} << 20) * 3 / 4; // compiling needs some, too
  calculator::stack_limit = static_cast<char *>(__builtin_frame_address(0)) - room;
  std::ifstream file;
  if (argc > 1) {
    file.open(argv[1]);
    if (!file) {
      std::fprintf(stderr, "calculator: cannot read %s\n", argv[1]);
      return 1;
    }
  }
  std::istream &input = argc > 1 ? file : std::cin;
  bool prompt = argc == 1 && isatty(0);
  calculator::Calculator calculator;
  bool worked = true;
  for (std::string line; (prompt && std::fputs("> ", stdout), std::fflush(stdout), std::getline(input, line));)
    worked &= calculator.run(line);
  return worked ? 0 : 1;
}
