// SPDX-License-Identifier: MIT
#include "jl/link/client.h"

#include <cstddef>

#include "jl/lower/lowered.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/foreign_call.h"
#include "jl/runtime/gc.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/types.h"

namespace jl {

CodeInstance *code_of(ligature::Entry &entry) {
  return reinterpret_cast<CodeInstance *>(reinterpret_cast<char *>(&entry) - offsetof(CodeInstance, entry));
}

// One cell for each value, shared by all units: cells lie in memory that the collector scans (cells_mapped).
void *JuliaLinkClient::slot_cell(const void *value) {
  std::lock_guard lock(mutex_);
  auto [found, fresh] = cells_.try_emplace(value);
  if (fresh) {
    found->second = {linker->allocate_cell(value), 0};
    if (!found->second.address) {
      cells_.erase(found);
      return nullptr;
    }
  }
  found->second.users++;
  return found->second.address;
}

void JuliaLinkClient::release_slot(const void *value, void *cell) {
  std::lock_guard lock(mutex_);
  auto found = cells_.find(value);
  if (--found->second.users > 0)
    return;
  linker->release_cell(cell);
  cells_.erase(found);
}

void *JuliaLinkClient::find_runtime(std::string_view name) {
  return runtime_function(name);
}

std::expected<void *, std::string> JuliaLinkClient::find_foreign(std::string_view library,
                                                                 std::string_view name) {
  return jl::find_foreign(name, library);
}

static void raise_foreign_error(const char *reason) {
  throw_error(current_task(), reason);
}

ligature::LinkClient::RaiseFunction JuliaLinkClient::foreign_error() {
  return raise_foreign_error;
}

void *JuliaLinkClient::compile_for_call(ligature::Entry &entry, ligature::Abi abi) {
  CodeInstance *code = code_of(entry);
  Task *task = current_task();
  make_code(task, code);
  if (code->entry.invoke.load(std::memory_order_acquire) == nullptr)
    linker->publish(code->entry, {.abi = ligature::Abi::Interpreted});
  String *reason = nullptr; // a throw runs no destructors
  {
    std::expected<void *, std::string> address = linker->callable(entry, abi);
    keep_adapter(code, abi);
    if (address)
      return *address;
    reason = new_string(task, address.error());
  }
  throw_error(task, reason->view());
}

ligature::UnitHandle JuliaLinkClient::find_adapter(ligature::Entry &entry, ligature::Abi abi) {
  return find_kept_adapter(code_of(entry), abi);
}

// Positions count from 1, which is the method's first line: see emit/debug_info.h.
ligature::SourcePlace JuliaLinkClient::source_place(const void *handle) {
  if (!handle)
    return {};
  if (type_of(static_cast<const Value *>(handle)) == types::Method_) {
    auto *method = static_cast<const Method *>(handle);
    return {std::string(method->name.text()), std::string(method->file.text()), method->line - 1};
  }
  const CodeInfo *thunk = static_cast<const MethodInstance *>(handle)->thunk;
  return {"", std::string(thunk->file.text()), thunk->first_line - 1};
}

void JuliaLinkClient::cells_mapped(void *begin, void *end) {
  gc_add_roots(begin, end);
}

void JuliaLinkClient::thread_started() {
  gc_register_thread();
}

void JuliaLinkClient::thread_stopped() {
  gc_unregister_thread();
}

} // namespace jl
