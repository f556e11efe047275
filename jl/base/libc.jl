# SPDX-License-Identifier: MIT
# The C library: memory that the program manages itself, errors, the process.

module Libc
export calloc, errno, free, getpid, malloc, memcpy, memmove, memcmp, realloc, strerror, time
errno() = ccall(:jl_errno, Cint, ())
errno(e::Integer) = ccall(:jl_set_errno, Cvoid, (Cint,), e)
strerror(e::Integer=errno()) = ccall(:jl_error_text, Any, (Cint,), e)::String
malloc(size::Integer) = ccall(:malloc, Ptr{Cvoid}, (Csize_t,), size)
calloc(n::Integer, size::Integer) = ccall(:calloc, Ptr{Cvoid}, (Csize_t, Csize_t), n, size)
realloc(p::Ptr, size::Integer) = ccall(:realloc, Ptr{Cvoid}, (Ptr{Cvoid}, Csize_t), p, size)
free(p::Ptr) = ccall(:free, Cvoid, (Ptr{Cvoid},), p)
free(p::Union{Cstring,Cwstring}) = free(Ptr{Cvoid}(p))
memcpy(dst::Ptr, src::Ptr, n::Integer) = ccall(:memcpy, Ptr{Cvoid}, (Ptr{Cvoid}, Ptr{Cvoid}, Csize_t), dst, src, n)
memmove(dst::Ptr, src::Ptr, n::Integer) = ccall(:memmove, Ptr{Cvoid}, (Ptr{Cvoid}, Ptr{Cvoid}, Csize_t), dst, src, n)
memcmp(a::Ptr, b::Ptr, n::Integer) = ccall(:memcmp, Cint, (Ptr{Cvoid}, Ptr{Cvoid}, Csize_t), a, b, n)
getpid() = Int32(ccall(:jl_getpid, Int64, ()))
time() = ccall(:jl_time, Float64, ())
end
export Libc
