# SPDX-License-Identifier: MIT
# Keyword arguments: defaults that use earlier ones, required ones, passing them on.
#
#     lig examples/keywords.jl

# A table: each option has a default, and the later ones build on the earlier.
function table(rows; header = nothing, separator = " | ", align = :right, width = widest(rows, header), frame::Bool = false)
    pad = align === :right ? lpad : align === :left ? rpad : throw(ArgumentError("align is :left or :right, not :$align"))
    line(cells) = join((pad(string(c), width) for c in cells), separator)
    lines = [line(r) for r in rows]
    if header !== nothing
        pushfirst!(lines, line(header), "-"^length(line(header)))
    end
    if frame
        lines = ["[ $l ]" for l in lines]
    end
    return join(lines, "\n")
end
widest(rows, header) = maximum(length(string(c)) for r in (header === nothing ? rows : [rows; [header]]) for c in r)

rows = [("apple", 3, 1.5), ("fig", 12, 0.25)]
println(table(rows))
println(table(rows; header = ("fruit", "count", "price"), align = :left))
println(table(rows; frame = true, separator = ";", width = 7))
separator = " / "
println(table(rows; separator, align = :left)) # the name alone: separator = separator

# A required one, and any number of others.
function tag(name, content...; id, attributes...)
    list = join((" $k=\"$v\"" for (k, v) in attributes))
    return "<$name id=\"$id\"$list>$(join(content))</$name>"
end
println(tag("p", "some ", "text"; id = 1))
println(tag("a", "here"; href = "#top", id = "x", class = "link"))
options = (class = "wide", lang = "el")
println(tag("div"; id = 2, options..., lang = "de"))
println(tag("div", tag("b", "bold"; id = 3); :id => 4, Dict(:role => "note")...))
try
    tag("p")
catch e
    println(sprint(showerror, e))
end

# Passed on as they came.
loud(args...; kwargs...) = uppercase(tag(args...; kwargs...))
println(loud("i", "quiet"; id = 5, lang = "en"))
chosen(; kwargs...) = (keys(kwargs), values(kwargs), length(kwargs))
println(chosen(), " ", chosen(b = 1, a = 2))

# A type with options; @kwdef writes the constructor.
Base.@kwdef struct Settings
    name::String
    depth::Int = 3
    limit::Float64 = 10.0 * depth
    tags::Vector{Symbol} = Symbol[]
end
println(Settings(name = "first"))
println(Settings(; name = "second", depth = 5, tags = [:a]))
changed(s::Settings; changes...) = Settings(; (f => getfield(s, f) for f in fieldnames(Settings))..., changes...)
println(changed(Settings(name = "third"); depth = 1, name = "fourth"))

# Defaults are computed at each call, from left to right.
calls = Ref(0)
number() = calls[] += 1
numbered(x; n = number(), twice = 2n) = (x, n, twice)
println(numbered(:a), numbered(:b; n = 10), numbered(:c; twice = 0), " after ", calls[], " calls")

# Positional defaults beside keywords; dispatch looks at the positional ones only.
scale(x::Number, by = 2; offset = zero(x)) = x * by + offset
scale(v::AbstractVector, by...; kwargs...) = map(x -> scale(x, by...; kwargs...), v)
println(scale(3), " ", scale(3, 5), " ", scale(3; offset = 1), " ", scale(1.5, 4; offset = 0.25), " ", scale([1, 2], 3; offset = 10))

# Those of the library.
println(sort([3, -5, 2]; by = abs, rev = true), " ", parse(Int, "ff"; base = 16), " ", string(255; base = 2, pad = 10), " ",
        round(2 / 3; digits = 3), " ", split("a,,b", ","; keepempty = false), " ", isapprox(1.0, 1.1; atol = 0.2), " ",
        sum([1, 2]; init = 10), " ", join(digits(6; base = 2)))
