// SPDX-License-Identifier: MIT
#include "tools/bitcode/program.h"

#include "tools/bitcode/libraries.h"

#include <llvm/IR/Constants.h>

#include <dlfcn.h>
#include <link.h>
#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <new>

namespace bitcode {
namespace {

Program *the_program; ///< for functions that the program calls and that bring nothing along; set once, before
                      ///< it runs

/// What a caller has set for the function that it calls, and compiling that function must not disturb: errno,
/// and what std::call_once, of which LLVM makes use as well, passes to the function that it runs.
class CallersState {
public:
  CallersState() : errno_(errno), once_callable_(std::__once_callable), once_call_(std::__once_call) {}
  ~CallersState() {
    errno = errno_;
    std::__once_callable = once_callable_;
    std::__once_call = once_call_;
  }
  CallersState(const CallersState &) = delete;
  CallersState &operator=(const CallersState &) = delete;

private:
  int errno_;
  void *once_callable_;
  void (*once_call_)();
};

// --- Functions that the program gets in place of the C library's.

using Handler = void (*)(int);

Handler signal_of_program(int number, Handler handler) {
  the_program->prepare_handler(reinterpret_cast<void *>(handler));
  return signal(number, handler);
}

int sigaction_of_program(int number, const struct sigaction *action, struct sigaction *before) {
  if (action)
    the_program->prepare_handler(reinterpret_cast<void *>(action->sa_handler)); // or sa_sigaction: a union
  return sigaction(number, action, before);
}

[[noreturn]] void exit_of_program(int status) {
  the_program->end(status);
  std::exit(status);
}

struct Stand {
  std::string_view name;
  void *address;
};

void *find_stand_in(std::string_view name) {
  static const Stand stands[] = {
      {"exit", reinterpret_cast<void *>(exit_of_program)},
      {"signal", reinterpret_cast<void *>(signal_of_program)},
      {"sigaction", reinterpret_cast<void *>(sigaction_of_program)},
      // The C library has these only in the part that is linked into each program.
      {"pthread_atfork", reinterpret_cast<void *>(pthread_atfork)},
      {"at_quick_exit", reinterpret_cast<void *>(static_cast<int (*)(void (*)())>(at_quick_exit))},
  };
  for (const Stand &stand : stands)
    if (stand.name == name)
      return stand.address;
  return nullptr;
}

/// What every symbol space has of its own.
bool is_of_space(std::string_view name) {
  return name == "__dso_handle" || name == "atexit" || name == "__cxa_atexit" ||
         name == "__cxa_thread_atexit" || name == "__emutls_get_address";
}

/// How many this process has loaded so far.
unsigned long long loaded_libraries() {
  unsigned long long loaded = 0;
  dl_iterate_phdr(
      [](dl_phdr_info *info, size_t, void *result) {
        *static_cast<unsigned long long *>(result) = info->dlpi_adds;
        return 1;
      },
      &loaded);
  return loaded;
}

constexpr const char *kSpaceTable = "lig#space";

/// A module with nothing but the addresses of the space's own handle and atexit: functions are in spaces of
/// their own, but what they hand to atexit is the program's.
OwnedModule space_table() {
  OwnedModule made;
  made.context = std::make_unique<llvm::LLVMContext>();
  made.module = std::make_unique<llvm::Module>("space", *made.context);
  made.module->setTargetTriple(ligature::host_triple());
  made.module->setDataLayout(ligature::host_data_layout());
  auto *pointer = llvm::PointerType::getUnqual(*made.context);
  auto external = [&](const char *name) {
    return new llvm::GlobalVariable(*made.module, pointer, false, llvm::GlobalValue::ExternalLinkage, nullptr,
                                    name);
  };
  auto *table = llvm::ArrayType::get(pointer, 2);
  new llvm::GlobalVariable(*made.module, table, false, llvm::GlobalValue::ExternalLinkage,
                           llvm::ConstantArray::get(table, {external("__dso_handle"), external("atexit")}),
                           kSpaceTable);
  return made;
}

} // namespace

static std::shared_ptr<ligature::Cache> open_cache(const ligature::CacheOptions &options) {
  return options.mode == ligature::CacheMode::Off ? nullptr : ligature::Cache::open(options);
}

Program::Program(const RunOptions &options)
    : options_(options), kept_(std::make_unique<KeptObjects>(open_cache(options.cache))) {}

llvm::Expected<std::unique_ptr<Program>> Program::load(const RunOptions &options) {
  std::unique_ptr<Program> program(new Program(options));
  the_program = program.get();
  using Step = llvm::Error (Program::*)();
  for (Step step : {&Program::load_libraries, &Program::read_files, &Program::start_session,
                    &Program::link_variables, &Program::check_undefined})
    if (llvm::Error error = (program.get()->*step)())
      return std::move(error);
  return program;
}

llvm::Error Program::load_libraries() {
  libraries_at_start_ = loaded_libraries();
  for (const std::string &library : options_.libraries)
    if (std::string reason = load_library(library); !reason.empty())
      return llvm::createStringError("cannot load library " + library + ": " + reason);
  return llvm::Error::success();
}

llvm::Error Program::read_files() {
  for (const std::string &path : options_.files) {
    auto ordinal = static_cast<unsigned>(files_.size());
    auto file = ModuleFile::open(path, ordinal, options_.optimize, *kept_);
    if (!file)
      return file.takeError();
    auto symbols = (*file)->symbols();
    if (!symbols)
      return symbols.takeError();
    symbols_.add(ordinal, *symbols);
    files_.push_back(std::move(*file));
  }
  std::string clashes;
  for (const SymbolTable::Clash &clash : symbols_.clashes())
    clashes += (clashes.empty() ? "" : "; ") + ("'" + clash.name) + "' is defined in " +
               files_[clash.first]->path() + " and in " + files_[clash.second]->path();
  if (!clashes.empty())
    return llvm::createStringError(clashes);
  if (!symbols_.find_function("main"))
    return llvm::createStringError("no file of the program defines 'main'");
  return llvm::Error::success();
}

llvm::Error Program::start_session() {
  ligature::SessionOptions options;
  options.invokes = ligature::no_invokes();
  options.compile.pipeline = "no-op-module"; // the modules are taken as they are
  options.compile.emulated_tls = true;
  options.cache = kept_->cache();
  auto session = ligature::Session::create(std::move(options), *this);
  if (!session)
    return session.takeError();
  session_ = std::move(*session);
  auto resolve = [this](std::string_view name) { return this->resolve(name); };
  functions_ = std::make_unique<Functions>(*session_, symbols_, resolve, *kept_);
  for (auto &[name, symbol] : symbols_.symbols())
    if (symbol.kind == SymbolKind::Function && symbols_.defines(name))
      functions_->add(name, *files_[symbol.file]);
  return llvm::Error::success();
}

llvm::Error Program::link_variables() {
  ligature::SymbolSpaceOptions options;
  options.name = "program";
  options.finalise_at_exit = false; // `end` does
  options.threads = std::max(1u, options_.threads);
  options.resolve = [this](std::string_view name) { return this->resolve(name); };
  variables_ = ligature::SymbolSpace::create(*session_, std::move(options));
  OwnedModule table = space_table();
  if (llvm::Error error = variables_->add_module(std::move(table.context), std::move(table.module)))
    return error;
  for (const auto &file : files_) {
    auto module = file->variables(symbols_);
    if (!module)
      return module.takeError();
    if (llvm::Error error = variables_->add_module(std::move(module->context), std::move(module->module)))
      return error;
  }
  if (llvm::Error error = variables_->link())
    return error;
  auto *shared = static_cast<void **>(variables_->find(kSpaceTable));
  functions_->define("__dso_handle", shared[0]);
  functions_->define("atexit", shared[1]);
  return llvm::Error::success();
}

llvm::Error Program::check_undefined() {
  std::string problems;
  for (auto &[name, symbol] : symbols_.symbols()) {
    if (symbol.strength != Strength::Undefined || is_of_space(name))
      continue;
    std::string shown = (symbol.is_thread_local ? "thread-local '" : "'") + name + "'";
    bool is_of_program = symbol.is_thread_local && variables_->find("__emutls_v." + name);
    bool found = is_of_program || resolve(name) != nullptr;
    if (!found)
      problems +=
          (problems.empty() ? "undefined: " : ", ") + shown + " (" + files_[symbol.file]->path() + ")";
  }
  return problems.empty() ? llvm::Error::success() : llvm::createStringError(problems);
}

void *Program::find_outside(std::string_view name) {
  if (void *stand_in = find_stand_in(name))
    return stand_in;
  return ligature::find_in_process(name);
}

void *Program::resolve(std::string_view name) {
  llvm::StringRef symbol(name);
  if (symbol.consume_back(kCallSuffix))
    if (Function *function = functions_->find(symbol))
      return functions_->call_address(*function);
  if (Function *function = functions_->find(symbol))
    return functions_->stub(*function);
  if (void *variable = variables_ ? variables_->find(name) : nullptr)
    return variable;
  return find_outside(name);
}

// --- Running

/// A key's destructor is called when a thread ends, but not by exit().
void Program::watch_first_thread() {
  pthread_key_t key;
  if (pthread_key_create(&key, [](void *program) { static_cast<Program *>(program)->first_thread_ends(); }) ==
      0)
    pthread_setspecific(key, this);
}

void Program::first_thread_ends() {
  first_thread_ended_ = true;
  functions_->stop_ahead();
  finish_writing(); // its thread ends then
}

void Program::finish_writing() {
  constexpr std::chrono::milliseconds kLongest{300};
  if (kept_->cache())
    kept_->cache()->finish(kLongest);
}

void Program::run() {
  pthread_atfork([] { the_program->functions_->before_fork(); },
                 [] { the_program->functions_->after_fork(/*is_child=*/false); },
                 [] { the_program->functions_->after_fork(/*is_child=*/true); });
  argument_texts_ = options_.arguments;
  argument_texts_.insert(argument_texts_.begin(),
                         options_.program_name.empty() ? options_.files[0] : options_.program_name);
  std::vector<char *> arguments;
  for (std::string &text : argument_texts_)
    arguments.push_back(text.data());
  arguments.push_back(nullptr);
  auto count = static_cast<int>(argument_texts_.size());
  std::set_new_handler(nullptr);

  std::string problem;
  if (options_.eager)
    problem = functions_->require_everything(options_.threads + 1);
  else
    functions_->start_ahead(options_.threads);
  Function &entered = *functions_->find("main");
  auto *main_function = reinterpret_cast<int (*)(int, char **, char **)>(functions_->stub(entered));
  // For when the C library itself calls exit. Objects of the code generator that come to be after this are
  // gone when it runs, so as many as possible come before.
  functions_->require(entered);
  on_exit([](int status, void *) { the_program->end(status); }, nullptr);
  if (!problem.empty()) {
    std::fprintf(stderr, "lig: %s\n", problem.c_str());
    std::exit(1);
  }
  watch_first_thread();
  main_entered_ = std::chrono::steady_clock::now();
  if (llvm::Error error = variables_->initialise(count, arguments.data(), environ)) {
    std::fprintf(stderr, "lig: %s\n", llvm::toString(std::move(error)).c_str());
    std::exit(1);
  }
  exit_of_program(main_function(count, arguments.data(), environ));
}

/// First what the program wants done at its end, while everything it may need is alive. What is left after
/// that is ours, and nobody needs it: threads may be compiling still. Only libraries that were loaded may
/// have more to do.
void Program::end(int status) {
  if (finished_.exchange(true))
    return; // it calls exit itself
  // The C library calls exit for the last thread that ends. Here no thread may be counted any more, so one
  // that we need for a moment would be the last one again: this one stays until the end.
  if (first_thread_ended_)
    for (std::thread &stays : start_quiet(1, [] {
           for (;;)
             pause();
         }))
      stays.detach();
  variables_->finalise();
  finish_writing();
  if (options_.stats)
    print_stats(status);
  if (loaded_libraries() == libraries_at_start_) {
    std::cout.flush();
    std::wcout.flush();
    std::fflush(nullptr);
    _exit(status);
  }
  functions_->stop_ahead();
}

static unsigned long long sum(uint64_t one, uint64_t other) {
  return one + other;
}

void Program::print_stats(int status) {
  Functions::Counts counts = functions_->counts();
  const KeptObjects::Counts &kept = kept_->counts();
  const ligature::Stats &variables = session_->stats(); // and what their modules are compiled to
  double ms = std::chrono::duration<double, std::milli>(main_entered_ - started_).count();
  std::fprintf(
      stderr,
      "{\"status\":%d,\"files\":%zu,\"functions\":%zu,\"compiled_on_demand\":%zu,\"compiled_ahead\":%zu,"
      "\"improved\":%zu,\"modules_compiled\":%llu,\"cache_hits\":%llu,\"cache_misses\":%llu,\"cache_errors\":"
      "%llu,"
      "\"ms_to_main\":%.1f}\n",
      status, files_.size(), counts.all, counts.on_demand, counts.ahead, counts.improved,
      sum(kept.compiled, variables.units_compiled), sum(kept.hits, variables.cache_hits),
      sum(kept.misses, variables.cache_misses), sum(kept.errors, variables.cache_errors), ms);
}

void Program::prepare_handler(void *handler) {
  if (Function *function = functions_->at(handler))
    functions_->require_all(*function);
}

void *Program::compile_for_call(ligature::Entry &entry, ligature::Abi) {
  CallersState caller;
  auto &function = reinterpret_cast<Function &>(entry);
  if (void *code = functions_->require(function))
    return code;
  std::fprintf(stderr, "lig: %s\n", function.error.c_str());
  std::fflush(nullptr);
  _exit(1);
}

void *Program::slot_cell(const void *value) {
  return session_->allocate_cell(value);
}
void Program::release_slot(const void *, void *cell) {
  session_->release_cell(cell);
}
void *Program::find_runtime(std::string_view name) {
  return find_outside(name);
}
std::expected<void *, std::string> Program::find_foreign(std::string_view, std::string_view name) {
  return std::unexpected("'" + std::string(name) + "' is asked for by a unit, and a program has none");
}
ligature::Client::RaiseFunction Program::foreign_error() {
  return [](const char *reason) {
    std::fprintf(stderr, "lig: %s\n", reason);
    std::abort();
  };
}
llvm::Expected<ligature::Unit> Program::emit_adapter(ligature::Entry &, ligature::Abi) {
  return llvm::createStringError("C functions have one convention and need no adapters");
}

} // namespace bitcode
