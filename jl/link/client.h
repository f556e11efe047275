// SPDX-License-Identifier: MIT
// What the linking library asks of the Julia subset when it binds code: cells for values, addresses of
// runtime and foreign functions, code for entries that a call reaches before they have any, positions.
#pragma once

#include <functional>
#include <mutex>
#include <unordered_map>

#include "jl/runtime/value.h"
#include "ligature/linker.h"

namespace jl {

/// The code instance that `entry` is embedded in.
CodeInstance *code_of(ligature::Entry &entry);

class JuliaLinkClient final : public ligature::LinkClient {
public:
  /// Publishes a code instance, whatever it takes; set by the engine.
  std::function<void(Task *, CodeInstance *)> make_code;
  /// The adapter to a code instance that an earlier run kept, or null; and whether there is a new one to
  /// keep. Set by the engine.
  std::function<ligature::UnitHandle(CodeInstance *, ligature::Abi)> find_kept_adapter;
  std::function<void(CodeInstance *, ligature::Abi)> keep_adapter;
  ligature::Linker *linker = nullptr;

  void *slot_cell(const void *value) override;
  void release_slot(const void *value, void *cell) override;
  void *find_runtime(std::string_view name) override;
  std::expected<void *, std::string> find_foreign(std::string_view library, std::string_view name) override;
  RaiseFunction foreign_error() override;
  void *compile_for_call(ligature::Entry &entry, ligature::Abi abi) override;
  ligature::UnitHandle find_adapter(ligature::Entry &entry, ligature::Abi abi) override;
  ligature::SourcePlace source_place(const void *method) override;
  void cells_mapped(void *begin, void *end) override;
  void thread_started() override;
  void thread_stopped() override;

private:
  struct Cell {
    void *address;
    size_t users;
  };
  std::mutex mutex_;
  std::unordered_map<const void *, Cell> cells_; // looked up only, never iterated
};

} // namespace jl
