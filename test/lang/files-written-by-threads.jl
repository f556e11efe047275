# Several threads write and read the same file: each write is whole, and nothing is lost.
# determinism: skip, which thread compiles what depends on time
# RUN: rm -f %t.txt && %lig -t 4 %s %t.txt
# RUN: rm -f %t.txt && %lig -t 4 --compile=min %s %t.txt
using Test
using Base.Threads

const path = ARGS[1]
lines = [string(k, ":", i, " ", 'a'^(i % 50), "\n") for k in 1:4, i in 1:400]
open(path, "w") do io
    @sync for k in 1:4
        @spawn for i in 1:400
            write(io, lines[k, i])
        end
    end
end
@testset "files" begin
    @test sort(readlines(path; keep=true)) == sort(vec(lines))
    read_by = [String[] for _ in 1:4]
    open(path) do io
        @sync for k in 1:4
            @spawn while (line = readline(io)) != ""
                push!(read_by[k], line * "\n")
            end
        end
    end
    @test sort(reduce(vcat, read_by)) == sort(vec(lines))
    io = open(path, "w"; lock=false)
    @test write(io, "alone") == 5
    close(io)
    @test read(path, String) == "alone"
end
