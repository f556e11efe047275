# SPDX-License-Identifier: MIT
# Docstrings of the program's own definitions: what `@doc` keeps and shows. The library's are dropped when it is read.

"Module => name => texts, in the order they were given."
const documentation = IdDict{Module,Dict{Symbol,Vector{String}}}()

# What lowering makes of a docstring before `name` of module `m`.
function record_doc(m::Module, name::Symbol, text)
    texts = get!(() -> Vector{String}(), get!(() -> Dict{Symbol,Vector{String}}(), documentation, m), name)
    push!(texts, string(text))
    nothing
end

function recorded_docs(m::Module, name::Symbol)
    haskey(documentation, m) ? get(documentation[m], name, String[]) : String[]
end

# The value of `@doc name`: Markdown, shown as it was written.
struct DocText
    text::String
end

string(doc::DocText) = doc.text
print(io::IO, doc::DocText) = print(io, doc.text)
show(io::IO, doc::DocText) = print(io, doc.text)
function show(io::IO, ::MIME"text/plain", doc::DocText)
    lines = split(chomp(doc.text), '\n')
    for i in eachindex(lines)
        i > 1 && println(io)
        isempty(lines[i]) || print(io, "  ", lines[i])
    end
end

function find_doc(m::Module, name::Symbol)
    texts = recorded_docs(m, name)
    isempty(texts) || return DocText(join(map(text -> endswith(text, '\n') ? text : text * "\n", texts), "\n"))
    isdefined(m, name) || return DocText("No documentation found.\n\nBinding `$m.$name` does not exist.\n")
    value = getfield(m, name)
    if value isa Function || value isa Module || value isa Type
        home, own = value isa Module ? (parentmodule(value), nameof(value)) : (parentmodule(value), nameof(value))
        (home, own) == (m, name) || isempty(recorded_docs(home, own)) || return find_doc(home, own)
    end
    DocText("No documentation found.\n\n`$m.$name` is $(described(value)).\n")
end
described(::Module) = "a `Module`"
described(value::Type) = "of type `$(typeof(value))`"
described(::Function) = "a `Function`"
described(value) = "of type `$(typeof(value))`"

module Docs
import ..Base: find_doc, recorded_docs, parentmodule, nameof, isempty, !
doc(f) = find_doc(parentmodule(f), nameof(f))
hasdoc(m::Module, name::Symbol) = !isempty(recorded_docs(m, name))
end
