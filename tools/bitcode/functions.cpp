// SPDX-License-Identifier: MIT
#include "tools/bitcode/functions.h"

#include <llvm/Analysis/CFG.h>
#include <llvm/IR/InstrTypes.h>

#include <atomic>
#include <csignal>
#include <new>
#include <system_error>

namespace bitcode {
namespace {

constexpr unsigned kFarthest = 2; ///< calls away from what is known to run, helpers go no further
/// Programs that end before have better things to do with the machine.
constexpr std::chrono::milliseconds kBeforeImproving{250};

/// May it run for long without being entered anew? Calls of itself are bound to itself.
bool has_loops(const llvm::Function &function) {
  for (const llvm::Use &use : function.uses())
    if (auto *call = llvm::dyn_cast<llvm::CallBase>(use.getUser()); call && call->isCallee(&use))
      return true;
  llvm::SmallVector<std::pair<const llvm::BasicBlock *, const llvm::BasicBlock *>, 4> back_edges;
  llvm::FindFunctionBackedges(function, back_edges);
  return !back_edges.empty();
}

} // namespace

std::vector<std::thread> start_quiet(unsigned count, const std::function<void()> &body) {
  std::vector<std::thread> threads;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    for (unsigned i = 0; i < count; ++i)
      threads.emplace_back(body);
  } catch (const std::system_error &) {
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return threads;
}

namespace {

void join(std::vector<std::thread> &threads) {
  for (std::thread &thread : threads)
    thread.join();
  threads.clear();
}

/// A thread that is ending has lost its thread-local objects, those of the code generator among them; but
/// functions are called by what runs at exit, too.
thread_local bool is_ending = false;
struct Ending {
  ~Ending() { is_ending = true; }
};

/// False if there is no thread for it.
bool run_on_living_thread(const std::function<void()> &body) {
  thread_local Ending ending;
  (void)&ending;
  if (!is_ending) {
    body();
    return true;
  }
  std::vector<std::thread> other = start_quiet(1, body);
  bool started = !other.empty();
  join(other);
  return started;
}

} // namespace

Functions::Functions(ligature::Session &session, const SymbolTable &program, Resolve resolve,
                     KeptObjects &kept)
    : session_(session), program_(program), resolve_(std::move(resolve)), kept_(kept) {}

Functions::~Functions() {
  stop_ahead();
}

void Functions::add(const std::string &name, const ModuleFile &file) {
  Function &function = functions_[name];
  function.name = name;
  function.file = &file;
}

Function *Functions::find(llvm::StringRef name) {
  const std::string *own_name = program_.find_function(name);
  auto found = own_name ? functions_.find(*own_name) : functions_.end();
  return found == functions_.end() ? nullptr : &found->second;
}

void *Functions::stub(Function &function) {
  auto stub = session_.stub(function.entry, ligature::Abi::Args);
  if (!stub) {
    llvm::consumeError(stub.takeError());
    return nullptr;
  }
  std::lock_guard lock(mutex_);
  stubs_[*stub] = &function;
  return *stub;
}

void *Functions::call_address(Function &function) {
  {
    std::lock_guard lock(mutex_);
    if (function.state == Function::State::Done && !function.is_quick)
      return function.code;
  }
  return stub(function);
}

Function *Functions::at(const void *stub) {
  std::lock_guard lock(mutex_);
  auto found = stubs_.find(stub);
  return found == stubs_.end() ? nullptr : found->second;
}

void *Functions::require(Function &function) {
  return require_from(function, 0);
}

void *Functions::require_from(Function &function, unsigned depth) {
  Quality quality;
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return function.state != Function::State::Working; });
    if (function.state != Function::State::Untouched)
      return function.code;
    function.state = Function::State::Working;
    quality = helpers_.empty() ? Quality::Good : Quality::Quick;
    ++(depth == 0 ? counts_.on_demand : counts_.ahead);
  }
  Compiled compiled;
  {
    std::shared_lock compiling(compiling_);
    if (!run_on_living_thread([&] { compiled = compile(function, quality); }))
      compiled.error = "'" + function.name + "': the system has no thread to compile it";
    if (compiled.code)
      session_.publish(function.entry, {ligature::Abi::Args, nullptr, compiled.code});
    std::lock_guard lock(mutex_);
    function.code = compiled.code;
    function.is_quick = compiled.is_quick;
    function.callees = std::move(compiled.callees);
    function.error = std::move(compiled.error);
    function.state = function.error.empty() ? Function::State::Done : Function::State::Failed;
    if (function.is_quick)
      to_improve_.push_back(&function);
    if (!helpers_.empty() && depth < kFarthest)
      want_callees_locked(function, depth + 1);
  }
  changed_.notify_all();
  return compiled.code;
}

/// Touches nothing of the function's state.
Functions::Compiled Functions::compile(const Function &function, Quality quality) {
  Compiled result;
  std::vector<std::string> callees;
  auto built = function.file->function(function.name, program_, callees);
  if (!built) {
    result.error = llvm::toString(built.takeError());
    return result;
  }
  for (const std::string &callee : callees)
    if (Function *known = find(callee))
      result.callees.push_back(known);
  if (has_loops(*built->module->getFunction(function.name + kBodySuffix)))
    quality = Quality::Good;
  auto made = kept_.compile(std::move(*built), session_.options().compile, quality);
  if (made)
    result.is_quick = made->is_quick;
  result.error =
      made ? link(function, std::move(made->object), result.code) : llvm::toString(made.takeError());
  if (!result.error.empty())
    result.error = function.file->path() + ": '" + function.name + "': " + result.error;
  return result;
}

std::string Functions::link(const Function &function, std::unique_ptr<llvm::MemoryBuffer> object,
                            void *&code) {
  ligature::SymbolSpaceOptions options;
  options.name = function.name;
  options.resolve = resolve_;
  options.finalise_at_exit = false; // what it hands to atexit goes to the program's own space
  auto space = ligature::SymbolSpace::create(session_, std::move(options));
  for (auto &[name, address] : defined_)
    if (llvm::Error error = space->define(name, address))
      return llvm::toString(std::move(error));
  if (llvm::Error error = space->add_object(std::move(object)))
    return llvm::toString(std::move(error));
  if (llvm::Error error = space->link())
    return llvm::toString(std::move(error));
  code = space->find(function.name + kBodySuffix);
  if (!code)
    return "got no code";
  std::lock_guard lock(mutex_);
  spaces_.push_back(std::move(space));
  return "";
}

/// The quick code stays: somebody may be in it.
void Functions::improve(Function &function) {
  std::shared_lock compiling(compiling_);
  Compiled better = compile(function, Quality::Good);
  if (!better.code || !session_.replace(function.entry, function.code, better.code))
    return; // what there is does it as well
  std::lock_guard lock(mutex_);
  function.code = better.code;
  function.is_quick = false;
  ++counts_.improved;
}

void Functions::require_all(Function &function) {
  std::vector<Function *> todo{&function};
  std::set<Function *> seen{&function};
  while (!todo.empty()) {
    Function *next = todo.back();
    todo.pop_back();
    if (require(*next))
      for (Function *callee : next->callees)
        if (seen.insert(callee).second)
          todo.push_back(callee);
  }
}

void Functions::want_callees_locked(const Function &function, unsigned depth) {
  for (Function *callee : function.callees)
    if (callee->state == Function::State::Untouched)
      queue_.insert({depth, next_order_++, callee});
}

void Functions::help() {
  for (;;) {
    Wanted next{};
    Function *improvable = nullptr;
    {
      std::unique_lock lock(mutex_);
      auto is_time = [&] { return std::chrono::steady_clock::now() >= improving_begins_; };
      auto has_work = [&] { return stopping_ || !queue_.empty() || (!to_improve_.empty() && is_time()); };
      if (is_time())
        changed_.wait(lock, has_work);
      else
        changed_.wait_until(lock, improving_begins_, has_work);
      if (stopping_)
        return;
      if (!queue_.empty()) {
        next = *queue_.begin();
        queue_.erase(queue_.begin());
        if (next.function->state != Function::State::Untouched)
          continue;
      } else if (!to_improve_.empty() && is_time()) {
        improvable = to_improve_.front();
        to_improve_.pop_front();
      } else {
        continue;
      }
    }
    if (improvable)
      improve(*improvable);
    else
      require_from(*next.function, next.depth);
  }
}

void Functions::start_ahead(unsigned threads) {
  std::lock_guard lock(mutex_);
  improving_begins_ = std::chrono::steady_clock::now() + kBeforeImproving;
  helpers_ = start_quiet(threads, [this] { help(); });
}

void Functions::stop_ahead() {
  std::vector<std::thread> helpers;
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    helpers.swap(helpers_);
  }
  changed_.notify_all();
  join(helpers);
}

std::string Functions::require_everything(unsigned threads) {
  std::vector<Function *> all;
  for (auto &[name, function] : functions_)
    all.push_back(&function);
  std::atomic<size_t> next{0};
  auto work = [&] {
    for (size_t i; (i = next++) < all.size();)
      require_from(*all[i], 1);
  };
  std::vector<std::thread> helpers = start_quiet(threads - 1, work);
  work();
  join(helpers);
  for (Function *function : all)
    if (!function->error.empty())
      return function->error;
  return "";
}

void Functions::before_fork() {
  compiling_.lock();
  mutex_.lock();
  session_.before_fork();
}

void Functions::after_fork(bool is_child) {
  using Side = ligature::ForkSide;
  session_.after_fork(is_child ? Side::Child : Side::Parent);
  if (is_child)
    leave_parents_threads();
  else
    compiling_.unlock();
  mutex_.unlock();
}

/// In the child, which has none of them.
void Functions::leave_parents_threads() {
  new std::vector<std::thread>(std::move(helpers_)); // never to be joined, nor destroyed
  helpers_.clear();
  queue_.clear();
  to_improve_.clear();
  for (auto &[name, function] : functions_)
    if (function.state ==
        Function::State::Working) // about to be compiled, by a thread that waited for the fork
      function.state = Function::State::Untouched;
  // It was the parent's thread that held it, and only that may give it back; others may have waited.
  new (&compiling_) std::shared_mutex;
  new (&changed_) std::condition_variable;
}

Functions::Counts Functions::counts() {
  std::lock_guard lock(mutex_);
  counts_.all = functions_.size();
  return counts_;
}

} // namespace bitcode
