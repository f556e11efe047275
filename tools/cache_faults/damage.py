# SPDX-License-Identifier: MIT
"""Damaged files, kill -9, many processes at once."""
import os
import shutil
import signal
import subprocess
import time

import entries as formats
from lab import HANG, fault

STORES = ("pack", "files")


def any_file(lab, cache):
    files = formats.data_files(cache)
    index = f"{cache}/v1/index"
    if os.path.exists(index) and lab.random.random() < 0.3:
        return index
    return lab.random.choice(files)


def damage_often(lab, usual, change):
    """`change(lab, bytes)` gives what a file is to hold instead. One in eight is looked at until it is healed."""
    for number in range(lab.times(usual)):
        store = STORES[number % len(STORES)]
        cache = lab.filled_cache(store)
        for _ in range(1 if number % 4 else 20):
            path = any_file(lab, cache)
            data = formats.read(path)
            if data:
                formats.write(path, change(lab, data))
        what = f"{store}, {os.path.basename(path)}, trial {number}"
        lab.check(what, lab.run(cache, CACHE_STORE=store))
        if number % 8 == 0:
            lab.check_healed(what, cache, CACHE_STORE=store)
        shutil.rmtree(os.path.dirname(cache))


@fault
def flipped_bits(lab):
    def flip(lab, data):
        data = bytearray(data)
        data[lab.random.randrange(len(data))] ^= 1 << lab.random.randrange(8)
        return data
    damage_often(lab, 32, flip)


@fault
def truncated(lab):
    damage_often(lab, 16, lambda lab, data: data[:lab.random.randrange(len(data))])


@fault
def zeroed(lab):
    def zero(lab, data):
        at, length = lab.random.randrange(len(data)), lab.random.choice([16, 512, 4096, 1 << 20])
        return data[:at] + bytes(len(data[at:at + length])) + data[at + length:]
    damage_often(lab, 16, zero)


@fault
def garbage_files(lab):
    damage_often(lab, 8, lambda lab, data: lab.random.randbytes(lab.random.choice([1, 100, len(data), 32768])))


@fault
def files_that_are_no_files(lab):
    makers = [os.mkdir, os.mkfifo, lambda path: os.symlink("/dev/zero", path), lambda path: os.symlink("/dev/full", path),
              lambda path: formats.write(path, b"")]
    for name in ("lock", "index", "data", ""):
        for make in lab.random.sample(makers, min(len(makers), lab.times(2))):
            cache = lab.filled_cache()
            path = formats.data_files(cache)[0] if name == "data" else os.path.join(cache, "v1", name).rstrip("/")
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
            make(path)
            if os.path.isfile(path) or (os.path.isdir(path) and not os.path.islink(path)):
                os.chmod(path, 0o700)
            lab.check(f"another kind of {name or 'folder'}", lab.run(cache))


@fault
def swapped_entries(lab):
    """Slots that lead to somebody else's entry, and entries that lie where others should: with checksums that hold."""
    for number in range(lab.times(8)):
        cache = lab.filled_cache()
        slots = formats.slots(cache)
        lab.random.shuffle(slots)
        for (at, one), (to, other) in zip(slots[::2], slots[1::2]):
            formats.write_slot(cache, at, (one[0], *other[1:]))
            formats.write_slot(cache, to, (other[0], *one[1:]))
        lab.check(f"slots, trial {number}", lab.run(cache), says=lambda run: run["store_misses"] > 10 and run["units_compiled"] > 10)
    for number in range(lab.times(8)):
        cache = lab.filled_cache("files")
        files = formats.data_files(cache)
        lab.random.shuffle(files)
        for one, other in zip(files[::2], files[1::2]):
            first, second = formats.read(one), formats.read(other)
            formats.write(one, second)
            formats.write(other, first)
        lab.check(f"files, trial {number}", lab.run(cache, CACHE_STORE="files"), says=lambda run: run["store_errors"] > 10)


@fault
def another_schema(lab):
    cache = lab.filled_cache()
    os.rename(f"{cache}/v1", f"{cache}/v2")
    lab.check("another folder", lab.run(cache), says=lambda run: run["store_errors"] == 0 < run["units_compiled"])
    if not os.path.exists(f"{cache}/v2/index"):
        lab.fail("the folder of another version was touched")
    for schema in (0, 2, 65535):
        cache = lab.filled_cache()
        for path in formats.data_files(cache):
            data = bytearray(formats.read(path))
            for at, entry in list(formats.entries_in(data, formats.ALIGNMENT)):
                entry.schema = schema
                entry.value, encoded = bytes(entry.value), entry.encode()
                data[at:at + len(encoded)] = encoded
            formats.write(path, data)
        lab.check(f"entries of schema {schema}", lab.run(cache), says=lambda run: run["store_errors"] > 10)


def sizes(cache):
    total = 0
    for path in formats.data_files(cache):
        try:
            total += os.stat(path).st_size
        except OSError:
            pass
    return total


def kill_while_it_writes(lab, process, cache):
    """At a random moment after the files have grown, a random number of times."""
    end = time.monotonic() + HANG
    for _ in range(lab.random.randrange(1, 6)):
        before = sizes(cache)
        while sizes(cache) == before and process.poll() is None and time.monotonic() < end:
            pass
    time.sleep(lab.random.random() * 0.0005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@fault
def killed_while_writing(lab):
    """Programs, and imports again and again into a cache that is too small for them."""
    bundle = os.path.join(lab.folder(), "bundle")
    if lab.cache_command(lab.filled_cache(), "export", bundle).returncode != 0:
        return lab.fail("nothing could be exported")
    for number in range(lab.times(40)):
        store = STORES[number // 2 % len(STORES)]
        cache = os.path.join(lab.folder(), "cache")
        how = {"CACHE_STORE": store}
        if number % 4 == 0:
            command = [lab.lig, os.path.join(os.path.dirname(__file__), "program.jl")]
        else:
            command = ["sh", "-c", 'while "$0" cache import "$1"; do "$0" cache prune --to 100K; done', lab.lig, bundle]
        process = subprocess.Popen(command, env=lab.environment(cache, **how), stdout=subprocess.DEVNULL, start_new_session=True)
        kill_while_it_writes(lab, process, cache)
        lab.check(f"{store}, trial {number}", lab.run(cache, **how), says=lambda run: run["store_errors"] == 0)
        if number % 8 == 0:
            lab.check_healed(f"{store}, trial {number}", cache, **how)
        shutil.rmtree(os.path.dirname(cache))


@fault
def eight_processes_at_once(lab):
    for number in range(lab.times(2)):
        store = STORES[number % len(STORES)]
        cache = os.path.join(lab.folder(), "cache")
        processes = [lab.start(cache, CACHE_STORE=store) for _ in range(8)]
        for process in processes:
            lab.check(f"{store}, on an empty cache", lab.wait(process), says=lambda run: run["store_errors"] == 0)
        lab.check_healed(f"{store}, after eight", cache, CACHE_STORE=store)
