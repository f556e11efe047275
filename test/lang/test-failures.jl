# SPDX-License-Identifier: MIT
# What failing tests say: values of comparisons, negations, contexts, where they stand, and what their sets count.
# RUN: not %lig %s > %t 2> %t.err && FileCheck %s < %t && FileCheck --check-prefix=ERR %s < %t.err
# RUN: not %lig --compile=min %s > %t 2> %t.err && FileCheck %s < %t && FileCheck --check-prefix=ERR %s < %t.err
using Test
check(x) = @testset "check $x" begin
    @test x < 3
end
@testset "all" verbose = true begin
    # CHECK:      all: Test Failed at {{.*}}test-failures.jl:[[@LINE+6]]
    # CHECK-NEXT:   Expression: !(1 == 1)
    # CHECK-NEXT:    Evaluated: !(1 == 1)
    # CHECK-EMPTY:
    # CHECK-NEXT: Stacktrace:
    # CHECK-NEXT:  [1] top-level scope
    @test !(1 == 1)
    # CHECK:        Expression: 1 < 3 < 2
    # CHECK-NEXT:    Evaluated: 1 < 3 < 2
    @test 1 < 3 < 2
    # CHECK:        Expression: isapprox(1.0, 2.0; atol = 0.5)
    # CHECK-NEXT:    Evaluated: isapprox(1.0, 2.0; atol = 0.5)
    @test isapprox(1.0, 2.0; atol = 0.5)
    # CHECK:        Expression: ≈(1.0, 2.0, atol = 0.25)
    # CHECK-NEXT:    Evaluated: ≈(1.0, 2.0; atol = 0.25)
    # CHECK:        Expression: isempty([1])
    # CHECK-NEXT:    Evaluated: isempty([1])
    @test 1.0 ≈ 2.0 atol = 0.25
    @test isempty([1])
    # CHECK:        Expression: false
    # CHECK-EMPTY:
    # CHECK-NEXT: Stacktrace:
    @test false
    # CHECK:      all: Error During Test at {{.*}}test-failures.jl:[[@LINE+4]]
    # CHECK-NEXT:   Expression evaluated to non-Boolean
    # CHECK-NEXT:   Expression: 1 + 1
    # CHECK-NEXT:        Value: 2
    @test 1 + 1
    # CHECK:      Error During Test
    # CHECK-NEXT:  Unexpected Pass
    # CHECK-NEXT:  Expression: 1 == 1
    # CHECK-NEXT:  Got correct result, please change to @test if no longer broken.
    @test_broken 1 == 1
    # CHECK:        Expression: sqrt(4)
    # CHECK-NEXT:     Expected: DomainError
    # CHECK-NEXT:   No exception thrown
    @test_throws DomainError sqrt(4)
    # CHECK:        Expression: error("one")
    # CHECK-NEXT:     Expected: "two"
    # CHECK-NEXT:      Message: "one"
    @test_throws "two" error("one")
    # CHECK:        Expression: error("one")
    # CHECK-NEXT:     Expected: ErrorException("two")
    # CHECK-NEXT:       Thrown: ErrorException("one")
    @test_throws ErrorException("two") error("one")
    # CHECK:        Expression: a == b
    # CHECK-NEXT:    Evaluated: 1 == [2]
    # CHECK-NEXT:      Context: a = 1
    # CHECK-NEXT:               b = [2]
    @testset let a = 1, b = [2]
        @test a == b
        @test a == 1
    end
    # CHECK:      broken set: Error During Test at {{.*}}test-failures.jl:[[@LINE+4]]
    # CHECK-NEXT:   Got exception outside of a @test
    # CHECK-NEXT:   outside
    # CHECK-NEXT:   Stacktrace:
    @testset "broken set" begin
        @test true
        error("outside")
    end
    # CHECK:      check 5: Test Failed at {{.*}}test-failures.jl:7
    # CHECK-NEXT:   Expression: x < 3
    # CHECK-NEXT:    Evaluated: 5 < 3
    # CHECK-EMPTY:
    # CHECK-NEXT: Stacktrace:
    # CHECK-NEXT:  [1] check(x::Int64)
    check(1)
    check(5)
    @testset "pairs $i $c" for i in 1:2, c in "ab"
        @test i < 3
    end
    @testset check(2)
end
# CHECK:      Test Summary: | Pass  Fail  Error  Total  Time
# CHECK-NEXT: all           |    8    11      3     22  {{[0-9.]+s}}
# CHECK-NEXT:   broken set  |    1             1      2
# CHECK-NEXT:   check 1     |    1                    1
# CHECK-NEXT:   check 5     |          1              1
# CHECK-NEXT:   pairs 1 a   |    1                    1
# CHECK-NEXT:   pairs 1 b   |    1                    1
# CHECK-NEXT:   pairs 2 a   |    1                    1
# CHECK-NEXT:   pairs 2 b   |    1                    1
# CHECK-NEXT:   check       |    1                    1
# ERR: ERROR: LoadError: Some tests did not pass: 8 passed, 11 failed, 3 errored, 0 broken.
# ERR: in expression starting at {{.*}}test-failures.jl:9
