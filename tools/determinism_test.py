# SPDX-License-Identifier: MIT
"""Tests of tools/determinism against a made-up lig that emits lines of its program as "units"."""
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))

# Every line `SIGNATURE = TEXT` of the program is a unit. `now`, `order`, `threads`, `line`
# and `name` in TEXT stand for what must never get into one.
FAKE_LIG = """#!%s
import hashlib, os, sys, time
options = [a for a in sys.argv[1:] if a.startswith("-") or a == "4"]
program = sys.argv[-1]
folder = [o.split("=", 1)[1] for o in options if o.startswith("--emit-units=")][0]
index = []
for number, line in enumerate(open(program)):
    if " = " not in line:
        continue
    signature, text = line.strip().split(" = ")
    if signature == "exit":
        sys.exit(len(options) if text == "order" else int(text))
    text = text.replace("now", str(time.perf_counter_ns())).replace("line", str(number))
    text = text.replace("name", program).replace("order", str("--emit-order=reverse" in options))
    text = text.replace("threads", str("-t" in options))
    digest = hashlib.sha256(text.encode()).hexdigest()
    with open(os.path.join(folder, digest + ".bc"), "w") as file:
        file.write(text + ("!" if "damaged" in text else ""))
    index.append(digest + " " + signature)
if "--emit-order=reverse" in options:
    index.reverse()
with open(os.path.join(folder, "index"), "w") as file:
    file.write("".join(l + "\\n" for l in index))
""" % sys.executable


class Determinism(unittest.TestCase):
    def check(self, *programs):
        with tempfile.TemporaryDirectory() as folder:
            lig = os.path.join(folder, "lig")
            with open(lig, "w") as file:
                file.write(FAKE_LIG)
            os.chmod(lig, 0o755)
            os.mkdir(os.path.join(folder, "programs"))
            paths = []
            for number, text in enumerate(programs):
                paths.append(os.path.join(folder, "programs", f"{number}.jl"))
                with open(paths[-1], "w") as file:
                    file.write(text)
            done = subprocess.run([sys.executable, os.path.join(HERE, "determinism"), "--lig", lig, *paths],
                                  capture_output=True, text=True)
            self.assertEqual("", done.stderr)
            lines = done.stdout.splitlines()
            return done.returncode, lines[-1], lines[:-1]

    def test_equal_units_pass_in_any_order(self):
        self.assertEqual((0, "units compared: 3, differing: 0", []),
                         self.check("f(Int64) = a\ng(Float64) = b\n", "f(Int64) = c\n"))

    def test_several_units_of_one_signature_are_a_set(self):
        self.assertEqual((0, "units compared: 2, differing: 0", []), self.check("f() = a\nf() = b\nf() = a\n"))

    def test_each_way_to_differ_is_found(self):
        for leak in ("now", "order", "threads", "line", "name"):
            status, last, said = self.check(f"f(Int64) = {leak}\ng(Int64) = a\n")
            self.assertEqual((1, "units compared: 2, differing: 1"), (status, last), leak)
            self.assertIn("f(Int64)", said[0])

    def test_a_program_may_say_that_line_numbers_are_its_data(self):
        text = "f() = line\n"
        self.assertEqual(1, self.check(text)[0])
        self.assertEqual(0, self.check("# determinism: line numbers are data, it prints them\n" + text)[0])
        self.assertEqual(1, self.check("# determinism: line numbers are data,\n" + text)[0])

    def test_nothing_compared_is_no_success(self):
        self.assertEqual((1, "units compared: 0, differing: 0"), self.check("# empty\n")[:2])

    def test_damaged_or_missing_files_are_failures(self):
        status, _, said = self.check("f() = damaged\n")
        self.assertEqual(1, status)
        self.assertIn("does not have the hash", said[0])
        self.assertIn("left no index", self.check("exit = 0\n", "f() = a\n")[2][0])

    def test_a_failing_program_is_skipped_only_by_its_word(self):
        self.assertEqual(1, self.check("exit = 0\n", "f() = a\n")[0])
        self.assertEqual((0, "units compared: 1, differing: 0", []),
                         self.check("# determinism: skip, waits for ever\nexit = 0\n", "f() = a\n"))


if __name__ == "__main__":
    unittest.main()
