// SPDX-License-Identifier: MIT
//
// What it costs to link N one-function objects from memory, in a session of ours and in LLJIT with its
// default memory manager, in the same run; to bind them as flat units; a chain of functions through one
// lookup; and calls through edges that healed. One line per figure, and one per target:
//
//   link 1000 objects   ours 20.1 us   LLJIT 83.0 us   ratio 0.24   mappings +0 beside +4000   ...
//   bind 1000 flat units   flat 2.0 us   JITLink 20.1 us   ...
//   target 1000 objects: at most 30 us each: pass
//
// Each side runs in a process of its own: at some ten thousand objects LLJIT runs out of mappings
// (vm.max_map_count) and takes the process with it. Exits with 1 if a target is missed. `bench-link [N...]`
#include "bench/link/measure.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

namespace bench {

namespace {
bool all_met = true;
} // namespace

void target(const std::string &name, bool met) {
  std::printf("target %s: %s\n", name.c_str(), met ? "pass" : "MISSED");
  std::fflush(stdout);
  all_met &= met;
}

bool every_target_met() {
  return all_met;
}

size_t count_mappings() {
  std::ifstream maps("/proc/self/maps");
  size_t count = 0;
  for (std::string line; std::getline(maps, line);)
    ++count;
  return count;
}

namespace {

/// fork(); where there is no process to be had, the figures could mean nothing.
pid_t begin_process() {
  pid_t child = fork();
  if (child < 0) {
    std::perror("bench-link: no process to measure in");
    std::exit(1);
  }
  return child;
}

} // namespace

Figures in_a_process(Run run, size_t count, const std::string &bytes) {
  void *shared = mmap(nullptr, sizeof(Figures), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED)
    return {};
  auto *figures = new (shared) Figures;
  pid_t child = begin_process();
  if (child == 0) {
    close(2); // what a dying peer prints
    run(count, bytes, *figures);
    _exit(0); // no time for tearing down
  }
  int status = 0;
  waitpid(child, &status, 0);
  Figures result = *figures;
  result.complete &= WIFEXITED(status) && WEXITSTATUS(status) == 0;
  munmap(shared, sizeof(Figures));
  return result;
}

} // namespace bench

namespace {

using namespace bench;

/// The object comes from a process of its own too, so that nothing of LLVM's is warm in those that are
/// measured.
std::string made_in_a_process(std::string (*make)()) {
  int ends[2];
  if (pipe(ends) != 0)
    std::exit(1);
  pid_t child = begin_process();
  if (child == 0) {
    std::string bytes = make();
    bool written = write(ends[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    _exit(written ? 0 : 1);
  }
  close(ends[1]);
  std::string bytes;
  char part[4096];
  for (ssize_t got; (got = read(ends[0], part, sizeof part)) > 0;)
    bytes.append(part, static_cast<size_t>(got));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (bytes.empty() || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::fprintf(stderr, "bench-link: no object to link\n");
    std::exit(1);
  }
  return bytes;
}

/// The fastest of a few runs: a slow moment of the machine hits all or none.
Figures best_of(int runs, Run run, size_t count, const std::string &bytes) {
  Figures best;
  for (int i = 0; i < runs; ++i) {
    Figures now = in_a_process(run, count, bytes);
    if (!best.complete || (now.complete && now.us < best.us))
      best = now;
  }
  return best;
}

std::string text(double value, const char *unit) {
  char shown[64];
  std::snprintf(shown, sizeof shown, "%.1f %s", value, unit);
  return shown;
}

Figures compare_linking(size_t count, const std::string &bytes) {
  int runs = count <= 10000 ? 5 : 2;
  Figures ours = best_of(runs, link_ours, count, bytes);
  Figures peer = best_of(count <= 10000 ? runs : 1, link_lljit, count, bytes);
  std::string what = std::to_string(count) + " objects";
  std::printf(
      "link %s   ours %s   LLJIT %s", what.c_str(), ours.complete ? text(ours.us, "us").c_str() : "failed",
      peer.complete ? text(peer.us, "us").c_str() : ("died after " + std::to_string(peer.done)).c_str());
  if (peer.complete)
    std::printf("   ratio %.2f   mappings +%ld beside +%ld   heap %.0f B beside %.0f B", ours.us / peer.us,
                ours.mappings, peer.mappings, ours.heap, peer.heap);
  else
    std::printf("   mappings +%ld   heap %.0f B", ours.mappings, ours.heap);
  std::printf("   code %.0f B\n", ours.code);
  target(what + ": all linked, at most 30 us each", ours.complete && ours.us <= 30);
  if (peer.complete)
    target(what + ": at least 3 times as fast as LLJIT", ours.us * 3 <= peer.us);
  target(what + ": at most 2 KiB each over the object's bytes",
         ours.heap + ours.code <= 2048 + static_cast<double>(bytes.size()));
  target(what + ": mappings do not grow", ours.mappings <= 20);
  return ours;
}

/// The same objects as flat units, beside linking them through JITLink.
void compare_flat(size_t count, const std::string &bytes, double jitlink_us) {
  Figures flat = best_of(5, link_flat, count, bytes);
  std::printf(
      "bind %zu flat units   flat %s   JITLink %s   ratio %.2f   mappings %+ld   heap %.0f B   code %.0f B\n",
      count, flat.complete ? text(flat.us, "us").c_str() : "failed", text(jitlink_us, "us").c_str(),
      flat.us / jitlink_us, flat.mappings, flat.heap, flat.code);
  target(std::to_string(count) + " flat units: all bound, at most 5 us each", flat.complete && flat.us <= 5);
}

void compare_chain(size_t count) {
  std::string bytes = made_in_a_process(make_chain_object);
  Figures ours = in_a_process(chain_ours, count, bytes), peer = in_a_process(chain_lljit, count, bytes);
  std::printf("chain of %zu through one lookup   ours %s each   LLJIT %s\n", count,
              ours.complete ? text(ours.us, "us").c_str() : "failed",
              peer.complete ? (text(peer.us, "us") + " each").c_str() : "died");
  target("chain of " + std::to_string(count) + ": completes", ours.complete);
}

} // namespace

int main(int argument_count, char **arguments) {
  std::vector<size_t> counts;
  for (int i = 1; i < argument_count; ++i)
    counts.push_back(std::strtoul(arguments[i], nullptr, 10));
  if (counts.empty())
    counts = {1000, 10000, 50000};
  std::string bytes = made_in_a_process(make_object);
  std::string flat_bytes = made_in_a_process(make_flat);
  std::vector<double> us;
  for (size_t count : counts) {
    us.push_back(compare_linking(count, bytes).us);
    compare_flat(count, flat_bytes, us.back());
  }
  auto [least, most] = std::minmax_element(us.begin(), us.end());
  std::printf("link cost per object, most to least of the counts   ratio %.2f\n", *most / *least);
  target("cost per object is flat (within 1.5)", *most <= *least * 1.5);
  compare_chain(10000);
  compare_calls(); // last: it links in this process
  return every_target_met() ? 0 : 1;
}
