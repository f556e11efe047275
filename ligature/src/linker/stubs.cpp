// SPDX-License-Identifier: MIT
#include "linker/stubs.h"

#include "linker/code_writer.h"

#include <cstring>

extern "C" {
// lazy_call.S
void ligature_lazy_call_sse();
void ligature_lazy_call_avx();
void ligature_lazy_call_avx512();

[[gnu::visibility("hidden"), gnu::used]] void *ligature_resolve(ligature::StubCell *cell) {
  ligature::LazyStub &stub = *cell->stub.load(std::memory_order_acquire);
  return stub.handler().resolve(stub);
}
}

namespace ligature {
namespace {

constexpr size_t kLazyOffset = 6;
constexpr size_t kStubSize = 19;
constexpr size_t kErrorStubSize = 13;

void *lazy_call_for_this_machine() {
  auto *routine = &ligature_lazy_call_sse;
  if (__builtin_cpu_supports("avx512f"))
    routine = &ligature_lazy_call_avx512;
  else if (__builtin_cpu_supports("avx"))
    routine = &ligature_lazy_call_avx;
  return reinterpret_cast<void *>(routine);
}

} // namespace

LazyStub::~LazyStub() {
  if (code_)
    slabs_.deallocate(code_);
  if (data_)
    slabs_.deallocate(data_);
}

void *LazyStub::lazy() const {
  return code_.address + kLazyOffset;
}

bool LazyStub::heal(void *target) {
  return cell().target.exchange(target, std::memory_order_acq_rel) == lazy();
}

bool LazyStub::heal_if_lazy(void *target) {
  void *expected = lazy();
  return cell().target.compare_exchange_strong(expected, target, std::memory_order_acq_rel);
}

void LazyStub::unheal() {
  cell().target.store(lazy(), std::memory_order_release);
}

StubMaker::~StubMaker() {
  if (common_)
    slabs_.deallocate(common_);
}

std::expected<void, std::string> StubMaker::prepare() {
  auto piece = slabs_.allocate(Segment::Constants, sizeof(void *));
  if (!piece)
    return std::unexpected(piece.error());
  common_ = *piece;
  void *routine = lazy_call_for_this_machine();
  std::memcpy(common_.writable, &routine, sizeof routine);
  return {};
}

std::expected<std::shared_ptr<LazyStub>, std::string> StubMaker::make(Entry &entry, Abi abi) {
  std::shared_ptr<LazyStub> stub(new LazyStub(slabs_, handler_, entry, abi));
  auto code = slabs_.allocate(Segment::Code, kStubSize);
  if (!code)
    return std::unexpected(code.error());
  stub->code_ = *code;
  auto data = slabs_.allocate(Segment::Data, sizeof(StubCell));
  if (!data)
    return std::unexpected(data.error());
  stub->data_ = *data;
  auto *cell = new (data->address) StubCell{stub->lazy(), nullptr};
  cell->stub.store(stub.get(), std::memory_order_release);
  CodeWriter writer(*code);
  writer.jump_through(data->address);
  writer.lea_r11(data->address);
  writer.jump_through(common_.address);
  writer.finish(slabs_);
  return stub;
}

std::expected<StubMaker::ErrorStub, std::string> StubMaker::make_error_stub(const std::string &reason,
                                                                            void (*raise)(const char *)) {
  auto code = slabs_.allocate(Segment::Code, kErrorStubSize);
  auto data = slabs_.allocate(Segment::Constants, sizeof raise + reason.size() + 1);
  Allocation memory(slabs_);
  for (auto *piece : {&code, &data})
    if (*piece)
      memory.add(**piece);
  if (!code || !data)
    return std::unexpected(!code ? code.error() : data.error());
  std::memcpy(data->writable, &raise, sizeof raise);
  std::memcpy(data->writable + sizeof raise, reason.c_str(), reason.size() + 1);
  CodeWriter writer(*code);
  writer.lea_rdi(data->address + sizeof raise);
  writer.jump_through(data->address);
  writer.finish(slabs_);
  return ErrorStub{std::move(memory), code->address};
}

} // namespace ligature
