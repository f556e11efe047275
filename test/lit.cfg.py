# SPDX-License-Identifier: MIT
# How lit finds and runs the tests of this folder. Run them with tools/lit.
#
# A test is a .jl or .test file with `# RUN:` lines; each is a bash command. In them:
#   %lig       the program under test, stopped after two minutes (ten with sanitizers)
#   %s %S %t   the test, its folder, a temporary file name of its own (lit's)
#   %bare_lig  the same without that timeout; %gdb is gdb with a timeout
#   %root      the top of the repository
#   FileCheck, not, count, llvm-dis, ...  those of LLVM 19
# `# UNSUPPORTED: sanitized` leaves a test out where there are sanitizers.
# Files that a test reads and that are no tests lie in a folder `Inputs`.
import os
import shutil
import subprocess
import sys

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


def may_trace():
    """May a process here be traced? Containers often forbid it."""
    trace_me = "import ctypes, sys; sys.exit(ctypes.CDLL(None).ptrace(0, 0, 0, 0) != 0)"
    return subprocess.run([sys.executable, "-c", trace_me], check=False).returncode == 0


def may_attach():
    """May a process here trace one that it did not start?"""
    try:
        with open("/proc/sys/kernel/yama/ptrace_scope", encoding="ascii") as scope:
            restricted = scope.read().strip() != "0"
    except OSError:
        restricted = False
    return may_trace() and (os.geteuid() == 0 or not restricted)


def may_count():
    """Is perf there, and may it sample processes here? Many kernels and containers forbid it."""
    command = ["perf", "stat", "-e", "cpu-clock:u", "true"]
    return bool(shutil.which("perf")) and subprocess.run(command, capture_output=True, check=False).returncode == 0


# The reason that lit gives for a test left out: that one of these is missing.
if shutil.which("gdb"):
    config.available_features.add("gdb")
if may_trace():
    config.available_features.add("permission-to-trace")
if may_count():
    config.available_features.add("perf")
if may_attach():
    config.available_features.add("permission-to-attach")
# As a test wants it: no settings of the user's, nothing asked, no network; ends by itself.
config.substitutions.append(
    (r"%gdb\b", "timeout -s KILL 120 gdb -nx -batch -ex 'set debuginfod enabled off' -ex 'set breakpoint pending on'")
)
config.substitutions.append((r"%content_check\b", f"{root}/tools/content_check --lig {lig}"))
# For tests that send signals: no timeout process between the test and lig.
config.substitutions.append((r"%bare_lig\b", lig))
config.substitutions.append((r"%root\b", root))
config.substitutions.append((r"%build\b", build))

llvm_tools = "/usr/lib/llvm-19/bin"
config.environment["PATH"] = os.pathsep.join([llvm_tools, os.environ["PATH"]])
config.environment["LC_ALL"] = "C.UTF-8"
config.environment["LIGATURE_CACHE"] = "off"  # tests of the cache say --cache=on and where it lies
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
