// SPDX-License-Identifier: MIT
// Units of every make, linked both ways at the same addresses: what lies in memory afterwards, what is
// published and what the code map knows must be the same.
#include <gtest/gtest.h>

#include "linker/linked_unit.h"
#include "session/kept_units.h"

#include <array>
#include <cstdlib>
#include <random>

using namespace ligature;
using namespace ligature::toy;

namespace {

constexpr size_t kEntries = 6; // 0 and 1 may be defined here; 2 has code, 3 boxed code; 4 and 5 have none
const int64_t kValues[] = {10, 20, 30};

int64_t near_function(int64_t x) {
  return x + 1;
}

/// Cells and stubs do not depend on the order in which they are asked for.
class FixedClient final : public ToyClient {
public:
  std::map<const void *, void *> cells;
  void *slot_cell(const void *value) override { return cells.at(value); }
  void release_slot(const void *, void *) override {}
};

/// Emits a unit of random parts.
class Maker {
public:
  Maker(unsigned seed, std::array<Entry, kEntries> &entries) : random_(seed), entries_(entries) {}
  Unit make() {
    Emitter emitter;
    emitter.spec(entries_[0], "f", body());
    if (random_() % 2)
      emitter.args(entries_[1], "g", body());
    if (random_() % 4 == 0)
      emitter.function("helper", emitter.spec_type,
                       *std::make_unique<llvm::IRBuilder<>>(emitter.builder.context()));
    for (llvm::Function &function : emitter.builder.module()) // the helper
      if (!function.isDeclaration() && !function.back().getTerminator())
        llvm::IRBuilder<>(&function.back()).CreateRet(function.getArg(0));
    return emitter.builder.finish();
  }

private:
  Emitter::Body body() {
    return [this](Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) {
      for (unsigned parts = 1 + random_() % 6; parts > 0; --parts)
        x = part(e, ir, x);
      return x;
    };
  }

  llvm::Value *part(Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) {
    switch (random_() % 10) {
    case 0:
      return ir.CreateMul(x, ir.getInt64(random_()));
    case 1:
      return e.call(ir, entries_[random_() % kEntries], "callee", x);
    case 2:
      return e.call_args(ir, entries_[random_() % kEntries], "callee", x);
    case 3:
      return ir.CreateCall(e.builder.runtime("near_function", e.spec_type), {x});
    case 4:
      return far_call(e, ir, x);
    case 5:
      return ir.CreateAdd(
          x, ir.CreateLoad(e.i64, ir.CreateLoad(e.ptr, e.builder.slot(&kValues[random_() % 3], "jl_global#_",
                                                                      SlotKind::Other))));
    case 6:
      return ir.CreateCall(e.builder.foreign("toy", random_() % 2 ? "near_function" : "missing", e.spec_type),
                           {x});
    case 7: { // a constant in memory
      auto *factor = llvm::ConstantFP::get(ir.getDoubleTy(), 1.0 + static_cast<double>(random_() % 100));
      return ir.CreateFPToSI(ir.CreateFMul(ir.CreateSIToFP(x, ir.getDoubleTy()), factor), e.i64);
    }
    case 8:
      return branch(e, ir, x);
    default:
      return variable(e, ir, x);
    }
  }

  /// A call that is too far for a displacement. One callee a unit: JITLink puts several stubs into no certain
  /// order.
  llvm::Value *far_call(Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) {
    if (calls_llabs_)
      return ir.CreateCall(e.builder.runtime("llabs", e.spec_type), {x});
    auto *wide =
        llvm::Type::getInt128Ty(e.builder.context()); // divided by a function of the compiler's own library
    auto *divisor = ir.CreateSExt(ir.CreateAdd(x, ir.getInt64(3)), wide);
    return ir.CreateTrunc(ir.CreateSDiv(ir.CreateSExt(x, wide), divisor), e.i64);
  }

  /// A jump table: offsets in the constants that lead into the code.
  llvm::Value *branch(Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) {
    auto *function = ir.GetInsertBlock()->getParent();
    auto block = [&](const char *name) {
      return llvm::BasicBlock::Create(e.builder.context(), name, function);
    };
    auto *end = block("end"), *otherwise = block("otherwise");
    auto *choice = ir.CreateSwitch(x, otherwise, 8);
    ir.SetInsertPoint(end);
    auto *result = ir.CreatePHI(e.i64, 9);
    for (uint64_t i = 0; i < 8; ++i) {
      auto *one = block("case");
      choice->addCase(ir.getInt64(i), one);
      ir.SetInsertPoint(one);
      result->addIncoming(
          ir.CreateCall(e.builder.runtime("near_function", e.spec_type), {ir.getInt64(i * i)}), one);
      ir.CreateBr(end);
    }
    ir.SetInsertPoint(otherwise);
    ir.CreateBr(end);
    result->addIncoming(x, otherwise);
    ir.SetInsertPoint(end);
    return result;
  }

  /// A variable of the unit's own: with a value, or zero, or holding an address of the unit's.
  llvm::Value *variable(Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) {
    auto *function = ir.GetInsertBlock()->getParent();
    llvm::Constant *initial = random_() % 3 == 0   ? llvm::ConstantInt::get(e.i64, 0)
                              : random_() % 2 == 0 ? llvm::ConstantInt::get(e.i64, random_())
                                                   : static_cast<llvm::Constant *>(function);
    auto *global = new llvm::GlobalVariable(e.builder.module(), initial->getType(), false,
                                            llvm::GlobalValue::InternalLinkage, initial, "variable");
    if (random_() % 2)
      global->setAlignment(llvm::Align(64));
    auto *old = ir.CreateLoad(e.i64, global, /*isVolatile=*/true);
    ir.CreateStore(x, global, /*isVolatile=*/true);
    return ir.CreateAdd(x, old);
  }

  std::mt19937 random_;
  const bool calls_llabs_ = random_() % 2 != 0;
  std::array<Entry, kEntries> &entries_;
};

/// What linking left behind.
struct Outcome {
  std::vector<std::pair<void *, std::string>> pieces; ///< address and bytes
  std::vector<std::string> functions;
  std::vector<void *> published;
  uintptr_t base = 0;
  bool operator==(const Outcome &) const = default;
};

Outcome outcome_of(Linker &linker, const UnitHandle &unit, const std::array<Entry, kEntries> &entries) {
  Outcome outcome;
  outcome.base = linker.code_range().first;
  for (const Piece &piece : unit->memory.pieces())
    outcome.pieces.emplace_back(piece.address, std::string(piece.address, piece.size));
  std::sort(outcome.pieces.begin(), outcome.pieces.end());
  for (uintptr_t begin : unit->code_ranges) {
    const CodeRange *range = linker.code_map().find(begin);
    outcome.functions.push_back(range->name + " " + std::to_string(range->begin) + " " +
                                std::to_string(range->end) + " role " +
                                std::to_string(static_cast<int>(range->role)) + " entry " +
                                std::to_string(range->entry ? range->entry.load() - entries.data() : -1) +
                                " rows " + std::to_string(range->lines.unpack().rows.size()));
  }
  for (const Entry &entry : entries) {
    outcome.published.push_back(entry.invoke.load());
    outcome.published.push_back(entry.specptr.load());
  }
  return outcome;
}

std::string first_difference(const Outcome &linked, const Outcome &bound) {
  if (linked.pieces.size() != bound.pieces.size())
    return "another number of pieces";
  for (size_t i = 0; i < linked.pieces.size(); ++i) {
    auto &[at, bytes] = linked.pieces[i];
    auto &[other_at, other_bytes] = bound.pieces[i];
    if (at != other_at || bytes.size() != other_bytes.size())
      return "piece " + std::to_string(i) + " is elsewhere, or of another size";
    for (size_t byte = 0; byte < bytes.size(); ++byte)
      if (bytes[byte] != other_bytes[byte])
        return "piece " + std::to_string(i) + " of " + std::to_string(bytes.size()) + " differs at " +
               std::to_string(byte);
  }
  return "";
}

/// A session or a linker of its own, with everything that the unit may refer to at addresses that are always
/// the same.
struct World {
  std::array<Entry, kEntries> entries;
  FixedClient client;

  void prepare(Linker &linker, bool owns_first) {
    client.linker = &linker;
    auto near = reinterpret_cast<void *>(&near_function);
    client.runtime["near_function"] = near;
    client.runtime["llabs"] = reinterpret_cast<void *>(static_cast<long long (*)(long long)>(&::llabs));
    for (Entry &entry : entries)
      for (Abi abi : {Abi::Args, Abi::SpecSig})
        ASSERT_TRUE(linker.stub(entry, abi));
    for (const int64_t &value : kValues)
      client.cells[&value] = linker.allocate_cell(&value);
    for (Entry &entry : entries)
      client.cells[&entry] = linker.allocate_cell(&entry);
    linker.publish(entries[2], {Abi::SpecSig, reinterpret_cast<void *>(&args_shim), near});
    linker.publish(entries[3], {Abi::Args, nullptr, reinterpret_cast<void *>(&args_shim)});
    if (!owns_first) // then the unit's own is a copy that loses
      linker.publish(entries[0], {Abi::SpecSig, reinterpret_cast<void *>(&args_shim), near});
  }
};

/// Links one unit through JITLink and then its flat form in a world of the same shape. False if it cannot be
/// flat.
bool compare_ways(unsigned seed) {
  std::array<Entry, kEntries> emitted;
  Unit unit = Maker(seed, emitted).make();
  CompileOptions compile_options;
  compile_options.opt_level = seed % 3;
  Object object = llvm::cantFail(compile(*unit.module, compile_options));
  SerialisedLinkInfo info = write_link_info(unit.link_info);
  bool owns_first = seed % 5 != 0 || unit.link_info.definitions.size() < 2;
  auto pointers_for = [&](World &world) {
    std::vector<const void *> pointers = info.pointers;
    for (const void *&pointer : pointers)
      for (size_t i = 0; i < kEntries; ++i)
        if (pointer == &emitted[i])
          pointer = &world.entries[i];
    return pointers;
  };
  auto info_for = [&](World &world) { return std::move(*read_link_info(info.bytes, pointers_for(world))); };
  std::vector<Kept> kept;
  Outcome linked, bound;
  {
    World world;
    SessionOptions options;
    static_cast<LinkerOptions &>(options) = linker_options();
    options.keep = keep_in(kept);
    auto session = llvm::cantFail(Session::create(options, world.client));
    world.prepare(session->linker(), owns_first);
    auto handle = llvm::cantFail(session->add(info_for(world), std::move(object)));
    llvm::cantFail(session->materialize(handle));
    linked = outcome_of(session->linker(), handle, world.entries);
  }
  if (kept.at(0).flat.empty())
    return false;
  {
    World world;
    auto linker = *Linker::create(linker_options(), world.client);
    world.prepare(*linker, owns_first);
    auto handle = linker->link_flat(pointers_for(world), kept[0].flat);
    EXPECT_TRUE(handle) << handle.error();
    if (handle)
      bound = outcome_of(*linker, *handle, world.entries);
  }
  EXPECT_EQ(linked.base, bound.base) << "the test needs the same addresses twice";
  if (owns_first) // of a copy that lost, JITLink forgets where it is if nobody calls it
    EXPECT_EQ(linked.functions, bound.functions) << "seed " << seed;
  EXPECT_EQ(linked.published, bound.published) << "seed " << seed;
  EXPECT_EQ(first_difference(linked, bound), "") << "seed " << seed;
  return true;
}

TEST(FlatDifference, BothWaysGiveTheSameBytesAndTheSameEntries) {
  size_t flat = 0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    flat += compare_ways(seed);
    if (testing::Test::HasFailure())
      break;
  }
  EXPECT_EQ(flat, 200u); // none of these has anything that a flat unit cannot carry
}

} // namespace
