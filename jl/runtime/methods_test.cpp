// SPDX-License-Identifier: MIT
#include <atomic>
#include <gtest/gtest.h>
#include <thread>

#include "jl/runtime/methods_internal.h"
#include "jl/runtime/task.h"
#include "jl/runtime/test_support.h"
#include "jl/runtime/type_reader.h"

using namespace jl;
using namespace jl::test;

namespace {

Symbol sym(std::string_view s) {
  return Symbol::intern(s);
}

/// Every method's "code" returns its line, so that a test sees which one ran.
__attribute__((swiftcall)) Value *return_line(Value *, Value **, uint32_t, CodeInstance *code,
                                              __attribute__((swift_context)) Task *task) {
  return box_int64(task, code->def->def->line);
}

CodeInstance *code_for(Task *, MethodInstance *instance, uint64_t) {
  CodeInstance *code = new_code_instance(instance, types::Any, nullptr, 1, kWorldMax);
  code->entry.invoke = reinterpret_cast<void *>(return_line);
  return install_code_instance(instance, code);
}

/// A function under test, with methods numbered by line.
struct Function {
  Task *task;
  Value *f;
  std::string name;

  Function(Task *task, const char *name)
      : task(task), f(new_generic_function(modules::Main, sym(name))), name(name) {
    set_compiler_hooks({code_for, nullptr});
    test_types()["F"] = type_of(f);
  }

  /// Adds a method with these argument types, as "Tuple{F, ...} where ...".
  Method *add(int line, const char *sig) {
    Method *m = new_method(modules::Main, sym(name));
    m->sig = read_type(task, sig);
    DataType *tuple = signature_tuple(m->sig);
    m->nargs = int32_t(tuple->parameters->length);
    m->is_vararg = trailing_vararg(tuple) != nullptr;
    m->line = line;
    m->file = sym("test.jl");
    add_method(task, m);
    task->world = current_world();
    return m;
  }

  int64_t call(std::initializer_list<Value *> args) {
    GcVector<Value *> values(args);
    return unbox_int64(apply(task, f, values.data(), uint32_t(values.size())));
  }
};

struct Query {
  GcVector<MethodMatch> matches;
  uint64_t min = 0, max = 0;
  bool ambiguous = false, found = false;
  Query(Task *task, const char *sig, int limit = -1, uint64_t world = current_world()) {
    found = find_methods(read_type(task, sig), world, limit, matches, min, max, ambiguous);
  }
  std::string lines() const {
    std::string out;
    for (const MethodMatch &m : matches)
      out += std::to_string(m.method->line) + (m.fully_covers ? "! " : " ");
    return out;
  }
};

} // namespace

RUNTIME_TEST(Dispatch, MostSpecificWins) {
  Function f(task, "f");
  f.add(1, "Tuple{F, Any}");
  f.add(2, "Tuple{F, Integer}");
  f.add(3, "Tuple{F, Int64}");
  f.add(4, "Tuple{F, Vararg{Any}}");
  f.add(5, "Tuple{F, Type{T}} where T<:Real");
  f.add(6, "Tuple{F, T, T} where T");
  Value *one = box_int64(task, 1), *x = box_float64(task, 1.5);
  for (int twice = 0; twice < 2; ++twice) { // the second time from the cache
    EXPECT_EQ(f.call({one}), 3);
    EXPECT_EQ(f.call({true_value()}), 2);
    EXPECT_EQ(f.call({x}), 1);
    EXPECT_EQ(f.call({}), 4);
    EXPECT_EQ(f.call({types::Int64}), 5);
    EXPECT_EQ(f.call({types::String_}), 1);
    EXPECT_EQ(f.call({one, one}), 6);
    EXPECT_EQ(f.call({one, x}), 4);
    EXPECT_EQ(f.call({types::Int64, types::String_}), 6); // both are DataTypes
  }
}

RUNTIME_TEST(Dispatch, RedefinitionAndWorlds) {
  Function f(task, "g");
  f.add(1, "Tuple{F, Any}");
  Value *one = box_int64(task, 1);
  uint64_t old_world = current_world();
  EXPECT_EQ(f.call({one}), 1);
  f.add(2, "Tuple{F, Int64}");
  EXPECT_EQ(f.call({one}), 2);
  f.add(3, "Tuple{F, Int64}"); // replaces
  EXPECT_EQ(f.call({one}), 3);
  GcVector<Method *> now;
  methods_of(type_of(f.f), current_world(), now);
  EXPECT_EQ(now[1]->ordinal, 1u); // what it replaced had the same
  task->world = old_world;
  EXPECT_EQ(f.call({one}), 1);
  Value *args[] = {one};
  EXPECT_EQ(unbox_int64(apply_latest(task, f.f, args, 1)), 3);
  EXPECT_EQ(task->world, old_world);
  task->world = current_world();
  GcVector<Method *> methods;
  methods_of(type_of(f.f), current_world(), methods);
  EXPECT_EQ(methods.size(), 2u);
  Method *gone = methods[1];
  delete_method(gone);
  task->world = current_world();
  EXPECT_EQ(f.call({one}), 1);
}

RUNTIME_TEST(Dispatch, EqualSignaturesInOtherWordsReplace) {
  Function f(task, "h");
  f.add(1, "Tuple{F, Vector}");
  f.add(2, "Tuple{F, Vector{T}} where T");
  GcVector<Method *> methods;
  methods_of(type_of(f.f), current_world(), methods);
  ASSERT_EQ(methods.size(), 1u);
  EXPECT_EQ(methods[0]->line, 2);
}

RUNTIME_TEST(Dispatch, ErrorsNameTheCall) {
  Function f(task, "k");
  f.add(1, "Tuple{F, Int64, Any}");
  f.add(2, "Tuple{F, Any, Int64}");
  Value *args[] = {box_int64(task, 1), box_int64(task, 2)};
  EXPECT_EQ(method_error_message(f.f, args, 2, current_world()),
            "k(::Int64, ::Int64) is ambiguous.\n\nCandidates:\n  k(::Int64, ::Any)\n    @ Main test.jl:1\n"
            "  k(::Any, ::Int64)\n    @ Main test.jl:2\n\nPossible fix, define\n  k(::Int64, ::Int64)\n");
  EXPECT_EQ(method_candidates(f.f, args, 2, current_world()), "");
  EXPECT_NE(thrown(task, [&] { apply(task, f.f, args, 2); }).find("is ambiguous"), std::string::npos);
  Value *text[] = {symbol_value("a")};
  std::string message = method_error_message(f.f, text, 1, current_world());
  EXPECT_TRUE(message.starts_with("no method matching k(::Symbol)")) << message;
  EXPECT_EQ(method_candidates(f.f, text, 1, current_world()),
            "Closest candidates are:\n  k(::Any, !Matched::Int64)\n   @ Main test.jl:2\n"
            "  k(!Matched::Int64, !Matched::Any)\n   @ Main test.jl:1");
  EXPECT_NE(thrown(task, [&] { apply(task, f.f, text, 1); }).find("no method matching k(::Symbol)"),
            std::string::npos);
}

RUNTIME_TEST(Dispatch, CallableTypesAndConstructors) {
  Function f(task, "unused");
  Value *adder = new_struct_type(modules::Main, sym("Adder"), raw_svec({}), raw_svec({}), false, 0, 0);
  set_field_types(task, adder, raw_svec({}));
  test_types()["Adder"] = adder;
  f.add(1, "Tuple{Adder, Int64}");
  f.add(2, "Tuple{Type{Adder}, Int64}");
  f.add(3, "Tuple{Type{T}, Any} where T<:Adder");
  Value *args[] = {box_int64(task, 1)}, *text[] = {symbol_value("x")};
  EXPECT_EQ(unbox_int64(apply(task, as_datatype(adder)->instance, args, 1)), 1);
  EXPECT_EQ(unbox_int64(apply(task, adder, args, 1)), 2);
  EXPECT_EQ(unbox_int64(apply(task, adder, text, 1)), 3);
  Value *base = new_abstract_type(modules::Main, sym("Callable"), raw_svec({}));
  Value *below = new_struct_type(modules::Main, sym("CallableA"), raw_svec({}), raw_svec({}), false, 0, 0);
  set_supertype(task, below, base);
  set_field_types(task, below, raw_svec({}));
  test_types()["Callable"] = base;
  f.add(4, "Tuple{Callable, Int64}");
  EXPECT_EQ(unbox_int64(apply(task, as_datatype(below)->instance, args, 1)), 4);
}

RUNTIME_TEST(FindMethods, OrderCoverageAndLimit) {
  Function f(task, "p");
  f.add(1, "Tuple{F, Any}");
  f.add(2, "Tuple{F, Integer}");
  f.add(3, "Tuple{F, Int64}");
  f.add(4, "Tuple{F, String}");
  EXPECT_EQ(Query(task, "Tuple{F, Int64}").lines(), "3! ");
  EXPECT_EQ(Query(task, "Tuple{F, Integer}").lines(), "3 2! ");
  EXPECT_EQ(Query(task, "Tuple{F, Union{Int64, String}}").lines(), "3 4 ");
  EXPECT_EQ(Query(task, "Tuple{F, Real}").lines(), "3 2 1! ");
  EXPECT_FALSE(Query(task, "Tuple{F, Any}", 3).found);
  EXPECT_TRUE(Query(task, "Tuple{F, Any}", 4).found);
  EXPECT_TRUE(Query(task, "Tuple{F, Int64, Int64}").found);
  EXPECT_EQ(Query(task, "Tuple{F, Int64, Int64}").lines(), "");
  EXPECT_FALSE(Query(task, "Tuple{Function, Int64}").found);
}

RUNTIME_TEST(FindMethods, AmbiguityAndItsResolution) {
  Function f(task, "q");
  f.add(1, "Tuple{F, Int64, Any}");
  f.add(2, "Tuple{F, Any, Int64}");
  EXPECT_TRUE(Query(task, "Tuple{F, Int64, Int64}").ambiguous);
  EXPECT_TRUE(Query(task, "Tuple{F, Any, Any}").ambiguous);
  EXPECT_FALSE(Query(task, "Tuple{F, Int64, String}").ambiguous);
  f.add(3, "Tuple{F, Int64, Int64}");
  Query both(task, "Tuple{F, Any, Any}");
  EXPECT_FALSE(both.ambiguous);
  EXPECT_EQ(both.lines(), "3 1 2 ");
  EXPECT_EQ(Query(task, "Tuple{F, Int64, Int64}").lines(), "3! ");
}

RUNTIME_TEST(FindMethods, WorldsOfAnAnswer) {
  Function f(task, "r");
  Method *first = f.add(1, "Tuple{F, Any}");
  uint64_t before = current_world();
  Method *second = f.add(2, "Tuple{F, Int64}");
  Query now(task, "Tuple{F, Int64}");
  EXPECT_EQ(now.lines(), "2! ");
  EXPECT_EQ(now.min, second->primary_world.load());
  EXPECT_EQ(now.max, kWorldMax);
  Query then(task, "Tuple{F, Int64}", -1, before);
  EXPECT_EQ(then.lines(), "1! ");
  EXPECT_EQ(then.min, first->primary_world.load());
  EXPECT_EQ(then.max, second->primary_world.load() - 1);
  Query other(task, "Tuple{F, String}");
  EXPECT_EQ(other.min, first->primary_world.load());
}

RUNTIME_TEST(Specialize, OneInstanceForOneSignature) {
  Function f(task, "s");
  Method *m = f.add(1, "Tuple{F, Any}");
  MethodInstance *a = specialize(m, read_type(task, "Tuple{F, Int64}"), nullptr);
  EXPECT_EQ(a, specialize(m, read_type(task, "Tuple{F, Int64}"), nullptr));
  EXPECT_NE(a, specialize(m, read_type(task, "Tuple{F, String}"), nullptr));
  m->nospecialize = 2;
  MethodInstance *any = specialize(m, read_type(task, "Tuple{F, Float64}"), nullptr);
  EXPECT_EQ(any->spec_types, read_type(task, "Tuple{F, Any}"));
  m->nospecialize = 0;
  m->called_args = 1;
  Value *with_function = read_type(task, "Tuple{F, F}"),
        *with_type = read_type(task, "Tuple{F, Type{Int64}}");
  EXPECT_EQ(specialize(m, with_function, nullptr)->spec_types, with_function);
  EXPECT_EQ(specialize_for_dispatch(m, with_function, nullptr)->spec_types,
            read_type(task, "Tuple{F, Function}"));
  EXPECT_EQ(specialize_for_dispatch(m, with_type, nullptr)->spec_types,
            read_type(task, "Tuple{F, DataType}"));
  EXPECT_EQ(specialize(m, read_type(task, "Tuple{F, Int64}"), nullptr), a);
}

RUNTIME_TEST(Specialize, TypesArePassedOnAsTheirKindWhereTheMethodTakesAllOfIt) {
  Function f(task, "s");
  Value *integer = read_type(task, "Tuple{F, Type{Int64}}"), *kind = read_type(task, "Tuple{F, DataType}");
  Method *any_type = f.add(1, "Tuple{F, Type}"), *some_types = f.add(2, "Tuple{F, Type{<:Integer}}"),
         *one_or_text = f.add(3, "Tuple{F, Union{Type{Int64}, String}}");
  for (Method *m : {any_type, some_types, one_or_text})
    m->called_args = 1;
  EXPECT_EQ(specialize_for_dispatch(any_type, integer, nullptr)->spec_types, kind);
  EXPECT_EQ(specialize(any_type, integer, nullptr)->spec_types, integer);
  EXPECT_EQ(specialize_for_dispatch(some_types, integer, nullptr)->spec_types, integer);
  EXPECT_EQ(specialize_for_dispatch(one_or_text, integer, nullptr)->spec_types, integer);
}

RUNTIME_TEST(Specialize, StaticParametersComeAlong) {
  Function f(task, "t");
  f.add(1, "Tuple{F, Array{T, N}} where {T, N}");
  Query q(task, "Tuple{F, Matrix{Float64}}");
  ASSERT_EQ(q.matches.size(), 1u);
  EXPECT_EQ((*q.matches[0].sparams)[0], types::Float64);
  EXPECT_EQ(int_value((*q.matches[0].sparams)[1]), 2);
  // Whoever asks: what the types say is known.
  Method *arrays = q.matches[0].method;
  TypeVar *t = make_typevar(sym("T"), nullptr, nullptr), *n = make_typevar(sym("N"), nullptr, nullptr);
  Value *open[] = {t, n};
  MethodInstance *instance = specialize(arrays, read_type(task, "Tuple{F, Vector{Int64}}"), raw_svec(open));
  EXPECT_EQ((*instance->sparams)[0], types::Int64);
  EXPECT_EQ(int_value((*instance->sparams)[1]), 1);
  // f(::T) where {S, T}: S is nowhere in the signature, and has no value.
  Method *m = new_method(modules::Main, sym("unused"));
  TypeVar *s = make_typevar(sym("S"), nullptr, nullptr), *v = make_typevar(sym("T"), nullptr, nullptr);
  Value *names[] = {s, v}, *params[] = {type_of(f.f), v};
  m->sparam_names = raw_svec(names);
  m->sig = make_union_all(s, make_union_all(v, make_tuple_type(params)));
  m->nargs = 2;
  add_method(task, m);
  Dispatched found = dispatch(as_datatype(read_type(task, "Tuple{F, Int64}")), current_world());
  ASSERT_EQ(found.method, m);
  EXPECT_EQ((*found.sparams)[0], s);
  EXPECT_EQ((*found.sparams)[1], types::Int64);
}

RUNTIME_TEST(Edges, NewMethodsEndWhatReliedOnTheOldOnes) {
  Function f(task, "u");
  Method *callee = f.add(1, "Tuple{F, Any}");
  MethodInstance *callee_instance = specialize(callee, read_type(task, "Tuple{F, Int64}"), nullptr);
  Function caller(task, "caller");
  Method *caller_method = caller.add(1, "Tuple{F, Any}");
  MethodInstance *caller_instance = specialize(caller_method, read_type(task, "Tuple{F, Int64}"), nullptr);
  MethodInstance *outer_instance = specialize(caller_method, read_type(task, "Tuple{F, Float64}"), nullptr);
  auto code = [&](MethodInstance *m) {
    return install_code_instance(m, new_code_instance(m, types::Any, nullptr, current_world(), kWorldMax));
  };
  CodeInstance *inner = code(caller_instance), *outer = code(outer_instance),
               *bystander = code(callee_instance);
  add_edge(callee_instance, inner);
  add_edge(caller_instance, outer);
  EXPECT_EQ(inner->max_world.load(), kWorldMax);
  test_types()["F"] = type_of(f.f);
  f.add(2, "Tuple{F, String}"); // does not concern them
  EXPECT_EQ(inner->max_world.load(), kWorldMax);
  f.add(3, "Tuple{F, Int64}");
  EXPECT_EQ(inner->max_world.load(), current_world() - 1);
  EXPECT_EQ(outer->max_world.load(), current_world() - 1);
  EXPECT_EQ(bystander->max_world.load(), kWorldMax);
  auto any = [](const CodeInstance *) { return true; };
  EXPECT_EQ(find_code_instance(caller_instance, current_world(), any), nullptr);
  EXPECT_EQ(find_code_instance(caller_instance, current_world() - 1, any), inner);
}

RUNTIME_TEST(Edges, AbsentMethodsAndBindings) {
  Function f(task, "v");
  Method *m = f.add(1, "Tuple{F, String}");
  MethodInstance *instance = specialize(m, read_type(task, "Tuple{F, String}"), nullptr);
  auto code = [&] {
    return install_code_instance(
        instance, new_code_instance(instance, types::Any, nullptr, current_world(), kWorldMax));
  };
  CodeInstance *relied = code();
  add_lookup_edge(read_type(task, "Tuple{F, Int64}"), relied); // there is none
  f.add(2, "Tuple{F, Char}");
  EXPECT_EQ(relied->max_world.load(), kWorldMax);
  f.add(3, "Tuple{F, Integer}");
  EXPECT_EQ(relied->max_world.load(), current_world() - 1);
  CodeInstance *on_binding = code();
  Binding *binding = get_binding_for_write(task, modules::Main, sym("some_constant"));
  add_binding_edge(binding, on_binding);
  invalidate_binding(binding);
  EXPECT_EQ(on_binding->max_world.load(), current_world() - 1);
  EXPECT_EQ(binding->const_world, current_world());
}

RUNTIME_TEST(Edges, LateEdgesSeeMethodsThatCameInBetween) {
  Function f(task, "w");
  Method *m = f.add(1, "Tuple{F, Any}");
  MethodInstance *instance = specialize(m, read_type(task, "Tuple{F, Int64}"), nullptr);
  CodeInstance *code = new_code_instance(instance, types::Any, nullptr, current_world(), kWorldMax);
  uint64_t made_in = current_world();
  f.add(2, "Tuple{F, Int64}"); // between inference and its edges
  add_edge(instance, code);
  EXPECT_EQ(code->max_world.load(), made_in);
}

RUNTIME_TEST(Edges, LongChainsDoNotRecurse) {
  Function f(task, "x");
  Method *m = f.add(1, "Tuple{F, Any}");
  MethodInstance *last = specialize(m, read_type(task, "Tuple{F, Int64}"), nullptr);
  MethodInstance *callee = last;
  CodeInstance *top = nullptr;
  for (int i = 0; i < 10000; ++i) {
    MethodInstance *next = new_thunk_instance(modules::Main, nullptr);
    top = new_code_instance(next, types::Any, nullptr, 1, kWorldMax);
    add_edge(callee, top);
    callee = next;
  }
  f.add(2, "Tuple{F, Int64}");
  EXPECT_EQ(top->max_world.load(), current_world() - 1);
}

RUNTIME_TEST(Threads, RaceOnTypesSpecialisationsAndCalls) {
  static Function *f;
  static std::atomic<int> failures{0};
  f = new Function(task, "race");
  f->add(1, "Tuple{F, Any}");
  f->add(2, "Tuple{F, Integer}");
  constexpr int kThreads = 4, kRounds = 300;
  static Value *seen[kThreads][kRounds];
  auto work = [](Task *mine, int id) {
    for (int i = 0; i < kRounds; ++i) {
      mine->world = current_world();
      Value *params[] = {types::Int64, raw_int64(i + 100)};
      seen[id][i] = apply_type(mine, types::Array, params);
      Value *args[] = {i % 2 ? box_int64(mine, i) : box_float64(mine, i)};
      int64_t line = unbox_int64(apply(mine, f->f, args, 1));
      if (line != (i % 2 ? 2 : 1) && line < 10)
        ++failures;
    }
  };
  std::thread threads[kThreads];
  for (int id = 0; id < kThreads; ++id)
    threads[id] = test::thread_with_task([=](Task *mine) { work(mine, id); });
  for (int i = 0; i < 30; ++i)
    f->add(10 + i, "Tuple{F, Int64}"); // redefined while they call
  for (std::thread &t : threads)
    t.join();
  EXPECT_EQ(failures.load(), 0);
  for (int i = 0; i < kRounds; ++i)
    for (int id = 1; id < kThreads; ++id)
      EXPECT_EQ(seen[id][i], seen[0][i]);
}
