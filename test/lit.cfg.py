# SPDX-License-Identifier: MIT
# How lit finds and runs the tests of this folder. Run them with tools/lit.
#
# A test is a .jl or .test file with `# RUN:` lines; each is a bash command. In them:
#   %lig       the program under test, stopped after two minutes (ten with sanitizers)
#   %s %S %t   the test, its folder, a temporary file name of its own (lit's)
#   %root      the top of the repository
#   FileCheck, not, count, llvm-dis, ...  those of LLVM 19
# `# UNSUPPORTED: sanitized` leaves a test out where there are sanitizers.
# Files that a test reads and that are no tests lie in a folder `Inputs`.
import os

import lit.formats

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
build = os.path.abspath(os.environ.get("LIG_BUILD", os.path.join(root, "build", "release")))

config.name = "ligature"
config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = [".jl", ".test"]
config.excludes = ["Inputs", "CMakeLists.txt", "lit.cfg.py"]
config.test_source_root = os.path.join(root, "test")
config.test_exec_root = os.path.join(build, "test")

lig = os.path.join(build, "bin", "lig")


def is_sanitized():
    try:
        with open(os.path.join(build, "CMakeCache.txt"), encoding="utf-8") as cache:
            return any(line.startswith("LIGATURE_SANITIZE:") and line.strip()[-1] != "=" for line in cache)
    except OSError:
        return False


sanitized = is_sanitized()
if sanitized:
    config.available_features.add("sanitized")
# KILL, so that `not %lig` does not take a hang for the failure it waits for.
config.substitutions.append((r"%lig\b", f"timeout -s KILL {600 if sanitized else 120} {lig}"))
# For tests that send signals: no timeout process between the test and lig.
config.substitutions.append((r"%bare_lig\b", lig))
config.substitutions.append((r"%root\b", root))
config.substitutions.append((r"%build\b", build))

llvm_tools = "/usr/lib/llvm-19/bin"
config.environment["PATH"] = os.pathsep.join([llvm_tools, os.environ["PATH"]])
config.environment["LC_ALL"] = "C.UTF-8"
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
