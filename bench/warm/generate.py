# SPDX-License-Identifier: MIT
"""A program of many functions, the same one in Julia and in C: what `bench/warm/run` starts cold and warm.

Every function has a loop, so that lig compiles it rather than interprets it, and every tenth calls one or two of those before
it. Bodies differ in shape and constants: no two functions have the same code. What is chosen
is chosen by a linear congruential generator, so that every run everywhere gives the same text.
"""

MODULUS = 1_000_003
SHAPES = [  # (Julia, C) of what a loop does with `s`, `i` and two constants; all stay below 2^53 in size
    ("s = (s * {a} + i) % M", "s = (s * {a} + i) % M;"),
    ("s += (i % {a}) * {b}", "s += (i % {a}) * {b};"),
    ("s = i % 2 == 0 ? s + {a} : s - {b}", "s = i % 2 == 0 ? s + {a} : s - {b};"),
    ("s = xor(s, i * {a}) + {b}", "s = (s ^ (i * {a})) + {b};"),
    ("x = x * 0.{a} + i / {b}; s += trunc(Int, x)", "x = x * 0.{a} + (double)i / {b}; s += (int64_t)x;"),
]

JULIA_HEAD = "# {count} functions, and what they make of one number; written by bench/warm/generate.py\n\nconst M = {modulus}\n"
JULIA_FUNCTION = """
@noinline function f{k}(n)
    s = n + {k}
    x = {k}.5
    for i in 1:{turns}
        {step}
    end
    return (s + {calls} + trunc(Int, x)) % M
end
"""
JULIA_END = """
function run_all(n)
    total = 0
{uses}
    return total % M
end

println("total ", run_all(parse(Int, ARGS[1])))
flush(stdout)

# What is mapped by then; /proc is the operating system's word, not lig's.
println("maps LLVM: ", occursin("liblig-compiler", read("/proc/self/maps", String)))
"""

C_HEAD = "// The same as the Julia program beside it.\n#include <stdint.h>\n#include <stdio.h>\n#include <stdlib.h>\n\n#define M INT64_C({modulus})\n"
C_FUNCTION = """
__attribute__((noinline)) static int64_t f{k}(int64_t n) {{
  int64_t s = n + {k};
  double x = {k}.5;
  for (int64_t i = 1; i <= {turns}; i++) {{
    {step}
  }}
  return (s + {calls} + (int64_t)x) % M;
}}
"""
C_END = """
int main(int argc, char **argv) {{
  int64_t n = argc > 1 ? atoll(argv[1]) : 1, total = 0;
{uses}
  printf("total %lld\\n", (long long)(total % M));
  fflush(stdout);
}}
"""


class Choices:
    """Knuth's MMIX generator; the high bits are good."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound


def functions(count):
    """For each function its number, the shape of its step, constants, turns, and whom it calls."""
    choices = Choices(20)
    for k in range(1, count + 1):
        called = [f"f{1 + choices.below(k - 1)}(s % {2 + choices.below(9)})" for _ in range(1 + choices.below(2) if k % 10 == 0 else 0)]
        yield {"k": k, "shape": SHAPES[choices.below(len(SHAPES))], "a": 3 + choices.below(90), "b": 2 + choices.below(50),
               "turns": 5 + choices.below(20), "calls": " + ".join(called) or "1"}


def generate(count):
    """(Julia, C): the texts of the two programs."""
    julia, c = [JULIA_HEAD.format(count=count, modulus=MODULUS)], [C_HEAD.format(modulus=MODULUS)]
    for f in functions(count):
        steps = [step.format(a=f["a"], b=f["b"]) for step in f["shape"]]
        julia.append(JULIA_FUNCTION.format(step=steps[0], **f))
        c.append(C_FUNCTION.format(step=steps[1], **f))
    julia.append(JULIA_END.format(uses="\n".join(f"    total += f{k}(n)" for k in range(1, count + 1))))
    c.append(C_END.format(uses="\n".join(f"  total += f{k}(n);" for k in range(1, count + 1))))
    return "".join(julia), "".join(c)
