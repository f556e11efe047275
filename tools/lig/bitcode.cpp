// SPDX-License-Identifier: MIT
#include "tools/lig/bitcode.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <thread>

#include "jl/engine/engine.h"
#include "tools/bitcode/run.h"
#include "tools/lig/help.h"

namespace {

constexpr const char *kFooter = R"(
lig bitcode run a.bc b.bc -- ARGS   runs the program that the files make up together; ARGS are its arguments

The files come from clang-19 -emit-llvm -c, C or C++. Functions are compiled when they are first called, and ahead of
that on other threads. Options come before the files. Exit status: the program's; 1 when it cannot be
started; 2 when these options are misused.)";

struct CommandLine {
  bitcode::RunOptions run;
  std::optional<ligature::CacheMode> cache_mode;
  bool verbose = false;
};

void add_options(CLI::App &app, CommandLine &line) {
  bitcode::RunOptions &options = line.run;
  app.add_option("-l,--library", options.libraries,
                 "load a shared library first: a path, or NAME as linkers take it: libNAME.so")
      ->allow_extra_args(false)
      ->option_text("LIBRARY");
  app.add_option("-O,--optimize", options.optimize,
                 "run LLVM's passes of this level, 0 to 3, over each file first (default: the files are "
                 "taken as they are)")
      ->check(CLI::Range(0, 3))
      ->option_text("LEVEL");
  app.add_option("-t,--threads", options.threads,
                 "threads that compile ahead (default: one less than there are cores)")
      ->check(CLI::Range(0, 1024))
      ->option_text("N");
  app.add_option("--argv0", options.program_name,
                 "what the program finds in argv[0] (default: the first file)")
      ->option_text("NAME");
  app.add_flag("--eager", options.eager, "compile everything before the program starts");
  app.add_option_function<std::string>(
         "--cache", [&line](const std::string &mode) { line.cache_mode = ligature::parse_cache_mode(mode); },
         "on: keep objects for later runs and find them there (default); readonly: find them; verify: "
         "compile all the "
         "same and compare; off (LIGATURE_CACHE_DIR and other variables: docs/cache.md)")
      ->check(CLI::IsMember({"on", "off", "readonly", "verify"}))
      ->option_text("MODE");
  app.add_flag("--verbose", line.verbose, "say on standard error what the cache has to say");
  app.add_flag("--stats", options.stats, "print counters as one line of JSON to standard error at exit");
  app.footer(kFooter);
  app.formatter(std::make_shared<HelpFormat>("lig bitcode run [OPTIONS] FILE.bc... [-- ARGS]"));
  app.prefix_command();
}

int refuse(const std::string &reason) {
  std::fprintf(stderr, "lig: bitcode: %s (try 'lig bitcode --help')\n", reason.c_str());
  return 2;
}

int start(const bitcode::RunOptions &options) {
  std::string problem;
  auto run = reinterpret_cast<bitcode::RunFunction>(jl::find_in_compiler_half(bitcode::kRunSymbol, problem));
  if (run)
    return run(options);
  std::fprintf(stderr, "lig: the compiler could not be loaded: %s\n", problem.c_str());
  return 1;
}

} // namespace

int run_bitcode_command(int argc, char **argv) {
  CLI::App app("Runs programs that are LLVM bitcode.");
  CommandLine line;
  bitcode::RunOptions &options = line.run;
  options.threads = std::max(1u, std::thread::hardware_concurrency()) - 1;
  add_options(app, line);
  bool has_verb = argc > 1 && std::string_view(argv[1]) == "run";
  try {
    app.parse(has_verb ? argc - 1 : argc, has_verb ? argv + 1 : argv);
  } catch (const CLI::Success &asked) { // --help
    return app.exit(asked);
  } catch (const CLI::ParseError &fault) {
    return refuse(fault.what());
  }
  if (!has_verb)
    return refuse("say 'lig bitcode run FILE.bc... [-- ARGS]'");
  std::expected<ligature::CacheOptions, std::string> cache =
      ligature::cache_options_from_environment({}, line.cache_mode);
  if (!cache)
    return refuse(cache.error());
  options.cache = std::move(*cache);
  if (line.verbose)
    options.cache.say = [](std::string_view text) {
      std::fprintf(stderr, "lig: %.*s\n", int(text.size()), text.data());
    };
  std::vector<std::string> rest = app.remaining();
  auto dashes = std::ranges::find(rest, "--");
  options.files.assign(rest.begin(), dashes);
  if (dashes != rest.end())
    options.arguments.assign(dashes + 1, rest.end());
  if (options.files.empty())
    return refuse("no file given");
  if (options.files[0].starts_with("-"))
    return refuse("unknown option " + options.files[0]);
  return start(options);
}
