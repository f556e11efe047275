// SPDX-License-Identifier: MIT
// What goes wrong outside of the session's power: each fault is one clear error for everybody who waits, and
// the session goes on working.
#include "session/damaged_objects.h"
#include "session/toy_client.h"
#include "session/watchdog.h"

#include <gtest/gtest.h>

#include <random>

#include <sys/resource.h>

using namespace ligature;
using namespace ligature::toy;

namespace {

/// Handed in as an object, so that it can be linked in a session that cannot compile.
UnitHandle add_compiled(Toy &toy, Entry &entry, std::function<void(std::string &)> damage = nullptr) {
  Unit unit = spec_unit(entry, "f", plus(5));
  Object object = llvm::cantFail(compile(*unit.module, {}));
  std::string bytes = object.bytes->getBuffer().str();
  if (damage)
    damage(bytes);
  object.bytes = llvm::MemoryBuffer::getMemBufferCopy(bytes, "unit");
  return llvm::cantFail(toy.session->add(std::move(unit.link_info), std::move(object)));
}

/// Three threads link the unit: all are told the same reason, which contains `expected`.
void expect_one_error(Toy &toy, UnitHandle unit, Entry &entry, const std::string &expected) {
  Watchdog watchdog;
  std::vector<std::string> reasons(3);
  std::vector<std::thread> waiters;
  for (std::string &reason : reasons)
    waiters.emplace_back([&] { reason = llvm::toString(toy.session->materialize(unit)); });
  for (std::thread &waiter : waiters)
    waiter.join();
  for (const std::string &reason : reasons) {
    EXPECT_EQ(reason, reasons[0]);
    EXPECT_EQ(reason.find("linking 'f': "), 0u) << reason;
    EXPECT_NE(reason.find(expected), std::string::npos) << reason;
  }
  EXPECT_EQ(entry_state(entry, invokes()), EntryState::NotCompiled);
  EXPECT_EQ(toy.session->stats().units_failed, 1u);
  auto used = toy.session->memory_use().used;
  toy.session->unlink(std::move(unit));
  EXPECT_EQ(toy.session->memory_use().used, used); // a failed unit holds nothing
  Entry f;
  EXPECT_EQ(llvm::toString(toy.session->materialize(add_compiled(toy, f))), "");
  EXPECT_EQ(toy.call(f, 1), 6);
}

TEST(Faults, UnresolvableSymbol) {
  Toy toy;
  Entry f;
  auto body = [](Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
    return ir.CreateCall(e.builder.runtime("nowhere", e.spec_type), {x});
  };
  expect_one_error(toy, llvm::cantFail(toy.session->add(spec_unit(f, "f", body))), f,
                   "runtime function 'nowhere' does not exist");
}

TEST(Faults, FailingPass) {
  Toy toy([](SessionOptions &options) { options.compile.pipeline = "no-such-pass"; });
  Entry f;
  expect_one_error(toy, llvm::cantFail(toy.session->add(spec_unit(f, "f", plus(1)))), f,
                   "pass pipeline 'no-such-pass': ");
}

TEST(Faults, CodeMemoryThatIsFull) {
  Toy toy([](SessionOptions &options) { options.reserve_bytes = 512 << 10; });
  Entry f;
  auto body = [](Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
    auto *type = llvm::ArrayType::get(e.i64, 1 << 20);
    auto *big = new llvm::GlobalVariable(e.builder.module(), type, false, llvm::GlobalValue::InternalLinkage,
                                         llvm::Constant::getNullValue(type), "big");
    auto *place = ir.CreateGEP(e.i64, big, {x});
    ir.CreateStore(x, place, /*isVolatile=*/true);
    return ir.CreateLoad(e.i64, place);
  };
  expect_one_error(toy, llvm::cantFail(toy.session->add(spec_unit(f, "f", body))), f,
                   "code memory: no room for 8388608 bytes");
}

TEST(Faults, NoCellForASlot) {
  Toy toy;
  toy.client.no_cells = true;
  Entry f;
  static const int64_t value = 3;
  auto body = [](Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *) -> llvm::Value * {
    return ir.CreateLoad(e.i64, ir.CreateLoad(e.ptr, e.builder.slot(&value, "jl_global#_", SlotKind::Other)));
  };
  expect_one_error(toy, llvm::cantFail(toy.session->add(spec_unit(f, "f", body))), f,
                   "no cell for slot 'jl_global#_0'");
}

TEST(Faults, CorruptObject) {
  Toy toy;
  Entry f;
  auto unit = add_compiled(toy, f, [](std::string &bytes) { bytes.resize(bytes.size() / 2); });
  expect_one_error(toy, std::move(unit), f, "");
}

TEST(Faults, ObjectDamagedAtAnyOffsetIsAnErrorOrLinksButNeverCrashes) {
  DamagedObjects objects;
  Toy &toy = objects.toy;
  size_t refused = 0;
  for (size_t offset = 0; offset < objects.size(); ++offset)
    for (unsigned char damage : {0x01, 0x80, 0xff})
      refused += !objects.link({{offset, damage}});
  EXPECT_GT(refused, objects.size() / 4);
  std::mt19937 random(5); // some combinations; `make fuzz` tries many more
  for (int i = 0; i < 2000; ++i) {
    std::vector<DamagedObjects::Damage> damages(2 + i % 3);
    for (auto &damage : damages)
      damage = {random() % objects.size(), static_cast<unsigned char>(1u << random() % 8)};
    objects.link(damages);
  }
  EXPECT_TRUE(objects.link({}));
  Entry f;
  toy.link(spec_unit(f, "f", plus(6)));
  EXPECT_EQ(toy.call(f, 1), 7);
}

/// Creates a session where `resource` is limited to nothing, prints the error, and creates one without the
/// limit.
void create_limited(decltype(RLIMIT_AS) resource) {
  ToyClient client;
  rlimit before{}, none{0, 0};
  getrlimit(resource, &before);
  none.rlim_max = before.rlim_max;
  setrlimit(resource, &none);
  auto session = Session::create({}, client);
  setrlimit(resource, &before);
  std::fprintf(stderr, "%s", llvm::toString(session.takeError()).c_str());
  Toy toy;
  Entry f;
  toy.link(spec_unit(f, "f", plus(5)));
  std::exit(toy.call(f, 1) == 6 ? 0 : 1);
}

TEST(Faults, NoMemoryFileOrNoMappingIsAnErrorOfCreatingTheSession) {
  EXPECT_EXIT(create_limited(RLIMIT_NOFILE), testing::ExitedWithCode(0),
              "^code memory: memfd_create: Too many open files; memory files");
#if !__has_feature(thread_sanitizer) &&                                                                      \
    !__has_feature(address_sanitizer) // they need address space themselves
  EXPECT_EXIT(create_limited(RLIMIT_AS), testing::ExitedWithCode(0),
              "^code memory: reserving addresses: Cannot allocate memory");
#endif
}

} // namespace
