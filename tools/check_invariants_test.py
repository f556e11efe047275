# SPDX-License-Identifier: MIT
"""Tests of tools/check_invariants on small trees."""
import os
import tempfile
import unittest
from importlib.machinery import SourceFileLoader

HERE = os.path.dirname(os.path.abspath(__file__))
checker = SourceFileLoader("check_invariants", os.path.join(HERE, "check_invariants")).load_module()

HEAD = "| # | Invariant | Tests |\n|---|---|---|\n"
TESTS = "TEST(Claim, HasOneOwner) {\n}\nTEST(Pool,\n     LinksAll) {}\n"
STRESS = 'add_stress_test(ligature-session\n  "Claim.*:Pool.Links*")\n'


def problems(document, stress=STRESS):
    files = {"docs/invariants.md": HEAD + document, "cmake/StressTests.cmake": stress,
             "ligature/src/session/session_test.cpp": TESTS, "test/link/foreign.jl": ""}
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(text)
        return checker.check(root)


class CheckInvariants(unittest.TestCase):
    def test_accepts_what_exists(self):
        self.assertEqual([], problems("| 1 | One owner | `Claim.HasOneOwner` `Pool.LinksAll` |\n"
                                      "| 2 | Foreign | `test/link/foreign.jl` |\n"))

    def test_finds_tests_and_files_that_do_not_exist(self):
        self.assertEqual(["docs/invariants.md:3: there is no test Claim.HasTwoOwners",
                          "docs/invariants.md:3: there is no test test/link/gone.jl"],
                         problems("| 1 | One owner | `Claim.HasTwoOwners` `test/link/gone.jl` |\n"))

    def test_wants_a_test_in_each_row_and_every_number(self):
        self.assertEqual(["docs/invariants.md:4: 'Nothing' names no test",
                          "docs/invariants.md:1: invariants are numbered 1, 3"],
                         problems("| 1 | One owner | `Claim.HasOneOwner` |\n| 3 | Nothing | later |\n"))

    def test_finds_stress_patterns_that_match_nothing(self):
        self.assertEqual(["cmake/StressTests.cmake: no test matches Waiting.*"],
                         problems("| 1 | One owner | `Claim.HasOneOwner` |\n",
                                  'add_stress_test(x "Claim.*:Waiting.*")\n'))


if __name__ == "__main__":
    unittest.main()
