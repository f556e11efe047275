// SPDX-License-Identifier: MIT
//
// Who is to be told of code. Nobody, usually: then linking has no listener to ask.
#include "debug/gdb.h"
#include "profile/jitdump.h"
#include "profile/perf_map.h"
#include "session/impl.h"

namespace ligature {

llvm::Error Session::Impl::make_listeners() {
  if (options.debugger == DebuggerSupport::Always)
    listeners_.push_back(make_gdb_listener());
  if (options.perf != PerfSupport::None) {
    auto made = options.perf == PerfSupport::Map ? make_perf_map() : make_jitdump(options.perf_folder);
    if (!made)
      return session_error(made.error());
    listeners_.push_back(std::move(*made));
  }
  listeners_.insert(listeners_.end(), options.listeners.begin(), options.listeners.end());
  return llvm::Error::success();
}

void Session::Impl::note_code(std::vector<std::unique_ptr<CodeRange>> ranges) {
  std::vector<const CodeRange *> noted; // filled only if somebody listens
  for (std::unique_ptr<CodeRange> &range : ranges) {
    if (!listeners_.empty())
      noted.push_back(range.get());
    code_map.add(std::move(range));
  }
  for (const auto &listener : listeners_)
    listener->code_added(noted, [this](const void *method) { return client.source_place(method); });
}

void Session::Impl::forget_code(std::span<const uintptr_t> begins) {
  for (const auto &listener : listeners_)
    listener->code_removed(begins);
  for (uintptr_t begin : begins)
    code_map.remove(begin);
}

} // namespace ligature
