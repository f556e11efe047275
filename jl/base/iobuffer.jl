# SPDX-License-Identifier: MIT
# IOBuffer: a stream in memory.

mutable struct IOBuffer <: IO
    data::Memory{UInt8}
    size::Int       # bytes that count
    ptr::Int        # 1-based position of the next read or write
    mark::Int
    readable::Bool
    writable::Bool
    append::Bool
    open::Bool
    maxsize::Int
end
const GenericIOBuffer = IOBuffer
IOBuffer(; read::Bool=true, write::Bool=true, append::Bool=false, truncate::Bool=true, maxsize::Integer=typemax(Int), sizehint=nothing) =
    IOBuffer(_memory(UInt8, 32), 0, 1, -1, read, write, append, true, Int(maxsize))
IOBuffer(s::AbstractString; kw...) = IOBuffer(codeunits(String(s)); kw...)
function IOBuffer(v::AbstractVector{UInt8}; read::Bool=true, write::Bool=false, append::Bool=false, truncate::Bool=write && !read,
    maxsize::Integer=typemax(Int))
    data = _memory(UInt8, length(v))
    i = 0
    for b in v
        _mset!(data, b, i += 1)
    end
    return IOBuffer(data, truncate ? 0 : length(v), 1, -1, read, write, append, true, Int(maxsize))
end
PipeBuffer() = IOBuffer(; append=true)

function _reserve!(io::IOBuffer, last::Int)
    n = _mlength(io.data)
    last <= n && return nothing
    bigger = _memory(UInt8, max(last, 2n, 32))
    ccall(:memcpy, Ptr{Cvoid}, (Ptr{UInt8}, Ptr{UInt8}, Csize_t), pointer(bigger), pointer(io.data), io.size)
    io.data = bigger
    return nothing
end
_check_writable(io::IOBuffer) = io.writable ? nothing : throw(ArgumentError("ensureroom failed, IOBuffer is not writeable"))
function unsafe_write(io::IOBuffer, p::Ptr{UInt8}, n::UInt)
    _check_writable(io)
    at = io.append ? io.size + 1 : io.ptr
    count = min(Int(n), io.maxsize - at + 1)
    _reserve!(io, at + count - 1)
    ccall(:memcpy, Ptr{Cvoid}, (Ptr{UInt8}, Ptr{UInt8}, Csize_t), pointer(io.data) + (at - 1), p, count)
    io.size = max(io.size, at + count - 1)
    io.append || (io.ptr = at + count)
    return count
end
function write(io::IOBuffer, b::UInt8)
    _check_writable(io)
    at = io.append ? io.size + 1 : io.ptr
    at > io.maxsize && return 0
    _reserve!(io, at)
    _mset!(io.data, b, at)
    io.size = max(io.size, at)
    io.append || (io.ptr = at + 1)
    return 1
end
# Decimal digits go straight to where they belong.
function print(io::IOBuffer, x::Int64)
    io.maxsize == typemax(Int) || return (write(io, string(x)); nothing)
    _check_writable(io)
    rest = (x < 0 ? -x : x) % UInt
    count = _decimal_digits(rest) + (x < 0)
    at = io.append ? io.size + 1 : io.ptr
    last = at + count - 1
    _reserve!(io, last)
    x < 0 && _mset!(io.data, 0x2d, at)
    i = last
    while true
        tens = div(rest, UInt(10))
        _mset!(io.data, (rest - UInt(10) * tens + UInt(0x30)) % UInt8, i)
        tens == UInt(0) && break
        rest = tens
        i -= 1
    end
    io.size = max(io.size, last)
    io.append || (io.ptr = last + 1)
    return nothing
end
function _decimal_digits(u::UInt)
    n = 1
    while u >= UInt(10)
        u = div(u, UInt(10))
        n += 1
    end
    return n
end
function _check_readable(io::IOBuffer)
    io.readable || throw(ArgumentError("read failed, IOBuffer is not readable"))
    return nothing
end
function _read_some(io::IOBuffer, p::Ptr{UInt8}, n::Int)
    _check_readable(io)
    count = max(0, min(n, io.size - io.ptr + 1))
    ccall(:memcpy, Ptr{Cvoid}, (Ptr{UInt8}, Ptr{UInt8}, Csize_t), p, pointer(io.data) + (io.ptr - 1), count)
    io.ptr += count
    return count
end
function read(io::IOBuffer, ::Type{UInt8})
    _check_readable(io)
    io.ptr > io.size && throw(EOFError())
    b = _mget(io.data, io.ptr)
    io.ptr += 1
    return b
end
_peek_byte(io::IOBuffer) = io.ptr > io.size ? -1 : Int(_mget(io.data, io.ptr))
eof(io::IOBuffer) = io.ptr > io.size
bytesavailable(io::IOBuffer) = io.size - io.ptr + 1
isopen(io::IOBuffer) = io.open
isreadable(io::IOBuffer) = io.readable
iswritable(io::IOBuffer) = io.writable
function close(io::IOBuffer)
    io.open = io.readable = io.writable = false
    io.size = 0
    io.ptr = 1
    return nothing
end
position(io::IOBuffer) = io.ptr - 1
seek(io::IOBuffer, n::Integer) = (io.ptr = clamp(Int(n), 0, io.size) + 1; io)
seekend(io::IOBuffer) = (io.ptr = io.size + 1; io)
length(io::IOBuffer) = io.size
function truncate(io::IOBuffer, n::Integer)
    _check_writable(io)
    n < 0 && throw(ArgumentError(string("truncate failed, n bytes must be ≥ 0, got ", n)))
    _reserve!(io, Int(n))
    for i in io.size+1:Int(n)
        _mset!(io.data, 0x00, i)
    end
    io.size = Int(n)
    io.ptr = min(io.ptr, io.size + 1)
    return io
end
# What was written so far: all of it when the buffer can be written to, else what is left to read.
function take!(io::IOBuffer)
    v = Vector{UInt8}(undef, io.size)
    ccall(:memcpy, Ptr{Cvoid}, (Ptr{UInt8}, Ptr{UInt8}, Csize_t), pointer(v), pointer(io.data), io.size)
    io.writable && _clear!(io)
    io.ptr = 1
    return v
end
_clear!(io::IOBuffer) = (io.data = _memory(UInt8, 0); io.size = 0; io.ptr = 1; io.mark = -1; nothing)
_take_string!(io::IOBuffer) = (s = _string_from_pointer(pointer(io.data), io.size); io.size = 0; io.ptr = 1; s)
takestring!(io::IOBuffer) = (s = _take_string!(io); _clear!(io); s)
function _ends_with_bytes(io::IOBuffer, s::String)
    n = ncodeunits(s)
    io.size >= n || return false
    return ccall(:memcmp, Cint, (Ptr{UInt8}, Ptr{UInt8}, Csize_t), pointer(io.data) + (io.size - n), pointer(s), n) == 0
end
function show(io::IO, b::IOBuffer)
    print(io, "IOBuffer(data=UInt8[...], readable=", b.readable, ", writable=", b.writable, ", seekable=true, append=", b.append,
        ", size=", b.size, ", maxsize=", b.maxsize == typemax(Int) ? "Inf" : b.maxsize, ", ptr=", b.ptr, ", mark=", b.mark, ")")
end
readavailable(io::IO) = read(io, max(bytesavailable(io), 0))
export IOBuffer, PipeBuffer, take!, truncate, bytesavailable, readavailable
