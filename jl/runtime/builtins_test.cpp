// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "jl/runtime/abi.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/foreign_call.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/test_support.h"

using namespace jl;

namespace {

Value *call(Task *task, Builtin b, std::initializer_list<Value *> args) {
  GcVector<Value *> list(args);
  return apply(task, builtin_value(b), list.data(), uint32_t(list.size()));
}

std::string error_of(Task *task, Builtin b, std::initializer_list<Value *> args) {
  return test::thrown(task, [&] { call(task, b, args); });
}

Symbol sym(const char *name) {
  return Symbol::intern(name);
}

/// struct NAME; a::Int64; b; end (mutable when asked, with `const a`)
DataType *define_struct(Task *task, const char *name, bool is_mutable, bool const_a) {
  SimpleVector *fields = new_svec(task, {symbol_value("a"), symbol_value("b")});
  SimpleVector *consts = const_a ? new_svec(task, {box_int64(task, 1)}) : empty_svec();
  Value *type = call(task, Builtin::structtype,
                     {modules::Main, symbol_value(name), empty_svec(), fields, consts, bool_value(is_mutable),
                      box_int64(task, 1)});
  call(task, Builtin::setsuper, {type, types::Any});
  call(task, Builtin::typebody, {type, new_svec(task, {types::Int64, types::Any})});
  set_const(task, get_binding_for_write(task, modules::Main, sym(name)), type);
  return static_cast<DataType *>(type);
}

} // namespace

RUNTIME_TEST(Builtins, AreFoundByValueAndByName) {
  for (size_t i = 0; i < size_t(Builtin::kCount); i++) {
    EXPECT_EQ(builtin_of(builtin_value(Builtin(i))), Builtin(i));
    EXPECT_EQ(global_value(modules::Core, Symbol::intern(builtin_name(Builtin(i)))),
              builtin_value(Builtin(i)));
  }
  EXPECT_EQ(builtin_of(nothing_value()), Builtin::kCount);
  EXPECT_NE(runtime_function("jl_builtin_getfield"), nullptr);
  EXPECT_NE(runtime_function("jl_alloc"), nullptr);
  EXPECT_NE(runtime_function("memcpy"), nullptr);
  EXPECT_NE(runtime_function("nextafterf"), nullptr);
  EXPECT_EQ(runtime_function("no_such_function"), nullptr);
  EXPECT_EQ(runtime_function(""), nullptr);
}

RUNTIME_TEST(Builtins, HiddenTypesOfCoreLeaveTheirNamesToPrograms) {
  EXPECT_EQ(global_value(modules::Main, sym("Box")), nullptr);
  EXPECT_EQ(global_value(modules::Core, sym("Box")), types::Box_);
  EXPECT_EQ(global_value(modules::Main, sym("Int64")), types::Int64);
  EXPECT_EQ(global_value(modules::Main, sym("throw")), builtin_value(Builtin::throw_));
}

RUNTIME_TEST(Builtins, TypesOfValues) {
  Value *one = box_int64(task, 1);
  EXPECT_EQ(call(task, Builtin::typeof_, {one}), types::Int64);
  EXPECT_EQ(call(task, Builtin::isa, {one, types::Integer}), true_value());
  EXPECT_EQ(call(task, Builtin::issubtype, {types::Int64, types::Float64}), false_value());
  EXPECT_EQ(call(task, Builtin::typeassert, {one, types::Signed}), one);
  EXPECT_EQ(error_of(task, Builtin::typeassert, {new_string(task, "x"), types::Int64}),
            "TypeError: in typeassert, expected Int64, got a value of type String");
  EXPECT_EQ(error_of(task, Builtin::isa, {one, one}),
            "TypeError: in isa, expected Type, got a value of type Int64");
  EXPECT_EQ(call(task, Builtin::sizeof_, {new_string(task, "abc")}), box_int64(task, 3));
  EXPECT_EQ(call(task, Builtin::sizeof_, {types::Int32}), box_int64(task, 4));
  EXPECT_EQ(error_of(task, Builtin::typeof_, {}), "ArgumentError: typeof: too few arguments (expected 1)");
}

RUNTIME_TEST(Builtins, FieldsOfStructs) {
  DataType *type = define_struct(task, "Plain", false, false);
  Value *args[] = {box_int64(task, 3), new_string(task, "text")};
  Value *object = new_struct(task, type, args, 2);
  EXPECT_EQ(call(task, Builtin::getfield, {object, symbol_value("a")}), args[0]);
  EXPECT_EQ(call(task, Builtin::getfield, {object, box_int64(task, 2)}), args[1]);
  EXPECT_EQ(call(task, Builtin::nfields, {object}), box_int64(task, 2));
  EXPECT_EQ(error_of(task, Builtin::getfield, {object, symbol_value("zz")}),
            "FieldError: type Plain has no field `zz`, available fields: `a`, `b`");
  EXPECT_EQ(error_of(task, Builtin::getfield, {object, box_int64(task, 3)}),
            "BoundsError: attempt to access Plain at index [3]");
  EXPECT_EQ(error_of(task, Builtin::setfield, {object, symbol_value("a"), args[0]}),
            "setfield!: immutable struct of type Plain cannot be changed");
  EXPECT_EQ(test::thrown(task, [&] { new_struct(task, type, args + 1, 1); }),
            "TypeError: in new, expected Int64, got a value of type String");
}

RUNTIME_TEST(Builtins, FieldsOfMutableStructs) {
  DataType *type = define_struct(task, "Changing", true, true);
  Value *a = box_int64(task, 3), *text = new_string(task, "text");
  Value *object = new_struct(task, type, &a, 1);
  EXPECT_EQ(call(task, Builtin::isdefined, {object, symbol_value("b")}), false_value());
  EXPECT_EQ(error_of(task, Builtin::getfield, {object, symbol_value("b")}),
            "UndefRefError: access to undefined reference");
  EXPECT_EQ(call(task, Builtin::setfield, {object, symbol_value("b"), text}), text);
  EXPECT_EQ(call(task, Builtin::getfield, {object, symbol_value("b")}), text);
  EXPECT_EQ(call(task, Builtin::swapfield, {object, symbol_value("b"), a}), text);
  EXPECT_EQ(call(task, Builtin::isdefined, {object, symbol_value("b")}), true_value());
  EXPECT_EQ(error_of(task, Builtin::setfield, {object, symbol_value("a"), a}),
            "setfield!: const field .a of type Changing cannot be changed");
  Value *replaced = call(task, Builtin::replacefield, {object, symbol_value("b"), a, text});
  EXPECT_EQ(field_named(task, replaced, "success"), true_value());
  EXPECT_EQ(field_named(task, replaced, "old"), a);
}

RUNTIME_TEST(Builtins, SetfieldChecksTheType) {
  DataType *type = define_struct(task, "Checked", true, false);
  Value *a = box_int64(task, 3);
  Value *object = new_struct(task, type, &a, 1);
  EXPECT_EQ(error_of(task, Builtin::setfield, {object, symbol_value("a"), nothing_value()}),
            "TypeError: in setfield!, expected Int64, got a value of type Nothing");
}

RUNTIME_TEST(Builtins, MemoryRefs) {
  DataType *ints = memory_type_of(task, types::Int64);
  Value *memory = call(task, Builtin::memorynew, {ints, box_int64(task, 3)});
  Value *first = call(task, Builtin::memoryrefnew, {memory});
  Value *third = call(task, Builtin::memoryrefnew, {first, box_int64(task, 3), true_value()});
  Value *order = symbol_value("not_atomic");
  call(task, Builtin::memoryrefset, {third, box_int64(task, 42), order, true_value()});
  EXPECT_EQ(call(task, Builtin::memoryrefget, {third, order, true_value()}), box_int64(task, 42));
  EXPECT_EQ(call(task, Builtin::memoryrefoffset, {third}), box_int64(task, 3));
  EXPECT_EQ(error_of(task, Builtin::memoryrefnew, {first, box_int64(task, 4), true_value()}).substr(0, 33),
            "BoundsError: attempt to access Me");
  EXPECT_EQ(error_of(task, Builtin::memoryrefset, {first, true_value(), order, true_value()}),
            "TypeError: in memoryrefset!, expected Int64, got a value of type Bool");
  Value *any = call(task, Builtin::memorynew, {memory_type_of(task, types::Any), box_int64(task, 1)});
  Value *cell = call(task, Builtin::memoryrefnew, {any});
  EXPECT_EQ(call(task, Builtin::memoryref_isassigned, {cell, order, true_value()}), false_value());
  EXPECT_EQ(error_of(task, Builtin::memoryrefget, {cell, order, true_value()}),
            "UndefRefError: access to undefined reference");
}

RUNTIME_TEST(Builtins, SplattingTuplesSvecsAndVectors) {
  Array *vector = new_vector_any(task, {box_int64(task, 3), nothing_value()});
  Value *parts[] = {make_tuple(task, {box_int64(task, 1)}), new_svec(task, {box_int64(task, 2)}), vector};
  Value *tuple = call(task, Builtin::apply_iterate,
                      {nothing_value(), builtin_value(Builtin::tuple), parts[0], parts[1], parts[2]});
  ASSERT_EQ(tuple_length(tuple), 4u);
  EXPECT_EQ(tuple_field(task, tuple, 2), box_int64(task, 3));
  EXPECT_EQ(tuple_field(task, tuple, 3), nothing_value());
}

RUNTIME_TEST(Builtins, TypeVarsAndUnionAllsAreConstructedByCalls) {
  auto construct = [&](Value *type, std::initializer_list<Value *> args) {
    GcVector<Value *> list(args);
    return apply(task, type, list.data(), uint32_t(list.size()));
  };
  auto *var = static_cast<TypeVar *>(construct(types::TypeVar_, {symbol_value("T"), types::Integer}));
  EXPECT_EQ(var->upper, types::Integer);
  EXPECT_EQ(var->lower, types::Bottom_);
  Value *parameter = var;
  Value *body = apply_type(task, types::Vector, {&parameter, 1});
  EXPECT_EQ(type_to_string(construct(types::UnionAll_, {var, body})), "Vector{T} where T<:Integer");
}

RUNTIME_TEST(Builtins, Globals) {
  Module *m = new_module(sym("GlobalsTest"), modules::Main, true, true);
  EXPECT_EQ(call(task, Builtin::isdefinedglobal, {m, symbol_value("x")}), false_value());
  call(task, Builtin::setglobal, {m, symbol_value("x"), true_value()});
  EXPECT_EQ(call(task, Builtin::getglobal, {m, symbol_value("x")}), true_value());
  EXPECT_EQ(call(task, Builtin::getfield, {m, symbol_value("x")}), true_value());
  EXPECT_EQ(error_of(task, Builtin::getglobal, {m, symbol_value("nope")}),
            "UndefVarError: `nope` not defined in `Main.GlobalsTest`\nSuggestion: check for spelling errors "
            "or missing imports.");
}

// --- Foreign calls ---

static Value *ccall(Task *task, Value *function, Value *result,
                    std::initializer_list<std::pair<Value *, Value *>> args, uint32_t fixed = ~0u) {
  ForeignSignature signature;
  GcVector<Value *> values;
  signature.function = function;
  signature.result_type = result;
  for (auto [type, value] : args) {
    signature.argument_types.push_back(type);
    values.push_back(value);
  }
  signature.fixed_arguments = std::min(fixed, uint32_t(values.size()));
  return call_foreign(task, signature, values.data(), uint32_t(values.size()));
}

RUNTIME_TEST(ForeignCalls, NumbersGoInAndOut) {
  EXPECT_EQ(
      unbox_float64(ccall(task, symbol_value("pow"), types::Float64,
                          {{types::Float64, box_float64(task, 2)}, {types::Float64, box_float64(task, 10)}})),
      1024.0);
  EXPECT_EQ(
      unbox_int32(ccall(task, symbol_value("abs"), types::Int32, {{types::Int32, box_int32(task, -7)}})), 7);
  EXPECT_EQ(
      unbox_int32(ccall(task, symbol_value("toupper"), types::Int32, {{types::Int32, box_int32(task, 'q')}})),
      'Q');
  Value *pair = make_tuple(task, {new_string(task, "cosf"), new_string(task, "libm")});
  EXPECT_EQ(unbox_float32(ccall(task, pair, types::Float32, {{types::Float32, box_float32(task, 0)}})), 1.0f);
}

RUNTIME_TEST(ForeignCalls, ObjectsAndVarargs) {
  Value *text = new_string(task, "hello");
  EXPECT_EQ(unbox_int64(ccall(task, symbol_value("jl_value_ptr"), types::Int64, {{types::Any, text}})),
            reinterpret_cast<intptr_t>(text));
  char out[32];
  Value *buffer = box_pointer(task, out), *format = box_pointer(task, "%d-%s"),
        *word = box_pointer(task, "x");
  Value *pointer = type_of(buffer);
  ccall(task, symbol_value("sprintf"), types::Int32,
        {{pointer, buffer}, {pointer, format}, {types::Int32, box_int32(task, 12)}, {pointer, word}}, 2);
  EXPECT_STREQ(out, "12-x");
  EXPECT_EQ(ccall(task, symbol_value("free"), types::Nothing, {{pointer, box_pointer(task, nullptr)}}),
            nothing_value());
}

RUNTIME_TEST(ForeignCalls, StructsByValue) {
  // div_t div(int, int) gives both in one register.
  Value *fields[] = {types::Int32, types::Int32};
  Value *result = ccall(task, symbol_value("div"), make_tuple_type(fields),
                        {{types::Int32, box_int32(task, 17)}, {types::Int32, box_int32(task, 5)}});
  EXPECT_EQ(unbox_int32(tuple_field(task, result, 0)), 3);
  EXPECT_EQ(unbox_int32(tuple_field(task, result, 1)), 2);
}

RUNTIME_TEST(ForeignCalls, WhatIsMissingIsAnErrorAtTheCall) {
  auto error = [&](Value *f) { return test::thrown(task, [&] { ccall(task, f, types::Nothing, {}); }); };
  EXPECT_EQ(error(symbol_value("no_such_symbol_here")),
            "could not load symbol \"no_such_symbol_here\":\nundefined symbol: no_such_symbol_here");
  EXPECT_EQ(error(make_tuple(task, {symbol_value("f"), new_string(task, "libnosuchlibrary")})),
            "could not load library \"libnosuchlibrary\"\nlibnosuchlibrary.so: cannot open shared object "
            "file: No such file or directory");
  std::string nope = error(make_tuple(task, {symbol_value("nope"), new_string(task, "libm")}));
  EXPECT_TRUE(nope.starts_with("could not load symbol \"nope\":\n/")) << nope;
  EXPECT_TRUE(nope.ends_with("libm.so.6: undefined symbol: nope")) << nope;
  EXPECT_EQ(test::thrown(task,
                         [&] {
                           ccall(task, symbol_value("abs"), types::Int32,
                                 {{types::Int32, box_int64(task, 1)}});
                         }),
            "TypeError: in ccall, expected Int32, got a value of type Int64");
}
