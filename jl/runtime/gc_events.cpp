// SPDX-License-Identifier: MIT
#include "jl/runtime/gc_events.h"

#include <gc/gc.h>

namespace jl {

static void (*collection_hook)(bool begins) = nullptr;

void set_collection_hook(void (*hook)(bool begins)) {
  collection_hook = hook;
  GC_set_on_collection_event([](GC_EventType event) { // other threads run at both of these
    if (event == GC_EVENT_START || event == GC_EVENT_END)
      collection_hook(event == GC_EVENT_START);
  });
}

} // namespace jl
