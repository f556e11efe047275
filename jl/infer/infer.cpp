// SPDX-License-Identifier: MIT
#include "jl/infer/infer.h"

#include <chrono>
#include <mutex>

#include "jl/infer/frame.h"
#include "jl/infer/guard.h"
#include "jl/infer/print.h"
#include "jl/infer/stats.h"

namespace jl {

namespace {

/// One inference at a time; recursive, since code evaluated at compile time may itself need inference.
std::recursive_mutex &inference_lock() {
  static std::recursive_mutex mutex;
  return mutex;
}

InferStats &stats() {
  static InferStats counters;
  return counters;
}

/// Counts the time of outermost calls only.
class Timer {
public:
  Timer() : start_(std::chrono::steady_clock::now()) { depth()++; }
  ~Timer() {
    if (--depth() == 0)
      stats().milliseconds +=
          std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start_).count();
  }

private:
  static int &depth() {
    static int d = 0;
    return d;
  }
  std::chrono::steady_clock::time_point start_;
};

/// For an instance without a body to infer: only the interpreter knows what to do with it.
CodeInstance *uninferred(MethodInstance *instance) {
  bool native = instance->def && instance->def->builtin;
  CodeInstance *code = new_code_instance(instance, native ? static_cast<Value *>(types::Any) : types::Bottom_, nullptr, 0, kWorldMax);
  return install_code_instance(instance, code);
}

} // namespace

namespace inference {
void count_inferred() { stats().units_inferred++; }
} // namespace inference

CodeInstance *infer(Task *task, MethodInstance *instance, uint64_t world) {
  std::lock_guard lock(inference_lock());
  if (CodeInstance *code = inference::installed_code(instance, world))
    return code;
  Timer timer;
  inference::Session *session = inference::new_session(task, world);
  inference::Frame *frame = inference::generic_frame(*session, instance);
  if (!frame->source)
    return uninferred(instance);
  inference::solve(*session, frame);
  return frame->code;
}

std::string typed_listing(Task *task, MethodInstance *instance, uint64_t world, bool optimized) {
  std::lock_guard lock(inference_lock());
  CodeInstance *code = infer(task, instance, world);
  if (optimized)
    return code->inferred ? print_typed(*code->inferred) : "# this method has no typed IR\n";
  inference::Session *session = inference::new_session(task, world);
  session->listed = instance;
  inference::Frame *frame = inference::generic_frame(*session, instance);
  if (!frame->source)
    return "# this method has no typed IR\n";
  inference::solve(*session, frame);
  return inference::print_unoptimized(*frame);
}

Value *infer_return_type(Task *task, Value *call_signature, uint64_t world) {
  std::lock_guard lock(inference_lock());
  GcVector<MethodMatch> matches;
  uint64_t min = 0, max = kWorldMax;
  bool ambiguous = false;
  if (!find_methods(call_signature, world, 8, matches, min, max, ambiguous))
    return types::Any;
  Value *result = types::Bottom_;
  for (const MethodMatch &match : matches) {
    if (match.method->builtin)
      return types::Any;
    MethodInstance *instance = specialize(match.method, match.spec_types, match.sparams);
    result = inference::join_types(result, infer(task, instance, world)->rettype);
  }
  return result;
}

InferStats infer_stats() {
  std::lock_guard lock(inference_lock());
  return stats();
}

} // namespace jl
