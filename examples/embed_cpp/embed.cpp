// SPDX-License-Identifier: MIT
//
// A client in C++: functions of one double, built with LLVM's own IRBuilder. What it shows beyond the C
// example: a slot that holds a value of the client's, a foreign function, one that does not exist, two units
// linked on pool threads, and which function an address belongs to.
#include <ligature/session.h>

#include <llvm/IR/IRBuilder.h>

#include <dlfcn.h>

#include <atomic>
#include <csetjmp>
#include <cstdio>
#include <functional>
#include <map>

using namespace ligature;

namespace {

std::jmp_buf back_to_main;

[[noreturn]] void missing_function(const char *reason) {
  std::printf("error: %s\n", reason);
  std::longjmp(back_to_main, 1);
}

/// Writes the body of a function of one number.
using Body = std::function<llvm::Value *(UnitBuilder &, llvm::IRBuilder<> &, llvm::Value *x)>;

class Language final : public Client {
public:
  std::unique_ptr<Session> session;
  std::map<Entry *, Unit (*)(Entry &)> sources; ///< functions that are compiled when they are called

  Language() {
    SessionOptions options;
    options.invokes = no_invokes(); // all of these functions have one convention: C's
    options.verify = true;
    options.threads = 2;
    session = llvm::cantFail(Session::create(std::move(options), *this));
  }

  void *slot_cell(const void *value) override { return session->allocate_cell(value); }
  void release_slot(const void *, void *cell) override { session->release_cell(cell); }
  void *find_runtime(std::string_view) override { return nullptr; }
  std::expected<void *, std::string> find_foreign(std::string_view, std::string_view name) override {
    if (void *found = dlsym(RTLD_DEFAULT, std::string(name).c_str()))
      return found;
    return std::unexpected("there is no " + std::string(name));
  }
  RaiseFunction foreign_error() override { return missing_function; }
  void *compile_for_call(Entry &entry, Abi abi) override {
    if (!llvm::cantFail(session->require(entry)))
      llvm::cantFail(session->link(sources.at(&entry)(entry)));
    return llvm::cantFail(session->callable(entry, abi));
  }
  llvm::Expected<Unit> emit_adapter(Entry &, Abi) override {
    return llvm::createStringError("one convention needs no adapters");
  }
  double call(Entry &entry, double x) {
    return reinterpret_cast<double (*)(double)>(llvm::cantFail(session->stub(entry, Abi::Args)))(x);
  }
};

llvm::FunctionType *type_of(UnitBuilder &builder) {
  llvm::Type *number = llvm::Type::getDoubleTy(builder.context());
  return llvm::FunctionType::get(number, {number}, false);
}

Unit unit(Entry &entry, const char *name, const Body &body) {
  UnitBuilder builder;
  llvm::Function *function = builder.create_function(name, type_of(builder));
  builder.define(entry, Abi::Args, nullptr, function, name);
  llvm::IRBuilder<> ir(llvm::BasicBlock::Create(builder.context(), "top", function));
  ir.CreateRet(body(builder, ir, function->getArg(0)));
  return builder.finish();
}

/// f(x) = FOREIGN(x)
Unit calls_foreign(Entry &entry, const char *foreign) {
  return unit(entry, "f", [&](UnitBuilder &builder, llvm::IRBuilder<> &ir, llvm::Value *x) {
    return ir.CreateCall(builder.foreign("", foreign, type_of(builder)), {x});
  });
}

Unit half(Entry &entry) {
  return unit(entry, "half", [](UnitBuilder &, llvm::IRBuilder<> &ir, llvm::Value *x) {
    return ir.CreateFMul(x, llvm::ConstantFP::get(x->getType(), 0.5));
  });
}

/// Reads a double of the client's each time it is called.
Unit scaled(Entry &entry, double &factor) {
  return unit(entry, "scaled", [&](UnitBuilder &builder, llvm::IRBuilder<> &ir, llvm::Value *x) {
    auto *slot = builder.slot(&factor, "factor#_", SlotKind::Other);
    auto *address = ir.CreateLoad(ir.getPtrTy(), slot);
    return ir.CreateFMul(x, ir.CreateLoad(ir.getDoubleTy(), address));
  });
}

/// f(x) = callee(x) + 1
Unit next(Entry &entry, Entry &callee) {
  return unit(entry, "next", [&](UnitBuilder &builder, llvm::IRBuilder<> &ir, llvm::Value *x) {
    auto *target = builder.call_target(callee, Abi::Args, "j_callee_", type_of(builder));
    return ir.CreateFAdd(ir.CreateCall(target, {x}), llvm::ConstantFP::get(x->getType(), 1));
  });
}

/// Compiles several units at once and waits for all.
void link_together(Session &session, std::vector<Unit> units) {
  std::atomic<size_t> left = units.size();
  for (Unit &unit : units)
    session.enqueue(llvm::cantFail(session.add(std::move(unit))), [&left](llvm::Error error) {
      llvm::cantFail(std::move(error));
      if (--left == 0)
        left.notify_all();
    });
  for (size_t seen = left; seen != 0; seen = left)
    left.wait(seen);
}

} // namespace

int main() {
  double factor = 3;
  Entry root, nothing, halved, one_more, product,
      one_more_product; // entries never outlive a session's use of them
  Language language;
  Session &session = *language.session;

  llvm::cantFail(session.link(calls_foreign(root, "sqrt")));
  std::printf("sqrt(2) = %.6f\n", language.call(root, 2));

  llvm::cantFail(session.link(calls_foreign(nothing, "no_such_function"))); // links; the call is the error
  if (setjmp(back_to_main) == 0)
    language.call(nothing, 1);

  language.sources[&halved] = half;
  llvm::cantFail(session.link(next(one_more, halved)));
  std::printf("next(8) = %g\n", language.call(one_more, 8)); // compiles half

  std::vector<Unit> together;
  together.push_back(scaled(product, factor));
  together.push_back(next(one_more_product, product));
  link_together(session, std::move(together));
  std::printf("next(scaled(5)) = %g\n", language.call(one_more_product, 5));
  factor = 30;
  std::printf("next(scaled(5)) = %g\n", language.call(one_more_product, 5));

  void *code = llvm::cantFail(session.callable(halved, Abi::Args));
  const CodeRange *range = session.code_map().find(reinterpret_cast<uintptr_t>(code));
  std::printf("half's code is called %s; %d units were linked\n", range->name.c_str(),
              static_cast<int>(session.stats().units_linked));
}
