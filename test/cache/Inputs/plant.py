# SPDX-License-Identifier: MIT
"""plant.py LIBRARY SPACE KEY...: puts other bytes, whole and sealed, under these keys into the cache that the environment names.

What is kept there gets another last byte but three: of a unit's or an object's code or tables, never of its head."""
import ctypes
import sys


class Key(ctypes.Structure):
    _fields_ = [("bytes", ctypes.c_uint8 * 32)]


class Found(ctypes.Structure):
    _fields_ = [("bytes", ctypes.c_void_p), ("size", ctypes.c_size_t), ("holder", ctypes.c_void_p)]


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
    planted[-4] ^= 0x55
    library.ligature_cache_put(cache, space, ctypes.byref(key), bytes(planted), ctypes.c_size_t(len(planted)), ctypes.c_uint64(1000))
library.ligature_cache_finish(cache, 5000)
