# SPDX-License-Identifier: MIT
"""Tests of tools/warm against a made-up lig that "compiles" the lines of its program."""
import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import unittest.mock

HERE = os.path.dirname(os.path.abspath(__file__))

# `print TEXT`, `compile NAME`, `infer NAME` and `llvm NAME` are lines of a program. What was compiled or inferred is a file in the cache
# then, and found; `always` never is. `sleep False` does not end in a first run, `sleep True` not in a second. In any text `place`, `now`, `aslr`,
# `threads` and `run` stand for what differs between runs, `argument` for the first argument.
FAKE_LIG = """#!%s
import json, os, platform, sys, time
at, cache = next(i for i, word in enumerate(sys.argv) if word.endswith(".jl")), os.environ["LIGATURE_CACHE_DIR"]
program = sys.argv[at]
is_on = os.environ["LIGATURE_CACHE"] != "off"
is_second = is_on and os.path.exists(cache)
if is_on:
    os.makedirs(cache, exist_ok=True)
counters = dict(units_inferred=0, llvm_loaded=False, units_compiled=0, cache_errors=0)
for line in open(program):
    line = line[line.rfind(";") + 1:].strip() # what is defined before stands on the first line
    verb, _, text = line.partition(" ")
    text = text.replace("place", os.path.dirname(program) if "elsewhere" in program else "").replace("now", str(time.perf_counter_ns()))
    text = text.replace("threads", str("-t" in sys.argv)).replace("run", str(is_second)).replace("argument", "".join(sys.argv[at + 1:at + 2]))
    if verb == "print":
        print(text)
    if verb == "sleep" and text == str(is_second):
        time.sleep(60)
    if verb == "exit":
        sys.exit(int(text))
    counter = dict(compile="units_compiled", infer="units_inferred", llvm="llvm_loaded", error="cache_errors").get(verb)
    if counter:
        kept = os.path.join(cache, verb + text.replace("/", "_"))
        counters[counter] += text == "always" or not is_on or not os.path.exists(kept)
        if is_on:
            open(kept, "w").close()
if "vanish" not in open(program).read():
    print(json.dumps(counters, separators=(",", ":")), file=sys.stderr)
""" % sys.executable


# Has its socket a while before anybody may connect to it.
SLOW_SERVER = """#!%s
import os, socket, sys, time
socket.socket(socket.AF_UNIX).bind(sys.argv[sys.argv.index("--unixsocket") + 1])
time.sleep(0.5)
os.execv("%s", sys.argv)
"""


def load_warm():
    loader = importlib.machinery.SourceFileLoader("warm", os.path.join(HERE, "warm"))
    warm = importlib.util.module_from_spec(importlib.util.spec_from_loader("warm", loader))
    loader.exec_module(warm)
    return warm


class Warm(unittest.TestCase):
    def check(self, program, *options, variants="again,moved,edited,threads"):
        """(status, last line, lines before) for one program."""
        with tempfile.TemporaryDirectory() as folder:
            lig = os.path.join(folder, "lig")
            with open(lig, "w") as file:
                file.write(FAKE_LIG)
            os.chmod(lig, 0o755)
            os.mkdir(os.path.join(folder, "programs"))
            path = os.path.join(folder, "programs", "program.jl")
            with open(path, "w") as file:
                file.write("#\n" + program)
            done = subprocess.run([sys.executable, os.path.join(HERE, "warm"), "--lig", lig, "--variants", variants, *options, path],
                                  capture_output=True, text=True)
            self.assertEqual("", done.stderr)
            lines = done.stdout.splitlines()
            return done.returncode, lines[-1], "\n".join(lines[:-1])

    def test_all_found_is_success(self):
        status, last, _ = self.check("compile f\ninfer g\nllvm h\nprint done\n")
        self.assertEqual(0, status)
        self.assertEqual("programs: 1, bad: 0, skipped: 0, runs: 4, wrong output: 0, units compiled: 0, units inferred: 0, "
                         "runs that loaded LLVM: 0, cache errors: 0", last)

    def test_each_thing_that_is_done_again_is_found(self):
        for line, said in {"compile always": "units compiled: 4", "infer always": "units inferred: 4", "error always": "cache errors: 4",
                           "llvm always": "runs that loaded LLVM: 4", "compile place": "units compiled: 1",
                           "infer threads": "units inferred: 1"}.items():
            status, last, _ = self.check(line + "\n")
            self.assertEqual(1, status, line)
            self.assertIn(said, last, line)

    def test_other_output_is_found_and_what_varies_by_itself_is_not(self):
        status, last, said = self.check("print run\n")
        self.assertEqual(1, status)
        self.assertIn("wrong output: 4", last)
        self.assertIn("did something else", said)
        self.assertEqual(0, self.check("print now\n")[0])
        self.assertEqual(0, self.check("print threads\n")[0])

    @unittest.skipUnless(shutil.which("redis-server"), "there is no redis-server")
    def test_a_server_is_there_when_it_listens(self):
        with tempfile.TemporaryDirectory() as folder:
            slow = os.path.join(folder, "redis-server")
            with open(slow, "w") as file:
                file.write(SLOW_SERVER % (sys.executable, shutil.which("redis-server")))
            os.chmod(slow, 0o755)
            with unittest.mock.patch.dict(os.environ, PATH=folder + os.pathsep + os.environ["PATH"]):
                server = load_warm().Server(folder)
            try:
                server.clear()
            finally:
                server.stop()

    def test_times_are_masked_however_long(self):
        warm = load_warm()
        self.assertEqual({b"took TIME of 3m"}, {warm.masked(f"took {time} of 3m".encode(), "/folder") for time in ("12ms", "59.3s", "1m00.4s")})

    def test_a_program_may_ask_for_more_and_is_listed(self):
        for what, line in {"infers": "infer always", "loads LLVM": "llvm always\ninfer always"}.items():
            status, last, said = self.check(f"# warm: {what}, it asks for it\n{line}\n")
            self.assertEqual(0, status, what)
            self.assertIn("(exempted: 4)", last)
            self.assertIn(f"program.jl: {what}: it asks for it", said)
            self.assertEqual(1, self.check(f"# warm: {what}, it asks for it\ncompile always\n")[0])
        self.assertEqual(1, self.check("# warm: infers, it asks for it\nllvm always\n")[0])
        self.assertEqual(1, self.check("# warm: infers\ninfer always\n")[0], "no reason")

    def test_lines_that_are_data_excuse_the_moved_copy_alone(self):
        text = "# determinism: line numbers are data, it prints them\n"
        self.assertEqual(0, self.check(text + "compile place\n")[0])
        self.assertEqual(1, self.check(text + "compile always\n")[0])

        self.assertEqual(0, self.check("# warm: when moved, it names its file\ncompile place\n")[0])
        self.assertEqual(1, self.check("# warm: when edited, it counts\ncompile place\n")[0])

    def test_a_program_runs_as_its_test_runs_it(self):
        program = "compile threads\n"
        self.assertEqual(1, self.check(program)[0])
        self.assertEqual(1, self.check("# RUN: %lig %s | FileCheck %s\n" + program)[0])
        self.assertEqual(0, self.check("# RUN: not %lig -t 4 %s > %t\n# RUN: %lig %s\n" + program)[0])

        program = "compile always\n"
        self.assertEqual(0, self.check("# RUN: echo print made > %t.jl\n# RUN: %lig %t.jl\n" + program)[0])
        self.assertEqual(1, self.check("# RUN: echo compile always > %t.jl\n# RUN: %lig %t.jl 2>&1\n")[0])
        for arguments in ("never %S/other", "never 2>&1"):
            self.assertEqual(0, self.check(f"# RUN: %lig %s {arguments}\n" + "compile argument\n")[0], arguments)
        self.assertIn("cannot be made", self.check("# RUN: exit 3\n# RUN: %lig %s\n")[2])
        self.assertEqual(1, self.check("# RUN: %lig %s always 2>&1\n" + "compile argument\n")[0])

    def test_verifying_compiles_and_must_find_no_error(self):
        self.assertEqual(0, self.check("compile always\n", variants="verify")[0])
        self.assertEqual(1, self.check("error always\n", variants="verify")[0])

    def test_what_does_not_end_is_said_and_not_waited_for_again(self):
        begun = time.monotonic()
        status, last, said = self.check("sleep False\n", "--timeout", "2")
        self.assertEqual(1, status)
        self.assertIn("first run: no end after 2 s", said)
        self.assertIn("runs: 0", last)
        status, _, said = self.check("sleep True\n", "--timeout", "2", variants="again,aslr")
        self.assertEqual(1, status)
        self.assertIn("again: no end after 2 s", said)
        self.assertIn("aslr: no end after 2 s", said)
        self.assertNotIn("something else", said)
        self.assertLess(time.monotonic() - begun, 30)

    def test_nothing_run_and_nothing_counted_are_no_success(self):
        status, last, _ = self.check("# warm: skip, it never ends\n")
        self.assertEqual(1, status)
        self.assertIn("programs: 0, bad: 0, skipped: 1", last)
        self.assertEqual(1, self.check("print vanish\n")[0])


if __name__ == "__main__":
    unittest.main()
