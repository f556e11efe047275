// SPDX-License-Identifier: MIT
#include "ligature/code_listener.h"

namespace ligature {

CodeListener::~CodeListener() = default;

} // namespace ligature
