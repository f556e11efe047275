// SPDX-License-Identifier: MIT
//
// N flat units, each of one function, bound by a linker alone: reading the link info and the unit, looking up
// what the function calls, claiming, copying, publishing.
#include "bench/link/flat_bytes.h"
#include "bench/link/measure.h"
#include "session/toy_client.h"

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
  measure_linking(entries, *linker, link_one, figures);
  auto call = [](Entry &entry) { return reinterpret_cast<int64_t (*)(int64_t)>(entry.specptr.load())(1); };
  figures.complete = call(entries.back()) == call(warm) && linker->stats().flat_binds == count + 1;
}

} // namespace bench
