# SPDX-License-Identifier: MIT
# Questions that a person asks: what is below a type, what takes such arguments, what is running here.
module InteractiveUtils
import Base: functionloc, @which, @code_lowered, @code_typed, @code_warntype, @code_llvm, @code_native, @time, code_typed, code_warntype, code_llvm,
    code_native, supertypes
export methodswith, subtypes, supertypes, varinfo, versioninfo, @which, less, @less, @functionloc, @code_lowered, @code_typed,
    @code_warntype, @code_llvm, @code_native, code_warntype, code_llvm, code_native

# Every module that the root modules contain.
function _modules()
    found = Module[]
    pending = Module[Core, Base, Main]
    while !isempty(pending)
        m = popfirst!(pending)
        any(x -> x === m, found) && continue
        push!(found, m)
        for name in names(m; all=true)
            isdefined(m, name) || continue
            x = getglobal(m, name)
            x isa Module && push!(pending, x)
        end
    end
    return found
end
_supertype_name(T) = Base.unwrap_unionall(supertype(T))
subtypes(x) = subtypes(Main, x)
# Those whose declared supertype is x, by name.
function subtypes(::Module, x::Type)
    isabstracttype(x) || return Any[]
    found = Any[]
    for m in _modules(), name in names(m; all=true)
        isdefined(m, name) || continue
        T = getglobal(m, name)
        T isa Type && T !== x && T !== Union{} || continue
        body = Base.unwrap_unionall(T)
        body isa DataType && nameof(T) === name && parentmodule(T) === m || continue
        _is_child(T, x) && !any(y -> y === T, found) && push!(found, T)
    end
    return sort!(found; by=string)
end
function _is_child(T, x)
    S = supertype(T)
    body = Base.unwrap_unionall(S)
    target = Base.unwrap_unionall(x)
    target isa DataType && body isa DataType && nameof(body) === nameof(target) && parentmodule(body) === parentmodule(target) || return false
    return T <: x || x isa DataType && typeintersect(T, x) !== Union{}
end

function methodswith(@nospecialize(x); supertypes::Bool=false)
    T = x isa Type ? x : typeof(x)
    found = Method[]
    for m in _modules(), name in names(m; all=true)
        isdefined(m, name) || continue
        f = getglobal(m, name)
        f isa Function && parentmodule(f) === m && nameof(f) === name && methodswith(T, f, found; supertypes=supertypes)
    end
    return found
end
function methodswith(@nospecialize(T::Type), @nospecialize(f::Function), found::Vector{Method}=Method[]; supertypes::Bool=false)
    for m in methods(f)
        parameters = Base.unwrap_unionall(m.sig).parameters
        takes = any(2:length(parameters)) do i
            P = parameters[i]
            P = P isa TypeVar ? P.ub : P
            P isa Type && (P === T || supertypes && T <: P && P !== Any)
        end
        takes && !any(x -> x === m, found) && push!(found, m)
    end
    return found
end

function varinfo(m::Module=Main)
    rows = Tuple{String,String,String}[("name", "size", "summary")]
    for name in names(m; all=false)
        isdefined(m, name) || continue
        x = getglobal(m, name)
        size = x isa Module ? "" : Base.format_bytes(Base.summarysize(x))
        push!(rows, (string(name), size, summary(x)))
    end
    widths = ntuple(k -> max(4, maximum(r -> textwidth(r[k]), rows)), 3)
    out = IOBuffer()
    for i in 1:length(rows)
        println(out, "| ", rpad(rows[i][1], widths[1]), " | ", lpad(rows[i][2], widths[2]), " | ", rpad(rows[i][3], widths[3]), " |")
        i == 1 && println(out, "|:", '-'^widths[1], " | ", '-'^widths[2], ":|:", '-'^widths[3], " |")
    end
    return Text(String(take!(out)))
end

# Where a method was written, and its text from there on.
function less(f, types)
    file, line = functionloc(f, types)
    less(file, line)
end
less(f) = less(functionloc(f)...)
function less(file::AbstractString, line::Integer=1)
    for (i, text) in enumerate(eachline(file))
        i >= line && println(text)
    end
end
_call_types(ex) = ex isa Expr && ex.head === :call ? ex : throw(ArgumentError("expected a call, such as f(x)"))
function _located(f, ex)
    call = _call_types(ex)
    return Expr(:call, f, esc(call.args[1]), Expr(:call, :(Base.typesof), map(esc, call.args[2:end])...))
end
macro functionloc(ex)
    return _located(:functionloc, ex)
end
macro less(ex)
    return _located(:less, ex)
end

versioninfo(; verbose::Bool=false) = versioninfo(stdout; verbose=verbose)
function versioninfo(io::IO; verbose::Bool=false)
    println(io, "Julia Version ", VERSION, " (Ligature)")
    println(io, "Platform Info:")
    println(io, "  OS: ", Sys.islinux() ? "Linux" : string(Sys.KERNEL), " (", Sys.MACHINE, ")")
    println(io, "  WORD_SIZE: ", Sys.WORD_SIZE)
    return nothing
end
end
