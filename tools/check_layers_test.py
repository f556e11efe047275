# SPDX-License-Identifier: MIT
"""Tests of tools/check_layers on small made-up trees."""
import os
import tempfile
import unittest
from importlib.machinery import SourceFileLoader

HERE = os.path.dirname(os.path.abspath(__file__))
layers = SourceFileLoader("check_layers", os.path.join(HERE, "check_layers")).load_module()

TABLE = """# Architecture

## Who may include whom

Prose with `code` in it.

| Folder | May include |
|---|---|
| `ligature/include` | `llvm` |
| `ligature/entries.h` | (not even LLVM) |
| `base` | - |
| `entries` | `base`, `ligature/include` |
| `link` | `base`, `llvm`, `llvm/ExecutionEngine/JITLink` |
| -- wall -- | |
| `jl/support` | - |
| `jl/runtime` | `jl/support`, `ligature/entries.h`, `gc` |
| `jl/infer` | `jl/runtime` |
| `jl/jit` | `jl`, `ligature/include`, `llvm` |

## Later

| `base` | `llvm` |
"""


def problems_of(files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in {"ARCHITECTURE.md": TABLE, **files}.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)) or root, exist_ok=True)
            with open(os.path.join(root, path), "w") as file:
                file.write(text)
        return layers.check(root)


class CheckLayers(unittest.TestCase):
    def test_allows_what_the_table_says(self):
        self.assertEqual([], problems_of({
            "jl/support/text.h": "#include <string>\n#include <unistd.h>\n",
            "jl/runtime/value.h": '#include "jl/support/text.h"\n#include <gc.h>\n#include "gc.h"\n',
            "jl/runtime/value.cpp": '#include "value.h"\n#include "ligature/entries.h"\n',
            "ligature/include/ligature/entries.h": "",
            "ligature/src/base/hash.h": "",
            "ligature/src/entries/table.cpp": '#include "base/hash.h"\n#include "ligature/entries.h"\n',
        }))

    def test_names_file_and_line_of_a_step_upwards(self):
        self.assertEqual(
            ["jl/support/text.h:2: `jl/support` may not include jl/runtime/value.h"],
            problems_of({"jl/runtime/value.h": "",
                         "jl/support/text.h": '\n#include "jl/runtime/value.h"\n'}))

    def test_sees_through_relative_paths(self):
        self.assertEqual(1, len(problems_of({"jl/runtime/value.h": "",
                                             "jl/support/text.h": '#include "../runtime/value.h"\n'})))

    def test_keeps_clients_out_of_the_library(self):
        self.assertEqual(1, len(problems_of({"ligature/src/base/hash.h": "",
                                             "jl/jit/jit.cpp": '#include "base/hash.h"\n'})))

    def test_one_header_of_the_interface_does_not_allow_the_others(self):
        self.assertEqual(1, len(problems_of({"ligature/include/ligature/unit.h": "",
                                             "jl/runtime/a.cpp": '#include "ligature/unit.h"\n'})))

    def test_needs_the_library_s_word(self):
        self.assertEqual(["jl/support/text.h:1: `jl/support` may not include gc.h"],
                         problems_of({"jl/support/text.h": "#include <gc.h>\n"}))

    def test_llvm_does_not_cover_jitlink_and_orc(self):
        jitlink = "#include <llvm/ExecutionEngine/JITLink/JITLink.h>\n"
        orc = "#include <llvm/ExecutionEngine/Orc/LLJIT.h>\n"
        self.assertEqual(1, len(problems_of({"jl/jit/a.cpp": "#include <llvm/IR/Module.h>\n" + jitlink})))
        self.assertEqual([], problems_of({"ligature/src/link/a.cpp": jitlink}))
        self.assertEqual(1, len(problems_of({"ligature/src/link/a.cpp": orc})))

    def test_finds_llvm_behind_another_header(self):
        found = problems_of({
            "ligature/include/ligature/unit.h": "#include <llvm/IR/Module.h>\n",
            "ligature/src/entries/a.cpp": '#include "ligature/unit.h"\n',
        })
        self.assertEqual(1, len(found))
        self.assertIn("reaches it: ligature/include/ligature/unit.h -> llvm/IR/Module.h", found[0])

    def test_a_row_for_one_header_is_stricter_than_its_folder_s(self):
        llvm = "#include <llvm/IR/Module.h>\n"
        self.assertEqual([], problems_of({"ligature/include/ligature/unit.h": llvm}))
        self.assertEqual(1, len(problems_of({"ligature/include/ligature/entries.h": llvm})))

    def test_unit_tests_may_use_what_their_folder_reaches(self):
        text = '#include "jl/support/text.h"\n#include <gtest/gtest.h>\n'
        files = {"jl/support/text.h": ""}
        self.assertEqual([], problems_of({**files, "jl/infer/a_test.cpp": text}))
        self.assertEqual(2, len(problems_of({**files, "jl/infer/a.cpp": text})))

    def test_a_file_without_a_row_is_a_problem(self):
        self.assertEqual(1, len(problems_of({"jl/attic/a.cpp": ""})))

    def test_a_missing_table_is_an_error(self):
        with self.assertRaises(ValueError):
            layers.Table("# Architecture\n")


if __name__ == "__main__":
    unittest.main()
