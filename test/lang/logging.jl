# Log messages: what reaches which logger, and how the console prints it.
# determinism: line numbers are data, messages name their line
# RUN: %lig %s 2>&1 | FileCheck %s
# RUN: %lig --compile=min %s 2>&1 | FileCheck %s
x = 1
# CHECK: {{^}}[ Info: hi{{$}}
@info "hi"
# CHECK-NEXT: {{^}}┌ Info: with values{{$}}
# CHECK-NEXT: {{^}}│   x = 1{{$}}
# CHECK-NEXT: {{^}}│   y ={{$}}
# CHECK-NEXT: {{^}}│    2×2 Matrix{Int64}:{{$}}
# CHECK-NEXT: {{^}}│     1  2{{$}}
# CHECK-NEXT: {{^}}└     3  4{{$}}
@info "with values" x y=[1 2; 3 4]
# CHECK-NEXT: {{^}}┌ Warning: text{{$}}
# CHECK-NEXT: {{^}}│   x + 1 = 2{{$}}
# CHECK-NEXT: {{^}}└ @ Main {{.*}}logging.jl:[[@LINE+1]]{{$}}
@warn "text" x + 1
# CHECK-NEXT: {{^}}┌ Error: bad{{$}}
# CHECK-NEXT: {{^}}│   exception = bounds{{$}}
# CHECK-NEXT: {{^}}└ @ Main {{.*}}logging.jl:[[@LINE+1]]{{$}}
@error "bad" exception=ErrorException("bounds")
# Not evaluated when nobody wants it.
@debug "no $(error("never"))"
# CHECK-NEXT: {{^}}┌ Warning: two{{$}}
# CHECK-NEXT: {{^}}│ lines{{$}}
# CHECK-NEXT: {{^}}└ @ Main {{.*}}:[[@LINE+1]]{{$}}
@warn "two\nlines"
# CHECK-NEXT: {{^}}┌ Info: at most twice{{$}}
# CHECK-NEXT: {{^}}└   i = 1{{$}}
# CHECK-NEXT: {{^}}┌ Info: at most twice{{$}}
# CHECK-NEXT: {{^}}└   i = 2{{$}}
for i in 1:4
    @info "at most twice" i maxlog=2
end
# CHECK-NEXT: {{^}}┌ Error: Exception while generating log record in module Main at {{.*}}logging.jl:[[@LINE+3]]{{$}}
# CHECK: inside
# CHECK: {{^}}└ @ Main {{.*}}logging.jl:[[@LINE+1]]{{$}}
@info "fails $(error("inside"))"
# CHECK-NEXT: {{^}}┌ Warning: in a function{{$}}
# CHECK-NEXT: {{^}}│   v = "a"{{$}}
# CHECK-NEXT: {{^}}└ @ Main {{.*}}logging.jl:[[@LINE+1]]{{$}}
noisy(v) = (@warn "in a function" v; v)
noisy("a")
# CHECK-NEXT: {{^}}[ Info: 1{{$}}
@info x
using Logging
# CHECK-NEXT: {{^}}3 true Warn LogLevel(3){{$}}
value = with_logger(NullLogger()) do
    @error "to nobody"
    3
end
println(stderr, value, " ", current_logger() isa ConsoleLogger, " ", Logging.Warn, " ", LogLevel(3))
# CHECK-NEXT: {{^}}┌ Debug: shown{{$}}
# CHECK-NEXT: {{^}}│   a = "s"{{$}}
# CHECK-NEXT: {{^}}└ @ Main {{.*}}logging.jl:[[@LINE+2]]{{$}}
with_logger(ConsoleLogger(stderr, Logging.Debug)) do
    @debug "shown" a="s"
end
# CHECK-NEXT: {{^}}┌ Warning: plain{{$}}
# CHECK-NEXT: {{^}}│   a = s{{$}}
# CHECK-NEXT: {{^}}└ @ Main {{.*}}logging.jl:[[@LINE+2]]{{$}}
with_logger(SimpleLogger(stderr)) do
    @warn "plain" a="s"
end
# CHECK-NEXT: {{^}}[ LogLevel(500): of any level{{$}}
@logmsg LogLevel(500) "of any level"
# A logger of one's own.
struct Recorder <: AbstractLogger
    records::Vector{Any}
end
Logging.min_enabled_level(::Recorder) = Logging.Debug
Logging.shouldlog(::Recorder, level, mod, group, id) = level != Logging.Error
Logging.handle_message(r::Recorder, level, message, mod, group, id, file, line; kwargs...) =
    (push!(r.records, (level, message, mod, group, line, kwargs...)); nothing)
recorder = Recorder([])
with_logger(recorder) do
    @debug "kept" k=2 _group=:mine
    @error "refused"
end
# CHECK-NEXT: {{^}}Any[(Debug, "kept", Main, :mine, [[@LINE-3]], :k => 2)]{{$}}
println(stderr, recorder.records)
disable_logging(Logging.Warn)
@warn "disabled"
# CHECK-NEXT: {{^}}┌ Error: still there{{$}}
@error "still there"
