# SPDX-License-Identifier: MIT
# VersionNumber, and the version of the language that this library behaves like.

struct VersionNumber
    major::UInt32
    minor::UInt32
    patch::UInt32
    prerelease::Tuple
    build::Tuple
end
VersionNumber(major::Integer, minor::Integer=0, patch::Integer=0, prerelease::Tuple=(), build::Tuple=()) =
    VersionNumber(UInt32(major), UInt32(minor), UInt32(patch), prerelease, build)
VersionNumber(v::VersionNumber) = v
_version_part(s) = all(isdigit, s) ? parse(UInt64, s) : String(s)
_version_parts(s) = isempty(s) ? ("",) : Tuple(_version_part(p) for p in split(s, '.'))
function tryparse(::Type{VersionNumber}, text::AbstractString)
    s = startswith(text, 'v') ? chopprefix(text, "v") : SubString(text)
    plus = findfirst('+', s)
    build = plus === nothing ? () : _version_parts(s[plus+1:end])
    plus === nothing || (s = SubString(s, 1, plus - 1))
    minus = findfirst('-', s)
    prerelease = minus === nothing ? () : _version_parts(s[minus+1:end])
    minus === nothing || (s = SubString(s, 1, minus - 1))
    parts = split(s, '.')
    1 <= length(parts) <= 3 && all(p -> !isempty(p) && all(isdigit, p), parts) || return nothing
    numbers = [parse(Int, p) for p in parts]
    return VersionNumber(numbers[1], get(numbers, 2, 0), get(numbers, 3, 0), prerelease, build)
end
function VersionNumber(text::AbstractString)
    v = tryparse(VersionNumber, text)
    v === nothing && throw(ArgumentError("invalid version string: $text"))
    return v
end
parse(::Type{VersionNumber}, text::AbstractString) = VersionNumber(text)
function print(io::IO, v::VersionNumber)
    print(io, v.major, '.', v.minor, '.', v.patch)
    isempty(v.prerelease) || (print(io, '-'); join(io, v.prerelease, '.'))
    isempty(v.build) || (print(io, '+'); join(io, v.build, '.'))
    return nothing
end
show(io::IO, v::VersionNumber) = print(io, "v\"", v, "\"")
_part_less(a, b) = a isa AbstractString ? (b isa AbstractString ? isless(a, b) : false) : (b isa AbstractString ? true : isless(a, b))
function _parts_less(a::Tuple, b::Tuple)
    for i in 1:min(length(a), length(b))
        _part_less(a[i], b[i]) && return true
        _part_less(b[i], a[i]) && return false
    end
    return length(a) < length(b)
end
function isless(a::VersionNumber, b::VersionNumber)
    a.major == b.major || return a.major < b.major
    a.minor == b.minor || return a.minor < b.minor
    a.patch == b.patch || return a.patch < b.patch
    if a.prerelease != b.prerelease
        isempty(a.prerelease) && return false
        isempty(b.prerelease) && return true
        return _parts_less(a.prerelease, b.prerelease)
    end
    return _parts_less(a.build, b.build)
end
<(a::VersionNumber, b::VersionNumber) = isless(a, b)
==(a::VersionNumber, b::VersionNumber) = a.major == b.major && a.minor == b.minor && a.patch == b.patch && a.prerelease == b.prerelease &&
    a.build == b.build
hash(v::VersionNumber, h::UInt) = hash((v.major, v.minor, v.patch, v.prerelease, v.build), h + 0x8ff4ffdb75f9fede)
broadcastable(v::VersionNumber) = Ref(v)
const VERSION = VersionNumber(0x00000001, 0x0000000b, 0x00000000, (), ()) # as the fields are: nothing is converted at each start
export VersionNumber, VERSION
