// SPDX-License-Identifier: MIT
// `lig cache ...`: looking after the object cache from the command line. What it does lies in
// ligature/cache_admin.h.
#pragma once

/// `argv[0]` is "cache". Returns the exit status: 0, 1 when it could not be done, 2 when the command line is
/// wrong.
int run_cache_command(int argc, char **argv);
