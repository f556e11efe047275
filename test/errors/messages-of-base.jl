# SPDX-License-Identifier: MIT
# How the exceptions of the library read.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
function report(f)
    try
        f()
        println("no error")
    catch e
        showerror(stdout, e)
        println()
    end
end
mutable struct Node
    next::Node
    Node() = new()
end
report(() -> Dict("a" => 1)["b"])
report(() -> sqrt(-1))
report(() -> log(-1))
report(() -> "αβγ"[2])
report(() -> parse(Int, "x"))
report(() -> parse(Float64, "x1"))
report(() -> Vector{String}(undef, 2)[1])
report(() -> Node().next)
report(() -> throw(ArgumentError("bad")))
report(() -> pop!(Int[]))
report(() -> factorial(-1))
report(() -> factorial(30))
report(() -> [1, 2, 3]["a"])
report(() -> open("/nonexistent/file"))
report(() -> (x -> x(2))(5.5))
report(() -> (@assert 1 == 2))
report(() -> (@assert 1 == 2 "said so"))
# CHECK:      KeyError: key "b" not found
# CHECK-NEXT: DomainError with -1.0:
# CHECK-NEXT: sqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x)).
# CHECK-NEXT: DomainError with -1.0:
# CHECK-NEXT: log was called with a negative real argument but will only return a complex result if called with a complex argument. Try log(Complex(x)).
# CHECK-NEXT: StringIndexError: invalid index [2], valid nearby indices [1]=>'α', [3]=>'β'
# CHECK-NEXT: ArgumentError: invalid base 10 digit 'x' in "x"
# CHECK-NEXT: ArgumentError: cannot parse "x1" as Float64
# CHECK-NEXT: UndefRefError: access to undefined reference
# CHECK-NEXT: UndefRefError: access to undefined reference
# CHECK-NEXT: ArgumentError: bad
# CHECK-NEXT: ArgumentError: array must be non-empty
# CHECK-NEXT: DomainError with -1:
# CHECK-NEXT: `n` must not be negative.
# CHECK-NEXT: OverflowError: 30 is too large to look up in the table; consider using `factorial(big(30))` instead
# CHECK-NEXT: ArgumentError: invalid index: "a" of type String
# CHECK-NEXT: SystemError: opening file "/nonexistent/file": No such file or directory
# CHECK-NEXT: MethodError: objects of type Float64 are not callable
# CHECK-NEXT: The object of type `Float64` exists, but no method is defined for this combination of argument types when trying to treat it as a callable object.
# CHECK-NEXT: Maybe you forgot to use an operator such as *, ^, %, / etc. ?
# CHECK-NEXT: AssertionError: 1 == 2
# CHECK-NEXT: AssertionError: said so
