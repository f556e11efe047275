// SPDX-License-Identifier: MIT
//
// What a C client wants otherwise, in the terms of the C++ API.
#include "capi/objects.h"

#include <vector>

namespace ligature::capi {
namespace {

/// std::chrono's steady clock is CLOCK_MONOTONIC.
uint64_t nanoseconds(std::chrono::steady_clock::time_point time) {
  return static_cast<uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count());
}

class CallbackListener final : public CodeListener {
public:
  explicit CallbackListener(const LigatureOptions &options) : options_(options) {}

  void code_added(std::span<const CodeRange *const> functions, const PlaceOf &) override {
    if (!options_.code_added)
      return;
    std::vector<LigatureCode> codes;
    for (const CodeRange *range : functions)
      codes.push_back(code_of(*range));
    options_.code_added(options_.listener_data, codes.data(), codes.size());
  }
  void code_removed(std::span<const uintptr_t> begins) override {
    if (options_.code_removed)
      options_.code_removed(options_.listener_data, begins.data(), begins.size());
  }

private:
  const LigatureOptions options_;
};

static_assert(static_cast<int>(DebuggerSupport::Never) == LigatureDebuggerNever &&
              static_cast<int>(PerfSupport::JitDump) == LigaturePerfJitDump &&
              static_cast<int>(SessionEvent::Stage::Publish) == LigatureStagePublish &&
              static_cast<int>(CodeRole::Local) == LigatureCodeLocal);

} // namespace

CompileOptions compile_options(const LigatureOptions *given) {
  LigatureOptions options = complete(given, ligature_options_init_sized);
  auto text = [](const char *value) { return std::string(value ? value : ""); };
  CompileOptions compile;
  compile.opt_level = options.opt_level;
  compile.pipeline = text(options.pipeline);
  compile.cpu = text(options.cpu);
  compile.features = text(options.features);
  compile.runtime_abi = text(options.runtime_abi);
  return compile;
}

static InvokeAddresses invokes_of(const LigatureInvokes &given) {
  if (!given.args && !given.constant && !given.sparam && !given.interpreted && !given.waiting)
    return no_invokes();
  return {given.args, given.constant, given.sparam, given.interpreted, given.waiting};
}

/// What is called while the session works.
static void add_callbacks(SessionOptions &result, const LigatureOptions &options) {
  if (options.event)
    result.event = [event = options.event, data = options.event_data](const SessionEvent &told) {
      std::string name(told.name);
      LigatureEvent shown{static_cast<LigatureStage>(told.stage), name.c_str(), nanoseconds(told.begin),
                          nanoseconds(told.end)};
      event(data, &shown);
    };
  if (options.code_added || options.code_removed)
    result.listeners.push_back(std::make_shared<CallbackListener>(options));
  if (!options.dump)
    return;
  result.dump_stages = options.dump_stages;
  result.dump = [show = options.dump, data = options.dump_data](DumpStage stage, std::string_view name,
                                                                const std::string &text) {
    show(data, static_cast<LigatureDumpStage>(stage), std::string(name).c_str(), text.c_str());
  };
}

SessionOptions session_options(const LigatureOptions *given) {
  LigatureOptions options = complete(given, ligature_options_init_sized);
  SessionOptions result;
  result.compile = compile_options(given);
  result.invokes = invokes_of(options.invokes);
  result.threads = options.threads;
  result.anchor = options.anchor;
  result.reserve_bytes = options.reserve_bytes;
  result.wrappers_are_args = options.wrappers_are_args;
  result.verify = options.verify;
  result.debugger = static_cast<DebuggerSupport>(options.debugger);
  result.perf = static_cast<PerfSupport>(options.perf);
  if (options.perf_folder)
    result.perf_folder = options.perf_folder;
  if (options.cache)
    result.cache = options.cache->cache;
  add_callbacks(result, options);
  return result;
}

LigatureCode code_of(const CodeRange &range) {
  return {range.begin, range.end, reinterpret_cast<LigatureEntry *>(range.entry.load()),
          static_cast<LigatureCodeRole>(range.role), range.name.c_str()};
}

} // namespace ligature::capi

using namespace ligature;

void ligature_options_init_sized(LigatureOptions *options, size_t size) {
  const SessionOptions defaults;
  LigatureOptions filled{};
  filled.size = size;
  filled.opt_level = defaults.compile.opt_level;
  filled.threads = defaults.threads;
  filled.reserve_bytes = defaults.reserve_bytes;
  capi::fill(options, filled);
}
