# SPDX-License-Identifier: MIT
"""Entries planted by somebody else, which would print something else if they were executed."""
import os
import shutil

import entries as formats
from lab import fault
from servers import SECRET, Server, answers, compiled_all, redis, with_remote, ask

GOOD = """@noinline function answer(n)
    s = 0
    for i in 1:n
        s += 2
    end
    return s
end
println(answer(21))
"""
EVIL = GOOD.replace("s += 2", "s += 31")
GOOD_SAYS, EVIL_SAYS = "42\n", "651\n"


def entries_of(lab, text):
    program = os.path.join(lab.folder(), "program.jl")
    formats.write(program, text.encode())
    cache = os.path.join(lab.folder(), "cache")
    run = lab.run(cache, program=program)
    assert run.status == 0, run.err
    return program, {entry.place: entry for entry in formats.all_entries(cache)}, run.out


class Plant:
    """The good program, and what a cache holds in which its function is the evil one."""

    def __init__(self, lab):
        self.program, good, self.good_says = entries_of(lab, GOOD)
        _, evil, evil_says = entries_of(lab, EVIL)
        assert (self.good_says, evil_says) == (GOOD_SAYS, EVIL_SAYS)
        self.entries = []
        for space in ("unit", "object"):
            ours = [entry for place, entry in good.items() if place not in evil and entry.space == space]
            theirs = [entry for place, entry in evil.items() if place not in good and entry.space == space]
            assert len(ours) == len(theirs) == 1, (space, len(ours), len(theirs))
            self.entries.append(formats.Entry(space, ours[0].key, theirs[0].value, ours[0].cost))
        self.bundle = os.path.join(lab.folder(), "bundle")
        formats.write(self.bundle, formats.bundle(self.entries))

    def cache(self, lab, store="pack"):
        cache = os.path.join(lab.folder(), "cache")
        done = lab.cache_command(cache, "import", self.bundle, CACHE_STORE=store)
        assert "2 entries imported" in done.stdout, done.stderr
        return cache

    def remote_values(self, secret):
        return {formats.remote_key(entry): formats.sealed(entry, secret) for entry in self.entries}


def executed(lab, what, make_run):
    """Where an entry is one's own, it is executed: else the rest of this file would show nothing."""
    for _ in range(5):  # on a busy machine a server may answer too late
        run = make_run()
        if run.out == EVIL_SAYS:
            return
    lab.fail(f"{what}: the test's own entries are not used, so it shows nothing", run)


def refused(lab, what, run):
    lab.check(what, run, expected=GOOD_SAYS, says=lambda run: run["store_errors"] > 0 and run["flat_binds"] == run["cache_hits"] == 0)


@fault
def planted_in_the_folder(lab):
    plant = Plant(lab)
    for store in ("pack", "files"):
        executed(lab, store, lambda: lab.run(plant.cache(lab, store), program=plant.program, CACHE_STORE=store))
        changes = [("mode", lambda path, mode=mode: os.chmod(path, mode)) for mode in (0o777, 0o770, 0o707)]
        if os.geteuid() == 0:
            changes.append(("owner", lambda path: os.chown(path, 12345, 12345)))
        for what, change in changes:
            for inside in ("", "v1"):
                cache = plant.cache(lab, store)
                change(os.path.join(cache, inside))
                refused(lab, f"{store}, {what} of /{inside}", lab.run(cache, program=plant.program, CACHE_STORE=store))
                own = os.path.join(lab.folder(), "cache")  # also where it is only looked into
                run = lab.run(f"{own}:{cache}", program=plant.program, CACHE_STORE=store)
                refused(lab, f"{store}, {what} of /{inside}, second folder", run)
    if os.geteuid() == 0:
        for folder in ("v1", "v1/files"):  # one's own folder, but what leads on is a link to somebody else's
            theirs, own = plant.cache(lab, "files"), os.path.join(lab.folder(), "cache")
            os.makedirs(os.path.dirname(f"{own}/{folder}"), mode=0o700)
            os.chmod(own, 0o700)
            os.chown(f"{theirs}/{folder}", 12345, 12345)
            os.symlink(f"{theirs}/{folder}", f"{own}/{folder}")
            refused(lab, f"a link to /{folder}", lab.run(own, program=plant.program, CACHE_STORE="files"))


@fault
def planted_on_the_server(lab):
    plant = Plant(lab)
    with Server(lab, answers(plant.remote_values(SECRET))) as server:
        executed(lab, "server", lambda: with_remote(lab, server.path, program=plant.program))
    for secret in ("", "guessed", SECRET.upper()):
        with Server(lab, answers(plant.remote_values(secret))) as server:
            refused(lab, f"sealed with {secret!r}", with_remote(lab, server.path, program=plant.program))
    with redis(lab) as (path, _):  # a good user fills it, a bad one changes what he can
        with_remote(lab, path, program=plant.program)
        for key, value in plant.remote_values("guessed").items():
            assert ask(path, b"SET", key, value).startswith(b"+OK")
        lab.check("put in the place of a good one", with_remote(lab, path, program=plant.program), expected=GOOD_SAYS,
                  says=lambda run: run["store_errors"] >= len(plant.entries))
    # What has a good seal, but for another place.
    good, evil = entries_of(lab, GOOD)[1], entries_of(lab, EVIL)[1]
    moved = {}
    for entry in plant.entries:
        real = next(e for place, e in evil.items() if e.value == entry.value and place not in good)
        moved[formats.remote_key(entry)] = formats.sealed(real, SECRET)
    with Server(lab, answers(moved)) as server:
        refused(lab, "sealed for another place", with_remote(lab, server.path, program=plant.program))


@fault
def planted_in_a_bundle(lab):
    plant = Plant(lab)
    for secret in ("", "guessed"):
        formats.write(plant.bundle, formats.bundle(plant.entries, secret))
        cache = os.path.join(lab.folder(), "cache")
        done = lab.cache_command(cache, "import", plant.bundle, CACHE_SECRET=SECRET)
        if done.returncode == 0:
            lab.fail(f"a bundle sealed with {secret!r} was taken")
        lab.check(f"sealed with {secret!r}", lab.run(cache, program=plant.program), expected=GOOD_SAYS,
                  says=lambda run: run["units_compiled"] > 0 and run["store_hits"] == 0)
    formats.write(plant.bundle, formats.bundle(plant.entries, SECRET))
    cache = os.path.join(lab.folder(), "cache")
    lab.cache_command(cache, "import", plant.bundle, CACHE_SECRET=SECRET)
    executed(lab, "bundle", lambda: lab.run(cache, program=plant.program))
    shutil.rmtree(cache)
