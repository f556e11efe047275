# SPDX-License-Identifier: MIT
# Shared libraries by hand: opened, searched and closed while the program runs.
module Libdl
export DL_LOAD_PATH, RTLD_DEEPBIND, RTLD_FIRST, RTLD_GLOBAL, RTLD_LAZY, RTLD_LOCAL, RTLD_NODELETE, RTLD_NOLOAD, RTLD_NOW,
    dlclose, dlopen, dlopen_e, dlsym, dlsym_e, dlpath, find_library, dlext, dllist

const DL_LOAD_PATH = String[]
const RTLD_LAZY, RTLD_NOW, RTLD_NOLOAD, RTLD_DEEPBIND = 0x00000001, 0x00000002, 0x00000004, 0x00000008
const RTLD_LOCAL, RTLD_GLOBAL, RTLD_NODELETE, RTLD_FIRST = 0x00000000, 0x00000100, 0x00001000, 0x00000000
const dlext = "so"

_error_text() = ccall(:jl_dlerror, Any, ())::String
# A handle, or the reason why there is none. What files a name may mean is the runtime's to say, for `ccall` as well.
function _open(name::String, flags)
    library = Ref{Ptr{Cvoid}}(C_NULL)
    reason = ccall(:jl_dlopen, Any, (Cstring, Cint, Ptr{Ptr{Cvoid}}), name, flags, library)
    return reason === nothing ? library[] : reason::String
end

dlopen(name::Symbol, flags::Integer=RTLD_LAZY | RTLD_DEEPBIND; throw_error::Bool=true) =
    dlopen(string(name), flags; throw_error=throw_error)
function dlopen(name::AbstractString, flags::Integer=RTLD_LAZY | RTLD_DEEPBIND; throw_error::Bool=true)
    text, reason = String(name), ""
    for place in (occursin('/', text) ? String[text] : String[String[joinpath(dir, text) for dir in DL_LOAD_PATH]; text])
        library = _open(place, flags)
        library isa Ptr && return library
        reason = library
    end
    throw_error && error("could not load library \"$text\"\n$reason")
    return nothing
end
function dlopen(f::Function, args...; kwargs...)
    library = dlopen(args...; kwargs...)
    try
        return f(library)
    finally
        library === nothing || dlclose(library)
    end
end
dlopen_e(args...) = something(dlopen(args...; throw_error=false), C_NULL)

function dlsym(library::Ptr, name::Union{Symbol,AbstractString}; throw_error::Bool=true)
    library == C_NULL && throw(ArgumentError("NULL library handle"))
    address = Ref{Ptr{Cvoid}}(C_NULL)
    found = ccall(:jl_dlsym, Cint, (Ptr{Cvoid}, Cstring, Ptr{Ptr{Cvoid}}), library, name, address) != 0
    found && return address[]
    throw_error && error("could not load symbol \"$name\":\n$(_error_text())")
    return nothing
end
dlsym_e(args...) = something(dlsym(args...; throw_error=false), C_NULL)

dlclose(library::Ptr) = ccall(:jl_dlclose, Cint, (Ptr{Cvoid},), library) == 0
dlclose(::Nothing) = false

function dlpath(library::Ptr)
    path = ccall(:jl_dlpath, Any, (Ptr{Cvoid},), library)
    path === nothing && throw(ArgumentError("not a handle of a library: $library"))
    return path::String
end
dlpath(name::Union{AbstractString,Symbol}) = dlopen(dlpath, name)

find_library(name::Union{Symbol,AbstractString}, paths=String[]) = find_library([string(name)], paths)
function find_library(names, paths=String[])
    for name in names, candidate in [String[joinpath(dir, string(name)) for dir in paths]; string(name)]
        library = dlopen(candidate; throw_error=false)
        library === nothing && continue
        dlclose(library)
        return candidate
    end
    return ""
end

dllist() = String[name for name in ccall(:jl_dllist, Any, ())::Vector{Any}]
end
