// SPDX-License-Identifier: MIT
//
// Opens the stores that a cache has on this machine, and chooses their kind.
#pragma once

#include "cache/store.h"
#include "cache/write_queue.h"

#include <memory>
#include <string>
#include <vector>

namespace ligature::cache {

struct Layer {
  std::shared_ptr<Store> store;
  std::string folder;
  bool writable = false;
};

/// The folders that `options` means, the default ones if it names none; empty when there is no home.
std::vector<std::string> folders_of(const CacheOptions &options);

/// The layers to look into, in this order; only the first can be writable. What cannot be used is told.
std::vector<Layer> open_layers(const CacheOptions &options, Reporter &reporter);

} // namespace ligature::cache
