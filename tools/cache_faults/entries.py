# SPDX-License-Identifier: MIT
"""The object cache's formats (ligature/src/cache: entry.h, pack_index.h, bundle.h, seal.h), read and written by another hand: to
damage entries in chosen ways with checksums that hold, and to plant some."""
import ctypes
import glob
import hashlib
import os
import struct

HEADER = struct.Struct("<4sHBB32s32sIIIIQQQ")
SLOT = struct.Struct("<QIIIIII")
HEADER_BYTES, ALIGNMENT = 112, 16

xxhash = ctypes.CDLL("libxxhash.so.0")
xxhash.XXH3_64bits.restype = ctypes.c_uint64
xxhash.XXH3_64bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]


def xxh3(data):
    return xxhash.XXH3_64bits(bytes(data), len(data))


class Entry:
    def __init__(self, space, key, value, cost=1000, schema=1, written=0):
        self.space, self.key, self.value, self.cost, self.schema, self.written = space, key, value, cost, schema, written

    @property
    def place(self):
        return self.space, self.key

    def encode(self):
        space = self.space.encode()
        head = HEADER.pack(b"LIGC", self.schema, len(space), 0, space, self.key, len(self.value), self.cost, self.written, 0,
                           xxh3(self.value), 0, 0)
        return head[:-8] + struct.pack("<Q", xxh3(head[:-8])) + self.value


def entry_at(data, at):
    """The whole entry that begins there, or None."""
    if len(data) < at + HEADER_BYTES or data[at:at + 4] != b"LIGC":
        return None
    _, schema, length, _, space, key, size, cost, written, _, check, _, head = HEADER.unpack_from(data, at)
    value = data[at + HEADER_BYTES:at + HEADER_BYTES + size]
    if head != xxh3(data[at:at + 104]) or len(value) != size or check != xxh3(value):
        return None
    return Entry(space[:length].decode(), key, value, cost, schema, written)


def entries_in(data, alignment):
    at = 0
    while at + HEADER_BYTES <= len(data):
        entry = entry_at(data, at)
        if entry:
            yield at, entry
        at += -(-(HEADER_BYTES + len(entry.value)) // alignment) * alignment if entry else alignment


def data_files(cache):
    """The files that entries lie in, of whichever store."""
    return sorted(glob.glob(f"{cache}/v1/data-*") + glob.glob(f"{cache}/v1/files/??/*"))


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def all_entries(cache):
    return [entry for path in data_files(cache) for _, entry in entries_in(read(path), ALIGNMENT)]


# --- The pack's index

def slots(cache):
    """[position in the file, fields without the checksum] of each slot that is used."""
    data = read(f"{cache}/v1/index")
    found = []
    for at in range(0, len(data), SLOT.size):
        fields = SLOT.unpack_from(data, at)
        if any(fields):
            found.append((at, fields[:-1]))
    return found


def write_slot(cache, at, fields):
    body = SLOT.pack(*fields, 0)[:-4]
    with open(f"{cache}/v1/index", "r+b") as file:
        file.seek(at)
        file.write(body + struct.pack("<I", xxh3(body) & 0xffffffff))


# --- Seals

def seal(secret, purpose, *parts):
    key = hashlib.blake2b(secret.encode(), digest_size=64, key=b"ligature cache key").digest() if secret else b""
    sealer = hashlib.blake2b(digest_size=32, key=key)
    sealer.update(struct.pack("<Q", len(purpose)) + purpose)
    for part in parts:
        sealer.update(part)
    return sealer.digest()


def bundle(entries, secret=""):
    body = b"LIGBNDL1" + struct.pack("<II", bool(secret), 0) + b"".join(entry.encode() for entry in entries)
    body += b"LIGBEND1" + struct.pack("<Q", len(entries))
    return body + seal(secret, b"ligature cache: bundle", body)


def read_bundle(data):
    return [entry for _, entry in entries_in(data[16:-48], 1)]


def remote_key(entry):
    return f"ligature:1:{entry.space}:{entry.key.hex()}".encode()


def sealed(entry, secret):
    """The entry's value as it lies on a server."""
    space = entry.space.encode()
    head = struct.pack("<4sHHII", b"LIGR", entry.schema, 0, entry.cost, len(entry.value))
    place = space.ljust(32, b"\0") + bytes([len(space)]) + entry.key
    return head + seal(secret, b"ligature cache: remote value", place, head, entry.value) + entry.value
