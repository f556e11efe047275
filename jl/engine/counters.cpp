// SPDX-License-Identifier: MIT
// What --stats prints. docs/cache.md says what the counters of the cache mean.
#include <cstdio>

#include "jl/content/records.h"
#include "jl/engine/code_cache.h"
#include "jl/engine/engine.h"
#include "jl/engine/kept_inference.h"
#include "jl/engine/machine_code.h"
#include "jl/engine/state.h"
#include "jl/infer/infer.h"

namespace jl {

namespace {

/// As the linker counts, with what is wrong of what is kept beyond objects.
void count_all(ligature::Stats &all) {
  if (ligature::Linker *linker = code_linker_if_started()) {
#define COUNTER(name, meaning) all.name = linker->stats().name.load();
#include "ligature/stats.def"
#undef COUNTER
  }
  if (code_cache_if_opened())
    all.cache_errors += kept_units()->errors;
  if (const content::RecordCounters *records = record_counters())
    all.cache_errors += records->contradicted;
}

/// What the cache itself counted, of all that it was asked for. Zeros when it was never opened.
std::string store_counters_json() {
  const ligature::CacheCounters nothing;
  const ligature::Cache *cache = code_cache_if_opened();
  const ligature::CacheCounters &counters = cache ? cache->counters() : nothing;
  std::string json;
  for (auto [name, count] : {std::pair("hits", &counters.hits),
                             {"misses", &counters.misses},
                             {"errors", &counters.errors},
                             {"writes", &counters.writes},
                             {"dropped_writes", &counters.dropped_writes},
                             {"evictions", &counters.evictions},
                             {"remote_hits", &counters.remote_hits},
                             {"remote_writes", &counters.remote_writes}})
    json += ",\"store_" + std::string(name) + "\":" + std::to_string(count->load());
  return json;
}

/// What became of what earlier runs found out by inference.
std::string record_counters_json() {
  const content::RecordCounters *counters = record_counters();
  if (!counters)
    return "";
  return ",\"inferences_found\":" + std::to_string(counters->loaded) +
         ",\"inferences_missing\":" + std::to_string(counters->missing) +
         ",\"inferences_refused\":" + std::to_string(counters->refused) +
         ",\"inference_trees\":" + std::to_string(counters->trees);
}

double bind_ms() {
  return code_cache_if_opened() ? double(kept_units()->bound_ns.load()) / 1e6 : 0;
}

uint64_t verified_units() {
  return code_cache_if_opened() ? kept_units()->verified.load() : 0;
}

} // namespace

std::string Engine::stats_json() const {
  ligature::Stats stats;
  count_all(stats);
  InferStats inferred = infer_stats();
  Compiler *compiler = impl_->compiler.load();
  ligature::Linker *linker = code_linker_if_started();
  ligature::Linker::MemoryUse memory = linker ? linker->memory_use() : ligature::Linker::MemoryUse();
  char text[512];
  std::snprintf(
      text, sizeof text,
      "{\"units_inferred\":%llu,\"infer_ms\":%.3f,\"base_ms\":%.3f,\"llvm_loaded\":%s,\"units_emitted\":%llu,"
      "\"compile_ms\":%.3f,\"link_ms\":%.3f,\"bind_ms\":%.3f,\"code_bytes_mapped\":%zu,\"code_bytes_used\":%"
      "zu,",
      static_cast<unsigned long long>(inferred.units_inferred), inferred.milliseconds, impl_->base_ms,
      compiler ? "true" : "false", static_cast<unsigned long long>(compiler ? compiler->units_emitted() : 0),
      stats.compile_ms(), stats.link_ms(), bind_ms(), memory.mapped, memory.used);
  std::string json = text + stats.json().substr(1);
  json.pop_back();
  std::snprintf(text, sizeof text, ",\"units_verified\":%llu,\"units_found\":%llu}",
                static_cast<unsigned long long>(verified_units()),
                static_cast<unsigned long long>(stats.units_found()));
  return json + store_counters_json() + record_counters_json() + text;
}

} // namespace jl
