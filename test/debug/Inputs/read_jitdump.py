# SPDX-License-Identifier: MIT
"""Reads a jitdump file as the kernel's jitdump-specification.txt describes it, down to the last byte.

`read_jitdump.py FILE PID` prints `NAME BYTES FILE:LINE FILE:LINE...` for each function loaded, without what is
the library's; anything that is not as the specification has it ends it with a message and status 1.
"""
import struct
import sys

LOAD, LINES, CLOSE = 0, 2, 3


def need(condition, what):
    if not condition:
        sys.exit(f"jitdump: {what}")


def text(data, at):
    end = data.index(b"\0", at)
    return data[at:end].decode(), end + 1


def read_lines(body):
    address, count = struct.unpack_from("<QQ", body)
    at, rows = 16, []
    for _ in range(count):
        row_address, line, _ = struct.unpack_from("<QII", body, at)
        file, at = text(body, at + 16)
        need(line > 0 and file, "a row without file or line")
        need(row_address >= address and (not rows or row_address >= rows[-1][0]), "rows out of order")
        rows.append((row_address, f"{file.rsplit('/', 1)[-1]}:{line}"))
    need(at == len(body), "a record of lines with bytes left over")
    return address, rows


def read_load(body, pid, index, lines):
    record_pid, tid, vma, address, size, number = struct.unpack_from("<IIQQQQ", body)
    need(record_pid == pid and tid != 0, "a load of another process")
    need(vma == address and address != 0, "two addresses of one function")
    need(number == index, "indices that do not count up")
    name, at = text(body, 40)
    code = body[at:]
    need(len(code) == size, f"{name}: {size} bytes said, {len(code)} there")
    need(code[:4] == b"\x55\x48\x89\xe5", f"{name}: no prologue")
    need(all(address <= row < address + size for row, _ in lines), f"{name}: a line outside of it")
    return name, size


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    pid = int(sys.argv[2])
    magic, version, size, machine, padding, header_pid, _, flags = struct.unpack_from("<IIIIIIQQ", data)
    need(magic == 0x4A695444 and version == 1 and size == 40, "not a header of version 1")
    need(machine == 62 and padding == 0 and header_pid == pid and flags == 0, "header of another process or machine")
    at, index, time, lines = size, 0, 0, (0, [])
    while at < len(data):
        kind, total, stamp = struct.unpack_from("<IIQ", data, at)
        need(at + total <= len(data), "a record that ends after the file")
        need(stamp >= time, "times that go back")
        time, body = stamp, data[at + 16:at + total]
        if kind == LINES:
            lines = read_lines(body)
        elif kind == LOAD:
            rows = lines[1] if lines[0] == struct.unpack_from("<Q", body, 8)[0] else []
            name, bytes_ = read_load(body, pid, index, rows)
            shown = list(dict.fromkeys(place for _, place in rows))
            print(name, bytes_, *shown)
            index += 1
        else:
            need(kind == CLOSE and total == 16 and at + total == len(data), f"a record of kind {kind}")
        at += total
    need(index > 0, "no function")


main()
