# SPDX-License-Identifier: MIT
"""Tests of tools/count_tests on results written by hand."""
import os
import tempfile
import unittest
from importlib.machinery import SourceFileLoader

HERE = os.path.dirname(os.path.abspath(__file__))
counter = SourceFileLoader("count_tests", os.path.join(HERE, "count_tests")).load_module()

RUN = '<testcase name="{}" status="run"/>'
FAIL = '<testcase name="{}" status="fail"><failure message="Failed"/></testcase>'


def count(files):
    with tempfile.TemporaryDirectory() as results:
        for name, text in files.items():
            with open(os.path.join(results, name), "w") as file:
                file.write(text)
        return counter.count(results)


def suite(*cases):
    return "<testsuite>" + "".join(cases) + "</testsuite>"


class CountTests(unittest.TestCase):
    def test_counts_single_cases_where_there_are_any(self):
        self.assertEqual((4, 2), count({
            "ctest.xml": suite(RUN.format("jl-syntax"), FAIL.format("lit"), RUN.format("check_style")),
            "jl-syntax-test.xml": suite('<testcase name="a" status="run"/>', '<testcase name="b" status="run"/>',
                                        '<testcase name="off" status="notrun"/>'),
            "lit.xml": suite('<testcase name="x"/>', '<testcase name="y"><failure/></testcase>',
                             '<testcase name="z"><failure/></testcase>', '<testcase name="u"><skipped/></testcase>'),
        }))

    def test_a_crash_is_a_failure(self):
        self.assertEqual((0, 1), count({"ctest.xml": suite(FAIL.format("jl-syntax"))}))
        self.assertEqual((1, 1), count({"ctest.xml": suite(FAIL.format("jl-syntax")),
                                        "jl-syntax-test.xml": suite('<testcase name="a" status="run"/>')}))
        self.assertEqual((0, 1), count({"ctest.xml": suite(FAIL.format("jl-syntax")),
                                        "jl-syntax-test.xml": "<testsuite><testca"}))

    def test_a_test_that_did_not_run_is_a_failure(self):
        self.assertEqual((0, 1), count({"ctest.xml": suite('<testcase name="a" status="notrun"/>')}))


if __name__ == "__main__":
    unittest.main()
