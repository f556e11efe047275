// SPDX-License-Identifier: MIT
//
// What a session asks of its client: what binding code asks (link_client.h), and to emit code that a call
// turns out to need. Any of these may be called on any thread, and several at once.
#pragma once

#include "ligature/link_client.h"
#include "ligature/unit.h"

namespace ligature {

/// All that a session over somebody else's linker asks: the rest is asked of the linker's own client.
class LIGATURE_API AdapterEmitter {
public:
  virtual ~AdapterEmitter() = default;

  /// A unit that defines nothing but an adapter: one function with `target.abi` that calls the entry
  /// however it is published. It must be named to the builder with `define_adapter`.
  virtual llvm::Expected<Unit> emit_adapter(Entry &entry, Abi abi) = 0;
};

class LIGATURE_API Client : public LinkClient, public AdapterEmitter {};

} // namespace ligature
