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

# Prints each module's header; every run also does `always` (awk) with each line, a compiled one `compiled`.
FAKE = """#!/bin/sh
for file; do :; done
awk -v compiled=$(expr "$*" : ".*--compile=all" '>' 0) 'BEGIN_
  /^module P/ { number = substr($2, 2); print "== " number; fflush(); lines = 0 }
  { lines++; ALWAYS }
  compiled { COMPILED }' "$file"
"""
# Refuses, in every way of running, a module of fewer than 9 lines.
REFUSE_SMALL = 'if (/^end$/ && number != "" && lines < 9) { print "ERROR: syntax: too small for P" number; exit 1 }'


def module_in(text):
    """The program in a file of the driver, without the prelude and the outputs."""
    return text[text.index("\nmodule P") + 1:text.index("\n#=")]


class Driver(unittest.TestCase):
    def run_driver(self, compiled, *arguments, always="", begin=""):
        with tempfile.TemporaryDirectory() as folder:
            lig = os.path.join(folder, "lig")
            with open(lig, "w") as file:
                file.write(FAKE.replace("COMPILED", compiled).replace("ALWAYS", always).replace("BEGIN_", begin))
            os.chmod(lig, 0o755)
            done = subprocess.run([os.path.join(HERE, "run"), "--lig", lig, "--out", os.path.join(folder, "out"), "-j1", *arguments],
                                  capture_output=True, text=True)
            self.assertEqual(done.stderr, "")
            found = {}
            for path in re.findall(r"^wrong: (\S+)$", done.stdout, re.MULTILINE):
                with open(path, encoding="utf-8") as file:
                    found[int(os.path.basename(path)[:-3])] = file.read()
            return done, found

    def test_equal_runs_pass(self):
        done, found = self.run_driver("", "--count", "30", "--options=-O0")
        self.assertEqual((done.returncode, found), (0, {}))
        self.assertIn("programs: 30, wrong: 0", done.stdout)

    def test_difference_is_found_and_shrunk(self):
        done, found = self.run_driver('if (/gcd\\(/) print "gcd"', "--count", "12")
        self.assertEqual(done.returncode, 1)
        numbers = [n for n in range(12) if "gcd(" in programs.module_text(n, programs.make(1, n))]
        self.assertEqual(sorted(found), numbers)
        for text in found.values():
            module = module_in(text)
            self.assertIn("gcd(", module)
            self.assertLess(len(module.splitlines()), 12, module)
            self.assertIn("#= --compile=all -O0\ngcd\n", text)

    def test_shrinking_keeps_the_difference(self):
        done, found = self.run_driver('if (/gcd\\(/) print "gcd"', "--count", "12", always=REFUSE_SMALL)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(found)
        for text in found.values():
            self.assertGreaterEqual(len(module_in(text).splitlines()), 9, text)
            self.assertIn("#= --compile=all -O0\ngcd\n", text)
            self.assertNotIn("too small", text)

    def test_shrinking_keeps_the_death(self):
        # A death in every way is no difference; taking `gcd` away leaves a program that is refused: another kind.
        done, found = self.run_driver("", "--count", "12", always='if (/gcd\\(/) exit 139;' + REFUSE_SMALL)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(found)
        for text in found.values():
            self.assertIn("gcd(", module_in(text))
            self.assertLess(len(module_in(text).splitlines()), 12, text)
            self.assertEqual(text.count("*** exit status 139"), 2, text)

    def test_a_refused_program_is_found_and_stays_refused_alike(self):
        refuse = 'if (/gcd\\(/) { print "ERROR: gcd in P" number; exit 1 }'
        done, found = self.run_driver("", "--count", "12", always=refuse + REFUSE_SMALL)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(found)
        for number, text in found.items():
            self.assertEqual(text.count(f"ERROR: gcd in P{number}"), 2, text)

    def test_a_file_that_does_not_parse_blames_one_program(self):
        # Nothing of the file runs, so no header is printed.
        refuse = 'BEGIN { while ((getline line < ARGV[1]) > 0) if (line == "module P7") { print "ERROR: ParseError:"; exit 1 } }\n'
        done, found = self.run_driver("", "--count", "20", "--no-shrink", begin=refuse)
        self.assertEqual((done.returncode, list(found)), (1, [7]))
        self.assertEqual(found[7].count("ERROR: ParseError:\n\n*** exit status 1"), 2, found[7])

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
