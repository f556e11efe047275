# SPDX-License-Identifier: MIT
# Bytes as text of 64 letters.
module Base64
export base64encode, base64decode, Base64EncodePipe, Base64DecodePipe, stringmime

const _letters = codeunits("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
function _encoded(bytes)
    out = UInt8[]
    n = length(bytes)
    for i in 1:3:n
        group = UInt32(bytes[i]) << 16 | (i < n ? UInt32(bytes[i+1]) << 8 : UInt32(0)) | (i + 1 < n ? UInt32(bytes[i+2]) : UInt32(0))
        for k in 0:3
            push!(out, i + k - 1 > n ? UInt8('=') : _letters[((group >> (18 - 6k)) & 0x3f) + 1])
        end
    end
    return String(out)
end
base64encode(s::Union{AbstractString,AbstractVector{UInt8}}) = _encoded(s isa AbstractString ? codeunits(String(s)) : s)
base64encode(f::Function, args...) = _encoded(take!(_written(f, args...)))
base64encode(args...) = base64encode(write, args...)
_written(f, args...) = (out = IOBuffer(); f(out, args...); out)

function _decoded(text)
    out = UInt8[]
    group, count = UInt32(0), 0
    padding = false
    for b in codeunits(String(text))
        b in (UInt8('\n'), UInt8('\r'), UInt8(' '), UInt8('\t')) && continue
        b == UInt8('=') && (padding = true; continue)
        value = findfirst(==(b), _letters)
        (value === nothing || padding) && throw(ArgumentError("malformed base64 sequence"))
        group = group << 6 | UInt32(value - 1)
        count += 1
        if count == 4
            push!(out, (group >> 16) % UInt8, (group >> 8) % UInt8, group % UInt8)
            group, count = UInt32(0), 0
        end
    end
    count == 1 && throw(ArgumentError("malformed base64 sequence"))
    count >= 2 && push!(out, (group >> (count == 2 ? 4 : 10)) % UInt8)
    count == 3 && push!(out, (group >> 2) % UInt8)
    return out
end
base64decode(s) = _decoded(s)

# Streams: what is written is encoded on close; what is read comes decoded.
struct Base64EncodePipe <: IO
    io::IO
    buffer::IOBuffer
end
Base64EncodePipe(io::IO) = Base64EncodePipe(io, IOBuffer())
Base.write(p::Base64EncodePipe, b::UInt8) = write(p.buffer, b)
Base.unsafe_write(p::Base64EncodePipe, from::Ptr{UInt8}, n::UInt) = unsafe_write(p.buffer, from, n)
Base.close(p::Base64EncodePipe) = (print(p.io, _encoded(take!(p.buffer))); nothing)
struct Base64DecodePipe <: IO
    io::IO
end
Base.read(p::Base64DecodePipe) = _decoded(read(p.io, String))
Base.read(p::Base64DecodePipe, ::Type{String}) = String(read(p))
stringmime(mime, x) = istextmime(mime) ? repr(mime, x) : _encoded(repr(mime, x))
end
