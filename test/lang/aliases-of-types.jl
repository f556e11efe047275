# A type shows by the one name that the user's module has for it.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
struct Pt{N,T}; x::NTuple{N,T}; end
const Pt2 = Pt{2}
const Pt3F = Pt{3,Float64}
struct Twice{T} end
const TwiceA = Twice{Int}
const TwiceB = Twice{Int}
const MyVector = Vector{Int}
struct Bounded{T,S} end
const Whole = Bounded{T,T} where {T<:Integer}
module M
struct G{T} end
const Known = G{Int}
const Hidden = G{String}
export Known
end

@test string(Pt{2,Int}) == "Pt2{Int64}" && string(Pt{3,Float64}) == "Pt3F" && string(Pt{1,Int}) == "Pt{1, Int64}" && string(Pt((1, 2))) == "Pt2{Int64}((1, 2))" && repr([Pt((1, 2))]) == "Pt2{Int64}[Pt2{Int64}((1, 2))]" && string(Vector{Pt{3,Float64}}) == "Vector{Pt3F}"
@test string(Twice{Int}) == "Twice{Int64}" && string(MyVector) == "Vector{Int64}" && string(Pt) == "Pt" # two names; of another module; none needed
@test string(Bounded{Int,Int}) == "Whole{Int64}" && string(Bounded{Int,Int8}) == "Bounded{Int64, Int8}" && string(Bounded{String,String}) == "Bounded{String, String}"
@test string(M.G{Int}) == "Main.M.Known" && string(M.G{String}) == "Main.M.G{String}"
@test string(Base.OneTo{Int}) == "Base.OneTo{Int64}" && string(typeof(keys(Dict(1 => 2)))) == "Base.KeySet{Int64, Dict{Int64, Int64}}" && string(typeof(codeunits("a"))) == "Base.CodeUnits{UInt8, String}"
