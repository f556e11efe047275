# What all lines have in common is removed, the last line's blanks included.
# RUN: %lig --dump=ast %s | FileCheck %s
x = """
    a
      b $x
    """
r"""
  \d
  """
# CHECK:      (:(=), :x, (:string, "a\n  b ", :x, "\n"))
# CHECK-NEXT: (:macrocall, Symbol("@r_str"), "\\d\n")
