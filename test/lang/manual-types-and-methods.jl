# The manual's chapters on types, methods, constructors and conversion.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
abstract type Shape end
struct Circle <: Shape
    r::Float64
end
struct Rect{T <: Real} <: Shape
    w::T
    h::T
    function Rect{T}(w, h) where {T <: Real}
        w < 0 && throw(ArgumentError("negative"))
        new{T}(w, h)
    end
end
Rect(w::T, h::T) where {T <: Real} = Rect{T}(w, h)
Rect(w::Real, h::Real) = Rect(promote(w, h)...)
Rect(side) = Rect(side, side)
area(c::Circle) = 3c.r^2
area(r::Rect) = r.w * r.h
area(::Shape) = missing
mutable struct Node
    value
    next::Node
    Node(value) = (n = new(value); n.next = n)
    Node(value, next) = new(value, next)
end
mutable struct Mixed
    const a::Int
    b
end
@testset "constructors" begin
    @test Circle(1).r === 1.0
    @test_throws MethodError Circle("a")
    @test Rect(1, 2.5) isa Rect{Float64}
    @test Rect(2) === Rect{Int}(2, 2)
    @test_throws ArgumentError Rect(-1, 2)
    @test_throws TypeError Rect{String}
    n = Node(1)
    @test n.next === n && Node(2, n).next === n
    m = Mixed(1, 2)
    m.b = 3
    @test m.b == 3
    @test_throws ErrorException m.a = 2
    @test_throws ErrorException Circle(1).r = 2
    @test_throws MethodError Mixed(1)
    @test Mixed(1.0, 2).a === 1
    @test_throws InexactError Mixed(1.5, 2)
    struct_in_eval = @eval struct Made; x; end
    @test Base.invokelatest(Made, 1).x == 1
end
@testset "types" begin
    @test Circle <: Shape && !(Shape <: Circle) && Rect{Int} <: Rect <: Shape
    @test supertype(Circle) == Shape && isabstracttype(Shape) && isconcretetype(Rect{Int}) && !isconcretetype(Rect)
    @test fieldnames(Rect) == (:w, :h) && fieldtypes(Rect{Int}) == (Int, Int)
    @test Rect{Int} != Rect{Float64} && !(Rect{Int} <: Rect{Real}) && Rect{Int} <: Rect{<:Real}
    @test (1, "a") isa Tuple{Int, AbstractString}
    @test Union{Int, String} >: Int && 1 isa Union{Int, String} && Union{} <: Int
    @test Vector{Int} === Array{Int, 1} && Array{Int} === (Array{Int, N} where {N})
    Alias{T} = Dict{T, T}
    @test Alias{Int} === Dict{Int, Int}
    @test typeof(1).name.name === :Int64
    @test Vector{T} where {T <: Integer} == Vector{<:Integer}
    @test isa(Int, Type{Int}) && isa(Int, DataType) && isa(Vector, UnionAll) && isa(Union{Int, Char}, Union)
    @test NTuple{2, Int} == Tuple{Int, Int} && Tuple{Int, Vararg{Int}} <: Tuple{Vararg{Int}}
    @test (x::Int -> x)(1) == 1
    @test_throws TypeError (1::String)
    @test Val(1) === Val{1}()
    first_(::Val{true}) = "yes"
    first_(::Val{false}) = "no"
    @test first_(Val(true)) * first_(Val(false)) == "yesno"
end
@testset "methods" begin
    @test area(Circle(2)) == 12 && area(Rect(2, 3)) == 6
    f(x::Float64, y::Float64) = 1
    f(x::Number, y::Number) = 2
    f(x, y) = 3
    @test (f(1.0, 1.0), f(1.0, 1), f("", 1)) == (1, 2, 3)
    g(x::Float64, y) = 1
    g(x, y::Float64) = 2
    @test_throws MethodError g(1.0, 1.0)
    @test g(1.0, 1) == 1 && g(1, 1.0) == 2
    same(x::T, y::T) where {T} = true
    same(x, y) = false
    @test same(1, 2) && !same(1, 2.0)
    push_typed(v::Vector{T}, x::T) where {T} = [v..., x]
    @test push_typed([1], 2) == [1, 2]
    @test_throws MethodError push_typed([1], 2.0)
    bounded(x::T) where {Int <: T <: Real} = T
    @test bounded(1) == Int
    of_type(::Type{T}) where {T <: Number} = T(7)
    @test of_type(Float64) === 7.0 && of_type(Int8) === Int8(7)
    elements(::AbstractArray{T, N}) where {T, N} = (T, N)
    @test elements([1 2]) == (Int, 2)
    @test length(methods(f)) == 3
    @test hasmethod(area, Tuple{Circle}) && !hasmethod(area, Tuple{Int})
    @test invoke(area, Tuple{Shape}, Circle(1)) === missing
    function empty_one end
    @test_throws MethodError empty_one()
    @test applicable(f, 1, 2) && !applicable(f)
end
struct Poly
    c::Vector{Int}
end
(p::Poly)(x) = sum(c * x^(i - 1) for (i, c) in enumerate(p.c))
(p::Poly)() = p(5)
(::Type{Poly})(s::String) = Poly(parse.(Int, split(s)))
@testset "callable objects" begin
    @test Poly([1, 10, 100])(3) == 931 && Poly([1, 2])() == 11
    @test Poly("1 2").c == [1, 2]
end
struct Celsius
    t::Float64
end
struct Kelvin
    t::Float64
end
Base.convert(::Type{Kelvin}, c::Celsius) = Kelvin(c.t + 273)
Base.promote_rule(::Type{Celsius}, ::Type{Kelvin}) = Kelvin
Base.:+(a::Kelvin, b::Kelvin) = Kelvin(a.t + b.t)
@testset "conversion and promotion" begin
    @test convert(Float32, 1) === 1.0f0 && convert(Int, 2.0) === 2
    @test_throws InexactError convert(Int, 2.5)
    @test Kelvin[Celsius(1)][1] == Kelvin(274)
    @test promote(1, 2.5, 0x03) === (1.0, 2.5, 3.0)
    @test promote_type(Int8, Float32) == Float32
    @test promote_type(Celsius, Kelvin) == Kelvin
    k::Kelvin = Celsius(0)
    @test k == Kelvin(273)
    kelvin(x)::Kelvin = x
    @test kelvin(Celsius(1)).t == 274
end
struct Squares
    n::Int
end
Base.iterate(s::Squares, i = 1) = i > s.n ? nothing : (i^2, i + 1)
Base.length(s::Squares) = s.n
Base.eltype(::Type{Squares}) = Int
Base.getindex(s::Squares, i::Int) = 1 <= i <= s.n ? i^2 : throw(BoundsError(s, i))
Base.firstindex(::Squares) = 1
Base.lastindex(s::Squares) = s.n
struct Wrapped{T} <: AbstractVector{T}
    v::Vector{T}
end
Base.size(w::Wrapped) = size(w.v)
Base.getindex(w::Wrapped, i::Int) = w.v[i]
Base.setindex!(w::Wrapped, x, i::Int) = (w.v[i] = x)
mutable struct Props
    data::Dict{Symbol, Any}
end
Base.getproperty(p::Props, s::Symbol) = s === :data ? getfield(p, :data) : p.data[s]
Base.setproperty!(p::Props, s::Symbol, x) = (p.data[s] = x)
Base.propertynames(p::Props) = Tuple(keys(p.data))
@testset "interfaces" begin
    @test collect(Squares(3)) == [1, 4, 9] && sum(Squares(4)) == 30 && 25 in Squares(5)
    @test Squares(4)[end] == 16 && Squares(4)[begin] == 1
    a, b, c = Squares(3)
    @test (a, b, c) == (1, 4, 9)
    @test [x for x in Squares(3) if isodd(x)] == [1, 9]
    w = Wrapped([3, 1, 2])
    w[end] = 5
    @test w == [3, 1, 5] && sort(w) == [1, 3, 5] && w .+ 1 == [4, 2, 6] && maximum(w) == 5
    @test_throws BoundsError Squares(2)[3]
    p = Props(Dict(:x => 1))
    p.y = p.x + 1
    p.x += 10
    @test (p.x, p.y) == (11, 2)
end
struct OfElements{T,V<:AbstractVector{T}}
    v::V
end
struct Meters <: Number
    v::Int
end
@testset "parameters said by bounds; numbers without arithmetic" begin
    @test OfElements([1]) isa OfElements{Int,Vector{Int}}
    @test OfElements(1:2) isa OfElements{Int,UnitRange{Int}}
    @test_throws ErrorException("+ not defined for Meters") Meters(1) + Meters(2)
    @test_throws ErrorException("* not defined for Meters") Meters(1) * Meters(2)
    @test Meters(1) == Meters(1)
end
