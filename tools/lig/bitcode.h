// SPDX-License-Identifier: MIT
// `lig bitcode ...`: its command line. What runs the program is loaded with the compiler half
// (tools/bitcode/run.h).
#pragma once

/// `argv[0]` is "bitcode". Returns the exit status if the program could not be started.
int run_bitcode_command(int argc, char **argv);
