// SPDX-License-Identifier: MIT
// What listings of one file cannot show: closures' bodies, flags, stability of names, diagnostics without
// Base, odd trees.
#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "jl/lower/lower.h"
#include "jl/lower/lowered.h"
#include "jl/lower/ordinal.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/test_support.h"
#include "jl/syntax/parse.h"
#include "jl/syntax/print.h"

using namespace jl;

namespace {

SourceMap &sources() {
  static SourceMap map;
  return map;
}

/// Lives for ever, like the engine's: pending bodies point into it.
AstArena &arena() {
  static AstArena the_arena;
  return the_arena;
}

struct Lowered {
  std::vector<CodeInfo *> thunks;
  std::string errors; // messages, one a line
  std::vector<std::string> warnings;
};

Lowered lower(Task *task, Module *module, const std::string &text, MethodBodies bodies = MethodBodies::Now) {
  Lowered out;
  DiagnosticSink sink;
  FileId file = sources().add("test.jl", text);
  Node *program = parse_all(sources(), file, arena(), sink);
  LowerContext context{task, module, &sources(), &arena(), &sink};
  for (Node *statement : program->args())
    if (statement->kind != NodeKind::LineNumber)
      if (CodeInfo *code = lower_toplevel(context, statement, bodies))
        out.thunks.push_back(code);
  for (const Diagnostic &d : sink.diagnostics()) {
    if (d.severity == Severity::Error)
      out.errors += d.message + "\n";
    else
      out.warnings.push_back(d.message);
  }
  return out;
}

Module *fresh_module() {
  Module *module = new_module(Symbol::intern("Scratch"), modules::Main, true, false);
  gc_keep(module);
  return module;
}

/// The body of the method named `name` that `code` defines.
CodeInfo *body(CodeInfo *code, std::string_view name) {
  for (const Definition &d : code->definitions)
    if (d.kind == Definition::Kind::Method && d.method_template->name.text() == name)
      return d.method_template->source.load();
  return nullptr;
}

CodeInfo *function(Task *task, const std::string &text, std::string_view name) {
  Lowered lowered = lower(task, fresh_module(), text);
  EXPECT_EQ(lowered.errors, "");
  CodeInfo *code = lowered.thunks.empty() ? nullptr : body(lowered.thunks.back(), name);
  EXPECT_NE(code, nullptr) << name;
  return code;
}

bool contains(const CodeInfo *code, std::string_view text) {
  return code && print_lowered(*code).find(text) != std::string::npos;
}

const Slot *slot(const CodeInfo *code, std::string_view name) {
  for (const Slot &s : code->slots)
    if (s.name.text() == name)
      return &s;
  return nullptr;
}

size_t count(const CodeInfo *code, Op op) {
  size_t n = 0;
  for (const Stmt &s : code->statements)
    n += s.op == op;
  return n;
}

} // namespace

RUNTIME_TEST(Lower, ClosureReadsItsField) {
  CodeInfo *closure = function(task, "f(x) = () -> x", "#f##0");
  EXPECT_TRUE(contains(closure, "Core.getfield(#self#, :x)"));
}

RUNTIME_TEST(Lower, ClosureWritesThroughTheBox) {
  CodeInfo *closure = function(task, "f() = (n = 0; () -> (n += 1))", "#f##0");
  EXPECT_TRUE(contains(closure, ":contents, %"));
}

RUNTIME_TEST(Lower, BoxThatMayBeEmptyIsChecked) {
  CodeInfo *closure = function(task, "function f()\n g() = z\n z = 1\n g()\nend", "g");
  EXPECT_EQ(count(closure, Op::ThrowUndefIfNot), 1u);
}

RUNTIME_TEST(Lower, CapturedStaticParameterIsOneOfTheClosure) {
  CodeInfo *closure = function(task, "f(x::T) where {T} = y -> T", "#f##0");
  EXPECT_TRUE(contains(closure, "static_parameter, 1"));
}

RUNTIME_TEST(Lower, OwnStaticParametersComeAfterCapturedOnes) {
  CodeInfo *closure = function(task, "function f(x::T) where T\n g(y::S) where S = (S, T)\n g\nend", "g");
  EXPECT_TRUE(contains(closure, "Core.tuple($(Expr(:static_parameter, 2)), $(Expr(:static_parameter, 1)))"));
}

RUNTIME_TEST(Lower, LocalFunctionReadsItselfFromTheCall) {
  CodeInfo *g = function(task, "function f(n)\n g(k) = g(k)\n g(n)\nend", "g");
  EXPECT_TRUE(contains(g, "#self#(k)"));
}

RUNTIME_TEST(Lower, MethodsOfALocalFunctionShareAType) {
  Lowered lowered = lower(task, fresh_module(), "function f(x)\n g() = x\n g(y) = y\n g\nend");
  ASSERT_EQ(lowered.thunks.size(), 1u);
  CodeInfo *f = body(lowered.thunks[0], "f");
  EXPECT_EQ(count(f, Op::New), 1u);
}

RUNTIME_TEST(Lower, SlotsThatMayBeUndefinedAreFlagged) {
  CodeInfo *f = function(task, "function f(c)\n if c\n x = 1\n end\n y = 2\n (x, y)\nend", "f");
  EXPECT_TRUE(slot(f, "x")->used_undefined);
  EXPECT_FALSE(slot(f, "y")->used_undefined);
  EXPECT_FALSE(slot(f, "c")->used_undefined);
  EXPECT_TRUE(slot(f, "y")->assigned_once);
}

RUNTIME_TEST(Lower, AssignedOnBothBranchesIsDefined) {
  CodeInfo *f = function(task, "function f(c)\n if c\n x = 1\n else\n x = 2\n end\n x\nend", "f");
  EXPECT_FALSE(slot(f, "x")->used_undefined);
  EXPECT_FALSE(slot(f, "x")->assigned_once);
}

RUNTIME_TEST(Lower, BranchThatLeavesDoesNotCount) {
  CodeInfo *f = function(task, "function f(c)\n if c\n x = 1\n else\n return 0\n end\n x\nend", "f");
  EXPECT_FALSE(slot(f, "x")->used_undefined);
}

RUNTIME_TEST(Lower, VariableOfATryIsUncertainInItsCatch) {
  CodeInfo *f = function(task, "function f(g)\n local x\n try\n x = g()\n catch\n x\n end\nend", "f");
  EXPECT_TRUE(slot(f, "x")->used_undefined);
}

RUNTIME_TEST(Lower, LoopsAreFlaggedAndPollable) {
  CodeInfo *f = function(task, "function f(n)\n while n\n n = g(n)\n end\nend", "f");
  EXPECT_TRUE(f->has_loops);
  size_t backedges = 0;
  for (const Stmt &s : f->statements)
    backedges += (s.flags & kStmtBackedge) != 0;
  EXPECT_EQ(backedges, 1u);
  EXPECT_FALSE(function(task, "f(n) = n", "f")->has_loops);
}

RUNTIME_TEST(Lower, JumpsStayInside) {
  CodeInfo *f =
      function(task,
               "function f(g)\n for i in g\n try\n i && continue\n return i\n catch e\n e && break\n "
               "finally\n g()\n end\n end\nend",
               "f");
  for (const Stmt &s : f->statements)
    if (s.op == Op::Goto || s.op == Op::GotoIfNot || s.op == Op::Enter)
      EXPECT_LT(s.target, f->statements.size());
  EXPECT_EQ(f->statements.back().op == Op::Return || f->statements.back().op == Op::Goto, true);
}

RUNTIME_TEST(Lower, AnnotationsSetFlags) {
  EXPECT_TRUE(function(task, "@inline f(x) = x", "f")->declared_inline);
  EXPECT_TRUE(function(task, "@noinline f(x) = x", "f")->declared_noinline);
  EXPECT_TRUE(function(task, "function f(x)\n @inline\n x\nend", "f")->declared_inline);
  EXPECT_TRUE(function(task, "@propagate_inbounds f(x) = x", "f")->propagate_inbounds);
  EXPECT_TRUE(function(task, "@assume_effects :foldable f(x) = x", "f")->assume_foldable);
  EXPECT_TRUE(function(task, "@assume_effects :nothrow :terminates_globally f(x) = x", "f")->assume_nothrow);
}

RUNTIME_TEST(Lower, InboundsMarksStatementsInside) {
  CodeInfo *f = function(task, "f(x) = (y = g(x); @inbounds h(y))", "f");
  EXPECT_EQ(f->statements[0].flags & kStmtInbounds, 0);
  EXPECT_NE(f->statements[1].flags & kStmtInbounds, 0);
}

RUNTIME_TEST(Ordinals, NoTwoThreadsGetTheSame) {
  constexpr int kThreads = 4, kRounds = 200000;
  Module *module = fresh_module();
  Symbol counter = Symbol::intern("#counter#");
  std::latch all_there(kThreads);
  auto work = [&](Task *mine) {
    all_there.arrive_and_wait();
    for (int i = 0; i < kRounds; ++i)
      count_up(mine, module, counter);
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.push_back(test::thread_with_task(work));
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(count_up(task, module, counter), uint64_t{kThreads} * kRounds);
}

RUNTIME_TEST(Lower, NospecializeAndCalledArguments) {
  Lowered lowered = lower(task, fresh_module(), "f(@nospecialize(x), g, h) = g(h)");
  ASSERT_EQ(lowered.thunks.size(), 1u);
  for (const Definition &d : lowered.thunks[0]->definitions)
    if (d.kind == Definition::Kind::Method) {
      EXPECT_EQ(d.method_template->nospecialize, 2u);
      EXPECT_EQ(d.method_template->called_args, 4u);
    }
}

RUNTIME_TEST(Lower, LinesAreAbsolute) {
  CodeInfo *f = function(task, "\n\nfunction f(x)\n\n  g(x)\nend", "f");
  EXPECT_EQ(f->first_line, 3);
  EXPECT_EQ(f->lines[f->statements[0].line].line, 5);
}

RUNTIME_TEST(Lower, NamesDoNotDependOnOtherDefinitions) {
  Module *a = fresh_module(), *b = fresh_module();
  std::string others;
  for (int i = 0; i < 50; i++)
    others += "other" + std::to_string(i) + "(x; k=1) = () -> x\n";
  lower(task, b, others);
  const char *text = "foo(x; k=2) = map(y -> (x, () -> y), k)";
  Lowered in_a = lower(task, a, text), in_b = lower(task, b, text);
  ASSERT_EQ(in_a.thunks.size(), 1u);
  ASSERT_EQ(in_b.thunks.size(), 1u);
  EXPECT_EQ(print_lowered(*in_a.thunks[0]), print_lowered(*in_b.thunks[0]));
  EXPECT_TRUE(body(in_a.thunks[0], "#foo##0") != nullptr);
}

RUNTIME_TEST(Lower, PendingBodyIsLoweredAlone) {
  Lowered lowered = lower(task, fresh_module(), "f(a, b=2; k=a) = a + b + k", MethodBodies::OnFirstUse);
  ASSERT_EQ(lowered.thunks.size(), 1u);
  size_t pending = 0;
  for (const Definition &d : lowered.thunks[0]->definitions)
    if (d.kind == Definition::Kind::Method) {
      EXPECT_EQ(d.method_template->source.load(), nullptr);
      ASSERT_NE(d.method_template->pending, nullptr);
      CodeInfo *code = lower_pending(task, d.method_template);
      EXPECT_EQ(code->nargs, uint32_t(d.method_template->nargs));
      pending++;
    }
  EXPECT_EQ(pending, 5u);
}

RUNTIME_TEST(Lower, FaultInAPendingBodyThrows) {
  Lowered lowered = lower(task, fresh_module(), "f() = break", MethodBodies::OnFirstUse);
  ASSERT_EQ(lowered.thunks.size(), 1u);
  Method *method = lowered.thunks[0]->definitions.back().method_template;
  std::string message = test::thrown(task, [&] { lower_pending(task, method); });
  EXPECT_NE(message.find("syntax: break or continue outside loop"), std::string::npos) << message;
}

RUNTIME_TEST(Lower, ReportsSeveralMistakes) {
  Lowered lowered = lower(task, fresh_module(), "f(x, x) = 1\n1 = 2\ng() = continue\nok(x) = x");
  EXPECT_EQ(lowered.thunks.size(), 1u);
  EXPECT_EQ(lowered.errors, "function argument name not unique: \"x\" around test.jl:1\n"
                            "invalid assignment location \"1\" around test.jl:2\n"
                            "break or continue outside loop\n");
}

RUNTIME_TEST(Lower, SoftScopeWarnsInFilesAndAssignsAtThePrompt) {
  Module *module = fresh_module();
  Binding *x = get_binding_for_write(task, module, Symbol::intern("x"));
  set_global(task, x, box_int64(task, 0));
  const char *text = "for i in xs\n x = i\nend";
  Lowered in_file = lower(task, module, text);
  ASSERT_EQ(in_file.warnings.size(), 1u);
  EXPECT_NE(in_file.warnings[0].find("Assignment to `x` in soft scope is ambiguous"), std::string::npos);
  EXPECT_FALSE(contains(in_file.thunks[0], "Scratch.x ="));
  DiagnosticSink sink;
  Node *program = parse_all(sources(), sources().add("prompt", text), arena(), sink);
  LowerContext context{task, module, &sources(), &arena(), &sink, true};
  CodeInfo *at_prompt = lower_toplevel(context, program->arg(1), MethodBodies::Now);
  EXPECT_TRUE(contains(at_prompt, "Scratch.x ="));
  EXPECT_TRUE(sink.diagnostics().empty());
}

RUNTIME_TEST(Lower, FunctionScopeNeverAssignsGlobalsByAccident) {
  Module *module = fresh_module();
  set_global(task, get_binding_for_write(task, module, Symbol::intern("x")), box_int64(task, 0));
  Lowered lowered = lower(task, module, "f() = (x = 1)\ng() = (global x = 1)");
  EXPECT_TRUE(lowered.warnings.empty());
  EXPECT_EQ(count(body(lowered.thunks[0], "f"), Op::GlobalSet), 0u);
  EXPECT_EQ(count(body(lowered.thunks[1], "g"), Op::GlobalSet), 1u);
}

RUNTIME_TEST(Syntax, GoesToValuesAndBack) {
  const char *texts[] = {"f(x, y; z=1) = x[end] + 2.5",
                         "quote a.b; $(c...) end",
                         "\"a$(b)c\"",
                         "'x', 0x1f, 1f0, true",
                         "try f() catch e; g() finally h() end",
                         "[i for i in 1:3 if i > 1]",
                         ":(x), :y"};
  for (const char *text : texts) {
    DiagnosticSink sink;
    Node *program = parse_all(sources(), sources().add("round", text), arena(), sink);
    Node *again = value_to_node(arena(), node_to_value(task, program, sources()), {});
    EXPECT_EQ(print_sexpr(program), print_sexpr(again)) << text;
  }
}

RUNTIME_TEST(Syntax, TreeThatHoldsItselfIsAnError) {
  Expr *expr = new_expr(task, "call", {symbol_value("f")});
  push(task, expr->args, expr);
  DiagnosticSink sink;
  LowerContext context{task, fresh_module(), &sources(), &arena(), &sink};
  std::string message = test::thrown(task, [&] {
    EXPECT_EQ(lower_toplevel(context, value_to_node(arena(), expr, {}), MethodBodies::Now), nullptr);
  });
  EXPECT_TRUE(sink.has_errors() || !message.empty());
}

namespace {

enum class Outcome { Code, Refused, Contradicts }; // Contradicts: no code and no reason, or code and an error

Outcome lower_tree(Task *task, Value *tree) {
  DiagnosticSink sink;
  LowerContext context{task, fresh_module(), &sources(), &arena(), &sink};
  Node *node = value_to_node(arena(), tree, {});
  CodeInfo *code = nullptr;
  std::string thrown = test::thrown(task, [&] { code = lower_toplevel(context, node, MethodBodies::Now); });
  if (!thrown.empty())
    return Outcome::Refused;
  return bool(code) == sink.has_errors() ? Outcome::Contradicts : code ? Outcome::Code : Outcome::Refused;
}

} // namespace

RUNTIME_TEST(Syntax, UnknownAndMalformedHeadsAreErrors) {
  std::string accepted;
  for (std::string_view head : {"no such head",
                                "call",
                                "=",
                                "for",
                                "while",
                                "if",
                                "try",
                                "let",
                                "struct",
                                "where",
                                ".",
                                "curly",
                                "->",
                                "function",
                                "macro",
                                "kw",
                                "...",
                                "$",
                                "&",
                                "comprehension",
                                "generator",
                                "do",
                                "'",
                                "const",
                                "local",
                                "typed_hcat",
                                "ncat",
                                "symboliclabel",
                                "isdefined",
                                "new",
                                "comparison",
                                "::",
                                "macrocall",
                                "quote",
                                "abstract",
                                "primitive",
                                "typed_comprehension",
                                "flatten",
                                "ref",
                                "+=",
                                ".=",
                                "global",
                                "break",
                                "return",
                                "hygienic-scope",
                                "module",
                                "using",
                                "filter",
                                "tuple",
                                "string",
                                "block",
                                "&&"}) {
    for (int n = 0; n < 4; n++) {
      Expr *expr = new_expr(task, head, {});
      for (int i = 0; i < n; i++)
        push(task, expr->args, i == 1 ? static_cast<Value *>(symbol_value("x")) : box_int64(task, i));
      Outcome result = lower_tree(task, expr);
      EXPECT_NE(result, Outcome::Contradicts) << head << " of " << n;
      if (result == Outcome::Code)
        (accepted += " ") += std::string(head) + " " + std::to_string(n);
    }
  }
  // `module` and `using` are looked at when they are evaluated.
  EXPECT_EQ(
      accepted,
      " call 1 call 2 call 3 while 2 if 2 if 3 try 3 where 1 where 2 . 1 . 2 curly 1 curly 2 curly 3"
      " comprehension 1 ' 1 local 0 typed_hcat 1 typed_hcat 2 typed_hcat 3 new 1 new 2 new 3 comparison 3"
      " :: 2 quote 1 typed_comprehension 2 flatten 1 ref 1 ref 2 ref 3 .= 2 global 0 return 0 return 1"
      " return 2 return 3 module 0 module 1 module 2 module 3 using 0 using 1 using 2 using 3 tuple 0 tuple 1"
      " tuple 2 tuple 3 string 0 string 1 string 2 string 3 block 0 block 1 block 2 block 3 && 2 && 3");
}

namespace {

/// A tree of known heads in places where they make no sense. The same for the same seed.
Value *random_tree(Task *task, uint64_t &seed, int depth) {
  auto next = [&] { return seed = seed * 6364136223846793005u + 1442695040888963407u, uint32_t(seed >> 33); };
  static constexpr std::string_view kHeads[] = {
#define HEAD(name, text) text,
#include "jl/syntax/heads.def"
  };
  static constexpr std::string_view kNames[] = {"x",     "y",   "T",      "f",  "end", "_",
                                                "ccall", "new", "Vararg", ".+", "^"};
  uint32_t choice = next() % 10;
  if (depth == 0 || choice < 3)
    return choice == 0   ? box_int64(task, next() % 4)
           : choice == 1 ? true_value()
                         : symbol_value(kNames[next() % std::size(kNames)]);
  if (choice == 3)
    return new_quote_node(task, random_tree(task, seed, depth - 1));
  Expr *expr = new_expr(task, kHeads[next() % std::size(kHeads)], {});
  for (uint32_t n = next() % 5; n > 0; n--)
    push(task, expr->args, random_tree(task, seed, depth - 1));
  return expr;
}

} // namespace

RUNTIME_TEST(Syntax, RandomTreesGiveCodeOrAnError) {
  uint64_t seed = 1;
  int lowered = 0, refused = 0;
  for (int i = 0; i < 20000; i++) {
    Value *tree = random_tree(task, seed, 5);
    Outcome result = lower_tree(task, tree);
    EXPECT_NE(result, Outcome::Contradicts) << "tree " << i;
    (result == Outcome::Code ? lowered : refused)++;
  }
  EXPECT_GT(lowered, 1000); // else the trees try nothing
  EXPECT_GT(refused, 1000);
}
