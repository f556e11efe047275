// SPDX-License-Identifier: MIT
// The key of an object covers whatever decides what the object looks like.
#include "object/object_entry.h"
#include "object/object_source.h"

#include "compile/target.h"

#include <llvm/IR/IRBuilder.h>

#include <gtest/gtest.h>

#include <map>

using namespace ligature;

namespace {

UnitKey key_with(const CompileOptions &options, int64_t constant = 1) {
  UnitBuilder builder;
  auto *type = llvm::FunctionType::get(llvm::Type::getInt64Ty(builder.context()), false);
  auto *function = builder.create_function("f_", type);
  llvm::IRBuilder<> ir(llvm::BasicBlock::Create(builder.context(), "top", function));
  ir.CreateRet(ir.getInt64(static_cast<uint64_t>(constant)));
  Unit unit = builder.finish();
  Stats stats;
  ObjectSource source(options, stats);
  return llvm::cantFail(source.get(std::move(unit.context), std::move(unit.module))).key;
}

TEST(ObjectKey, CoversEverythingThatDecidesTheObject) {
  const UnitKey base = key_with({});
  EXPECT_EQ(key_with({}), base);
  std::vector<UnitKey> others = {key_with({}, 2)};
  auto vary = [&](auto change) {
    CompileOptions options;
    change(options);
    others.push_back(key_with(options));
  };
  vary([](CompileOptions &options) { options.opt_level = 0; });
  vary([](CompileOptions &options) { options.opt_level = 3; });
  vary([](CompileOptions &options) { options.pipeline = "function(instcombine)"; });
  vary([](CompileOptions &options) { options.cpu = "x86-64"; });
  vary([](CompileOptions &options) { options.cpu = "x86-64-v2"; });
  vary([](CompileOptions &options) { options.cpu = "x86-64", options.features = "+avx2"; });
  vary([](CompileOptions &options) { options.emulated_tls = true; });
  vary([](CompileOptions &options) { options.runtime_abi = "another"; });
  for (size_t i = 0; i < others.size(); ++i) {
    EXPECT_NE(others[i], base) << i;
    for (size_t j = 0; j < i; ++j)
      EXPECT_NE(others[i], others[j]) << i << " and " << j;
  }
}

/// What no option says (the version of LLVM, the fingerprint of the code generator, the models) is an
/// ingredient as well.
TEST(ObjectKey, ChangesWithEachIngredient) {
  std::vector<KeyIngredient> ingredients = key_ingredients({});
  const UnitKey base = key_of(ingredients);
  std::vector<std::string> names;
  for (size_t i = 0; i < ingredients.size(); ++i) {
    std::vector<KeyIngredient> varied = ingredients;
    varied[i].value += "x";
    EXPECT_NE(key_of(varied), base) << varied[i].name;
    EXPECT_TRUE(i == 1 ? ingredients[i].value.size() == 64 : true) << "a SHA-256";
    names.push_back(ingredients[i].name);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"llvm", "code-generator", "runtime-abi", "triple", "cpu",
                                             "features", "opt-level", "relocation-model", "code-model",
                                             "target-options", "pipeline"}));
}

TEST(ObjectKey, KnowsWhereAnIngredientEnds) {
  std::vector<KeyIngredient> one = {{"a", "b"}, {"c", "d"}}, other = {{"a", "bc"}, {"", "d"}};
  EXPECT_NE(key_of(one), key_of(other));
}

/// A cache in memory.
class TestCache final : public Cache {
public:
  explicit TestCache(CacheMode mode = CacheMode::On) : mode_(mode) {}
  std::optional<CacheValue> get(std::string_view space, const CacheKey &key) override {
    auto found = entries.find({std::string(space), key});
    if (found == entries.end())
      return std::nullopt;
    auto bytes = std::make_shared<std::vector<std::byte>>(found->second);
    return CacheValue(*bytes, bytes);
  }
  void put(std::string_view space, const CacheKey &key, std::span<const std::byte> bytes,
           std::chrono::microseconds cost) override {
    EXPECT_GT(cost.count(), 0);
    entries[{std::string(space), key}] = {bytes.begin(), bytes.end()};
  }
  void finish(std::chrono::milliseconds) override {}
  CacheMode mode() const override { return mode_; }
  const CacheCounters &counters() const override { return counters_; }

  std::map<std::pair<std::string, CacheKey>, std::vector<std::byte>> entries;

private:
  CacheMode mode_;
  CacheCounters counters_;
};

struct Outcome {
  std::string bytes;
  uint64_t compiled, hits, misses, errors;
  std::vector<KeyIngredient> ingredients;
};

Outcome get_with(const std::shared_ptr<TestCache> &cache, const CompileOptions &options = {},
                 int64_t constant = 7) {
  UnitBuilder builder;
  auto *type = llvm::FunctionType::get(llvm::Type::getInt64Ty(builder.context()), false);
  auto *function = builder.create_function("f_", type);
  llvm::IRBuilder<> ir(llvm::BasicBlock::Create(builder.context(), "top", function));
  ir.CreateRet(ir.getInt64(static_cast<uint64_t>(constant)));
  Unit unit = builder.finish();
  Stats stats;
  ObjectSource source(options, stats, cache);
  KeyedObject keyed = llvm::cantFail(source.get(std::move(unit.context), std::move(unit.module)));
  return {keyed.object.bytes->getBuffer().str(),
          stats.units_compiled,
          stats.cache_hits,
          stats.cache_misses,
          stats.cache_errors,
          keyed.ingredients};
}

TEST(ObjectCache, AnObjectIsCompiledOnce) {
  auto cache = std::make_shared<TestCache>();
  Outcome cold = get_with(cache), warm = get_with(cache);
  EXPECT_EQ(cold.compiled, 1u);
  EXPECT_EQ(cold.misses, 1u);
  EXPECT_EQ(warm.compiled, 0u);
  EXPECT_EQ(warm.hits, 1u);
  EXPECT_EQ(warm.bytes, cold.bytes);
  CompileOptions other;
  other.opt_level = 0;
  EXPECT_EQ(get_with(cache, other).compiled, 1u);
  EXPECT_EQ(cache->entries.size(), 2u);
  std::vector<KeyIngredient> ingredients = ingredients_of_entry(cache->entries.begin()->second);
  ASSERT_EQ(ingredients.size(), key_ingredients({}).size() + 1);
  EXPECT_EQ(ingredients.back().name, "bitcode");
}

/// What is said when `now` finds nothing but the object of default options and the entry of another CPU.
std::vector<std::string> named_reasons(const CompileOptions &now, int64_t constant = 7) {
  auto cache = std::make_shared<TestCache>();
  CompileOptions farther = now;
  farther.cpu = "x86-64", farther.features = "+sse3", farther.opt_level = 1;
  get_with(cache), get_with(cache, farther, constant + 1);
  std::vector<std::vector<KeyIngredient>> earlier;
  for (auto &[place, entry] : cache->entries)
    earlier.push_back(ingredients_of_entry(entry));
  const size_t entries = cache->entries.size();
  MissExplanation found = explain_miss(get_with(cache, now, constant).ingredients, earlier);
  EXPECT_EQ(cache->entries.size(), entries + 1) << "it was a miss";
  std::vector<std::string> names;
  for (const KeyDifference &difference : found.differences)
    names.emplace_back(shown_name(difference.ingredient));
  return names;
}

/// Options that decide what the object looks like, varied one at a time: the reason has the option's name.
TEST(ExplainMiss, NamesTheOptionThatWasVaried) {
  using Names = std::vector<std::string>;
  auto vary = [](auto change) {
    CompileOptions options;
    change(options);
    return named_reasons(options);
  };
  EXPECT_EQ(named_reasons({}, 8), Names{"code"});
  EXPECT_EQ(vary([](CompileOptions &options) { options.pipeline = "function(instcombine)"; }),
            Names{"pipeline"});
  EXPECT_EQ(vary([](CompileOptions &options) { options.runtime_abi = "another"; }), Names{"runtime-abi"});
  EXPECT_EQ(vary([](CompileOptions &options) { options.emulated_tls = true; }), Names{"target-options"});
  EXPECT_EQ(vary([](CompileOptions &options) { options.features = "+sse3"; }), Names{"features"});
  EXPECT_EQ(vary([](CompileOptions &options) {
              options.cpu = host_cpu(), options.features = host_features() + ",-avx2";
            }),
            Names{"features"});
  EXPECT_EQ(vary([](CompileOptions &options) { options.opt_level = 3, options.pipeline = "default<O2>"; }),
            Names{"opt-level"});
  EXPECT_EQ(vary([](CompileOptions &options) { options.opt_level = 3; }), (Names{"opt-level", "pipeline"}));
  EXPECT_EQ(
      vary([](CompileOptions &options) { options.cpu = "x86-64-v2", options.features = host_features(); }),
      Names{"cpu"});
}

/// What no option says is varied in the entry.
TEST(ExplainMiss, NamesEachIngredient) {
  std::vector<KeyIngredient> now = key_ingredients({});
  now.push_back({"bitcode", std::string(64, 'a')});
  for (size_t i = 0; i < now.size(); ++i) {
    std::vector<KeyIngredient> varied = now, farther = now;
    varied[i].value.insert(0, 1, '!');
    for (KeyIngredient &ingredient : farther)
      ingredient.value += "x";
    MissExplanation found = explain_miss(now, std::vector{farther, varied, varied});
    EXPECT_EQ(found.nearest, 1u);
    ASSERT_EQ(found.differences.size(), 1u) << now[i].name;
    EXPECT_EQ(found.differences[0].ingredient, now[i].name);
    EXPECT_EQ(found.differences[0].now, now[i].value);
    EXPECT_TRUE(describe(found.differences[0]).starts_with(std::string(shown_name(now[i].name)) + ": "));
  }
}

TEST(ExplainMiss, SaysWhatThereIsToSay) {
  EXPECT_FALSE(explain_miss(key_ingredients({}), {}).nearest);
  std::vector<KeyIngredient> one = {{"cpu", "a"}, {"old", "1"}}, two = {{"cpu", "b"}, {"new", "2"}};
  std::vector<KeyDifference> found = differences(two, one);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(describe(found[0]), "cpu: b, was a");
  EXPECT_EQ(describe(found[1]), "new: 2, was empty");
  EXPECT_EQ(describe(found[2]), "old: empty, was 1");
  EXPECT_EQ(describe({"bitcode", std::string(64, '1'), std::string(64, '2')}), "code: differs");
  const std::string many = "+a,+b,+cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc";
  EXPECT_EQ(describe({"features", many + ",+x", many + ",-x,+y"}), "features: -x,+y, was +x");
  EXPECT_EQ(read_ingredients(print_ingredients(one)), one);
  EXPECT_EQ(read_ingredients("a=b=c\n\nno\n=x\nd="), (std::vector<KeyIngredient>{{"a", "b=c"}, {"d", ""}}));
}

TEST(ObjectCache, ADamagedEntryIsAMiss) {
  auto cache = std::make_shared<TestCache>();
  Outcome cold = get_with(cache);
  const std::vector<std::byte> whole = cache->entries.begin()->second;
  for (size_t size : {size_t(0), size_t(3), size_t(12), size_t(20)}) {
    cache->entries.begin()->second.resize(size);
    Outcome outcome = get_with(cache);
    EXPECT_EQ(outcome.compiled, 1u) << size;
    EXPECT_EQ(outcome.errors, 1u) << size;
    EXPECT_EQ(outcome.bytes, cold.bytes);
    EXPECT_EQ(cache->entries.begin()->second, whole) << "made anew";
  }
}

TEST(ObjectCache, VerifyCompilesAllTheSameAndCompares) {
  auto cache = std::make_shared<TestCache>(CacheMode::Verify);
  Outcome cold = get_with(cache), warm = get_with(cache);
  EXPECT_EQ(warm.compiled, 1u);
  EXPECT_EQ(warm.hits, 1u);
  EXPECT_EQ(warm.errors, 0u);
  cache->entries.begin()->second.back() ^= std::byte(1);
  Outcome lied = get_with(cache);
  EXPECT_EQ(lied.errors, 1u);
  EXPECT_EQ(lied.bytes, cold.bytes) << "what was compiled counts";
}

} // namespace
