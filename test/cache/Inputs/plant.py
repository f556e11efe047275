# SPDX-License-Identifier: MIT
"""plant.py LIBRARY SPACE KEY...: puts other bytes, whole and sealed, under these keys into the cache that the environment names.

What is kept there gets another last byte but three: of a unit's or an object's code or tables, never of its head. A tree of inference
(jl/content/record_tree.h) gets another key of the typed IR of what it begins with."""
import ctypes
import sys


class Key(ctypes.Structure):
    _fields_ = [("bytes", ctypes.c_uint8 * 32)]


class Found(ctypes.Structure):
    _fields_ = [("bytes", ctypes.c_void_p), ("size", ctypes.c_size_t), ("holder", ctypes.c_void_p)]


def key_of_typed_ir(tree):
    """Where it begins."""
    at = 4  # behind the magic

    def number():
        nonlocal at
        value = shift = 0
        while True:
            value |= (tree[at] & 0x7f) << shift
            shift, at = shift + 7, at + 1
            if tree[at - 1] < 0x80:
                return value

    for _ in range(number()):  # descriptions
        at += number()
    for _ in range(number()):  # lookups
        number()
        at += 64
    for _ in range(number()):  # globals
        number()
        at += number()
        at += 32
    for _ in range(5):  # how many members; instance, result, constant, effects of the first
        number()
    return at


library = ctypes.CDLL(sys.argv[1])
space = sys.argv[2].encode()
cache = ctypes.c_void_p()
library.ligature_cache_open.restype = ctypes.c_void_p
library.ligature_cache_get.restype = ctypes.c_bool
assert not library.ligature_cache_open(None, ctypes.byref(cache))
for key in sys.argv[3:]:
    key, found = Key((ctypes.c_uint8 * 32)(*bytes.fromhex(key))), Found()
    assert library.ligature_cache_get(cache, space, ctypes.byref(key), ctypes.byref(found))
    planted = bytearray(ctypes.string_at(found.bytes, found.size))
    library.ligature_cache_value_release(ctypes.byref(found))
    planted[key_of_typed_ir(planted) if space == b"infer-trees" else -4] ^= 0x55
    library.ligature_cache_put(cache, space, ctypes.byref(key), bytes(planted), ctypes.c_size_t(len(planted)), ctypes.c_uint64(1000))
library.ligature_cache_finish(cache, 5000)
