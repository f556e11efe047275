# SPDX-License-Identifier: MIT
"""change_entries.py ROOT remove SPACE...    removes all entries of these namespaces
change_entries.py ROOT rebuild            notes of units say that another build of lig wrote them

from the cache that $LIGATURE_CACHE_DIR names, of one file per entry. ROOT is the top of the repository."""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(sys.argv[1], "tools", "cache_faults"))
import entries  # noqa: E402

kept = {path: entries.entry_at(entries.read(path), 0) for path in entries.data_files(os.environ["LIGATURE_CACHE_DIR"])}


def windows(value):
    return {value[at:at + 32] for at in range(len(value) - 31)}


if sys.argv[2] == "remove":
    removed = [path for path, entry in kept.items() if entry.space in sys.argv[3:]]
    assert removed
    for path in removed:
        os.remove(path)
else:
    notes = {path: entry for path, entry in kept.items() if entry.space == ".history"}
    (build,) = set.intersection(*(windows(entry.value) for entry in notes.values()))  # 32 bytes that all have in common
    for path, entry in notes.items():
        entry.value = entry.value.replace(build, bytes(32))
        entries.write(path, entry.encode())
