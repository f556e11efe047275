# SPDX-License-Identifier: MIT
"""What every fault needs: a filled cache, copies of it to damage, runs of lig on them, and what must be true after each."""
import json
import os
import random
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, "program.jl")
STATS = re.compile(r"^\{\"units_inferred\".*\}\n", re.MULTILINE)
HANG = 60  # seconds; a run takes about one
TOLD = ("units_compiled", "flat_binds", "flat_damaged", "store_hits", "store_misses", "store_errors", "store_writes", "store_dropped_writes",
        "store_evictions", "store_remote_hits")
FAULTS = {}  # name -> function of a Lab, in the order in which they are told of


def fault(function):
    FAULTS[function.__name__] = function
    return function


class Skipped(Exception):
    """A fault that cannot be made here; the message says why."""


class Run:
    """What one run of lig did. `counters` is empty when it did not get as far as printing them."""

    def __init__(self, status, out, err, seconds):
        self.status, self.out, self.seconds = status, out, seconds
        stats = STATS.findall(err)
        self.err = STATS.sub("", err)
        self.counters = json.loads(stats[-1]) if stats else {}

    def __getitem__(self, name):
        return self.counters[name]


class Lab:
    def __init__(self, lig, scratch, amount, seed):
        self.lig, self.scratch, self.amount = lig, scratch, amount
        self.random = random.Random(seed)
        self.tried, self.said = Counter(), Counter()
        self.wrong, self.notes = [], []
        self.name = "nothing"
        self.filled = {}
        os.chmod(scratch, 0o755)
        plain = self.run(None)
        assert plain.status == 0 and plain.out and not plain.err, plain.err
        self.expected = plain.out

    def times(self, usual):
        """How often to do what is usually done so many times."""
        return max(1, round(usual * self.amount))

    def folder(self):
        return tempfile.mkdtemp(dir=self.scratch)

    def environment(self, cache, **variables):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("LIGATURE_")}
        return dict(clean, LIGATURE_CACHE="on" if cache else "off", LIGATURE_CACHE_DIR=cache or "",
                    **{f"LIGATURE_{name}": value for name, value in variables.items()})

    def start(self, cache, prefix=(), options=(), program=PROGRAM, **variables):
        return subprocess.Popen([*prefix, self.lig, "--stats", *options, program], stdin=subprocess.DEVNULL, text=True, errors="replace",
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment(cache, **variables))

    def wait(self, process, begin=None):
        begin = begin or time.monotonic()
        try:
            out, err = process.communicate(timeout=HANG)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            return Run("hangs", out, err, HANG)
        return Run(process.returncode, out, err, time.monotonic() - begin)

    def run(self, cache, **how):
        begin = time.monotonic()
        return self.wait(self.start(cache, **how), begin)

    def cache_command(self, cache, *arguments, **variables):
        return subprocess.run([self.lig, "cache", *arguments], env=self.environment(cache, **variables), capture_output=True, text=True,
                              timeout=HANG)

    def filled_cache(self, store="pack"):
        """A copy of a cache that holds the whole program."""
        if store not in self.filled:
            golden = os.path.join(self.folder(), "cache")
            for _ in range(10):  # what only a second run asks for, and what a busy machine had no time to write
                warm = self.run(golden, CACHE_STORE=store)
                if warm["store_misses"] == warm["units_compiled"] == 0:
                    break
            assert warm["units_compiled"] == 0 and warm["flat_binds"] > 10, warm.counters
            self.filled[store] = golden
        copy = os.path.join(self.folder(), "cache")
        shutil.copytree(self.filled[store], copy)
        return copy

    def fail(self, what, run=None):
        self.wrong.append(f"{self.name}: {what}")
        if run:
            told = ", ".join(f"{name} {run.counters.get(name)}" for name in TOLD)
            self.wrong[-1] += f"\n  status {run.status}, {run.seconds:.1f} s, {told}\n  out: {run.out!r}\n  err: {run.err!r}"

    def check(self, what, run, says=None, expected=None):
        """One fault was tried: the right output, nothing else said, no crash, no hang; and `says`, a condition on the counters, holds.
        Without `says`: either nothing was missed, or a counter says so."""
        self.tried[self.name] += 1
        if run.status != 0 or run.out != (expected or self.expected) or run.err or not run.counters:
            return self.fail(what + ": another end or output", run)
        for counter in TOLD:
            self.said[self.name, counter] += run[counter]
        if says and not says(run):
            return self.fail(what + ": the counters do not say so", run)
        if run["units_compiled"] and not run["store_misses"] and not run["store_errors"]:
            return self.fail(what + ": compiled, and no counter says why", run)

    def check_healed(self, what, cache, **how):
        """What is there after one more run is whole again."""
        for _ in range(30):  # one damaged record hides others: each run finds some
            run = self.run(cache, **how)
            if run.counters and run["units_compiled"] == run["store_errors"] == 0:
                break
        self.check(what + ", healed", run, says=lambda r: r["units_compiled"] == r["store_errors"] == 0)
