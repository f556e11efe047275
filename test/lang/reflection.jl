# Questions about types, functions, modules; expressions as data.
# warm: infers, it asks code_typed for typed IR
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

abstract type Shape end
struct Circle <: Shape
    r::Float64
    name::String
end
mutable struct Cell{T}
    const a::T
    b::Int
end
foo(x::Int) = x
foo(x::String, y) = y
module M
export shown
shown() = 1
hidden() = 2
end

@testset "fields" begin
    @test fieldnames(Circle) == (:r, :name) && fieldcount(Circle) == 2 && fieldtype(Circle, :r) == Float64 && fieldtypes(Circle) == (Float64, String) && fieldname(Circle, 2) == :name
    @test hasfield(Circle, :r) && !hasfield(Circle, :q) && fieldoffset(Circle, 2) == 8 && sizeof(Circle) == 16 && fieldnames(Tuple{Int,Int}) == (1, 2) && fieldnames(typeof((a=1,))) == (:a,)
    c = Circle(1, "n")
    @test getfield(c, :r) == 1.0 && getproperty(c, :name) == "n" && propertynames(c) == (:r, :name) && nfields(c) == 2 && isdefined(c, :r) && hasproperty(c, :r)
    @test isconst(Cell{Int}, :a) || Base.isconstfield(Cell{Int}, :a)
end
@testset "kinds of types" begin
    @test isabstracttype(Shape) && isconcretetype(Circle) && !isconcretetype(Cell) && isconcretetype(Cell{Int}) && ismutabletype(Cell) && !ismutabletype(Circle) && isstructtype(Circle) && isprimitivetype(Int)
    @test isbitstype(Int) && isbitstype(Tuple{Int,Float64}) && !isbitstype(Circle) && isbits(1) && ismutable([1]) && !ismutable(1) && isimmutable((1, 2))
    @test supertype(Circle) == Shape && supertype(Int) == Signed && supertype(Cell{Int}) == Any && Circle <: Shape && !(Shape <: Circle) && typejoin(Int, Float64) == Real && typeintersect(Integer, Signed) == Signed
    @test nameof(Circle) == :Circle && nameof(sin) == :sin && nameof(M) == :M && parentmodule(M) == Main && parentmodule(Circle) == Main && sizeof(Int32) == 4 && sizeof([1, 2]) == 16 && eltype([1]) == Int
    @test typeof(Circle) == DataType && typeof(Cell) == UnionAll && Cell{Int} isa DataType && Union{Int,String} isa Union && Circle isa Type{Circle}
end
@testset "functions and modules" begin
    @test length(methods(foo)) == 2 && hasmethod(foo, Tuple{Int}) && !hasmethod(foo, Tuple{Float64}) && hasmethod(foo, (String, Int)) && applicable(foo, 1) && !applicable(foo, 1.5) && which(foo, (Int,)) isa Method
    @test names(M) == [:M, :shown] && :hidden in names(M; all=true) && isdefined(M, :hidden) && !isdefined(M, :nothere) && getglobal(M, :hidden)() == 2 && Base.isexported(M, :shown) && isconst(Base, :pi)
    @test Base.return_types(foo, (Int,)) == [Int] && Base.promote_op(+, Int, Float64) == Float64 && fullname(M) == (:Main, :M)
    @test invoke(foo, Tuple{Int}, 3) == 3 && Base.get_world_counter() isa UInt
end
@testset "expressions" begin
    e = :(a + b * 2)
    @test e.head == :call && e.args[1] == :+ && e == Expr(:call, :+, :a, Expr(:call, :*, :b, 2)) && string(e) == "a + b * 2" && e != :(a + b)
    @test Meta.parse("1 + 2") == :(1 + 2) && eval(Meta.parse("1 + 2")) == 3 && Meta.parse("x") == :x && Meta.isexpr(e, :call) && Meta.parse("f(x)", 1) == (:(f(x)), 5) && eval(:(2^3)) == 8
    @test sprint(Meta.show_sexpr, e) == "(:call, :+, :a, (:call, :*, :b, 2))" && Meta.quot(:a) == Expr(:quote, :a) && copy(e) == e && copy(e) !== e && QuoteNode(:a).value == :a
    @test_throws Exception Meta.parse("1 +")
    @test include_string(Main, "include_x = 5; include_x + 1") == 6 && Base.remove_linenums!(quote 1 end) == Expr(:block, 1) && hash(:(a + b)) == hash(:(a + b))
    @test length(code_lowered(foo, (Int,))) == 1 && first(code_typed(foo, (Int,))[1]) !== nothing && code_typed(foo, (Int,))[1].second == Int
end
@testset "copies" begin
    a = [[1], [2]]
    b = deepcopy(a)
    b[1][1] = 9
    @test a[1][1] == 1 && deepcopy(Circle(1, "x")) == Circle(1, "x") && deepcopy(Dict(1 => [2])) == Dict(1 => [2])
    n = Cell{Any}([1], 2)
    m = deepcopy(n)
    push!(m.a, 2)
    @test n.a == [1] && m.a == [1, 2] && m.b == 2
    s = [1]
    t = deepcopy((s, s))
    @test t[1] === t[2] && t[1] !== s
end
@testset "types with variables that have no name" begin
    shown(T) = sprint(show, T)
    @test shown(Pair{<:Any,Int}) == "Pair{<:Any, Int64}"
    @test shown(Vector{>:Int}) == "Vector{>:Int64}"
    @test shown(SubArray{<:Any,<:Any,<:Array}) == "SubArray{<:Any, <:Any, <:Array}"
    both = typeintersect(Vector{<:Real}, Vector{>:Int})
    @test occursin(" where Int64<:", shown(both)) && endswith(shown(both), "<:Real")
end
