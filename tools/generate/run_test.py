#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the generator and its driver, with stand-ins for lig that are wrong in known ways."""
import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import program as programs  # noqa: E402

# Prints each module's header; a compiled run also does `compiled` (awk) with each line.
FAKE = """#!/bin/sh
for file; do :; done
awk -v compiled=$(expr "$*" : ".*--compile=all" '>' 0) '
  /^module P/ { number = substr($2, 2); print "== " number; fflush() }
  compiled { COMPILED }' "$file"
"""


class Driver(unittest.TestCase):
    def run_driver(self, compiled, *arguments):
        with tempfile.TemporaryDirectory() as folder:
            lig = os.path.join(folder, "lig")
            with open(lig, "w") as file:
                file.write(FAKE.replace("COMPILED", compiled))
            os.chmod(lig, 0o755)
            done = subprocess.run([os.path.join(HERE, "run"), "--lig", lig, "--out", os.path.join(folder, "out"), "-j1", *arguments],
                                  capture_output=True, text=True)
            self.assertEqual(done.stderr, "")
            found = {}
            for path in re.findall(r"differs: (\S+)", done.stdout):
                with open(path, encoding="utf-8") as file:
                    found[int(os.path.basename(path)[:-3])] = file.read()
            return done, found

    def test_equal_runs_pass(self):
        done, found = self.run_driver("", "--count", "30")
        self.assertEqual((done.returncode, found), (0, {}))
        self.assertIn("programs: 30, differing: 0", done.stdout)

    def test_difference_is_found_and_shrunk(self):
        done, found = self.run_driver('if (/gcd\\(/) print "gcd"', "--count", "12")
        self.assertEqual(done.returncode, 1)
        numbers = [n for n in range(12) if "gcd(" in programs.module_text(n, programs.make(1, n))]
        self.assertEqual(sorted(found), numbers)
        for text in found.values():
            module = text[text.index("\nmodule P"):text.index("\n#=")]
            self.assertIn("gcd(", module)
            self.assertLess(len(module.splitlines()), 12, module)
            self.assertIn("#= --compile=all -O0\ngcd\n", text)

    def test_death_is_a_difference_of_one_program(self):
        done, found = self.run_driver('if (number == 7) exit 139', "--count", "20", "--no-shrink")
        self.assertEqual((done.returncode, list(found)), (1, [7]))
        self.assertIn("*** exit status 139", found[7])


class Programs(unittest.TestCase):
    def test_seed_decides(self):
        text = lambda seed, n: programs.module_text(n, programs.make(seed, n))
        self.assertEqual(text(5, 3), text(5, 3))
        self.assertNotEqual(text(5, 3), text(6, 3))
        self.assertNotEqual(text(5, 3), text(5, 4).replace("P4", "P3"))

    def test_programs_use_the_language(self):
        text = "".join(programs.module_text(n, programs.make(1, n)) for n in range(150))
        for feature in ("struct ", "mutable struct ", "abstract type ", "try", "finally", "while ", "break", "continue", " do x", "->", " for x",
                        "...", "; k", "where {", "Dict{", "Set{", "Matrix{", "nothing", "Any", "catch e", "throw(", "sort(", "findfirst(",
                        ".+", "global ", "let ", "Int128", "UInt8", "Float16", "Float32"):
            self.assertIn(feature, text)


if __name__ == "__main__":
    unittest.main()
