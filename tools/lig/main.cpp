// SPDX-License-Identifier: MIT
// The command line.
#include <CLI/CLI.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "jl/engine/engine.h"
#include "jl/engine/kept_inference.h"
#include "tools/lig/bitcode.h"
#include "tools/lig/cache.h"
#include "tools/lig/help.h"
#include "tools/lig/why.h"

namespace {

struct Invocation {
  jl::EngineOptions engine;
  std::string expression, records;
  bool has_expression = false, show_result = false, stats = false, verbose = false;
  bool asks_why = false, why_as_json = false; // lig cache why
  std::optional<ligature::CacheMode> cache_mode;
  std::vector<std::string> rest; // [run] FILE ARGS...
};

constexpr const char *kVersion = "lig " LIG_VERSION " (Julia subset, LLVM 19)";

constexpr const char *kExpressionName = "none"; // what -e is called in messages

constexpr const char *kFooter = R"(
lig FILE.jl [ARGS]       runs a program        lig run FILE.jl [ARGS]   the same
lig -                    reads the program from standard input
lig -e EXPR [ARGS]       evaluates EXPR        lig -E EXPR              and shows its value
lig bitcode run FILE.bc... [-- ARGS]           runs a program of LLVM bitcode (lig bitcode --help)
lig cache stat|list|prune|verify|clear|export|import   looks after the object cache (lig cache --help)
lig cache why [OPTIONS] FILE.jl [ARGS]         runs a program and says why code was not found in the cache

Stages for --dump, in the order a program takes them: ast, lowered, typed, unit, object, graph, entries.
Options come before FILE; what follows it belongs to the program (ARGS).
Exit status: 0, 1 when the program fails, what the program gives to exit(n); 2 when these options are misused.)";

constexpr const char *kWhyFooter = R"(
The program runs as lig [OPTIONS] FILE.jl [ARGS] would run it, and nothing is kept in the cache. The report goes to standard output, what
the program writes there to standard error. docs/cache.md says what the reasons mean.
Exit status: the program's; 1 when the cache cannot be looked into; 2 when it is off, or these options are misused.)";

/// `N`, `auto`, or `N,M` of which M, Julia's interactive threads, is not used; 0 when it is none of these.
int thread_count(const std::string &given) {
  constexpr int kMost = 1024;
  std::string text = given.substr(0, given.find(','));
  if (text == "auto")
    return int(std::clamp(std::thread::hardware_concurrency(), 1u, unsigned(kMost)));
  bool is_number = !text.empty() && text.size() <= 4 &&
                   std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  int n = is_number ? std::stoi(text) : 0;
  return n <= kMost ? n : 0;
}

/// `N` and `auto` for M, too; 0 is a number of interactive threads.
bool is_thread_count(const std::string &given) {
  size_t comma = given.find(',');
  std::string interactive = comma == std::string::npos ? "0" : given.substr(comma + 1);
  return thread_count(given) &&
         (interactive == "0" || (!interactive.contains(',') && thread_count(interactive)));
}

/// An empty value would make the next option the file.
std::string need_file(const std::string &given) {
  return given.empty() || given.starts_with("-") ? "needs a file" : "";
}

/// What JULIA_NUM_THREADS says; 1 when that is nothing that makes sense.
int default_thread_count() {
  const char *given = std::getenv("JULIA_NUM_THREADS");
  return given && is_thread_count(given) ? thread_count(given) : 1;
}

/// What runs, and how.
void add_running_options(CLI::App &app, Invocation &call) {
  app.add_option("-e,--eval", call.expression, "evaluate EXPR")->option_text("EXPR");
  app.add_option("-E,--print", call.expression, "evaluate EXPR and show its value")->option_text("EXPR");
  app.add_option_function<std::string>(
         "-t,--threads", [&call](const std::string &text) { call.engine.threads = thread_count(text); },
         "threads that run tasks (default: JULIA_NUM_THREADS, else 1); auto: as many as processors; N,M: N, "
         "for none is "
         "kept for interactive tasks; with --emit-units: threads that emit every unit once more, while the "
         "program runs on one")
      ->check(
          [](const std::string &text) { return is_thread_count(text) ? "" : "between 1 and 1024, or auto"; })
      ->option_text("N");
  app.add_option("-O,--optimize", call.engine.optimize, "optimization level, 0 to 3 (default 2)")
      ->check(CLI::Range(0, 3))
      ->option_text("LEVEL");
  app.add_option_function<std::string>(
         "--compile",
         [&call](const std::string &mode) {
           call.engine.compile = mode == "min"   ? jl::CompileMode::Min
                                 : mode == "all" ? jl::CompileMode::All
                                                 : jl::CompileMode::Default;
         },
         "min: interpret everything; yes: compile what is worth it (default); all: compile every function at "
         "once")
      ->check(CLI::IsMember({"min", "yes", "all"}))
      ->option_text("MODE");
}

void add_cache_options(CLI::App &app, Invocation &call) {
  app.add_option_function<std::string>(
         "--cache", [&call](const std::string &mode) { call.cache_mode = ligature::parse_cache_mode(mode); },
         "on: keep compiled code for later runs and find it there (default); readonly: find it; verify: "
         "compile "
         "all the same and compare; off (LIGATURE_CACHE_DIR and other variables: docs/cache.md)")
      ->check(CLI::IsMember({"on", "off", "readonly", "verify"}))
      ->option_text("MODE");
  app.add_option_function<std::string>(
         "--cache-level",
         [&call](const std::string &level) {
           call.engine.cache_level = level == "object" ? jl::CacheLevel::Objects : jl::CacheLevel::Units;
         },
         "unit: bind what the cache has without LLVM (default); object: from its objects, with JITLink, for "
         "comparisons")
      ->check(CLI::IsMember({"unit", "object"}))
      ->option_text("LEVEL");
  app.add_flag("--library-from-text", call.engine.library_from_text,
               "read Base from its text instead of as the build stored it")
      ->group(""); // for comparisons
  app.add_flag("--verbose", call.verbose, "say on standard error what the cache has to say");
}

/// What is shown of the program beside its output.
void add_viewing_options(CLI::App &app, Invocation &call) {
  app.add_option("--dump", call.engine.dumps, "print a stage's result; may be given several times")
      ->check(CLI::IsMember({"ast", "lowered", "typed", "unit", "object", "graph", "entries"}))
      ->allow_extra_args(false)
      ->option_text("STAGE");
  app.add_option_function<std::string>(
         "--debug-info", [&call](const std::string &reader) { call.engine.debug_info = reader == "gdb"; },
         "gdb: describe compiled code so that gdb can be attached later; by itself when gdb starts lig")
      ->check(CLI::IsMember({"none", "gdb"}))
      ->option_text("READER");
  app.add_flag("--perf{map}", call.engine.perf,
               "--perf, --perf=map: name compiled code for perf in /tmp/perf-PID.map; "
               "--perf=jitdump: with lines and code, in jit-PID.dump")
      ->check(CLI::IsMember({"map", "jitdump"}));
  app.add_option("--trace", call.engine.trace,
                 "write what took how long to FILE, for chrome://tracing and Perfetto")
      ->check(need_file)
      ->option_text("FILE");
  app.add_option("--trace-compile", call.engine.trace_compile,
                 "write a precompile statement with its time for each function compiled, to FILE or stderr")
      ->check(need_file)
      ->option_text("FILE");
  app.add_flag(
      "--stats", call.stats,
      "print counters as one line of JSON to standard error at exit (those of the cache: docs/cache.md)");
}

void add_checking_options(CLI::App &app, Invocation &call) {
  app.add_option("--emit-units", call.engine.emit_units, "write every unit's bitcode to the folder DIR")
      ->option_text("DIR");
  app.add_option("--records", call.records,
                 "keep what inference finds in the folder DIR and check what is there")
      ->option_text("DIR")
      ->group(""); // for tests
  app.add_option_function<std::string>(
         "--emit-order",
         [&call](const std::string &order) { call.engine.reverse_emission = order == "reverse"; },
         "emit units as they are needed, or in reverse (checks that order does not matter)")
      ->check(CLI::IsMember({"natural", "reverse"}))
      ->option_text("ORDER");
}

void add_options(CLI::App &app, Invocation &call) {
  add_running_options(app, call);
  add_cache_options(app, call);
  add_viewing_options(app, call);
  add_checking_options(app, call);
  if (call.asks_why)
    app.add_flag("--json", call.why_as_json, "say it as one line of JSON");
  app.set_version_flag("--version", kVersion);
  app.footer(call.asks_why ? kWhyFooter : kFooter);
  app.formatter(std::make_shared<HelpFormat>(call.asks_why ? "lig cache why [OPTIONS] FILE.jl [ARGS]"
                                                           : "lig [OPTIONS] FILE.jl [ARGS]"));
  app.prefix_command();
}

/// What follows from which options were there.
void note_what_was_given(const CLI::App &app, Invocation &call) {
  call.show_result = app.count("--print") > 0;
  if (app.count("--threads") == 0)
    call.engine.threads = default_thread_count();
  call.has_expression = call.show_result || app.count("--eval") > 0;
  call.engine.stats = call.stats;
  if (call.verbose)
    call.engine.cache.say = [](std::string_view text) {
      std::fprintf(stderr, "lig: %.*s\n", int(text.size()), text.data());
    };
  call.rest = app.remaining();
}

/// What is left after the options: an optional `run`, the file, the program's arguments.
bool take_program(Invocation &call, std::string &error) {
  std::vector<std::string> &rest = call.rest;
  if (!rest.empty() && rest[0] == "--")
    rest.erase(rest.begin());
  if (!call.has_expression && !rest.empty() && rest[0] == "run")
    rest.erase(rest.begin());
  if (!rest.empty() && rest[0].size() > 1 && rest[0][0] == '-' && !call.has_expression) {
    error = "unknown option " + rest[0];
    return false;
  }
  if (call.has_expression) {
    call.engine.arguments = rest;
    return true;
  }
  if (rest.empty()) {
    error = "no program given";
    return false;
  }
  call.engine.program_file = rest[0];
  call.engine.arguments.assign(rest.begin() + 1, rest.end());
  return true;
}

/// A command line that makes no sense.
int refuse(const Invocation &call, const std::string &reason) {
  std::fprintf(stderr, "lig: %s (try 'lig %s--help')\n", reason.c_str(), call.asks_why ? "cache why " : "");
  return 2;
}

/// Is the tree all that is asked for? Then nothing runs.
bool only_parses(const Invocation &call) {
  auto is_ast = [](const std::string &stage) { return stage == "ast"; };
  return !call.engine.dumps.empty() && std::ranges::all_of(call.engine.dumps, is_ast);
}

int run(const Invocation &call) {
  if (only_parses(call))
    return call.has_expression ? jl::dump_ast_of(kExpressionName, call.expression)
                               : jl::dump_ast(call.engine.program_file);
  return jl::run_program(call.engine, [&call](jl::Engine &engine) {
    if (!call.records.empty())
      jl::keep_records_in(call.records);
    int status = call.has_expression
                     ? engine.run_expression(call.expression, kExpressionName, call.show_result)
                     : engine.run_file(call.engine.program_file);
    return status;
  });
}

/// A closed standard descriptor would be given to the next file that is opened, and the program would read or
/// write that. What is written to a closed standard output is lost and must be an error: it gets one that
/// cannot be written.
void open_standard_descriptors() {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
      (void)!open("/dev/null",
                  fd == STDERR_FILENO ? O_WRONLY : O_RDONLY); // takes the lowest number that is free
}

[[noreturn]] void out_of_memory() {
  (void)!write(STDERR_FILENO, "lig: out of memory\n", 19);
  _exit(1);
}

} // namespace

int main(int argc, char **argv) {
  if (argc > 1 && std::string_view(argv[1]) == "bitcode")
    return run_bitcode_command(argc - 1, argv + 1);
  Invocation call;
  call.asks_why = asks_why(argc, argv);
  if (argc > 1 && std::string_view(argv[1]) == "cache" && !call.asks_why)
    return run_cache_command(argc - 1, argv + 1);
  open_standard_descriptors();
  std::set_new_handler(out_of_memory);
  CLI::App app(
      call.asks_why
          ? "Runs a program and says why code was not found in the object cache."
          : "Runs programs in a subset of Julia, compiled once and linked wherever they are wanted.");
  add_options(app, call);
  try {
    call.asks_why ? app.parse(argc - 2, argv + 2) : app.parse(argc, argv);
  } catch (const CLI::Success &asked) { // --help, --version
    return app.exit(asked);
  } catch (const CLI::ParseError &fault) {
    return refuse(call, fault.what());
  }
  std::expected<ligature::CacheOptions, std::string> cache =
      ligature::cache_options_from_environment({}, call.cache_mode);
  if (!cache)
    return refuse(call, cache.error());
  call.engine.cache = std::move(*cache);
  note_what_was_given(app, call);
  std::string error;
  if (!take_program(call, error))
    return refuse(call, error);
  if (call.asks_why) {
    if (!call.engine.dumps.empty() || !call.engine.emit_units.empty())
      return refuse(call,
                    "cache why goes with neither --dump nor --emit-units: these have everything emitted");
    if (std::optional<int> status = prepare_why(call.engine, call.why_as_json))
      return *status;
  }
  return run(call);
}
