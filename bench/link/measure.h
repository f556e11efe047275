// SPDX-License-Identifier: MIT
//
// What the parts of bench-link share: processes of their own for things that may die, and targets that are
// printed with what they came to.
#pragma once

#include <malloc.h>

#include <chrono>
#include <cstddef>
#include <string>

namespace bench {

using Clock = std::chrono::steady_clock;
inline double us_since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

/// What linking came to; a process that dies leaves it as far as it got.
struct Figures {
  size_t done = 0;   ///< objects linked
  double us = 0;     ///< per object
  double heap = 0;   ///< bytes per object: allocator's
  double code = 0;   ///< bytes per object: code and data
  long mappings = 0; ///< more than before
  bool complete = false;
};

/// Runs `run(count, bytes, figures)` in a child.
using Run = void (*)(size_t count, const std::string &bytes, Figures &figures);
Figures in_a_process(Run run, size_t count, const std::string &bytes);

/// Entries in this process's map.
size_t count_mappings();

/// Calls `link_one` for each of `entries` and notes what one came to. `world` is whose memory the code goes
/// to.
template <class Entries, class World, class LinkOne>
void measure_linking(Entries &entries, const World &world, LinkOne link_one, Figures &figures) {
  size_t mappings = count_mappings(), heap = mallinfo2().uordblks, used = world.memory_use().used;
  auto start = Clock::now();
  for (auto &entry : entries) {
    link_one(entry);
    ++figures.done;
  }
  auto each = [&](double sum) { return sum / static_cast<double>(entries.size()); };
  figures.us = each(us_since(start));
  figures.mappings = static_cast<long>(count_mappings()) - static_cast<long>(mappings);
  figures.heap = each(static_cast<double>(mallinfo2().uordblks - heap));
  figures.code = each(static_cast<double>(world.memory_use().used - used));
}

/// Prints "target NAME: pass" or "... MISSED"; remembers the latter.
void target(const std::string &name, bool met);
bool every_target_met();

// link_objects.cpp, link_flat.cpp
/// One function, about half a KiB, that calls the runtime; under a name that is patched for LLJIT.
std::string make_object();
/// One function that calls another.
std::string make_chain_object();
void link_ours(size_t count, const std::string &bytes, Figures &figures);
/// The same object's flat form and link info, as make_flat gives them: read, looked up and bound, without
/// LLVM.
void link_flat(size_t count, const std::string &bytes, Figures &figures);
std::string make_flat();
void link_lljit(size_t count, const std::string &bytes, Figures &figures);
/// Each of `count` functions calls the next; the first is looked up and called.
void chain_ours(size_t count, const std::string &bytes, Figures &figures);
void chain_lljit(size_t count, const std::string &bytes, Figures &figures);

// healed_calls.cpp
/// Calls through edges that were bound at once and through edges that healed.
void compare_calls();

} // namespace bench
