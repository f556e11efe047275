// SPDX-License-Identifier: MIT
// What every program built with AddressSanitizer runs with, unless ASAN_OPTIONS says otherwise:
// the collector's memory is reachable from places that LeakSanitizer does not see.
extern "C" const char *__asan_default_options();
extern "C" const char *__asan_default_options() {
  return "detect_leaks=0";
}
