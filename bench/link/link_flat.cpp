// SPDX-License-Identifier: MIT
//
// N flat units, each of one function, bound by a linker alone: reading the link info and the unit, looking up
// what the function calls, claiming, copying, publishing.
#include "bench/link/flat_bytes.h"
#include "bench/link/measure.h"
#include "session/toy_client.h"

#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <deque>

using namespace ligature;
using namespace ligature::toy;

namespace bench {

void link_flat(size_t count, const std::string &bytes, Figures &figures) {
  FlatBytes kept(bytes);
  ToyClient client;
  client.runtime["bench_runtime"] = reinterpret_cast<void *>(bench_runtime);
  LinkerOptions options;
  options.invokes = invokes();
  options.anchor = reinterpret_cast<const void *>(&bench_runtime);
  auto linker = *Linker::create(std::move(options), client);
  client.linker = linker.get();
  std::deque<Entry> entries(count);
  Entry warm;
  auto link_one = [&](Entry &entry) {
    const void *pointers[] = {&entry};
    auto info = read_link_info(kept.info, pointers);
    if (!info || !linker->link_flat(std::move(*info), kept.flat))
      std::abort();
  };
  link_one(warm);
  size_t mappings = count_mappings(), heap = mallinfo2().uordblks, used = linker->memory_use().used;
  auto start = Clock::now();
  for (Entry &entry : entries) {
    link_one(entry);
    ++figures.done;
  }
  auto each = [&](double sum) { return sum / static_cast<double>(count); };
  figures.us = each(us_since(start));
  figures.mappings = static_cast<long>(count_mappings()) - static_cast<long>(mappings);
  figures.heap = each(static_cast<double>(mallinfo2().uordblks - heap));
  figures.code = each(static_cast<double>(linker->memory_use().used - used));
  auto call = [](Entry &entry) { return reinterpret_cast<int64_t (*)(int64_t)>(entry.specptr.load())(1); };
  figures.complete = call(entries.back()) == call(warm) && linker->stats().flat_binds == count + 1;
}

} // namespace bench
