# SPDX-License-Identifier: MIT
# Breaks a text into lines of a given width and fills them to it, left, right, centred or on both sides.
#
#     lig examples/justify.jl

const TEXT = """
In the beginning the program was a letter to the machine; by and by it became a letter to the next reader. Whoever \
writes for both writes plainly: ßhort words, schöne Wörter, and no line longer than needed.

A second paragraph, with an extraordinarilylongwordthatdoesnotfit into a narrow column.
"""

# As many words on each line as fit. A word longer than a line stands alone.
function lines_of(words, width)
    lines = Vector{Vector{SubString{String}}}()
    room = -1
    for w in words
        if length(w) > room
            push!(lines, [w])
            room = width - length(w) - 1
        else
            push!(lines[end], w)
            room -= length(w) + 1
        end
    end
    return lines
end

abstract type Alignment end
struct Left <: Alignment end
struct Right <: Alignment end
struct Centre <: Alignment end
struct Both <: Alignment end

layout(::Left, words, width, last) = rpad(join(words, ' '), width)
layout(::Right, words, width, last) = lpad(join(words, ' '), width)
function layout(::Centre, words, width, last)
    line = join(words, ' ')
    return rpad(lpad(line, length(line) + max(0, width - length(line)) ÷ 2), width)
end
# The gaps share the spaces; the first ones get those that are left over.
function layout(::Both, words, width, last)
    (last || length(words) == 1) && return layout(Left(), words, width, last)
    gaps = length(words) - 1
    spaces = width - sum(length, words)
    each, more = divrem(spaces, gaps)
    io = IOBuffer()
    for (k, w) in enumerate(words)
        print(io, w)
        k <= gaps && print(io, ' '^(each + (k <= more)))
    end
    return String(take!(io))
end

function justify(text, width, alignment::Alignment)
    out = String[]
    for paragraph in split(text, "\n\n")
        isempty(out) || push!(out, " "^width)
        lines = lines_of(split(paragraph), width)
        for (k, words) in enumerate(lines)
            push!(out, layout(alignment, words, width, k == lastindex(lines)))
        end
    end
    return out
end

function framed(lines)
    width = maximum(length, lines)
    edge = "+" * "-"^(width + 2) * "+"
    return [edge; ["| " * rpad(l, width) * " |" for l in lines]; edge]
end

foreach(println, framed(justify(TEXT, 38, Both())))
foreach(println, framed(justify("one two three four five", 9, Centre())))
for alignment in (Left(), Right())
    println(repr(justify("ab cde f", 6, alignment)))
end

# Columns side by side, as a newspaper prints them.
function columns(texts...; width, gap = " │ ")
    blocks = [justify(t, width, Both()) for t in texts]
    height = maximum(length, blocks)
    cell(b, i) = i <= length(b) ? b[i] : " "^width
    return [rstrip(join((cell(b, i) for b in blocks), gap)) for i in 1:height]
end
foreach(println, columns("short text here", "another one that is a good deal longer", "αβγ δε ζηθι κλμν"; width = 12))

# A histogram of the words' lengths, as wide as the screen allows.
lengths = [length(strip(ispunct, w)) for w in split(TEXT)]
for n in 1:maximum(lengths)
    k = count(==(n), lengths)
    k > 0 && println(lpad(n, 3), " ", "*"^k)
end
println(titlecase("the end of the text"), " ", uppercasefirst("ok"), " ", chop("done!"), " ", lstrip("...dots", '.'))
