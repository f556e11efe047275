// SPDX-License-Identifier: MIT
#include "ligature/version.h"

#define TEXT_OF(number) #number
#define VERSION_TEXT(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

namespace ligature {

const char *version() {
  return VERSION_TEXT(LIGATURE_VERSION_MAJOR, LIGATURE_VERSION_MINOR, LIGATURE_VERSION_PATCH);
}

} // namespace ligature
