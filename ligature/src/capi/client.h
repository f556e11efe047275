// SPDX-License-Identifier: MIT
//
// A client made of C callbacks, with answers of our own where a callback was left out.
#pragma once

#include "capi/objects.h"

namespace ligature::capi {

class CallbackClient final : public Client {
public:
  explicit CallbackClient(const LigatureClient &functions);
  Session *session = nullptr; ///< set as soon as there is one

  void *slot_cell(const void *value) override;
  void release_slot(const void *value, void *cell) override;
  void *find_runtime(std::string_view name) override;
  std::expected<void *, std::string> find_foreign(std::string_view library, std::string_view name) override;
  RaiseFunction foreign_error() override;
  void *compile_for_call(Entry &entry, Abi abi) override;
  llvm::Expected<Unit> emit_adapter(Entry &entry, Abi abi) override;
  Entry *equal_entry(Entry &entry) override;
  SourcePlace source_place(const void *method) override;
  void cells_mapped(void *begin, void *end) override;
  void thread_started() override;
  void thread_stopped() override;

private:
  LigatureClient functions_{}; // what the client's header did not have yet is null
};

} // namespace ligature::capi
