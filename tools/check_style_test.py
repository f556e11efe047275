# SPDX-License-Identifier: MIT
"""Tests of tools/check_style, one file's text at a time."""
import os
import tempfile
import unittest
from importlib.machinery import SourceFileLoader

HERE = os.path.dirname(os.path.abspath(__file__))
style = SourceFileLoader("check_style", os.path.join(HERE, "check_style")).load_module()

C = "// SPDX-License-Identifier: MIT\n"
PY = "# SPDX-License-Identifier: MIT\n"


class CheckStyle(unittest.TestCase):
    def test_accepts_good_files(self):
        self.assertEqual([], style.check_file("a.h", C + "// What it is for.\n#pragma once\n"))
        self.assertEqual([], style.check_file("a.h", C + "#pragma once\n// What it is for.\nint x;\n"))
        self.assertEqual([], style.check_file("a.cpp", C + '#include "a.h"\n'))
        self.assertEqual([], style.check_file("a.py", PY + "import os\n"))
        self.assertEqual([], style.check_file("tool", "#!/usr/bin/env python3\n" + PY + '"""For this."""\n'))

    def test_wants_the_licence_line_first(self):
        self.assertEqual(1, style.check_file("a.cpp", "int x;\n" + C)[0][0])
        self.assertEqual(2, style.check_file("tool", "#!/bin/sh\n# Does things.\n")[0][0])
        self.assertEqual(1, len(style.check_file("a.cpp", "")))

    def test_wants_a_header_to_say_what_it_is_for(self):
        self.assertEqual(1, len(style.check_file("a.h", C + "#pragma once\nint x;\n")))
        self.assertEqual(1, len(style.check_file("a.h", C + "//\n#pragma once\nint x; // late\n")))

    def test_wants_a_reason_for_length(self):
        body = "int x;\n" * 600
        self.assertEqual(1, len(style.check_file("a.cpp", C + body)))
        self.assertEqual([], style.check_file("a.cpp", C + "// long file: one switch over all kinds.\n" + body))
        self.assertEqual(1, len(style.check_file("a.cpp", C + body + "// long file: said too late.\n")))
        self.assertEqual([], style.check_file("a.def", C + "// A table.\n" + "OP(x)\n" * 700))

    def test_wants_what_the_formatter_makes(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, name) for name in ("good.cpp", "bad.cpp", "no_code.py")]
            for path, text in zip(paths, (C + "int x;\n", C + "int x;\nint   y;\nint   z;\n", "x  = 1\n")):
                with open(path, "w") as file:
                    file.write(text)
            self.assertEqual([(paths[1], 3)], [problem[:2] for problem in style.unformatted(folder, paths)])


if __name__ == "__main__":
    unittest.main()
