# SPDX-License-Identifier: MIT
# @test_logs: which records a piece of code makes, in order or among others; what does not fit is shown.
# warm: when moved, what it logs says the file
# RUN: not %lig %s > %t 2> %t.err && FileCheck %s < %t && FileCheck --check-prefix=ERR %s < %t.err
# RUN: not %lig --compile=min %s > %t 2> %t.err && FileCheck %s < %t && FileCheck --check-prefix=ERR %s < %t.err
using Test
function work(n)
    n > 1 && @info "large" n
    n > 2 && @warn "very large: $n"
    return 2n
end
@testset "logs" begin
    @test (@test_logs work(1)) == 2
    @test (@test_logs (:info, "large") work(2)) == 4
    @test_logs (:info, "large") (:warn, "very large: 3") work(3)
    @test_logs (:warn, "very large: 3") match_mode = :any work(3)
    @test_logs (:warn,) min_level = Base.CoreLogging.Warn work(3)
    @test_logs :info :warn work(3)
    @test_logs (:debug, "deep", Main) min_level = Base.CoreLogging.Debug @debug "deep"
    logs, value = Test.collect_test_logs(() -> work(2))
    @test value == 4
    @test length(logs) == 1
    @test logs[1].kwargs[:n] == 2
    @test logs[1].level == Base.CoreLogging.Info
end
# CHECK:      Test Summary: | Pass  Total
# CHECK-NEXT: logs          |   13     13
@testset "wrong" begin
    @test_logs (:warn, "large") work(2)
    @test_logs (:info, "none") work(1)
end
# CHECK-NEXT: wrong: Log Test Failed at {{.*}}test-of-logs.jl:[[@LINE-3]]
# CHECK-NEXT:   Expression: work(2)
# CHECK-NEXT:   Log Pattern: (:warn, "large")
# CHECK-NEXT:   Captured Logs:
# CHECK-NEXT:     Info: "large" (n = 2,)
# CHECK:      wrong: Log Test Failed
# CHECK:        Log Pattern: (:info, "none")
# CHECK-NEXT:   Captured Logs: (none)
# ERR: Some tests did not pass: 0 passed, 2 failed, 0 errored, 0 broken.
