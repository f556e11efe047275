// SPDX-License-Identifier: MIT
//
// Who is to be told of code. Nobody, usually: then linking has no listener to ask. A session adds gdb.
#include "linker/impl.h"
#include "profile/jitdump.h"
#include "profile/perf_map.h"

namespace ligature {

Result<void> Linker::Impl::make_listeners() {
  if (options.perf != PerfSupport::None) {
    auto made = options.perf == PerfSupport::Map ? make_perf_map() : make_jitdump(options.perf_folder);
    if (!made)
      return std::unexpected(made.error());
    add_listener(std::move(*made), Position::Last);
  }
  for (const auto &listener : options.listeners)
    add_listener(listener, Position::Last);
  return {};
}

void Linker::Impl::add_listener(std::shared_ptr<CodeListener> listener, Position position) {
  Guard lock(listeners_mutex_);
  auto next = listeners_ ? std::make_shared<Listeners>(*listeners_) : std::make_shared<Listeners>();
  next->insert(position == Position::First ? next->begin() : next->end(), std::move(listener));
  listeners_ = std::move(next); // who is telling the old ones goes on with them
}

std::shared_ptr<const Linker::Impl::Listeners> Linker::Impl::listeners() {
  Guard lock(listeners_mutex_);
  return listeners_;
}

void Linker::Impl::note_code(std::vector<std::unique_ptr<CodeRange>> ranges) {
  std::shared_ptr<const Listeners> told = listeners();
  std::vector<const CodeRange *> noted; // filled only if somebody listens
  if (told)
    for (const auto &range : ranges)
      noted.push_back(range.get());
  code_map.add(std::move(ranges));
  if (told)
    for (const auto &listener : *told)
      listener->code_added(noted, [this](const void *method) { return client.source_place(method); });
}

void Linker::Impl::forget_code(std::span<const uintptr_t> begins) {
  if (std::shared_ptr<const Listeners> told = listeners())
    for (const auto &listener : *told)
      listener->code_removed(begins);
  for (uintptr_t begin : begins)
    code_map.remove(begin);
}

} // namespace ligature
