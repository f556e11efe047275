// SPDX-License-Identifier: MIT
//
// The object cache, for C: bytes under keys, kept from one process to the next and, with a server, from one
// machine to the next. Give one to a session (LigatureOptions::cache) and no object is compiled twice; or put
// your own values into it, under a namespace of your own, if you compile by other means. It follows
// ligature/cache.h; docs/cache.md says where things lie, and whom the cache trusts. Needs nothing of LLVM.
//
// A cache is never in the way: whatever is wrong with it (a folder that cannot be written, a damaged file, a
// server that does not answer) is a counted miss. Only what the caller says wrongly is an error. Every
// function may be called on any thread; in a child of fork() a cache finds nothing and keeps nothing.
#pragma once

#include "ligature-c/common.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct LigatureCache LigatureCache;

typedef enum LigatureCacheMode {
  LigatureCacheOff,      ///< finds nothing, keeps nothing
  LigatureCacheOn,       ///< reads and writes
  LigatureCacheReadOnly, ///< reads
  LigatureCacheVerify    ///< reads and writes; sessions compile all the same and compare
} LigatureCacheMode;

typedef enum LigatureCacheStore {
  LigatureCacheStoreAuto, ///< the pack, but files on network file systems and where there are no locks
  LigatureCacheStorePack, ///< all in a few files
  LigatureCacheStoreFiles ///< one file per entry
} LigatureCacheStore;

/// Always begin with ligature_cache_options_init.
typedef struct LigatureCacheOptions {
  size_t size;
  LigatureCacheMode mode; ///< default LigatureCacheOn
  LigatureCacheStore store;
  /// NULL: $LIGATURE_CACHE_DIR, else $XDG_CACHE_HOME/ligature, else ~/.cache/ligature. Several, separated by
  /// colons: the first is written, the others are only looked into.
  const char *folder;
  uint64_t size_bytes;       ///< bound for what is kept here; default 1 GiB
  const char *remote;        ///< "redis://host[:port][/db]" or "unix:///path"; NULL: none
  const char *remote_secret; ///< shared by all who may write there; without it there is no remote tier
  bool remote_read_only;
  unsigned remote_budget_ms;  ///< for one lookup; default 20
  uint64_t remote_most_bytes; ///< larger values neither go there nor come from there; default 8 MiB
  /// The environment has the last word (LIGATURE_CACHE, LIGATURE_CACHE_SIZE, ...): for programs that have no
  /// options of their own for all this. A variable that makes no sense is an error of ligature_cache_open.
  bool environment;
  void *say_data;
  /// Told once of each thing that a person may want to know. Any thread; `text` is valid during the call.
  /// Must not use the cache.
  void (*say)(void *say_data, const char *text);
} LigatureCacheOptions;

/// `size` is sizeof(LigatureCacheOptions) in the caller's header, which need not be the library's.
LIGATURE_C void ligature_cache_options_init_sized(LigatureCacheOptions *options, size_t size);
static inline void ligature_cache_options_init(LigatureCacheOptions *options) {
  ligature_cache_options_init_sized(options, sizeof *options);
}

/// Opens a cache; several processes, and several caches of one process, may use one folder. NULL for
/// `options`: the defaults. Strings are copied. A folder that cannot be used is no error: `say` is told, an
/// error is counted, and nothing is found.
LIGATURE_C LigatureError ligature_cache_open(const LigatureCacheOptions *options, LigatureCache **cache);

/// Gives the cache up. Sessions that were given it go on using it; when the last of them is gone, or here,
/// what is waiting to be written is written, for at most half a second. Values that were found stay valid
/// until they are released.
LIGATURE_C void ligature_cache_dispose(LigatureCache *cache);

/// Writes what is waiting, for at most that long; what is left is dropped and counted, and what is put later
/// is ignored. Before the process ends.
LIGATURE_C void ligature_cache_finish(LigatureCache *cache, unsigned limit_ms);

/// SHA-256 of everything that decides what the value is: the inputs, the options, the version of whatever
/// makes it.
typedef struct LigatureCacheKey {
  uint8_t bytes[32];
} LigatureCacheKey;

/// The SHA-256 of these bytes.
LIGATURE_C LigatureCacheKey ligature_cache_key(const void *bytes, size_t size);

/// A value that was found.
typedef struct LigatureCacheValue {
  const void *bytes; ///< NULL when nothing was found
  size_t size;
  void *holder; ///< keeps the bytes where they are
} LigatureCacheValue;

/// What was put under `key` in the namespace `space`: 1 to 32 bytes of your own choice, the name of your
/// program say ("object" is sessions'; what is in one that begins with a dot stays on this machine). False,
/// and `value` without bytes, if there is nothing; an entry that is not whole is nothing. Release what was
/// found soon.
LIGATURE_C bool ligature_cache_get(LigatureCache *cache, const char *space, const LigatureCacheKey *key,
                                   LigatureCacheValue *value);
/// The bytes are not looked at afterwards. Values without bytes may be released, too.
LIGATURE_C void ligature_cache_value_release(LigatureCacheValue *value);

/// Keeps a copy of the bytes, some time soon. `cost_us` says how long it took to make them: what was cheap
/// goes first when room is needed. Returns at once; when too much is waiting to be written, the value is
/// dropped and counted.
LIGATURE_C void ligature_cache_put(LigatureCache *cache, const char *space, const LigatureCacheKey *key,
                                   const void *bytes, size_t size, uint64_t cost_us);

/// Says that these are going to be asked for: what only the server has is fetched in one round trip. Nothing
/// needs it.
LIGATURE_C void ligature_cache_prefetch(LigatureCache *cache, const char *space, const LigatureCacheKey *keys,
                                        size_t count);

/// Since the cache was opened; of all namespaces.
typedef struct LigatureCacheCounters {
  size_t size;     ///< set to sizeof(LigatureCacheCounters) before the call
  uint64_t hits;   ///< lookups that found something
  uint64_t misses; ///< lookups that found nothing, damaged entries among them
  uint64_t errors; ///< things that went wrong, none of them fatal
  uint64_t remote_hits;
  uint64_t remote_writes;
  uint64_t writes;
  uint64_t dropped_writes; ///< queue full, disk full, or no time left at the end
  uint64_t evictions;
} LigatureCacheCounters;
LIGATURE_C void ligature_cache_counters(const LigatureCache *cache, LigatureCacheCounters *counters);

/// Off as well if the options or the environment said so.
LIGATURE_C LigatureCacheMode ligature_cache_mode(const LigatureCache *cache);

#ifdef __cplusplus
}
#endif
