// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <random>

#include "jl/content/content.h"
#include "jl/content/record_tree.h"
#include "jl/content/resolve.h"
#include "jl/infer/test_code.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/strings.h"

using namespace jl;
using namespace jl::content;
using namespace jl::test;

namespace {

Bytes described(Value *v) {
  Bytes bytes;
  Describer describer(bytes);
  describer.value(v);
  EXPECT_STREQ(describer.failure(), nullptr);
  return bytes;
}

Value *found_again(Task *task, std::span<const uint8_t> bytes) {
  Surroundings around;
  around.task = task;
  around.world = current_world();
  return resolve(around, bytes);
}

Value *array_of(Value *element) {
  auto *var = make_typevar(Symbol::intern("N"), types::Bottom_, types::Any);
  Value *parameters[] = {element, var};
  return make_union_all(var, apply_type(nullptr, types::Array, parameters));
}

GcVector<Value *> samples(Task *task) {
  Value *numbers[] = {box_int64(task, 1), box_float64(task, -0.0)};
  Value *members[] = {types::Int64, types::Nothing, types::Float64};
  Value *inner[] = {make_tuple(task, numbers, 2), new_string(task, "text"), symbol_value("name"),
                    types::Int64};
  Value *vararg[] = {types::Int64, make_vararg(types::Any, nullptr)};
  return {box_int64(task, 1 << 20),
          box_int128(task, -5),
          new_string(task, ""),
          make_tuple(task, inner, 4),
          nothing_value(),
          true_value(),
          box_char(task, 0x1F600),
          types::Bottom_,
          types::Array,
          types::Vector,
          make_union(members),
          make_tuple_type(vararg),
          array_of(types::Int64),
          new_svec(task, inner),
          modules::Base,
          types::Any,
          new_global_ref(task, modules::Core, Symbol::intern("Int64")),
          intrinsic_value(Intrinsic::add_int),
          builtin_value(Builtin::getfield)};
}

} // namespace

RUNTIME_TEST(Content, LeadsBack) {
  for (Value *v : samples(task)) {
    Value *found = found_again(task, described(v));
    ASSERT_NE(found, nullptr) << type_to_string(type_of(v));
    EXPECT_TRUE(egal(found, v)) << type_to_string(type_of(v));
    EXPECT_EQ(hash_of(found), hash_of(v));
  }
}

RUNTIME_TEST(Content, TellsApart) {
  GcVector<Value *> all = samples(task);
  for (size_t i = 0; i < all.size(); i++)
    for (size_t j = 0; j < i; j++)
      EXPECT_NE(hash_of(all[i]), hash_of(all[j])) << i << " " << j;
  EXPECT_NE(hash_of(box_float64(task, 0.0)), hash_of(box_float64(task, -0.0)));
}

// Whichever object a variable is; what it is called can be seen when the type is shown.
RUNTIME_TEST(Content, SeesNamesOfTypeVariables) {
  auto make = [&](const char *name) {
    auto *var = make_typevar(Symbol::intern(name), types::Bottom_, types::Real);
    Value *parameters[] = {var, box_int64(task, 2)};
    return make_union_all(var, apply_type(task, types::Array, parameters));
  };
  EXPECT_EQ(hash_of(make("T")), hash_of(make("T")));
  EXPECT_NE(hash_of(make("T")), hash_of(make("Other")));
}

RUNTIME_TEST(Content, SeesDefinitionsOfTypes) {
  auto define = [&](const char *name, Value *field) {
    SymbolValue *names[] = {symbol_value("next")};
    Value *type = new_struct_type(modules::Main, Symbol::intern(name), empty_svec(),
                                  new_svec(task, {names[0]}), true, 0, 0);
    Value *self[] = {type, types::Nothing};
    Value *fields[] = {field ? field : make_union(self)};
    set_supertype(task, type, types::Any);
    set_field_types(task, type, new_svec(task, fields));
    return type;
  };
  Value *node = define("Node", nullptr), *same = define("Node", nullptr),
        *other = define("Node", types::Int64);
  ASSERT_TRUE(hash_of(node));
  EXPECT_EQ(hash_of(node), hash_of(same));
  EXPECT_NE(hash_of(node), hash_of(other));
  // What mentions a type is another when that is.
  Value *holder = define("Holder", node), *holder_of_other = define("Holder", other);
  EXPECT_NE(hash_of(holder), hash_of(holder_of_other));
  // Under the name stands now something else: the old one is not found.
  set_const(task, get_binding_for_write(task, modules::Main, Symbol::intern("Holder")), holder_of_other);
  EXPECT_EQ(found_again(task, described(holder)), nullptr);
  EXPECT_EQ(found_again(task, described(holder_of_other)), holder_of_other);
}

RUNTIME_TEST(Content, KnowsObjectsByTheConstantsThatHoldThem) {
  Array *array = new_vector_any(task);
  Bytes bytes;
  Describer unnamed(bytes);
  unnamed.value(array);
  EXPECT_STREQ(unnamed.failure(), "an object that may change and that no constant names");
  Value *pair[] = {nothing_value(), array};
  set_const(task, get_binding_for_write(task, modules::Main, Symbol::intern("named_pair")),
            make_tuple(task, pair, 2));
  EXPECT_EQ(found_again(task, described(array)), array);
}

RUNTIME_TEST(Content, SeesTheCodeOfMethods) {
  auto define = [&](int64_t result, int line) {
    TestCode c(1);
    c.code()->lines[0].line = line;
    c.ret(c.integer(result));
    Method *method = add_test_method(task, test_function(task, "content_f"), {}, c);
    method->line = line;
    return method;
  };
  Method *first = define(1, 1);
  std::optional<Hash> one = hash_of(first);
  Bytes bytes = described(first);
  EXPECT_EQ(found_again(task, bytes), first);
  Method *other = define(2, 1);
  EXPECT_NE(hash_of(other), one);
  EXPECT_EQ(found_again(task, bytes), nullptr); // its signature has another method now
  Method *moved = define(1, 40);
  EXPECT_EQ(hash_of(moved), one);
  EXPECT_EQ(found_again(task, bytes), moved);
}

// What a description came to once is remembered, but not past what it stood for.
RUNTIME_TEST(Content, SeesReplacedModulesAndConstants) {
  auto binding = [&](const char *name) {
    return get_binding_for_write(task, modules::Main, Symbol::intern(name));
  };
  auto make_module = [] { return new_module(Symbol::intern("ContentM"), modules::Main, true, true); };
  Module *first = make_module(), *second = make_module();
  set_module(task, binding("ContentM"), first);
  Bytes bytes = described(first);
  EXPECT_EQ(found_again(task, bytes), first);
  EXPECT_EQ(found_again(task, bytes), first);
  set_module(task, binding("ContentM"), second);
  EXPECT_EQ(found_again(task, bytes), second);

  Array *array = new_vector_any(task), *other = new_vector_any(task);
  set_const(task, binding("content_array"), array);
  bytes = described(array);
  EXPECT_EQ(found_again(task, bytes), array);
  set_const(task, binding("content_array"), other);
  EXPECT_EQ(found_again(task, bytes), other);
}

// Descriptions come from files: whatever they hold, the answer is a value or none.
RUNTIME_TEST(Content, SurvivesDamage) {
  std::mt19937 random(1);
  size_t tried = 0;
  for (Value *v : samples(task)) {
    Bytes whole = described(v);
    for (size_t n = 0; n < whole.size(); n++, tried++)
      EXPECT_EQ(found_again(task, std::span(whole).first(n)), nullptr);
    for (int i = 0; i < 300; i++, tried++) {
      Bytes damaged = whole;
      damaged[random() % damaged.size()] ^= uint8_t(1 << random() % 8);
      found_again(task, damaged);
    }
  }
  EXPECT_GT(tried, 5000u);
}

TEST(Record, ComesBackWholeOrNotAtAll) {
  gc_init();
  const uint8_t some[] = {1, 2, 3};
  Record record;
  record.result = some;
  record.effects = 300;
  record.typed_key[0] = record.finding[31] = 7;
  record.lookups = {{some, Hash{1}, Hash{2}}};
  record.globals = {{some, "name", Hash{3}}};
  record.calls = {{some, kNoFinding}, {some, Hash{4}}};
  Bytes bytes, again;
  write_record(record, bytes);
  Record *read = read_record(bytes);
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(read->globals[0].name, "name");
  EXPECT_EQ(read->calls[1].finding, Hash{4});
  write_record(*read, again);
  EXPECT_EQ(bytes, again);
  for (size_t n = 0; n < bytes.size(); n++)
    EXPECT_EQ(read_record(std::span(bytes).first(n)), nullptr);
  bytes.push_back(0);
  EXPECT_EQ(read_record(bytes), nullptr);
  bytes.pop_back();
  for (size_t i = 0; i < bytes.size() * 8; i++) { // whatever comes of it, it stays within the bytes
    bytes[i / 8] ^= uint8_t(1 << i % 8);
    read_record(bytes);
    bytes[i / 8] ^= uint8_t(1 << i % 8);
  }
}

TEST(RecordTree, SaysWhatItsRecordsSay) {
  gc_init();
  const uint8_t one[] = {1, 2, 3}, two[] = {4, 5}, three[] = {6};
  Record first, second;
  first.result = second.result = one;
  first.constant = three;
  first.effects = 300;
  first.typed_key[0] = 7;
  first.finding[31] = second.finding[30] = 8;
  first.lookups = {{one, Hash{1}, Hash{2}}, {two, Hash{1}, Hash{2}}};
  second.lookups = {{two, Hash{1}, Hash{2}}};
  first.globals = second.globals = {{three, "name", Hash{3}}};
  first.calls = {{two, second.finding}, {three, kNoFinding}, {two, Hash{9}}};
  second.calls = {{one, first.finding}};
  TreeMember members[] = {{&first, one, {1, RecordTree::kNone, 1}}, {&second, two, {0}}};
  Bytes bytes = write_tree(members);
  const RecordTree *tree = read_tree(bytes);
  ASSERT_NE(tree, nullptr);
  EXPECT_EQ(tree->lookups.size(), 2u); // what both say is said once
  EXPECT_EQ(tree->globals.size(), 1u);
  ASSERT_EQ(tree->members.size(), 2u);
  EXPECT_TRUE(tree->members[0].calls[0].is_member);
  EXPECT_FALSE(tree->members[0].calls[2].is_member); // another finding than the member's
  for (size_t i = 0; i < 2; i++) {
    Bytes said, meant, alone;
    write_record(record_of(*tree, tree->members[i]), said);
    write_record(*members[i].record, meant);
    EXPECT_EQ(said, meant);
    const RecordTree *only = tree_of(members[i].record);
    write_record(record_of(*only, only->members[0]), alone);
    EXPECT_EQ(alone, meant);
  }
  for (size_t n = 0; n < bytes.size(); n++)
    EXPECT_EQ(read_tree(Bytes(bytes.begin(), bytes.begin() + ptrdiff_t(n))), nullptr);
  for (size_t i = 0; i < bytes.size() * 8; i++) { // whatever comes of it, it stays within the bytes
    bytes[i / 8] ^= uint8_t(1 << i % 8);
    if (const RecordTree *damaged = read_tree(bytes))
      for (const RecordTree::Member &member : damaged->members)
        record_of(*damaged, member);
    bytes[i / 8] ^= uint8_t(1 << i % 8);
  }
}
