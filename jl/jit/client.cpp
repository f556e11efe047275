// SPDX-License-Identifier: MIT
#include "jl/jit/client.h"

#include <cstddef>

#include "jl/emit/emit.h"
#include "jl/engine/invoke.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/foreign_call.h"
#include "jl/runtime/gc.h"
#include "jl/runtime/strings.h"

namespace jl {

CodeInstance *code_of(ligature::Entry &entry) {
  return reinterpret_cast<CodeInstance *>(reinterpret_cast<char *>(&entry) - offsetof(CodeInstance, entry));
}

// One cell for each value, shared by all units: cells lie in memory that the collector scans (cells_mapped).
void *JitClient::slot_cell(const void *value) {
  std::lock_guard lock(mutex_);
  auto [found, fresh] = cells_.try_emplace(value);
  if (fresh) {
    found->second = {session->allocate_cell(value), 0};
    if (!found->second.address) {
      cells_.erase(found);
      return nullptr;
    }
  }
  found->second.users++;
  return found->second.address;
}

void JitClient::release_slot(const void *value, void *cell) {
  std::lock_guard lock(mutex_);
  auto found = cells_.find(value);
  if (--found->second.users > 0)
    return;
  session->release_cell(cell);
  cells_.erase(found);
}

void *JitClient::find_runtime(std::string_view name) { return runtime_function(name); }

std::expected<void *, std::string> JitClient::find_foreign(std::string_view library, std::string_view name) {
  return jl::find_foreign(name, library);
}

static void raise_foreign_error(const char *reason) { throw_error(current_task(), reason); }

ligature::Client::RaiseFunction JitClient::foreign_error() { return raise_foreign_error; }

void *JitClient::compile_for_call(ligature::Entry &entry, ligature::Abi abi) {
  CodeInstance *code = code_of(entry);
  compile(current_task(), code);
  if (code->entry.invoke.load(std::memory_order_acquire) == nullptr)
    session->publish(code->entry, {.abi = ligature::Abi::Interpreted});
  llvm::Expected<void *> address = session->callable(entry, abi);
  if (address)
    return *address;
  throw_error(current_task(), llvm::toString(address.takeError()));
}

llvm::Expected<ligature::Unit> JitClient::emit_adapter(ligature::Entry &entry, ligature::Abi abi) {
  CodeInstance *code = code_of(entry);
  return abi == ligature::Abi::Args ? emit_args_adapter(current_task(), code)
                                    : emit_specsig_adapter(current_task(), code);
}

// Positions count from 1, which is the method's first line: see emit/debug_info.h.
ligature::SourcePlace JitClient::source_place(const void *handle) {
  if (!handle)
    return {};
  if (type_of(static_cast<const Value *>(handle)) == types::Method_) {
    auto *method = static_cast<const Method *>(handle);
    return {std::string(method->name.text()), std::string(method->file.text()), method->line - 1};
  }
  const CodeInfo *thunk = static_cast<const MethodInstance *>(handle)->thunk;
  return {"", std::string(thunk->file.text()), thunk->first_line - 1};
}

void JitClient::cells_mapped(void *begin, void *end) { gc_add_roots(begin, end); }

void JitClient::thread_started() { gc_register_thread(); }

void JitClient::thread_stopped() { gc_unregister_thread(); }

} // namespace jl
