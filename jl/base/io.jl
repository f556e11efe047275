# SPDX-License-Identifier: MIT
# The IO interface: what every stream can do once it has read(io, UInt8) or unsafe_read, and unsafe_write.
# A stream type defines: unsafe_write(io, p, n), _read_some(io, p, n), _peek_byte(io), eof, close, isopen.

# --- Writing
write(io::IO, s::_Utf8) = unsafe_write(io, pointer(s), UInt(ncodeunits(s)))
write(io::IO, s::AbstractString) = write(io, String(s))
write(io::IO, s::Symbol) = write(io, String(s))
write(io::IO, s::CodeUnits) = write(io, s.s)
write(io::IO, x::UInt8) = _write_bits(io, x)
write(io::IO, x::Int8) = _write_bits(io, x)
write(io::IO, x::Bool) = _write_bits(io, x ? 0x01 : 0x00)
write(io::IO, x::Union{Int16,UInt16,Int32,UInt32,Int64,UInt64,Int128,UInt128,Float16,Float32,Float64}) = _write_bits(io, x)
function _write_bits(io::IO, x::T) where {T}
    r = RefValue{T}(x)
    return unsafe_write(io, Ptr{UInt8}(pointer_from_objref(r)), UInt(sizeof(T)))
end
function write(io::IO, c::Char)
    u = _char_bits(c)
    u < 0x80000000 && return write(io, (u >> 24) % UInt8)
    return write(io, string(c))
end
function write(io::IO, a::Array{T}) where {T<:Union{BitInteger,IEEEFloat,Bool}}
    return unsafe_write(io, Ptr{UInt8}(pointer(a)), UInt(sizeof(T) * length(a)))
end
write(io::IO, m::Memory{UInt8}) = unsafe_write(io, pointer(m), UInt(_mlength(m)))
write(io::IO, a::AbstractArray) = (n = 0; for x in a; n += write(io, x); end; n)
write(io::IO, r::Ref) = write(io, r[])
function write(io::IO, x, more...)
    n = write(io, x)
    for y in more
        n += write(io, y)
    end
    return n
end
write(to::IO, from::IO) = write(to, read(from))
# Streams whose reads or writes go on to another one.
flush(io::IO) = nothing
isreadable(io::IO) = true
iswritable(io::IO) = true

print(io::IO, x) = show(io, x)
print(io::IO, s::_Utf8) = (write(io, s); nothing)
print(io::IO, s::AbstractString) = (for c in s; print(io, c); end; nothing)
print(io::IO, c::AbstractChar) = (write(io, Char(c)); nothing)
print(io::IO, s::Symbol) = (write(io, String(s)); nothing)
print(io::IO, x::Union{Int8,Int16,Int32,Int64,Int128,UInt8,UInt16,UInt32,UInt64,UInt128}) = (write(io, string(x)); nothing)
print(io::IO, x::Bool) = (write(io, x ? "true" : "false"); nothing)
# One call for each of few values: their types are known where the call stands.
print(io::IO, a, b) = (print(io, a); print(io, b); nothing)
print(io::IO, a, b, c) = (print(io, a); print(io, b); print(io, c); nothing)
print(io::IO, a, b, c, d) = (print(io, a); print(io, b); print(io, c); print(io, d); nothing)
print(io::IO, a, b, c, d, e) = (print(io, a); print(io, b); print(io, c); print(io, d); print(io, e); nothing)
function print(io::IO, @nospecialize(xs...))
    for x in xs
        print(io, x)
    end
    return nothing
end
println(io::IO) = (write(io, 0x0a); nothing)
println(io::IO, s::_Utf8) = (write(io, s); write(io, 0x0a); nothing)
function println(io::IO, xs...)
    print(io, xs...)
    write(io, 0x0a)
    return nothing
end
# What several threads print does not mix. The lock is taken with one thread too: what runs, and is compiled, does not depend on how many there are.
const _console_lock = ReentrantLock()
print(xs...) = @lock _console_lock print(stdout, xs...)
println(xs...) = @lock _console_lock println(stdout, xs...)
print(io::IO) = nothing
print() = nothing
export write, print, println, flush, isreadable, iswritable

function sprint(f::Function, args...; context=nothing, sizehint::Integer=0)
    io = IOBuffer()
    if context === nothing
        f(io, args...)
    elseif context isa Tuple
        f(IOContext(io, context...), args...)
    else
        f(IOContext(io, context), args...)
    end
    return _take_string!(io)
end
repr(x; context=nothing) = sprint(show, x; context=context)
repr(mime, x; context=nothing) = sprint(show, mime isa AbstractString ? MIME(mime) : mime, x; context=context)
export sprint, repr

# --- Reading
function read(io::IO, ::Type{UInt8})
    r = RefValue{UInt8}(0x00)
    _read_some(io, Ptr{UInt8}(pointer_from_objref(r)), 1) == 1 || throw(EOFError())
    return r.x
end
read(io::IO, ::Type{Bool}) = read(io, UInt8) != 0x00
function read(io::IO, ::Type{T}) where {T<:Union{Int8,Int16,UInt16,Int32,UInt32,Int64,UInt64,Int128,UInt128,Float16,Float32,Float64}}
    r = RefValue{T}()
    unsafe_read(io, Ptr{UInt8}(pointer_from_objref(r)), UInt(sizeof(T)))
    return r.x
end
function unsafe_read(io::IO, p::Ptr, n::UInt)
    done = 0
    while done < n
        got = _read_some(io, Ptr{UInt8}(p) + done, Int(n) - done)
        got == 0 && throw(EOFError())
        done += got
    end
    return nothing
end
function read(io::IO, ::Type{Char})
    b = read(io, UInt8)
    bits = UInt32(b) << 24
    shift = 16
    for _ in 2:_lead_length(UInt32(b))
        next = _peek_byte(io)
        next >= 0 && _is_continuation(next % UInt8) || break
        bits |= UInt32(read(io, UInt8)) << shift
        shift -= 8
    end
    return _char_from_bits(bits)
end
function read!(io::IO, a::Array{T}) where {T}
    if T <: Union{BitInteger,IEEEFloat}
        unsafe_read(io, Ptr{UInt8}(pointer(a)), UInt(sizeof(T) * length(a)))
    else
        for i in eachindex(a)
            a[i] = read(io, T)
        end
    end
    return a
end
function readbytes!(io::IO, v::Vector{UInt8}, n::Integer=length(v))
    length(v) < n && resize!(v, n)
    done = 0
    while done < n
        got = _read_some(io, pointer(v) + done, Int(n) - done)
        got == 0 && break
        done += got
    end
    return done
end
function read(io::IO, n::Integer)
    v = UInt8[]
    got = 0
    while got < n # in growing steps: the stream may be far shorter than `n`
        step = Int(min(n - got, max(got, 8192)))
        resize!(v, got + step)
        more = _read_some(io, pointer(v) + got, step)
        more == 0 && break
        got += more
    end
    return resize!(v, got)
end
function _read_rest(io::IO)
    out = IOBuffer()
    chunk = Vector{UInt8}(undef, 8192)
    while true
        got = _read_some(io, pointer(chunk), 8192)
        got == 0 && return out
        unsafe_write(out, pointer(chunk), UInt(got))
    end
end
read(io::IO) = take!(_read_rest(io))
read(io::IO, ::Type{String}) = _take_string!(_read_rest(io))
peek(io::IO) = peek(io, UInt8)
function peek(io::IO, ::Type{UInt8})
    b = _peek_byte(io)
    b < 0 && throw(EOFError())
    return b % UInt8
end
function peek(io::IO, ::Type{Char})
    mark(io)
    c = read(io, Char)
    reset(io)
    return c
end
# Bytes up to and with `stop`, into `out`; false when the stream ended first.
function _copy_until(out::IO, io::IO, stop::UInt8)
    while !eof(io)
        b = read(io, UInt8)
        write(out, b)
        b == stop && return true
    end
    return false
end
function readline(io::IO=stdin; keep::Bool=false)
    out = IOBuffer()
    _copy_until(out, io, 0x0a)
    line = _take_string!(out)
    return keep ? line : String(chomp(line))
end
function readuntil(io::IO, delimiter; keep::Bool=false)
    stop = delimiter isa AbstractChar ? string(delimiter) : delimiter isa UInt8 ? String([delimiter]) : String(delimiter)
    out = IOBuffer()
    last_byte = codeunit(stop, ncodeunits(stop))
    text = ""
    while _copy_until(out, io, last_byte)
        _ends_with_bytes(out, stop) && (text = _take_string!(out); return keep ? text : String(chopsuffix(text, stop)))
    end
    return _take_string!(out)
end
copyuntil(out::IO, io::IO, delimiter; keep::Bool=false) = (print(out, readuntil(io, delimiter; keep=keep)); out)
copyline(out::IO, io::IO; keep::Bool=false) = (print(out, readline(io; keep=keep)); out)
readchomp(x) = String(chomp(read(x, String)))
struct EachLine{I<:IO}
    stream::I
    ondone::Function
    keep::Bool
end
eachline(io::IO=stdin; keep::Bool=false) = EachLine(io, () -> nothing, keep)
function eachline(path::AbstractString; keep::Bool=false)
    io = open(path)
    return EachLine(io, () -> close(io), keep)
end
eltype(::Type{<:EachLine}) = String
IteratorSize(::Type{<:EachLine}) = SizeUnknown()
function iterate(e::EachLine, state=nothing)
    eof(e.stream) && (e.ondone(); return nothing)
    return readline(e.stream; keep=e.keep), nothing
end
function readlines(io::IO=stdin; keep::Bool=false)
    lines = String[]
    while !eof(io)
        push!(lines, readline(io; keep=keep))
    end
    return lines
end
struct ReadEachIterator{T,I<:IO}
    stream::I
end
readeach(io::I, ::Type{T}) where {I<:IO,T} = ReadEachIterator{T,I}(io)
iterate(e::ReadEachIterator{T}, state=nothing) where {T} = eof(e.stream) ? nothing : (read(e.stream, T), nothing)
eltype(::Type{<:ReadEachIterator{T}}) where {T} = T
IteratorSize(::Type{<:ReadEachIterator}) = SizeUnknown()
function skipchars(f, io::IO; linecomment=nothing)
    while !eof(io)
        mark(io)
        c = read(io, Char)
        if c === linecomment
            readline(io)
        elseif !f(c)
            reset(io)
            break
        end
        unmark(io)
    end
    return io
end
skip(io::IO, n::Integer) = seek(io, position(io) + n)
seekstart(io::IO) = seek(io, 0)
mark(io::IO) = (io.mark = position(io))
unmark(io::IO) = (had = io.mark >= 0; io.mark = -1; had)
ismarked(io::IO) = io.mark >= 0
function reset(io::IO)
    io.mark >= 0 || throw(ArgumentError("$(typeof(io)) not marked"))
    at = io.mark
    seek(io, at)
    io.mark = -1
    return at
end
export read, read!, readbytes!, readline, readlines, readuntil, readchomp, readeach, eachline, peek, unsafe_read, unsafe_write,
    eof, close, isopen, open, seek, seekstart, seekend, skip, position, mark, unmark, ismarked, reset, skipchars, copyuntil, copyline
function countlines(io::IO; eol::AbstractChar='\n')
    n = 0
    last_byte = UInt8(eol)
    while !eof(io)
        n += 1
        _copy_until(IOBuffer(), io, last_byte)
    end
    return n
end
countlines(path::AbstractString; eol::AbstractChar='\n') = open(io -> countlines(io; eol=eol), path)
export countlines
