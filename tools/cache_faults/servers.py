# SPDX-License-Identifier: MIT
"""Servers of the remote tier that are down, slow, broken or lie."""
import contextlib
import os
import signal
import socket
import struct
import subprocess
import threading
import time

import entries as formats
from lab import Skipped, fault

SECRET = "a secret of the tests'"


class Server:
    """A server on a socket of its own that answers each command with what `answer` gives: bytes, in pieces if it is a list, None to
    hang up. `answer` is given the command's words."""

    def __init__(self, lab, answer):
        self.path = os.path.join(lab.folder(), "redis")
        self.answer, self.asked, self.over = answer, 0, threading.Event()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path)
        self.listener.listen(16)
        self.thread = threading.Thread(target=self.accept, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over.set()
        self.listener.close()

    def accept(self):
        while not self.over.is_set():
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=[client], daemon=True).start()

    def serve(self, client):
        with contextlib.suppress(OSError, ValueError), client, client.makefile("rb") as commands:
            while line := commands.readline():
                words = []
                for _ in range(int(line[1:])):
                    length = int(commands.readline()[1:])
                    words.append(commands.read(length + 2)[:-2])
                self.asked += 1
                answer = self.answer(words)
                if answer is None:
                    return
                for piece in answer if isinstance(answer, list) else [answer]:
                    if self.over.is_set():
                        return
                    client.sendall(piece)
                    if isinstance(answer, list):
                        time.sleep(0.005)


def bulk(value):
    return b"$-1\r\n" if value is None else b"$%d\r\n%s\r\n" % (len(value), value)


def answers(values, to_others=b"+OK\r\n"):
    """A server that holds `values`."""
    return lambda words: bulk(values.get(words[1])) if words[0] == b"GET" else to_others


def with_remote(lab, path, secret=SECRET, cache=None, **more):
    cache = cache or os.path.join(lab.folder(), "cache")
    return lab.run(cache, CACHE_REMOTE=f"unix://{path}", CACHE_SECRET=secret, **more)


def sealed_values(lab, secret):
    entries = formats.all_entries(lab.filled_cache())
    return entries, {formats.remote_key(entry): formats.sealed(entry, secret) for entry in entries}


def accepts(path):
    """Does a server listen there? Its socket is there before it does."""
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(path) == 0


@contextlib.contextmanager
def redis(lab):
    folder = lab.folder()
    path = os.path.join(folder, "redis")
    command = ["redis-server", "--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no", "--dir", folder]
    try:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    except FileNotFoundError:
        raise Skipped("there is no redis-server")
    try:
        while not accepts(path) and process.poll() is None:
            time.sleep(0.01)
        yield path, process
    finally:
        process.kill()
        process.wait()


def compiled_all(run):
    return run["units_compiled"] > 10 and run["store_remote_hits"] == 0


def ask(path, *words):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(path)
        client.sendall(b"*%d\r\n" % len(words) + b"".join(bulk(word) for word in words))
        return client.recv(1 << 16)


@fault
def a_server_that_works(lab):
    """So that the others show something: what one user made, another finds; and our own seals are those that it takes."""
    in_time = {"CACHE_REMOTE_BUDGET": "20000"}  # however busy the machine is
    with redis(lab) as (path, _):
        first, second = with_remote(lab, path, **in_time), with_remote(lab, path, **in_time)
        lab.check("the first user", first, says=lambda run: run["store_remote_writes"] > 10)
        lab.check("the second user", second, says=lambda run: run["units_compiled"] == 0 < run["store_remote_hits"])
    with Server(lab, answers(sealed_values(lab, SECRET)[1])) as server:
        lab.check("sealed by the test", with_remote(lab, server.path, **in_time), says=lambda run: run["store_remote_hits"] > 0)


@fault
def servers_that_are_down(lab):
    for path in ("/nowhere/at/all", os.path.join(lab.folder(), "nothing"), __file__):
        lab.check(path, with_remote(lab, path), says=lambda run: compiled_all(run) and run["store_errors"] > 0)
    for address in ("redis://127.0.0.1:1", "redis://no.such.host.invalid", "redis://192.0.2.1"):  # nobody; no name; no way there
        cache = os.path.join(lab.folder(), "cache")
        run = lab.run(cache, CACHE_REMOTE=address, CACHE_SECRET=SECRET)
        lab.check(address, run, says=lambda run: compiled_all(run) and run["store_errors"] > 0)
    for number in range(lab.times(4)):  # gone in the middle
        with redis(lab) as (path, process):
            with_remote(lab, path)
            begin = time.monotonic()
            second = lab.start(os.path.join(lab.folder(), "cache"), CACHE_REMOTE=f"unix://{path}", CACHE_SECRET=SECRET)
            time.sleep(lab.random.random() * 0.3)
            process.kill()
            lab.check(f"killed, trial {number}", lab.wait(second, begin))


@fault
def servers_that_are_slow(lab):
    plain = lab.run(os.path.join(lab.folder(), "cache"))
    with redis(lab) as (path, process):
        with_remote(lab, path)
        process.send_signal(signal.SIGSTOP)
        slow = [("stopped", with_remote(lab, path))]
    _, values = sealed_values(lab, SECRET)
    answer = answers(values)
    with Server(lab, lambda words: [answer(words)[i:i + 1] for i in range(len(answer(words)))]) as server:
        slow.append(("a byte every 5 ms", with_remote(lab, server.path)))
    with Server(lab, lambda words: time.sleep(HALF) or answer(words)) as server:
        slow.append(("half a second for each answer", with_remote(lab, server.path)))
    for what, run in slow:
        lab.check(what, run, says=lambda run: run["units_compiled"] > 10 and run["store_errors"] > 0)
        if run.seconds > 4 * plain.seconds + 5:
            lab.fail(f"{what}: {run.seconds:.1f} s, {plain.seconds:.1f} s without a server", run)


HALF = 0.5


@fault
def servers_that_lie(lab):
    """Nothing that was not sealed with our secret for its place is used."""
    entries, values = sealed_values(lab, SECRET)
    keys = list(values)
    _, others = sealed_values(lab, "another secret")
    flipped = {}
    for key, value in values.items():
        value = bytearray(value)
        value[lab.random.randrange(len(value))] ^= 1 << lab.random.randrange(8)
        flipped[key] = bytes(value)
    lies = {
        "another secret's": others,
        "no secret's": sealed_values(lab, "")[1],
        "for another key": {key: values[other] for key, other in zip(keys, keys[1:] + keys[:1])},
        "with a bit flipped": flipped,
        "cut off": {key: value[:lab.random.randrange(len(value))] for key, value in values.items()},
        "lengthened": {key: value + b"more" for key, value in values.items()},
        "empty": dict.fromkeys(keys, b""),
        "over 8 MB": {key: formats.sealed(formats.Entry(e.space, e.key, bytes(9 << 20)), SECRET) for key, e in zip(keys[:1], entries)}
                     | {key: bytes(9 << 20) for key in keys[1:]},
        "of another schema": {key: value[:4] + struct.pack("<H", 2) + value[6:] for key, value in values.items()},
    }
    for what, held in lies.items():
        with Server(lab, answers(held)) as server:
            lab.check(what, with_remote(lab, server.path), says=lambda run: compiled_all(run) and run["store_errors"] > 0)


@fault
def servers_that_are_none(lab):
    """Answers that break the protocol."""
    replies = {"a length of 2^63": b"$9223372036854775807\r\nabc", "a length below zero": b"$-7\r\n", "a gigabyte to come": b"$1073741824\r\n" + bytes(100000),
               "deep arrays": b"*1\r\n" * 100000, "endless": b"+" + b"x" * 10_000_000, "nothing of the kind": b"HTTP/1.1 400 Bad Request\r\n\r\n",
               "nothing at all": b"", "hangs up": None, "half a value": b"$1000\r\nhalf", "errors": b"-ERR \x1b[31mno\r\n", "numbers": b":12\r\n",
               "too many answers": b"$1\r\nx\r\n" * 50, "bytes of chance": lab.random.randbytes(5000)}
    for what, reply in replies.items():
        with Server(lab, lambda words, reply=reply: reply) as server:
            lab.check(what, with_remote(lab, server.path), says=lambda run: compiled_all(run) and run["store_errors"] > 0)
