# SPDX-License-Identifier: MIT
# Counts the words of a text in several scripts: Dict, sort, and strings that are UTF-8.
#
#     lig examples/word_count.jl

const TEXT = """
    Der Bär läuft über die Brücke. Über die Brücke läuft auch der Fuchs;
    der Fuchs ist müde, der Bär ist es nicht.
    Η αλεπού κοιμάται. Ο αρκούδος δεν κοιμάται: «η αλεπού», λέει, «κοιμάται».
    лиса и медведь, медведь и лиса — 狐 と 熊、熊 と 狐。
    """

# A word is a run of letters, whatever the script.
function eachword(f, text)
    word = Char[]
    for c in text
        if isletter(c)
            push!(word, lowercase(c))
        elseif !isempty(word)
            f(String(word))
            empty!(word)
        end
    end
    isempty(word) || f(String(word))
    return nothing
end

function count_words(text)
    counts = Dict{String,Int}()
    eachword(text) do word
        counts[word] = get(counts, word, 0) + 1
    end
    return counts
end

# The most frequent first; among equals the order of the alphabet.
ranking(counts) = sort!(collect(counts); by = p -> (-p.second, p.first))

counts = count_words(TEXT)
println(length(counts), " different words, ", sum(values(counts)), " in all")
for (rank, (word, n)) in enumerate(ranking(counts))
    n > 1 || break
    println(lpad(rank, 3), "  ", rpad(word, 10), " ", "█"^n, " ", n)
end

once = sort([word for (word, n) in counts if n == 1])
println("only once: ", join(once, ", ", " and "))

by_length = Dict{Int,Vector{String}}()
for word in keys(counts)
    push!(get!(() -> String[], by_length, length(word)), word)
end
for n in sort(collect(keys(by_length)); rev = true)
    words = sort(by_length[n])
    println(n, n == 1 ? " letter:  " : " letters: ", length(words), ", the first is ", repr(first(words)),
            " with ", ncodeunits(first(words)), " bytes")
end

longest = argmax(length, sort(collect(keys(counts))))
println("the longest: ", longest, ", backwards ", reverse(longest), ", as a title ", titlecase(longest))
println("bär" in keys(counts), " ", haskey(counts, "bar"), " ", get(counts, "狐", 0), " ", delete!(counts, "狐") === counts,
        " ", haskey(counts, "狐"))
