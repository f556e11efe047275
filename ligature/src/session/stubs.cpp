// SPDX-License-Identifier: MIT
#include "session/stubs.h"

#include <cstring>

extern "C" {
// lazy_call.S
void ligature_lazy_call_sse();
void ligature_lazy_call_avx();
void ligature_lazy_call_avx512();

[[gnu::visibility("hidden"), gnu::used]] void *ligature_resolve(ligature::StubCell *cell) {
  return cell->stub->handler().resolve(*cell->stub);
}
}

namespace ligature {
namespace {

constexpr size_t kLazyOffset = 6;
constexpr size_t kStubSize = 19;
constexpr size_t kErrorStubSize = 13;

/// Writes instructions through the writable view, with displacements for where they will run.
class Emitter {
public:
  explicit Emitter(const Piece &code) : code_(code) {}
  void jump_through(const void *cell) { instruction({0xff, 0x25}, cell); }
  void lea_r11(const void *target) { instruction({0x4c, 0x8d, 0x1d}, target); }
  void lea_rdi(const void *target) { instruction({0x48, 0x8d, 0x3d}, target); }

private:
  void instruction(std::initializer_list<unsigned char> opcode, const void *target) {
    for (unsigned char byte : opcode)
      code_.writable[at_++] = static_cast<char>(byte);
    auto next = reinterpret_cast<uintptr_t>(code_.address) + at_ + 4;
    auto displacement = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(target) - next);
    std::memcpy(code_.writable + at_, &displacement, 4);
    at_ += 4;
  }
  const Piece &code_;
  size_t at_ = 0;
};

void *lazy_call_for_this_machine() {
  auto *routine = &ligature_lazy_call_sse;
  if (__builtin_cpu_supports("avx512f"))
    routine = &ligature_lazy_call_avx512;
  else if (__builtin_cpu_supports("avx"))
    routine = &ligature_lazy_call_avx;
  return reinterpret_cast<void *>(routine);
}

void finish_code(const Piece &code) {
  if (code.reused)
    Slabs::synchronise_cores();
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
  new (data->address) StubCell{stub->lazy(), stub.get()};
  Emitter emitter(*code);
  emitter.jump_through(data->address);
  emitter.lea_r11(data->address);
  emitter.jump_through(common_.address);
  finish_code(*code);
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
  Emitter emitter(*code);
  emitter.lea_rdi(data->address + sizeof raise);
  emitter.jump_through(data->address);
  finish_code(*code);
  return ErrorStub{std::move(memory), code->address};
}

} // namespace ligature
