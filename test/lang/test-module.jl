# The Test module's own output: summaries, failures, errors, nesting, and the exit status.
# RUN: not %lig %s > %t 2> %t.err && FileCheck %s < %t && FileCheck --check-prefix=ERR %s < %t.err
# RUN: not %lig --compile=min %s > %t 2> %t.err && FileCheck %s < %t && FileCheck --check-prefix=ERR %s < %t.err
using Test

# CHECK:      Test Summary: | Pass  Total  Time
# CHECK-NEXT: fine          |    3      3  {{[0-9.]+s}}
@testset "fine" begin
    @test 1 == 1
    @test [1, 2] == [1, 2]
    @test 0.1 + 0.2 ≈ 0.3 atol=1e-9
end
# CHECK-NEXT: Test Summary: | Pass  Broken  Total  Time
# CHECK-NEXT: marked        |    2       3      5  {{[0-9.]+s}}
@testset "marked" begin
    @test_broken 1 == 2
    @test_skip error("not run")
    @test 1 == 2 broken=true
    @test 1 == 1 skip=false
    @test_throws DomainError throw(DomainError(1))
end
# CHECK-NEXT: Test Summary: | Pass  Total  Time
# CHECK-NEXT: loop 1        |    1      1
# CHECK-NEXT: Test Summary: | Pass  Total  Time
# CHECK-NEXT: loop 2        |    1      1
@testset "loop $i" for i in 1:2
    @test i > 0
end
# CHECK:      inner: Test Failed at {{.*}}test-module.jl:[[@LINE+14]]
# CHECK-NEXT:   Expression: x == 2
# CHECK-NEXT:    Evaluated: 1 == 2
# CHECK:      inner: Error During Test at {{.*}}test-module.jl:[[@LINE+12]]
# CHECK-NEXT:   Test threw exception
# CHECK-NEXT:   Expression: error("oops")
# CHECK-NEXT:   oops
# CHECK:      inner: Test Failed at {{.*}}test-module.jl:[[@LINE+9]]
# CHECK-NEXT:   Expression: error("wrong kind")
# CHECK-NEXT:     Expected: DomainError
# CHECK-NEXT:       Thrown: ErrorException
@testset "outer" begin
    @testset "inner" begin
        x = 1
        @test x == 2
        @test error("oops")
        @test_throws DomainError error("wrong kind")
        @test x == 1
    end
    @testset "other" begin
        @test true
    end
end
# CHECK:      Test Summary: | Pass  Fail  Error  Total  Time
# CHECK-NEXT: outer         |    2     2      1      5  {{[0-9.]+s}}
# CHECK-NEXT:   inner       |    1     2      1      4  {{[0-9.]+s}}
# CHECK-NEXT:   other       |    1                   1  {{[0-9.]+s}}
# ERR: ERROR: LoadError: Some tests did not pass: 2 passed, 2 failed, 1 errored, 0 broken.
println("never here")
# CHECK-NOT: never here
