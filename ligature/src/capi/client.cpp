// SPDX-License-Identifier: MIT
#include "capi/client.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace ligature::capi {
namespace {

[[noreturn]] void end_process(const char *reason) {
  std::fprintf(stderr, "ligature: %s\n", reason);
  std::abort();
}

/// A reason from malloc, taken over.
std::string take_reason(char *reason, const char *otherwise) {
  std::string text = reason ? reason : otherwise;
  std::free(reason);
  return text;
}

} // namespace

CallbackClient::CallbackClient(const LigatureClient &functions) {
  std::memcpy(&functions_, &functions, std::min(functions.size, sizeof functions_));
}

void *CallbackClient::slot_cell(const void *value) {
  return functions_.slot_cell ? functions_.slot_cell(functions_.data, value) : session->allocate_cell(value);
}

void CallbackClient::release_slot(const void *value, void *cell) {
  if (!functions_.slot_cell)
    session->release_cell(cell);
  else if (functions_.release_slot)
    functions_.release_slot(functions_.data, value, cell);
}

void *CallbackClient::find_runtime(std::string_view name) {
  return functions_.find_runtime ? functions_.find_runtime(functions_.data, std::string(name).c_str())
                                 : nullptr;
}

std::expected<void *, std::string> CallbackClient::find_foreign(std::string_view library,
                                                                std::string_view name) {
  std::string file(library), symbol(name);
  if (functions_.find_foreign) {
    char *reason = nullptr;
    if (void *found = functions_.find_foreign(functions_.data, file.c_str(), symbol.c_str(), &reason))
      return found;
    return std::unexpected(take_reason(reason, ("could not find function " + symbol).c_str()));
  }
  void *handle =
      dlopen(file.empty() ? nullptr : file.c_str(), RTLD_LAZY); // stays open: code may call into it
  void *found = handle ? dlsym(handle, symbol.c_str()) : nullptr;
  if (!found)
    return std::unexpected("could not find function " + symbol + ": " + dlerror());
  return found;
}

Client::RaiseFunction CallbackClient::foreign_error() {
  return functions_.foreign_error ? functions_.foreign_error : end_process;
}

// Nothing to destroy here: the callback may leave by longjmp.
void *CallbackClient::compile_for_call(Entry &entry, Abi abi) {
  if (!functions_.compile_for_call)
    end_process("a call reached an entry without code, and the client has no compile_for_call");
  return functions_.compile_for_call(functions_.data, reinterpret_cast<LigatureEntry *>(&entry),
                                     static_cast<LigatureAbi>(abi));
}

llvm::Expected<Unit> CallbackClient::emit_adapter(Entry &entry, Abi abi) {
  char *error = nullptr;
  if (functions_.emit_adapter)
    if (LigatureUnit *unit =
            functions_.emit_adapter(functions_.data, reinterpret_cast<LigatureEntry *>(&entry),
                                    static_cast<LigatureAbi>(abi), &error))
      return take(unit);
  std::string wanted = std::string("no adapter to ABI ") + abi_name(abi) + " was made";
  return llvm::createStringError(take_reason(error, wanted.c_str()));
}

Entry *CallbackClient::equal_entry(Entry &entry) {
  if (!functions_.equal_entry)
    return nullptr;
  return reinterpret_cast<Entry *>(
      functions_.equal_entry(functions_.data, reinterpret_cast<LigatureEntry *>(&entry)));
}

SourcePlace CallbackClient::source_place(const void *method) {
  LigatureSourcePlace place{};
  if (functions_.source_place)
    functions_.source_place(functions_.data, method, &place);
  return {place.function ? place.function : "", place.file ? place.file : "", place.base_line};
}

void CallbackClient::cells_mapped(void *begin, void *end) {
  if (functions_.cells_mapped)
    functions_.cells_mapped(functions_.data, begin, end);
}
void CallbackClient::thread_started() {
  if (functions_.thread_started)
    functions_.thread_started(functions_.data);
}
void CallbackClient::thread_stopped() {
  if (functions_.thread_stopped)
    functions_.thread_stopped(functions_.data);
}

} // namespace ligature::capi
