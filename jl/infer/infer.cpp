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

/// One inference at a time. Recursive, since the entry points call one another; given up while program code
/// runs.
std::mutex &inference_mutex() {
  static std::mutex mutex;
  return mutex;
}
thread_local int holds = 0; // how often this thread holds it

class InferenceLock {
public:
  InferenceLock() {
    if (holds++ == 0)
      inference_mutex().lock();
  }
  ~InferenceLock() {
    if (--holds == 0)
      inference_mutex().unlock();
  }
  InferenceLock(const InferenceLock &) = delete;
};

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
    thread_local int d = 0;
    return d;
  }
  std::chrono::steady_clock::time_point start_;
};

/// For an instance without a body to infer: only the interpreter knows what to do with it.
CodeInstance *uninferred(MethodInstance *instance) {
  bool native = instance->def && instance->def->builtin;
  CodeInstance *code = new_code_instance(instance, native ? static_cast<Value *>(types::Any) : types::Bottom_,
                                         nullptr, 0, kWorldMax);
  return install_code_instance(instance, code);
}

} // namespace

namespace inference {
void count_inferred() {
  stats().units_inferred++;
}

int give_up_lock() {
  int held = holds;
  holds = 0;
  inference_mutex().unlock();
  return held;
}

void take_lock_again(int held) {
  inference_mutex().lock();
  holds = held;
}

/// Solves `root`. What is thrown meanwhile (the stack or memory may end) goes on, but leaves the lock free.
static void solve_unlocking(Session &session, Frame *root) {
  Handler handler;
  if (TRY_ENTER(session.task, handler)) {
    solve(session, root);
    return handler_leave(session.task, &handler);
  }
  give_up_lock();
  rethrow_current(session.task);
}
} // namespace inference

static CodeInstance *(*known_code_hook)(Task *, MethodInstance *, uint64_t) = nullptr;

void set_known_code_hook(CodeInstance *(*hook)(Task *, MethodInstance *, uint64_t)) {
  known_code_hook = hook;
}

CodeInstance *infer(Task *task, MethodInstance *instance, uint64_t world) {
  if (known_code_hook && holds == 0)
    if (CodeInstance *code = known_code_hook(task, instance, world))
      return code;
  InferenceLock lock;
  if (CodeInstance *code = inference::installed_code(instance, world))
    return code;
  Timer timer;
  inference::Session *session = inference::new_session(task, world);
  inference::Frame *frame = inference::generic_frame(*session, instance);
  if (!frame->source)
    return uninferred(instance);
  inference::solve_unlocking(*session, frame);
  return frame->code;
}

bool infer_body(Task *task, CodeInstance *code, uint64_t world) {
  InferenceLock lock;
  if (code->inferred || !inference::is_bare(code))
    return code->inferred;
  Timer timer;
  inference::Session *session = inference::new_session(task, world);
  inference::Frame *frame = inference::generic_frame(*session, code->def);
  if (frame->source)
    inference::solve_unlocking(*session, frame);
  return code->inferred;
}

bool give_body(Task *task, CodeInstance *code) {
  return code->inferred ||
         infer_body(task, code, holds_in(code, task->world) ? task->world : code->min_world.load());
}

CodeInstance *infer_whole(Task *task, MethodInstance *instance, uint64_t world) {
  CodeInstance *code = infer(task, instance, world);
  bool is_other = inference::is_bare(code) && !infer_body(task, code, world);
  return is_other ? inference::installed_code(instance, world) : code;
}

bool has_typed_ir(const CodeInstance *code) {
  return code->inferred || inference::is_bare(code);
}

std::string typed_listing(Task *task, MethodInstance *instance, uint64_t world, bool optimized) {
  InferenceLock lock;
  CodeInstance *code = infer_whole(task, instance, world);
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

/// What a builtin gives for arguments of these types; Any when that is not known.
static Value *builtin_return_type(Task *task, Value *call_signature) {
  Value *callee = inference::lat_type(field_type(call_signature, 0)).constant;
  int64_t n = field_count(call_signature);
  if (!callee || n < 0 || builtin_of(callee) == Builtin::kCount)
    return types::Any;
  GcVector<inference::Lat> args;
  for (int64_t i = 1; i < n; i++)
    args.push_back(inference::lat_type(field_type(call_signature, size_t(i))));
  Value *result = inference::transfer_builtin(task, builtin_of(callee), args).lat.type;
  return result ? result : types::Bottom_;
}

Value *infer_return_type(Task *task, Value *call_signature, uint64_t world) {
  GcVector<MethodMatch> matches;
  uint64_t min = 0, max = kWorldMax;
  bool ambiguous = false;
  if (!find_methods(call_signature, world, 8, matches, min, max, ambiguous))
    return types::Any;
  Value *result = types::Bottom_;
  for (const MethodMatch &match : matches) {
    if (match.method->builtin) {
      InferenceLock lock;
      return builtin_return_type(task, call_signature);
    }
    MethodInstance *instance = specialize(match.method, match.spec_types, match.sparams);
    result = inference::join_types(result, infer(task, instance, world)->rettype);
  }
  return result;
}

InferStats infer_stats() {
  InferenceLock lock;
  return stats();
}

} // namespace jl
