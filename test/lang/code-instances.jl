# Code instances that a program makes, and what it can ask of them. Compiled code calls what is not compiled through a stub.
# warm: infers, it makes code of the typed IR that code_typed gives
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
using Core: CodeInstance, CodeInfo, MethodInstance

struct Mine end

# A code instance of our own for f with these arguments; its body is what code_typed gives.
function own_code(f, types; rettype=nothing, batch=true)
    mi = Base.method_instance(f, types)
    pair = only(code_typed(f, types))
    source = pair.first
    ci = CodeInstance(mi, Mine(), something(rettype, source.rettype), Any, nothing, nothing, Int32(0), source.min_world, typemax(UInt),
        UInt32(0), nothing, source.debuginfo, source.edges)
    ccall(:jl_mi_cache_insert, Cvoid, (Any, Any), mi, ci)
    if batch
        ccall(:jl_add_codeinsts_to_jit, Cvoid, (Any, Any), Any[ci], Any[source])
    else
        ccall(:jl_add_codeinst_to_jit, Cvoid, (Any, Any), ci, source)
    end
    return ci
end
stubs() = ccall(:jl_tojlinvoke_trampoline_count, UInt64, ())
callees(ci, f) = [e for e in ci.edges if e isa CodeInstance && e.def.def.sig <: Tuple{typeof(f),Vararg}]
is_compiled(ci) = ci.invoke != Ptr{Nothing}(0)

module Plain
@noinline step(x) = x - 3
twice(x) = step(step(x))
end
module Unboxed
@noinline scale(x, y) = x * y
area(x, y) = scale(x, y) + 0.5
end
module Rest
@noinline third(xs...) = xs[3]
call(a, b) = third(a, b, a, b) + 1
end
module Branches
@noinline left(x) = x + 10
@noinline right(x) = -x
choose(b, x) = b ? left(x) : right(x)
end
module Text
@noinline greet(s) = string("hello, ", s)
both(a, b) = (greet(a), greet(b))
end
module Fails
@noinline check(x) = x > 0 ? x : throw(ArgumentError("not positive"))
root(x) = check(x) * 2
end

@testset "what code_typed gives" begin
    source, result = only(code_typed(Plain.twice, (Int,)))
    @test source isa CodeInfo && source.rettype === Int === result && source.min_world <= Base.get_world_counter() <= source.max_world
    @test source.parent === Base.method_instance(Plain.twice, Tuple{Int}) && source.edges isa Core.SimpleVector && source.debuginfo isa Core.DebugInfo
    @test source.debuginfo.def === source.parent
    @test code_typed(Plain.twice, (Int,)) isa Vector{Any} && only(code_typed(Plain.twice, (Int,))) isa Pair{CodeInfo,DataType}
    @test occursin("invoke", repr(source)) && startswith(repr(source), "CodeInfo(") && endswith(repr(only(code_typed(Plain.twice, (Int,)))), ") => Int64")
    @test length(source.edges) == 1 && source.edges[1] isa CodeInstance && !is_compiled(source.edges[1])
    @test_throws FieldError source.nonsense
    @test code_lowered(Plain.twice, (Int,))[1].slotnames[2] === :x
end
@testset "method instances" begin
    mi = Base.method_instance(Unboxed.area, (Float64, Int))
    @test mi isa MethodInstance && mi.def === which(Unboxed.area, (Float64, Int)) && mi.specTypes == Tuple{typeof(Unboxed.area),Float64,Int}
    @test mi.sparam_vals === Core.svec() && mi === Base.method_instance(Unboxed.area, Tuple{Float64,Int})
    @test Base.method_instance(Unboxed.area, (Int,)) === nothing
    @test sprint(show, mi) == "MethodInstance for area(::Float64, ::Int64)"
    m = mi.def
    @test m.name === :area && m.module === Unboxed && m.nargs == 3 && m.sig == Tuple{typeof(Unboxed.area),Any,Any} && m.line > 0
    @test endswith(String(m.file), "code-instances.jl") && 0 < m.primary_world <= Base.get_world_counter() && !m.isva
end
@testset "what the constructor was told" begin
    mi = Base.method_instance(Plain.twice, (Int8,))
    ci = CodeInstance(mi, :me, Int8, ErrorException, nothing, "body", Int32(0), UInt(1), typemax(UInt), UInt32(0), (1, 2), nothing, Core.svec(mi))
    @test ci.def === mi && ci.owner === :me && ci.rettype === Int8 && ci.exctype === ErrorException && ci.inferred == "body"
    @test ci.min_world === UInt(1) && ci.max_world === typemax(UInt) && ci.analysis_results == (1, 2) && ci.debuginfo === nothing
    @test ci.edges === Core.svec(mi) && ci.invoke === Ptr{Nothing}(0) && ci.specptr === Ptr{Nothing}(0)
    @test sprint(show, ci) == "CodeInstance for MethodInstance for twice(::Int8)"
    @test_throws FieldError ci.nonsense
    @test_throws ErrorException("Failed to invoke or compile external codeinst") invoke(Plain.twice, ci, Int8(1))
    @test_throws MethodError CodeInstance(mi, :me, Int8)
    @test_throws MethodError CodeInstance(mi, :me, Int8, Any, nothing, nothing, 0, UInt(1), typemax(UInt), UInt32(0), nothing, nothing, Core.svec())
    @test_throws ArgumentError ccall(:jl_mi_cache_insert, Cvoid, (Any, Any), Base.method_instance(Plain.twice, (Int16,)), ci)
    @test_throws TypeError ccall(:jl_mi_cache_insert, Cvoid, (Any, Any), mi, 1)
end
@testset "calls of code that was not compiled" begin
    for (f, types, args, target, value) in Any[(Plain.twice, (Int,), (10,), Plain.step, 4), (Unboxed.area, (Float64, Int), (2.0, 3), Unboxed.scale, 6.5),
        (Rest.call, (Int, Int), (7, 8), Rest.third, 8), (Branches.choose, (Bool, Int), (true, 1), Branches.left, 11),
        (Text.both, (String, String), ("a", "b"), Text.greet, ("hello, a", "hello, b"))]
        ci = own_code(f, types; batch=f !== Plain.twice)
        @test !isempty(callees(ci, target)) && !any(is_compiled, callees(ci, target))
        @test is_compiled(ci)
        @test invoke(f, ci, args...) == value
        @test invoke(f, ci, args...) == value == f(args...)
    end
    ci = own_code(Branches.choose, (Bool, Int))
    @test invoke(Branches.choose, ci, false, 4) == -4
end
@testset "errors" begin
    ci = own_code(Fails.root, (Int,))
    @test invoke(Fails.root, ci, 4) == 8
    @test_throws ArgumentError("not positive") invoke(Fails.root, ci, -1)
    @test_throws ErrorException("invoke: argument type error") invoke(Fails.root, ci, 1.0)
    @test_throws ErrorException("invoke: argument type error") invoke(Fails.root, ci, 1, 2)
    @test_throws ErrorException("invoke: argument type error") invoke(Fails.check, ci, 1)
    source = only(code_typed(Fails.root, (Int,))).first
    @test_throws ArgumentError ccall(:jl_add_codeinst_to_jit, Cvoid, (Any, Any), ci, only(code_typed(Fails.check, (Int,))).first)
    @test_throws ArgumentError ccall(:jl_add_codeinst_to_jit, Cvoid, (Any, Any), ci, code_lowered(Fails.root, (Int,))[1])
    @test_throws ArgumentError ccall(:jl_add_codeinst_to_jit, Cvoid, (Any, Any), callees(ci, Fails.check)[1], source)
    @test_throws ArgumentError ccall(:jl_add_codeinsts_to_jit, Cvoid, (Any, Any), Any[ci], Any[])
    @test_throws ArgumentError own_code(Fails.root, (Int,); rettype=String)
    @test invoke(Fails.root, own_code(Fails.root, (Int,); rettype=Integer), 21) == 42
end
@testset "exactly that code runs" begin
    edge = callees(own_code(Plain.twice, (Int16,)), Plain.step)[1]
    @test invoke(Plain.step, edge, Int16(5)) == 2 # compiles it
    @test is_compiled(edge)
    @test edge.owner === nothing && edge.rettype === Int && edge.edges isa Core.SimpleVector && edge.inferred isa CodeInfo
end
module Changing
@noinline part(x) = x + 1
whole(x) = part(x) * 2
end
ci = own_code(Changing.whole, (Int,))
@test invoke(Changing.whole, ci, 1) == 4 && ci.max_world == typemax(UInt)
Changing.eval(:(@noinline part(x) = x + 100))
@test ci.max_world < Base.get_world_counter()
@test_throws ErrorException invoke(Changing.whole, ci, 1)
@test Changing.whole(1) == 202
@test Base.invoke_in_world(ci.max_world, invoke, Changing.whole, ci, 1) == 4
