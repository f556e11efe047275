# SPDX-License-Identifier: MIT
"""Folders and disks: full, read-only, of others; clocks that jump; the end of the program. Mounts and other users need root: without
it they are left out, and that is said."""
import contextlib
import fcntl
import os
import shutil
import subprocess
import threading
import time

import entries as formats
from lab import PROGRAM, Run, Skipped, fault


def need_root():
    if os.geteuid() != 0:
        raise Skipped("only root can make that")


@contextlib.contextmanager
def mounted(*arguments):
    need_root()
    if subprocess.run(["mount", *arguments], capture_output=True).returncode != 0:
        raise Skipped("nothing can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", arguments[-1]], check=True)


@fault
def full_disk(lab):
    """From none at all to all but the last entries."""
    for kilobytes in (4, 16, 64, 128, 200, 300):
        for store in ("pack", "files"):
            disk = lab.folder()
            with mounted("-t", "tmpfs", "-o", f"size={kilobytes}k,mode=0700", "tmpfs", disk):
                for _ in range(2):  # the second one finds what the first one got there
                    run = lab.run(f"{disk}/cache", CACHE_STORE=store)
                    lab.check(f"{store}, disk of {kilobytes} KB", run,
                              says=lambda run: run["store_errors"] > 0 and (run["store_dropped_writes"] > 0 or not run["store_writes"]))


@fault
def read_only_folder(lab):
    for store in ("pack", "files"):
        for name in ("filled", "empty"):
            cache = lab.filled_cache(store)
            if name == "empty":
                shutil.rmtree(f"{cache}/v1")
            with mounted("--bind", cache, cache):
                subprocess.run(["mount", "-o", "remount,bind,ro", cache], check=True)
                run = lab.run(cache, CACHE_STORE=store)
                looked_at = name == "empty" or lab.cache_command(cache, "verify", CACHE_STORE=store).returncode == 0
            lab.check(f"{store}, {name}", run,
                      says=lambda run: looked_at and run["store_writes"] == 0 and (run["units_compiled"] == 0) == (name == "filled"))


@fault
def folders_of_others(lab):
    """Nothing of them is used: everything is compiled, and an error says so."""
    owners = [("mode", lambda path, mode=mode: os.chmod(path, mode)) for mode in (0o777, 0o770, 0o702)]
    if os.geteuid() == 0:
        owners.append(("owner", lambda path: os.chown(path, 12345, 12345)))
    for what, change in owners:
        for inside in ("", "v1"):
            for store in ("pack", "files"):
                cache = lab.filled_cache(store)
                change(os.path.join(cache, inside))
                lab.check(f"{store}, {what} of /{inside}", lab.run(cache, CACHE_STORE=store),
                          says=lambda run: run["store_errors"] == 1 and run["units_compiled"] > 10 and run["store_hits"] == 0)


YEAR = 365 * 24 * 3600


def make_library(source, library):
    """One to preload, of C beside this file."""
    if not shutil.which("cc"):
        raise Skipped(f"there is no cc to make {source} with")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, os.path.join(os.path.dirname(__file__), source)], check=True)


class Clock:
    """A clock for runs of lig, `offset` seconds ahead of the real one."""

    def __init__(self, lab):
        self.library, self.file = os.path.join(lab.folder(), "clock.so"), os.path.join(lab.folder(), "offset")
        make_library("clock.c", self.library)
        self.set(0)

    def set(self, offset):
        formats.write(self.file + ".new", str(offset).encode())
        os.rename(self.file + ".new", self.file)

    def run(self, lab, cache, **variables):
        return lab.run(cache, prefix=["env", f"LD_PRELOAD={self.library}", f"CLOCK_OFFSET_FILE={self.file}"], **variables)


@fault
def clocks_that_jump(lab):
    """From run to run and, backwards and forwards, within one."""
    clock = Clock(lab)
    now = int(time.time())
    for store in ("pack", "files"):
        cache = lab.filled_cache(store)
        for offset in (10 * YEAR, -25 * YEAR, 1 - now, 0, 80 * YEAR, -1 * YEAR):
            clock.set(offset)
            lab.check(f"{store}, moved by {offset} s", clock.run(lab, cache, CACHE_STORE=store),
                      says=lambda run: run["store_errors"] == run["units_compiled"] == 0)
        for number in range(lab.times(4)):
            over = threading.Event()

            def turn():
                while not over.wait(0.01):
                    clock.set(lab.random.choice([-30 * YEAR, 30 * YEAR, -24 * 3600, 0]))
            turner = threading.Thread(target=turn)
            turner.start()
            cache = os.path.join(lab.folder(), "cache") if number % 2 else cache
            run = clock.run(lab, cache, CACHE_STORE=store)
            over.set()
            turner.join()
            lab.check(f"{store}, within a run", run, says=lambda run: run["store_errors"] == 0)
        lab.check_healed(f"{store}, afterwards", cache, CACHE_STORE=store)


# --- The end of the program

ENDS = "\nprintln(\"the end\")\nflush(stdout)\n"


def many_functions(count):
    """A program of so many different functions, each compiled, that says when it is at its end."""
    lines = [f"@noinline f{i}(x) = x * {i} + {i % 7}" for i in range(count)]
    calls = [f"s += f{i}(n)" for i in range(count)]
    chunks = [calls[i:i + 100] for i in range(0, count, 100)]
    for number, chunk in enumerate(chunks):
        lines.append(f"@noinline function all{number}(n)\n    s = 0\n    " + "\n    ".join(chunk) + "\n    return s\nend")
    return "\n".join(lines) + "\nprintln(" + " + ".join(f"all{n}(2)" for n in range(len(chunks))) + ")" + ENDS


def seconds_after_its_end(lab, cache, program, at_end=lambda: None, **variables):
    """(run, seconds from the program's last line to the end of the process, its most memory in KB). `at_end` is called at that line."""
    process = lab.start(cache, program=program, options=["-O0", "--compile=all"], prefix=["/usr/bin/env"], **variables)
    err = []
    reader = threading.Thread(target=lambda: err.append(process.stderr.read()))
    reader.start()
    lines = []
    while not lines or lines[-1] not in ("the end\n", ""):
        lines.append(process.stdout.readline())
    at_end()
    begin = time.monotonic()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begin
    reader.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(process.returncode, "".join(lines), err[0], seconds), usage.ru_maxrss


@fault
def writes_queued_at_the_end(lab):
    """A program makes thousands of entries for a cache that is full, while nothing, somebody else for good, or somebody else until its
    last line holds up whoever writes: it ends within a second of that line, and what waits takes no more memory than the queue's bound."""
    count = 5000 if lab.amount >= 5 else 400
    program = os.path.join(lab.folder(), "many.jl")
    formats.write(program, many_functions(count).encode())
    plain, plain_memory = seconds_after_its_end(lab, None, program)
    for kind in ("free", "locked", "locked until the end"):
        cache = lab.filled_cache()
        with open(f"{cache}/v1/lock", "r+b") as lock:
            if kind != "free":
                fcntl.flock(lock, fcntl.LOCK_EX)
            at_end = (lambda: fcntl.flock(lock, fcntl.LOCK_UN)) if kind == "locked until the end" else (lambda: None)
            run, memory = seconds_after_its_end(lab, cache, program, at_end, CACHE_SIZE="1M")
        written, dropped = (run.counters.get(f"store_{what}writes", 0) for what in ("", "dropped_"))
        lab.notes.append(f"{kind}: {written} writes, {dropped} dropped; {run.seconds:.2f} s from the program's last line to its end "
                         f"({plain.seconds:.2f} s without a cache), {memory >> 10} MB ({plain_memory >> 10} MB)")
        lab.check(kind, run, expected=plain.out,
                  says=lambda run: run["store_errors"] == 0 and (dropped >= 2 * count if kind == "locked" else run["store_evictions"] > count / 10))
        if run.seconds > 1 + plain.seconds:
            lab.fail(f"{kind}: {run.seconds:.2f} s from the program's last line to its end", run)
        if memory > plain_memory + (64 + 32) * 1024:
            lab.fail(f"{kind}: {memory >> 10} MB, {plain_memory >> 10} MB without a cache", run)


@fault
def still_writing_at_the_end(lab):
    """The time for writing at the end is up and somebody still writes: nothing that is used for it may be taken away. However the
    program ends."""
    library = os.path.join(lab.folder(), "slow.so")
    make_library("slow.c", library)
    again = os.path.join(lab.folder(), "exits.jl")
    formats.write(again, formats.read(PROGRAM) + b"\nexit(0)\n")
    for number in range(lab.times(6)):
        for store in ("pack", "files"):
            for program in (PROGRAM, again):
                run = lab.run(os.path.join(lab.folder(), "cache"), program=program, prefix=["env", f"LD_PRELOAD={library}"], CACHE_STORE=store)
                lab.check(f"{store}, {os.path.basename(program)}, trial {number}", run, says=lambda run: run["store_dropped_writes"] > 0)
