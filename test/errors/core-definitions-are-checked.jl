# SPDX-License-Identifier: MIT
# What type definitions become cannot be used to change a finished type.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
caught(f) =
    try
        f()
    catch e
        println(typeof(e))
    end
# CHECK: TypeError
caught(() -> Core._setsuper!(1, 2))
# CHECK-NEXT: ArgumentError
caught(() -> Core._setsuper!(Int, String))
# CHECK-NEXT: TypeError
caught(() -> Core._typebody!(1, Core.svec()))
# CHECK-NEXT: ArgumentError
caught(() -> Core._typebody!(Pair, Core.svec()))
# CHECK-NEXT: TypeError
caught(() -> Core._equiv_typedef(1, 2))
# CHECK-NEXT: ArgumentError
caught(() -> unsafe_string(Ptr{UInt8}(0)))
# CHECK-NEXT: ArgumentError
caught(() -> unsafe_string(Ptr{UInt8}(0), 3))
# CHECK-NEXT: TypeError
caught(() -> Core.memorynew(Int, 3))
# CHECK-NEXT: ArgumentError
caught(() -> NTuple{typemax(Int),Int})
# CHECK-NEXT: ArgumentError
caught(() -> Tuple{Vararg{Int,10^9}})
# CHECK-NEXT: TypeError
caught(() -> Core._structtype(Main, :A, Core.svec(1), Core.svec(), Core.svec(), false, 0))
# CHECK-NEXT: TypeError
caught(() -> Core._structtype(Main, :A, Core.svec(), Core.svec("a"), Core.svec(), false, 0))
# CHECK-NEXT: TypeError
caught(() -> Core._structtype(Main, :A, Core.svec(), Core.svec(:a), Core.svec("1"), false, 0))
# CHECK-NEXT: BoundsError
caught(() -> Core._structtype(Main, :A, Core.svec(), Core.svec(:a), Core.svec(), false, 2))
# CHECK-NEXT: TypeError
caught(() -> Core._abstracttype(Main, :A, Core.svec(1)))
# CHECK-NEXT: TypeError
caught(() -> Core._primitivetype(Main, :A, Core.svec(1), 8))
# An application of a type is no definition.
# CHECK-NEXT: false
println(Core._equiv_typedef(Vector, Vector))
