// SPDX-License-Identifier: MIT
#include "capi/client.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

using namespace ligature;
using namespace ligature::capi;

/// A client and its session, which goes first.
struct LigatureSession {
  CallbackClient client;
  std::unique_ptr<Session> session;
};

namespace ligature::capi {

Session &session_of(LigatureSession *session) {
  return *session->session;
}

char *copy_text(std::string_view text) {
  auto *copy = static_cast<char *>(std::malloc(text.size() + 1));
  if (!copy)
    return nullptr;
  std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = '\0';
  return copy;
}

char *text_of(llvm::Error error) {
  return error ? copy_text(llvm::toString(std::move(error))) : nullptr;
}

/// Writes a handle to where the caller wants it, if it does.
static llvm::Error hand_over(llvm::Expected<UnitHandle> handle, LigatureLinkedUnit **out) {
  if (!handle)
    return handle.takeError();
  if (out)
    *out = hand_out(std::move(*handle));
  return llvm::Error::success();
}

} // namespace ligature::capi

const char *ligature_version() {
  return version();
}

void ligature_free(char *text) {
  std::free(text);
}

LigatureError ligature_session_create(const LigatureOptions *options, const LigatureClient *client,
                                      LigatureSession **session) {
  return guarded([&]() -> llvm::Error {
    std::unique_ptr<LigatureSession> made(new LigatureSession{CallbackClient(*client), nullptr});
    auto created = Session::create(session_options(options), made->client);
    if (!created)
      return created.takeError();
    made->session = std::move(*created);
    made->client.session = made->session.get();
    *session = made.release();
    return llvm::Error::success();
  });
}

void ligature_session_dispose(LigatureSession *session) {
  delete session;
}

LigatureError ligature_add(LigatureSession *session, LigatureUnit *unit, LigatureLinkedUnit **linked) {
  return guarded([&] { return hand_over(session->session->add(take(unit)), linked); });
}

LigatureError ligature_materialize(LigatureSession *session, LigatureLinkedUnit *linked) {
  return guarded([&] { return session->session->materialize(handle_of(linked)); });
}

LigatureError ligature_link(LigatureSession *session, LigatureUnit *unit, LigatureLinkedUnit **linked) {
  return guarded([&] { return hand_over(session->session->link(take(unit)), linked); });
}

void ligature_enqueue(LigatureSession *session, LigatureLinkedUnit *linked,
                      void (*done)(void *data, const char *error), void *data) {
  session->session->enqueue(handle_of(linked), [done, data](llvm::Error error) {
    std::string reason = llvm::toString(std::move(error)); // "" for success
    if (done)
      done(data, reason.empty() ? nullptr : reason.c_str());
  });
}

LigatureError ligature_require(LigatureSession *session, LigatureEntry *entry, bool *found) {
  return guarded([&]() -> llvm::Error {
    auto known = session->session->require(entry_of(entry));
    if (!known)
      return known.takeError();
    *found = *known;
    return llvm::Error::success();
  });
}

LigatureError ligature_callable(LigatureSession *session, LigatureEntry *entry, LigatureAbi abi,
                                void **address) {
  return guarded([&]() -> llvm::Error {
    auto code = session->session->callable(entry_of(entry), abi_of(abi));
    if (!code)
      return code.takeError();
    *address = *code;
    return llvm::Error::success();
  });
}

LigatureError ligature_stub(LigatureSession *session, LigatureEntry *entry, LigatureAbi abi, void **address) {
  return guarded([&]() -> llvm::Error {
    if (abi != LigatureAbiArgs && abi != LigatureAbiSpecSig)
      return llvm::createStringError("ABI %s cannot be called", abi_name(abi_of(abi)));
    auto code = session->session->stub(entry_of(entry), abi_of(abi));
    if (!code)
      return code.takeError();
    *address = *code;
    return llvm::Error::success();
  });
}

bool ligature_publish(LigatureSession *session, LigatureEntry *entry,
                      const LigaturePublication *publication) {
  return session->session->publish(entry_of(entry),
                                   {abi_of(publication->abi), publication->invoke, publication->specptr});
}

bool ligature_replace(LigatureSession *session, LigatureEntry *entry, void *from, void *to) {
  return session->session->replace(entry_of(entry), from, to);
}

bool ligature_read_published(LigatureSession *session, const LigatureEntry *entry,
                             LigaturePublication *publication) {
  auto published = read_published(entry_of(entry), session->session->options().invokes);
  if (published)
    *publication = {static_cast<LigatureAbi>(published->abi), published->invoke, published->specptr};
  return published.has_value();
}

LigatureEntryState ligature_entry_state(LigatureSession *session, const LigatureEntry *entry) {
  return static_cast<LigatureEntryState>(entry_state(entry_of(entry), session->session->options().invokes));
}

void ligature_unlink(LigatureSession *session, LigatureLinkedUnit *linked) {
  std::unique_ptr<UnitHandle> taken(&handle_of(linked));
  session->session->unlink(std::move(*taken));
}

void ligature_unregister(LigatureSession *session, LigatureLinkedUnit *linked) {
  session->session->unregister(handle_of(linked));
}

LigatureLinkedUnit *ligature_retain(LigatureLinkedUnit *linked) {
  return hand_out(handle_of(linked));
}

void ligature_release(LigatureLinkedUnit *linked) {
  if (linked)
    delete &handle_of(linked);
}

void ligature_forget(LigatureSession *session, LigatureEntry *entry) {
  session->session->forget(entry_of(entry));
}

void *ligature_address(LigatureSession *session, LigatureLinkedUnit *linked, size_t index) {
  return session->session->address(handle_of(linked), index);
}

void *ligature_allocate_cell(LigatureSession *session, const void *value) {
  return session->session->allocate_cell(value);
}

void ligature_release_cell(LigatureSession *session, void *cell) {
  session->session->release_cell(cell);
}

void ligature_before_fork(LigatureSession *session) {
  session->session->before_fork();
}

void ligature_after_fork(LigatureSession *session, bool is_child) {
  session->session->after_fork(is_child ? ForkSide::Child : ForkSide::Parent);
}

char *ligature_stats_json(const LigatureSession *session) {
  return copy_text(session->session->stats().json());
}

LigatureMemoryUse ligature_memory_use(const LigatureSession *session) {
  Session::MemoryUse use = session->session->memory_use();
  return {use.mapped, use.used, use.allocations, use.mappings};
}

void ligature_code_range(const LigatureSession *session, uintptr_t *begin, uintptr_t *end) {
  std::tie(*begin, *end) = session->session->code_range();
}

bool ligature_code_at(LigatureSession *session, uintptr_t pc, LigatureCode *code) {
  const CodeRange *range = session->session->code_map().find(pc);
  if (range)
    *code = code_of(*range);
  return range != nullptr;
}

size_t ligature_source_frames(LigatureSession *session, uintptr_t pc, LigatureSourceFrame *frames,
                              size_t count) {
  const CodeRange *range = session->session->code_map().find(pc);
  if (!range)
    return 0;
  constexpr size_t kAtOnce = 64; // on the stack, for signal handlers; deeper inlining is cut off
  SourceFrame found[kAtOnce];
  size_t size = CodeMap::frames(*range, pc, {found, std::min(count, kAtOnce)});
  for (size_t i = 0; i < size; ++i)
    frames[i] = {found[i].method, found[i].line, found[i].inlined};
  return size;
}
