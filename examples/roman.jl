# SPDX-License-Identifier: MIT
# Roman numerals: a number type of its own with parsing, arithmetic, ordering and a string macro.
#
#     lig examples/roman.jl

struct Roman <: Integer
    value::Int
    function Roman(n::Integer)
        1 <= n <= 3999 || throw(DomainError(n, "Roman numerals go from I to MMMCMXCIX"))
        return new(n)
    end
end

const SIGNS = ["M" => 1000, "CM" => 900, "D" => 500, "CD" => 400, "C" => 100, "XC" => 90, "L" => 50, "XL" => 40, "X" => 10,
               "IX" => 9, "V" => 5, "IV" => 4, "I" => 1]

function Base.string(r::Roman)
    n = r.value
    io = IOBuffer()
    for (sign, value) in SIGNS
        count, n = divrem(n, value)
        print(io, sign^count)
    end
    return String(take!(io))
end
Base.print(io::IO, r::Roman) = print(io, string(r))
Base.show(io::IO, r::Roman) = print(io, "roman\"", r, "\"")

# Reads only what `string` writes: IIII and IC are no numerals.
function Base.tryparse(::Type{Roman}, text::AbstractString)
    total, rest = 0, uppercase(text)
    for (sign, value) in SIGNS
        while startswith(rest, sign)
            total += value
            rest = chop(rest; head = length(sign), tail = 0)
        end
    end
    (isempty(rest) && 1 <= total <= 3999) || return nothing
    roman = Roman(total)
    return string(roman) == uppercase(text) ? roman : nothing
end
function Base.parse(::Type{Roman}, text::AbstractString)
    roman = tryparse(Roman, text)
    roman === nothing && throw(ArgumentError("no Roman numeral: $(repr(text))"))
    return roman
end
macro roman_str(text)
    return parse(Roman, text)
end

Base.Int(r::Roman) = r.value
Base.promote_rule(::Type{Roman}, ::Type{T}) where {T<:Integer} = T
Base.convert(::Type{T}, r::Roman) where {T<:Union{Int,Float64}} = T(r.value)
for op in (:+, :-, :*, :div, :rem, :max, :min)
    @eval Base.$op(a::Roman, b::Roman) = Roman($op(a.value, b.value))
end
for op in (:<, :<=, :(==))
    @eval Base.$op(a::Roman, b::Roman) = $op(a.value, b.value)
end
Base.hash(r::Roman, h::UInt) = hash(r.value, h)

for n in [1, 4, 9, 14, 40, 90, 400, 1987, 2024, 3999]
    r = Roman(n)
    @assert parse(Roman, string(r)) == r
    println(lpad(n, 4), " = ", r)
end
println(all(n -> Int(parse(Roman, string(Roman(n)))) == n, 1:3999))

println(roman"XIV" + roman"VI", " ", roman"C" - roman"I", " ", roman"XII" * roman"XII", " ", div(roman"M", roman"VII"), " ",
        rem(roman"M", roman"VII"))
println(repr(roman"mmxxiv"), " ", [roman"I", roman"V"], " ", (roman"X", 10))
println(roman"IX" < roman"X", " ", roman"L" == Roman(50), " ", roman"L" == 50, " ", roman"X" + 1, " ", typeof(roman"X" + 1), " ",
        maximum([roman"IV", roman"IX", roman"VI"]))
println(sort([roman"X", roman"IX", roman"XI", roman"VIII"]), " ", length(Set([roman"II", Roman(2), roman"III"])))
println(join(Roman.(1:12), " "), " ", sum(Int, [roman"I", roman"II", roman"III"]))
counts = Dict(roman"I" => "one", roman"II" => "two")
println(counts[Roman(2)], " ", haskey(counts, Roman(3)))

for text in ["IIII", "IC", "VX", "", "MMMM", "XLII ", "xlii"]
    println(rpad(repr(text), 8), something(tryparse(Roman, text), "is none"))
end
for f in (() -> Roman(0), () -> roman"I" - roman"I", () -> parse(Roman, "ABC"), () -> Roman(4000))
    try
        f()
    catch e
        println(sprint(showerror, e))
    end
end
