// SPDX-License-Identifier: MIT
#include "tools/lig/cache.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "ligature/cache_admin.h"
#include "tools/lig/help.h"

namespace {

using ligature::CacheAdmin;
using ligature::CacheEntry;
using ligature::CacheOptions;
using ligature::CacheReport;
using Access = CacheAdmin::Access;

constexpr const char *kFooter = R"(
The cache is the one that LIGATURE_CACHE_DIR names (else $XDG_CACHE_HOME/ligature, else ~/.cache/ligature).
AGE is a whole number with m, h, d or w: 90m, 12h, 30d, 2w. SIZE is bytes, or a whole number with K, M, G or T.
Exit status: 0; 1 when it could not be done, or verify found something damaged; 2 when these options are misused.)";

struct Request {
  bool json = false;
  std::string older, to, file;
};

int refuse(const std::string &reason) {
  std::fprintf(stderr, "lig: cache: %s (try 'lig cache --help')\n", reason.c_str());
  return 2;
}

int fail(const std::string &reason) {
  std::fprintf(stderr, "lig: %s%s\n", reason.starts_with("cache: ") ? "" : "cache: ", reason.c_str());
  return 1;
}

std::optional<std::chrono::minutes> parse_age(const std::string &text) {
  uint32_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end + 1 != text.data() + text.size())
    return std::nullopt;
  constexpr std::pair<char, int64_t> kUnits[] = {{'m', 1}, {'h', 60}, {'d', 24 * 60}, {'w', 7 * 24 * 60}};
  for (auto [unit, minutes] : kUnits)
    if (*end == unit)
      return std::chrono::minutes(number * minutes);
  return std::nullopt;
}

/// "5.6 MB"
std::string size_text(uint64_t bytes) {
  const char *const units[] = {"bytes", "KB", "MB", "GB", "TB"};
  double value = double(bytes);
  size_t unit = 0;
  for (; value >= 1024 && unit < 4; ++unit)
    value /= 1024;
  char text[32];
  std::snprintf(text, sizeof text, unit ? "%.1f %s" : "%.0f %s", value, units[unit]);
  return text;
}

/// As a JSON string; bytes beyond ASCII are shown by number, whatever they are.
std::string json_text(const std::string &text) {
  std::string result = "\"";
  for (unsigned char c : text) {
    char escaped[8];
    if (c < 0x20 || c >= 0x7f)
      std::snprintf(escaped, sizeof escaped, "\\u%04x", c);
    else
      std::snprintf(escaped, sizeof escaped, c == '"' || c == '\\' ? "\\%c" : "%c", c);
    result += escaped;
  }
  return result + "\"";
}

/// What a folder holds; without the braces around it.
std::string json_of(const CacheReport &report) {
  auto number = [](uint64_t value) { return std::to_string(value); };
  std::string text = "\"folder\": " + json_text(report.folder) + ", \"store\": " + json_text(report.store) +
                     ", \"size_bytes\": " + number(report.size_bytes) +
                     ", \"disk_bytes\": " + number(report.disk_bytes) +
                     ", \"entries\": " + number(report.entries) + ", \"bytes\": " + number(report.bytes) +
                     ", \"damaged\": " + number(report.damaged) + ", \"namespaces\": {";
  const char *separator = "";
  for (auto &[name, space] : report.spaces) {
    text += separator + json_text(name) + ": {\"entries\": " + number(space.entries) +
            ", \"bytes\": " + number(space.bytes) + "}";
    separator = ", ";
  }
  return text + "}";
}

void print_report(const CacheReport &report, bool is_first) {
  std::printf("folder   %s%s%s\n", report.folder.c_str(),
              report.store.empty() ? " (nothing there yet)" : (" (" + report.store + ")").c_str(),
              is_first ? "" : ", only looked into");
  std::printf("entries  %llu with %s%s\n", (unsigned long long)report.entries,
              size_text(report.bytes).c_str(),
              report.damaged ? (", and " + std::to_string(report.damaged) + " damaged").c_str() : "");
  std::printf("on disk  %s%s\n", size_text(report.disk_bytes).c_str(),
              is_first ? (" of at most " + size_text(report.size_bytes)).c_str() : "");
  size_t width = 10;
  for (auto &[name, space] : report.spaces)
    width = std::max(width, name.size());
  for (auto &[name, space] : report.spaces)
    std::printf("  %-*s %8llu with %s\n", int(width), name.c_str(), (unsigned long long)space.entries,
                size_text(space.bytes).c_str());
}

/// Each folder that is looked into, and the remote tier.
int print_reports(const CacheOptions &options, bool json) {
  int status = 0;
  std::vector<CacheReport> reports;
  std::vector<std::string> folders = ligature::cache_folders(options);
  if (folders.empty())
    folders.emplace_back(); // of which it is said why
  for (const std::string &folder : folders) {
    CacheOptions one = options;
    one.folder = folder;
    auto admin = CacheAdmin::open(one, Access::Read);
    if (admin)
      reports.push_back((*admin)->report());
    else
      status = fail(admin.error());
  }
  std::string remote = ligature::shown_remote(options);
  if (!json) {
    for (const CacheReport &report : reports)
      print_report(report, report.folder == folders[0]);
    if (!remote.empty())
      std::printf("remote   %s%s\n", remote.c_str(), options.remote_read_only ? ", only looked into" : "");
    return status;
  }
  if (reports.empty())
    return status;
  std::string text = "{" + json_of(reports[0]) + ", \"more_folders\": [";
  for (size_t i = 1; i < reports.size(); ++i)
    text += (i > 1 ? ", {" : "{") + json_of(reports[i]) + "}";
  std::printf("%s], \"remote\": %s}\n", text.c_str(), remote.empty() ? "null" : json_text(remote).c_str());
  return status;
}

std::string hex(const ligature::CacheKey &key) {
  std::string text;
  for (uint8_t byte : key) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", byte);
    text += digits;
  }
  return text;
}

std::string time_text(std::chrono::system_clock::time_point time, const char *format) {
  std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  char text[32];
  std::strftime(text, sizeof text, format, gmtime_r(&seconds, &parts));
  return text;
}

void print_list_as_json(const std::vector<CacheEntry> &entries) {
  const char *separator = "[";
  for (const CacheEntry &entry : entries) {
    std::printf(
        "%s{\"namespace\": %s, \"key\": \"%s\", \"bytes\": %llu, \"cost_us\": %lld, \"used\": \"%s\"}",
        separator, json_text(entry.space).c_str(), hex(entry.key).c_str(), (unsigned long long)entry.bytes,
        (long long)entry.cost.count(), time_text(entry.used, "%Y-%m-%dT%H:%MZ").c_str());
    separator = ", ";
  }
  std::printf("%s]\n", entries.empty() ? "[" : "");
}

int print_list(CacheAdmin &admin, bool json) {
  std::vector<CacheEntry> entries;
  admin.list([&](const CacheEntry &entry) { entries.push_back(entry); });
  std::ranges::sort(entries, {}, [](const CacheEntry &entry) { return std::tuple(entry.space, entry.key); });
  if (json) {
    print_list_as_json(entries);
    return 0;
  }
  size_t width = std::strlen("namespace");
  for (const CacheEntry &entry : entries)
    width = std::max(width, entry.space.size());
  if (!entries.empty())
    std::printf("%-*s %-64s %10s %10s  %s\n", int(width), "namespace", "key", "bytes", "cost/us",
                "last used (UTC)");
  for (const CacheEntry &entry : entries)
    std::printf("%-*s %s %10llu %10lld  %s\n", int(width), entry.space.c_str(), hex(entry.key).c_str(),
                (unsigned long long)entry.bytes, (long long)entry.cost.count(),
                time_text(entry.used, "%Y-%m-%d %H:%M").c_str());
  return 0;
}

int say_count(const CacheAdmin::Count &count, const char *what) {
  if (!count)
    return fail(count.error());
  std::printf("%llu %s %s\n", (unsigned long long)*count, *count == 1 ? "entry" : "entries", what);
  return 0;
}

int verify(CacheAdmin &admin, Access access) {
  auto verified = admin.verify();
  if (!verified)
    return fail(verified.error());
  const char *then = access == Access::Write ? " and removed" : ", which stays: the folder cannot be written";
  std::printf("%llu checked, %llu damaged%s\n", (unsigned long long)verified->checked,
              (unsigned long long)verified->damaged, verified->damaged ? then : "");
  return verified->damaged ? 1 : 0;
}

int prune(CacheAdmin &admin, const Request &request) {
  std::optional<std::chrono::minutes> age = parse_age(request.older);
  std::optional<uint64_t> size = ligature::parse_cache_size(request.to);
  if (!request.older.empty() && !age)
    return refuse("--older is '" + request.older + "', expected an age such as 12h or 30d");
  if (!request.to.empty() && !size)
    return refuse("--to is '" + request.to + "', expected a size in whole numbers, such as 200M");
  if (!age && !size)
    return refuse("prune needs --older AGE or --to SIZE");
  uint64_t removed = 0;
  if (age) {
    CacheAdmin::Count count = admin.prune_unused(*age);
    if (!count)
      return fail(count.error());
    removed += *count;
  }
  if (!size)
    return say_count(removed, "removed");
  CacheAdmin::Count count = admin.prune_to(*size);
  return say_count(count ? CacheAdmin::Count(*count + removed) : count, "removed");
}

int carry_out(const std::string &verb, const Request &request) {
  auto options = ligature::cache_options_from_environment();
  if (!options)
    return fail(options.error());
  if (verb == "stat") // does not stop at the first folder
    return print_reports(*options, request.json);
  bool changes = verb == "prune" || verb == "verify" || verb == "clear" || verb == "import";
  Access access = changes ? Access::Write : Access::Read;
  auto admin = CacheAdmin::open(*options, access);
  if (!admin && verb == "verify") // what can only be read can be looked at
    admin = CacheAdmin::open(*options, access = Access::Read);
  if (!admin)
    return fail(admin.error());
  if (verb == "list")
    return print_list(**admin, request.json);
  if (verb == "prune")
    return prune(**admin, request);
  if (verb == "verify")
    return verify(**admin, access);
  if (verb == "clear")
    return say_count((*admin)->clear(), "removed");
  if (verb == "export")
    return say_count((*admin)->export_to(request.file), "exported");
  return say_count((*admin)->import_from(request.file), "imported");
}

/// `-` would be a file of that name.
std::string need_file(const std::string &given) {
  return given == "-" ? "needs a file's name, not -" : "";
}

void add_commands(CLI::App &app, Request &request) {
  app.formatter(std::make_shared<HelpFormat>("lig cache COMMAND"));
  constexpr const char *kJson = "as one line of JSON";
  app.add_subcommand("stat", "how much is in it")->add_flag("--json", request.json, kJson);
  app.add_subcommand("list", "each entry: namespace, key, size, what it cost to make, when it was last used")
      ->add_flag("--json", request.json, kJson);
  CLI::App *prune = app.add_subcommand("prune", "remove what is old, or until it is small");
  prune->add_option("--older", request.older, "what was not used for AGE")->option_text("AGE");
  prune->add_option("--to", request.to, "until SIZE is left: what is cheap to make or long unused first")
      ->option_text("SIZE");
  app.add_subcommand("verify", "read every byte, remove what is damaged");
  app.add_subcommand("clear", "remove everything");
  app.add_subcommand("export", "write all entries to FILE, sealed")
      ->add_option("FILE", request.file, "is written anew; not standard output")
      ->required()
      ->check(need_file);
  app.add_subcommand("import", "take all entries of FILE, if its seal holds")
      ->add_option("FILE", request.file, "that export has written; not standard input")
      ->required()
      ->check(need_file);
  app.add_subcommand(
      "why",
      "run FILE.jl and say why code was not found: lig cache why [--json] [OPTIONS OF lig] FILE.jl [ARGS]");
  app.require_subcommand(1, 1);
  app.footer(kFooter);
}

bool has_command(const CLI::App &app, const std::string &name) {
  return std::ranges::any_of(app.get_subcommands([](const CLI::App *) { return true; }),
                             [&](const CLI::App *command) { return command->get_name() == name; });
}

/// Who asked and got no answer is told so.
int end_output(int status) {
  if (std::fflush(stdout) == 0 && !std::ferror(stdout))
    return status;
  return fail(std::string("standard output cannot be written: ") + std::strerror(errno));
}

} // namespace

int run_cache_command(int argc, char **argv) {
  CLI::App app("Looks after the cache of compiled code.", "lig cache");
  Request request;
  add_commands(app, request);
  if (argc < 2)
    return refuse("say what to do: stat, list, prune, verify, clear, export, import or why");
  if (argv[1][0] != '-' && !has_command(app, argv[1]))
    return refuse("unknown command '" + std::string(argv[1]) + "'");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success &asked) { // --help
    return app.exit(asked);
  } catch (const CLI::ParseError &fault) {
    return refuse(fault.what());
  }
  return end_output(carry_out(app.get_subcommands()[0]->get_name(), request));
}
