// SPDX-License-Identifier: MIT
// Foreign modules in spaces of their own: C++ from two modules, names, initialisers, thread-locals, failures.
#include "ligature/symbol_space.h"

#include "base/no_threads.h"
#include "session/toy_client.h"
#include "session/watchdog.h"

#include <gtest/gtest.h>

#include <malloc.h>

#include <thread>

using namespace ligature;
using namespace ligature::toy;

namespace {

using Names = std::vector<std::string>;

std::unique_ptr<llvm::MemoryBuffer> module_file(const std::string &name) {
  auto buffer = llvm::MemoryBuffer::getFile(std::string(SPACE_MODULES "/") + name);
  EXPECT_TRUE(buffer) << "no " << name;
  return buffer ? std::move(*buffer) : llvm::MemoryBuffer::getMemBuffer("");
}

template <class Function> Function *function(SymbolSpace &space, const char *name) {
  return reinterpret_cast<Function *>(llvm::cantFail(space.lookup(name)));
}

std::string text_of(llvm::Error error) {
  return llvm::toString(std::move(error));
}

void add_text(SymbolSpace &space, const char *name, const char *text) {
  EXPECT_EQ(text_of(space.add_bitcode({text, name})), "");
}

std::vector<int> noted;
void note(int what) {
  noted.push_back(what);
}

std::unique_ptr<SymbolSpace> named_space(Toy &toy, const char *name) {
  SymbolSpaceOptions options;
  options.name = name;
  return SymbolSpace::create(*toy.session, std::move(options));
}

/// throws.cpp and catches.cpp, which need each other's symbols.
std::unique_ptr<SymbolSpace> cpp_space(Toy &toy, SymbolSpaceOptions options = {},
                                       void (*noting)(int) = note) {
  auto space = SymbolSpace::create(*toy.session, std::move(options));
  llvm::cantFail(space->define("note", reinterpret_cast<const void *>(noting)));
  for (const char *name : {"throws.bc", "catches.bc"})
    llvm::cantFail(space->add_bitcode(module_file(name)->getMemBufferRef()));
  return space;
}

TEST(SymbolSpace, LinksCppModulesWithVirtualAndInlineFunctionsAndExceptions) {
  Toy toy;
  noted.clear();
  auto space = cpp_space(toy);
  auto *area_or = function<double(double, double)>(*space, "area_or");
  EXPECT_EQ(area_or(3, -7), 9.0);
  EXPECT_EQ(area_or(-3, -7), -7.0);                 // thrown in one module, caught in the other
  EXPECT_EQ(function<int()>(*space, "calls")(), 3); // the inline function's counter is one
}

TEST(SymbolSpace, RunsInitialisersByPriorityAndFinalisersLastFirst) {
  Toy toy;
  noted.clear();
  auto space = cpp_space(toy);
  EXPECT_EQ(text_of(space->link()), "");
  EXPECT_TRUE(noted.empty());
  EXPECT_EQ(text_of(space->initialise()), "");
  EXPECT_EQ(noted, (std::vector<int>{1, 2}));
  EXPECT_EQ(text_of(space->initialise()), ""); // once
  function<void()>(*space, "at_the_end")();
  EXPECT_EQ(noted.size(), 2u);
  space->finalise();
  EXPECT_EQ(noted, (std::vector<int>{1, 2, 100, -2, -1, 200}));
  space = nullptr; // nothing twice
  EXPECT_EQ(noted.size(), 6u);
}

TEST(SymbolSpace, ThreadLocalsBelongToThreadsAndGoWithTheSpace) {
  Toy toy;
  auto space = cpp_space(toy);
  auto *next = function<int()>(*space, "next_of_this_thread");
  auto *read = function<int()>(*space, "read_per_thread");
  EXPECT_EQ(next() + next(), 20 + 21);
  std::thread([&] {
    EXPECT_EQ(read(), 5);
    EXPECT_EQ(next(), 20);
  }).join();
  EXPECT_EQ(read(), 7);
  space = nullptr; // frees them before their destructors are unmapped
  auto again = cpp_space(toy);
  EXPECT_EQ(function<int()>(*again, "next_of_this_thread")(), 20);
}

TEST(SymbolSpace, NamesNeverCollideWithAnotherSpaces) {
  Toy toy;
  auto first = cpp_space(toy), second = SymbolSpace::create(*toy.session);
  llvm::cantFail(second->add_bitcode(module_file("clash.bc")->getMemBufferRef()));
  EXPECT_EQ(function<double(double)>(*first, "area_of")(2), 4.0);
  EXPECT_EQ(function<double(double)>(*second, "area_of")(2), 1002.0);
  EXPECT_EQ(second->symbols(), (Names{"area_of", "count", "shared"}));
  static_cast<int *>(llvm::cantFail(second->lookup("shared")))[3] = 40;
  EXPECT_EQ(function<int()>(*second, "count")(), 41);
  const CodeRange *range = toy.session->code_map().find(reinterpret_cast<uintptr_t>(second->find("count")));
  ASSERT_NE(range, nullptr);
  EXPECT_EQ(range->name, "count");
}

TEST(SymbolSpace, TakesObjectsBesideModules) {
  Toy toy;
  auto space = SymbolSpace::create(*toy.session);
  llvm::cantFail(space->add_object(module_file("clash.o")));
  add_text(*space, "caller.ll",
           "declare double @area_of(double)\n"
           "define double @twice(double %x) {\n"
           "  %y = call double @area_of(double %x)\n  %z = fadd double %y, %y\n"
           "  ret double %z\n}\n");
  EXPECT_EQ(function<double(double)>(*space, "twice")(1), 2002.0);
  EXPECT_EQ(text_of(space->add_object(module_file("throws.o"))).find("symbol space 'space': "), 0u);
}

TEST(SymbolSpace, GivesEverythingBack) {
  Toy toy;
  cpp_space(toy)->link().operator bool();
  auto before = toy.session->memory_use();
  size_t names = toy.session->code_map().size();
  for (int i = 0; i < 3; ++i) {
    auto space = cpp_space(toy);
    EXPECT_EQ(text_of(space->initialise()), "");
    EXPECT_GT(space->bytes(), 0u);
    EXPECT_GT(toy.session->memory_use().used, before.used);
  }
  EXPECT_EQ(toy.session->memory_use().used, before.used);
  EXPECT_EQ(toy.session->memory_use().allocations, before.allocations);
  EXPECT_EQ(toy.session->code_map().size(), names);
}

TEST(SymbolSpace, NamesAllThatIsUndefinedAndLinksOnceItIsDefined) {
  Toy toy;
  auto space = named_space(toy, "plugin");
  add_text(*space, "a.ll",
           "declare void @nowhere()\ndeclare void @neither()\n@far = external thread_local global i32\n"
           "declare ptr @llvm.threadlocal.address.p0(ptr)\n"
           "define ptr @f() {\n  call void @nowhere()\n  call void @neither()\n"
           "  %p = call ptr @llvm.threadlocal.address.p0(ptr @far)\n  ret ptr %p\n}\n");
  EXPECT_EQ(text_of(space->link()),
            "symbol space 'plugin': undefined: 'neither' (in a.ll), 'nowhere' (in a.ll), "
            "thread-local 'far' (in a.ll)");
  add_text(*space, "b.ll", "@far = thread_local global i32 8\ndefine void @neither() {\n  ret void\n}\n");
  EXPECT_EQ(text_of(space->lookup("f").takeError()), "symbol space 'plugin': undefined: 'nowhere' (in a.ll)");
  EXPECT_EQ(text_of(space->define("nowhere", reinterpret_cast<const void *>(+[] {}))), "");
  EXPECT_EQ(*function<int *()>(*space, "f")(), 8);
}

TEST(SymbolSpace, RefusesWhatLlvmCannotCompileAndGoesOnWithout) {
  const std::pair<const char *, const char *> wrong[] = {
      {"define void @f() {\n  call void asm sideeffect \"nonsense here\", \"\"()\n  ret void\n}\n",
       "'nonsense'"},
      {"define i64 @f() {\n  %x = call i64 asm \"\", \"={nosuchreg}\"()\n  ret i64 %x\n}\n", "'{nosuchreg}'"},
      {"define void @f() gc \"nosuchgc\" {\n  ret void\n}\n", "unsupported garbage collector 'nosuchgc'"},
      {"declare i64 @llvm.read_register.i64(metadata)\ndefine i64 @f() {\n"
       "  %x = call i64 @llvm.read_register.i64(metadata !0)\n  ret i64 %x\n}\n!0 = !{!\"nosuchreg\"}\n",
       "register 'nosuchreg'"},
      {"define void @f(ptr %p) {\n  %x = load i8388607, ptr %p\n  %y = mul i8388607 %x, %x\n"
       "  store i8388607 %y, ptr %p\n  ret void\n}\n",
       "integers of 8388607 bits"}};
  Toy toy;
  auto space = named_space(toy, "plugin");
  for (auto &[text, expected] : wrong) {
    add_text(*space, "wrong.ll", text);
    std::string error = text_of(space->link());
    EXPECT_TRUE(error.starts_with("symbol space 'plugin': wrong.ll: ") && error.contains(expected)) << error;
  }
  add_text(*space, "right.ll",
           "declare i64 @llvm.read_register.i64(metadata)\ndefine i64 @f() {\n"
           "  %x = call i64 @llvm.read_register.i64(metadata !0)\n  ret i64 %x\n}\n!0 = !{!\"rsp\"}\n");
  EXPECT_NE(function<uint64_t()>(*space, "f")(), 0u);
}

TEST(SymbolSpace, RefusesWhatIsDefinedTwiceAndTakesOneOfWeakDefinitions) {
  Toy toy;
  auto space = SymbolSpace::create(*toy.session);
  add_text(
      *space, "a.ll",
      "define weak i32 @f() {\n  ret i32 1\n}\ndefine i32 @g() {\n  %x = call i32 @f()\n  ret i32 %x\n}");
  add_text(*space, "b.ll", "define i32 @f() {\n  ret i32 2\n}\n");
  EXPECT_EQ(function<int()>(*space, "g")(), 2);
  add_text(*space, "c.ll", "define i32 @f() {\n  ret i32 3\n}\n");
  EXPECT_EQ(text_of(space->link()), "symbol space 'space': defined twice: 'f' (c.ll and an earlier module)");
  add_text(
      *space, "d.ll",
      "define weak i32 @f() {\n  ret i32 4\n}\ndefine i32 @h() {\n  %x = call i32 @f()\n  ret i32 %x\n}");
  EXPECT_EQ(function<int()>(*space, "h")(), 2);
}

TEST(SymbolSpace, RefusesWhatItCannotReadOrRun) {
  Toy toy;
  auto space = SymbolSpace::create(*toy.session);
  EXPECT_EQ(
      text_of(space->add_bitcode({"what is this", "x.ll"})).find("symbol space 'space': x.ll: line 1: "), 0u);
  EXPECT_EQ(text_of(space->add_bitcode({"target triple = \"aarch64-linux-gnu\"\n", "arm.ll"})),
            "symbol space 'space': arm.ll: is for aarch64-linux-gnu, this machine is " + host_triple());
  EXPECT_NE(text_of(space->add_object(llvm::MemoryBuffer::getMemBuffer("\x7f"
                                                                       "ELF",
                                                                       "short.o"))),
            "");
  auto bitcode = module_file("throws.bc");
  for (size_t keep : {size_t{8}, size_t{100}, bitcode->getBufferSize() / 2})
    EXPECT_NE(text_of(space->add_bitcode({bitcode->getBuffer().take_front(keep), "half.bc"})), "") << keep;
  EXPECT_EQ(text_of(space->link()), ""); // nothing of it was added
}

TEST(SymbolSpace, FailingPipelineIsAnErrorOfTheModule) {
  Toy toy;
  SymbolSpaceOptions options;
  options.compile.emplace().pipeline = "no-such-pass";
  auto space = cpp_space(toy, std::move(options));
  EXPECT_NE(text_of(space->link()).find("throws.bc: pass pipeline 'no-such-pass'"), std::string::npos);
}

TEST(SymbolSpace, ResolverIsAskedOncePerNameAndMayNotLinkItsOwnSpace) {
  Toy toy;
  std::vector<std::string> asked;
  SymbolSpace *self = nullptr;
  static int answer = 42;
  SymbolSpaceOptions options;
  options.resolve = [&](std::string_view name) -> void * {
    asked.emplace_back(name);
    EXPECT_NE(text_of(self->link()).find("by this very thread"), std::string::npos);
    return &answer;
  };
  auto space = SymbolSpace::create(*toy.session, std::move(options));
  self = space.get();
  for (const char *name : {"f", "g"}) {
    std::string text = "@outside = external global i32\ndefine i32 @" + std::string(name) +
                       "() {\n  %x = load i32, ptr @outside\n  ret i32 %x\n}\n";
    add_text(*space, name, text.c_str());
  }
  EXPECT_EQ(function<int()>(*space, "g")(), 42);
  EXPECT_EQ(asked, Names{"outside"});
}

TEST(SymbolSpace, LinksOnSeveralThreadsAtOnce) {
  Toy toy;
  SymbolSpaceOptions options;
  options.threads = 3;
  auto space = SymbolSpace::create(*toy.session, std::move(options));
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 5; ++i) {
        std::string name = "f" + std::to_string(t) + "_" + std::to_string(i);
        std::string text = "define i32 @" + name + "() {\n  ret i32 " + std::to_string(t * 10 + i) + "\n}\n";
        llvm::cantFail(space->add_bitcode({text, name}));
        if (i % 2)
          llvm::cantFail(space->link());
        right += function<int()>(*space, name.c_str())() == t * 10 + i;
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(right, 20);
  EXPECT_EQ(space->symbols().size(), 20u);
}

TEST(SymbolSpace, WithoutMoreThreadsTheOneThereIsCompiles) {
  Toy toy;
  NoThreads none;
  SymbolSpaceOptions options;
  options.threads = 4;
  auto space = cpp_space(toy, std::move(options));
  EXPECT_EQ(text_of(space->link()), "");
}

TEST(SymbolSpace, LeavesNothingForTheProcessToDoAtItsEnd) {
  Toy toy;
  auto use = [&] {
    for (int i = 0; i < 3000; ++i)
      named_space(toy, "space");
    return mallinfo2().uordblks;
  };
  size_t before = use();
  EXPECT_LT(use(), before + 3000 * 8);
}

TEST(SymbolSpace, WaitingForAnotherThreadThatLinksEndsWithItsOutcome) {
  Watchdog watchdog;
  Toy toy;
  Gate gate;
  static int answer = 7;
  SymbolSpaceOptions options;
  options.resolve = [&](std::string_view) -> void * {
    gate.pass();
    return &answer;
  };
  auto space = SymbolSpace::create(*toy.session, std::move(options));
  add_text(*space, "a.ll",
           "@outside = external global i32\ndefine i32 @f() {\n"
           "  %x = load i32, ptr @outside\n  ret i32 %x\n}\n");
  std::thread linker([&] { EXPECT_EQ(text_of(space->link()), ""); });
  gate.wait_until_reached();
  std::atomic<int> right{0};
  std::vector<std::thread> waiters;
  for (int i = 0; i < 3; ++i)
    waiters.emplace_back([&] { right += function<int()>(*space, "f")() == 7; });
  let_others_run();
  gate.open();
  linker.join();
  for (std::thread &waiter : waiters)
    waiter.join();
  EXPECT_EQ(right, 3);
}

TEST(SymbolSpace, FinalisesWhenTheProcessExits) {
  auto leave = [] {
    static Toy toy; // destroyed by exit(), after the space has finalised
    auto *space = cpp_space(toy, {}, [](int what) { std::fprintf(stderr, "%d ", what); }).release();
    llvm::cantFail(space->initialise());
    function<void()>(*space, "at_the_end")();
    std::exit(3);
  };
  EXPECT_EXIT(leave(), testing::ExitedWithCode(3), "^1 2 100 -2 -1 200 $");
}

} // namespace
