# SPDX-License-Identifier: MIT
# hash(x, h): isequal values have equal hashes, and a value has the same hash in every process. Integers go through Thomas Wang's
# 64-bit mix and text through MurmurHash3, which gives small Dicts the iteration order that programs written for Julia show; still,
# no program may rely on the order.

hash(x) = hash(x, zero(UInt))
@inline function _mix(n::UInt64)
    n = ~n + n << 21
    n = n ⊻ n >> 24
    n = n + n << 3 + n << 8
    n = n ⊻ n >> 14
    n = n + n << 2 + n << 4
    n = n ⊻ n >> 28
    return n + n << 31
end
hash_uint64(n::UInt64) = _mix(n)
hash_uint(n::UInt) = _mix(n)
hash(x, h::UInt) = _mix(3h - objectid(x))
@inline hash(x::Int64, h::UInt) = _mix(reinterpret(UInt64, x)) - 3h
@inline hash(x::UInt64, h::UInt) = _mix(x) - 3h
hash(x::Union{Bool,Int8,UInt8,Int16,UInt16,Int32,UInt32}, h::UInt) = hash(Int64(x), h)
function hash(x::Union{Int128,UInt128}, h::UInt)
    typemin(Int64) <= x <= typemax(Int64) && return hash(x % Int64, h)
    0 <= x <= typemax(UInt64) && return hash(x % UInt64, h)
    return hash(x % UInt64, hash((x >> 64) % UInt64, h))
end
hash(c::Char, h::UInt) = _mix(((UInt64(_char_bits(c)) + 0x00000000d4d64234) << 32) ⊻ h)
function hash(x::Float64, h::UInt)
    isnan(x) && return _mix(0x7ff8000000000000) ⊻ h
    if -9.223372036854775808e18 <= x < 9.223372036854775808e18
        n = unsafe_trunc(Int64, x)
        Float64(n) === x && return hash(n, h)
    elseif 0.0 <= x < 1.8446744073709551616e19
        return hash(unsafe_trunc(UInt64, x), h)
    end
    return _mix(reinterpret(UInt64, x)) - 3h
end
hash(x::Union{Float16,Float32}, h::UInt) = hash(Float64(x), h)
_murmur(p::Ptr{UInt8}, n::Int, seed::UInt32) = ccall(:jl_murmur_hash, UInt64, (Ptr{UInt8}, Csize_t, UInt32), p, n, seed)
function hash(s::_Utf8, h::UInt)
    h += 0x71e729fd56419c81
    return _murmur(pointer(s), ncodeunits(s), h % UInt32) + h
end
hash(s::AbstractString, h::UInt) = hash(String(s), h)
function _symbol_hash(s::Symbol)
    text = String(s)
    return _mix(-(_murmur(pointer(text), ncodeunits(text), 0xcafe8881) ⊻ 0xaaaaaaaaaaaaaaaa))
end
hash(s::Symbol) = _symbol_hash(s)
hash(s::Symbol, h::UInt) = _mix(3h - _symbol_hash(s))
hash(T::Type, h::UInt) = _mix(3h - ccall(:jl_type_hash, UInt, (Any,), T))
hash(::Nothing, h::UInt) = _mix(3h - 0x2f3a96dd13f5b9a1)
hash(::Missing, h::UInt) = _mix(3h - 0x7b2c1dd5fa8c3d5f)
hash(m::Module, h::UInt) = hash(nameof(m), h)
hash(f::Function, h::UInt) = _mix(3h - objectid(f))
hash(::Tuple{}, h::UInt) = h + 0x77cfa1eef01bca90
hash(t::Tuple, h::UInt) = hash(t[1], hash(tail(t), h))
hash(t::NamedTuple{names}, h::UInt) where {names} = hash(names, hash(Tuple(t), h))
hash(p::Pair, h::UInt) = hash(p.second, hash(p.first, h + 0x5f2a1f9d8f0f2f13))
hash(e::Expr, h::UInt) = hash(e.args, hash(e.head, h + 0x83c7900696d26dc6))
hash(q::QuoteNode, h::UInt) = hash(q.value, h + 0x2c97bf8b3de87020)
hash(r::AbstractRange, h::UInt) = _hash_elements(r, h)
hash(a::AbstractArray, h::UInt) = _hash_elements(a, h)
# Arrays that are isequal may be of different kinds (a range, a Vector of Float64): only shape and elements count.
function _hash_elements(a::AbstractArray, h::UInt)
    h = hash(size(a), h + 0x2b3c4d6e1f5a7908)
    for x in a
        h = hash(x, h)
    end
    return h
end
# Sets and Dicts have no order.
function hash(d::AbstractDict, h::UInt)
    sum = 0x6d35bb51952d5539
    for (k, v) in d
        sum = sum ⊻ hash(k, hash(v))
    end
    return hash(sum, h)
end
function hash(s::AbstractSet, h::UInt)
    sum = 0x852ada37cfe8e0ce
    for x in s
        sum = sum ⊻ hash(x)
    end
    return hash(sum, h)
end
export hash
