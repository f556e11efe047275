# SPDX-License-Identifier: MIT
# Streams over file descriptors: standard input and output, files.

# For `open(...; lock=false)`: the program sees to it that one task at a time uses the stream.
struct _NoLock <: AbstractLock end
lock(::_NoLock) = nothing
unlock(::_NoLock) = nothing
mutable struct IOStream <: IO
    name::String
    fd::Int32
    readable::Bool
    writable::Bool
    open::Bool
    mark::Int
    buffer::Memory{UInt8} # read ahead: bytes from:to are still to be given out
    from::Int
    to::Int
    written::Vector{UInt8} # of a file: not handed to the system yet
    const guard::Union{ReentrantLock,_NoLock} # whoever uses what is above has it
end
_stream(name::String, fd, readable::Bool, writable::Bool, locks::Bool=true) =
    IOStream(name, fd, readable, writable, true, -1, _memory(UInt8, 0), 1, 0, UInt8[], locks ? ReentrantLock() : _NoLock())
# The numbers are made without a conversion, which would be read and lowered at each start.
const stdin = _stream("<stdin>", trunc_int(Int32, 0), true, false)
const stdout = _stream("<stdout>", trunc_int(Int32, 1), false, true)
const stderr = _stream("<stderr>", trunc_int(Int32, 2), false, true)
const _WRITE_BUFFER = 16384
export stdin, stdout, stderr, IOStream

_system_error(what, errno=ccall(:jl_errno, Cint, ())) = throw(SystemError(what, errno))
# In libuv's words, where they differ from those of C.
const _IO_ERRORS = ((1, "EPERM", ""), (2, "ENOENT", ""), (13, "EACCES", ""), (16, "EBUSY", "resource busy or locked"), (17, "EEXIST", "file already exists"),
    (18, "EXDEV", "cross-device link not permitted"), (20, "ENOTDIR", ""), (21, "EISDIR", "illegal operation on a directory"), (22, "EINVAL", ""),
    (28, "ENOSPC", ""), (30, "EROFS", ""), (36, "ENAMETOOLONG", "name too long"), (39, "ENOTEMPTY", ""),
    (40, "ELOOP", "too many symbolic links encountered"))
function _io_error(what, errno=ccall(:jl_errno, Cint, ()))
    known = findfirst(e -> e[1] == errno, _IO_ERRORS)
    name, text = known === nothing ? ("errno $errno", "") : _IO_ERRORS[known][2:3]
    throw(IOError(string(what, ": ", isempty(text) ? lowercase(_error_text(errno)) : text, " (", name, ")"), -errno))
end
_error_text(errno) = ccall(:jl_error_text, Any, (Cint,), errno)::String

function unsafe_write(io::IOStream, p::Ptr{UInt8}, n::UInt)
    io.open || throw(ArgumentError("stream is closed or unusable"))
    if io.fd <= 2
        errno = ccall(:jl_fd_write, Cint, (Cint, Ptr{UInt8}, Csize_t), io.fd, p, n)
        errno == 0 || _system_error("write", errno)
        return Int(n)
    end
    @lock io.guard _write_to_file(io, p, n)
    return Int(n)
end
function _write_to_file(io::IOStream, p::Ptr{UInt8}, n::UInt)
    io.writable || throw(ArgumentError("write failed, IOStream is not writeable"))
    _drop_read_ahead(io)
    if n >= _WRITE_BUFFER
        _flush_written(io)
        errno = ccall(:jl_fd_write, Cint, (Cint, Ptr{UInt8}, Csize_t), io.fd, p, n)
        errno == 0 || _system_error("write", errno)
    else
        at = length(io.written)
        resize!(io.written, at + Int(n))
        ccall(:memcpy, Ptr{Cvoid}, (Ptr{UInt8}, Ptr{UInt8}, Csize_t), pointer(io.written) + at, p, n)
        at + Int(n) > _WRITE_BUFFER && _flush_written(io)
    end
    return nothing
end
function _flush_written(io::IOStream)
    isempty(io.written) && return nothing
    errno = ccall(:jl_fd_write, Cint, (Cint, Ptr{UInt8}, Csize_t), io.fd, pointer(io.written), length(io.written))
    empty!(io.written)
    errno == 0 || _system_error("write", errno)
    return nothing
end
function flush(io::IOStream)
    io.fd <= 2 || return @lock io.guard _flush_written(io)
    errno = ccall(:jl_flush, Cint, ())
    errno == 0 || _system_error("flush", errno)
    return nothing
end
# The file's own position goes back to what the program has seen.
function _drop_read_ahead(io::IOStream)
    ahead = io.to - io.from + 1
    ahead > 0 && ccall(:jl_seek, Int64, (Cint, Int64, Cint), io.fd, -ahead, 1)
    io.from = 1
    io.to = 0
    return nothing
end
function _fill(io::IOStream)
    io.from <= io.to && return true
    io.open && io.readable || return false
    _flush_written(io)
    _mlength(io.buffer) == 0 && (io.buffer = _memory(UInt8, 65536))
    io === stdin && flush(stdout)
    got = ccall(:jl_fd_read, Int64, (Cint, Ptr{UInt8}, Csize_t), io.fd, pointer(io.buffer), 65536)
    got < 0 && _system_error("read")
    io.from = 1
    io.to = got
    return got > 0
end
function _check_readable(io::IOStream)
    io.readable || throw(ArgumentError("read failed, IOStream is not readable"))
    return nothing
end
_read_some(io::IOStream, p::Ptr{UInt8}, n::Int) = @lock io.guard _read_ahead(io, p, n)
function _read_ahead(io::IOStream, p::Ptr{UInt8}, n::Int)
    _check_readable(io)
    _fill(io) || return 0
    count = min(n, io.to - io.from + 1)
    ccall(:memcpy, Ptr{Cvoid}, (Ptr{UInt8}, Ptr{UInt8}, Csize_t), p, pointer(io.buffer) + (io.from - 1), count)
    io.from += count
    return count
end
read(io::IOStream, ::Type{UInt8}) = @lock io.guard _read_byte(io)
function _read_byte(io::IOStream)
    _check_readable(io)
    _fill(io) || throw(EOFError())
    b = _mget(io.buffer, io.from)
    io.from += 1
    return b
end
_peek_byte(io::IOStream) = @lock io.guard (_fill(io) ? Int(_mget(io.buffer, io.from)) : -1)
_copy_until(out::IO, io::IOStream, stop::UInt8) = @lock io.guard _copy_bytes_until(out, io, stop)
function _copy_bytes_until(out::IO, io::IOStream, stop::UInt8)
    _check_readable(io)
    while _fill(io)
        at = io.from
        while at <= io.to && _mget(io.buffer, at) != stop
            at += 1
        end
        last_byte = min(at, io.to)
        unsafe_write(out, pointer(io.buffer) + (io.from - 1), UInt(last_byte - io.from + 1))
        io.from = last_byte + 1
        at <= last_byte && return true
    end
    return false
end
function eof(io::IOStream)
    io.readable || throw(ArgumentError("read failed, IOStream is not readable"))
    return io.from > io.to && !@lock(io.guard, _fill(io))
end
bytesavailable(io::IOStream) = io.to - io.from + 1
isopen(io::IOStream) = io.open
isreadable(io::IOStream) = io.open && io.readable
iswritable(io::IOStream) = io.open && io.writable
fd(io::IOStream) = Int(io.fd)
close(io::IOStream) = @lock io.guard _close(io)
function _close(io::IOStream)
    io.open || return nothing
    flush(io)
    io.open = io.readable = io.writable = false
    io.from = 1
    io.to = 0
    io.fd > 2 && ccall(:jl_close, Cint, (Cint,), io.fd)
    return nothing
end
position(io::IOStream) = @lock io.guard _position(io)
function _position(io::IOStream)
    at = ccall(:jl_seek, Int64, (Cint, Int64, Cint), io.fd, 0, 1)
    at < 0 && _system_error("position")
    return at + length(io.written) - (io.to - io.from + 1)
end
function _seek(io::IOStream, n::Int, whence)
    _flush_written(io)
    io.from = 1
    io.to = 0
    ccall(:jl_seek, Int64, (Cint, Int64, Cint), io.fd, n, whence) < 0 && _system_error("seek")
    return io
end
seek(io::IOStream, n::Integer) = @lock io.guard _seek(io, Int(n), 0)
seekend(io::IOStream) = @lock io.guard _seek(io, 0, 2)
truncate(io::IOStream, n::Integer) = @lock io.guard _truncate(io, n)
function _truncate(io::IOStream, n::Integer)
    _flush_written(io)
    ccall(:jl_truncate, Cint, (Cint, Int64), io.fd, n) == 0 || _system_error("ftruncate")
    return io
end
function show(io::IO, s::IOStream)
    print(io, "IOStream(", s.name, ")")
end
displaysize(io::IOStream) = (24, 80)

# --- Opening files
# O_RDONLY 0, O_WRONLY 1, O_RDWR 2, O_CREAT 0x40, O_TRUNC 0x200, O_APPEND 0x400.
function open(path::AbstractString, mode::AbstractString; lock::Bool=true)
    mode == "r" && return _open(path, lock, true, false, false, false, false)
    mode == "w" && return _open(path, lock, false, true, true, true, false)
    mode == "a" && return _open(path, lock, false, true, true, false, true)
    mode == "r+" && return _open(path, lock, true, true, false, false, false)
    mode == "w+" && return _open(path, lock, true, true, true, true, false)
    mode == "a+" && return _open(path, lock, true, true, true, false, true)
    throw(ArgumentError("invalid open mode: $mode"))
end
function open(path::AbstractString; read=nothing, write=nothing, create=nothing, truncate=nothing, append=nothing, lock::Bool=true)
    read === write === create === truncate === append === nothing && return _open(path, lock, true, false, false, false, false)
    appends = something(append, false)
    truncates = something(truncate, false)
    writes = something(write, appends || truncates || something(create, false))
    reads = something(read, !writes)
    creates = something(create, writes && !reads || truncates || appends)
    return _open(path, lock, reads, writes, creates, something(truncate, writes && !reads && !appends), appends)
end
function _open(path, locks::Bool, reads::Bool, writes::Bool, creates::Bool, truncates::Bool, appends::Bool)
    flags = (reads ? writes ? 2 : 0 : 1) | (creates ? 0x40 : 0) | (truncates ? 0x200 : 0) | (appends ? 0x400 : 0)
    name = String(path)
    fd = ccall(:jl_open, Cint, (Any, Cint, Cint), name, flags, 0o666)
    fd < 0 && _system_error("opening file $(repr(name))")
    return _stream("<file $name>", fd, reads, writes, locks)
end
function open(f::Function, args...; kwargs...)
    io = open(args...; kwargs...)
    try
        return f(io)
    finally
        close(io)
    end
end
read(path::AbstractString, args...) = open(io -> read(io, args...), path)
read(path::AbstractString, ::Type{String}) = open(io -> read(io, String), path)
write(path::AbstractString, x, more...) = open(io -> write(io, x, more...), path, "w")
readlines(path::AbstractString; keep::Bool=false) = open(io -> readlines(io; keep=keep), path)
readline(path::AbstractString; keep::Bool=false) = open(io -> readline(io; keep=keep), path)
readuntil(path::AbstractString, delimiter; keep::Bool=false) = open(io -> readuntil(io, delimiter; keep=keep), path)

struct DevNull <: IO end
const devnull = DevNull()
unsafe_write(::DevNull, p::Ptr{UInt8}, n::UInt) = Int(n)
write(::DevNull, b::UInt8) = 1
_read_some(::DevNull, p::Ptr{UInt8}, n::Int) = 0
_peek_byte(::DevNull) = -1
eof(::DevNull) = true
close(::DevNull) = nothing
isopen(::DevNull) = true
show(io::IO, ::DevNull) = print(io, "Base.DevNull()")
export devnull

# Sends what is written to standard output or error elsewhere while `f` runs.
redirect_stdout(f::Function, to::Union{IOStream,DevNull}) = _redirect(f, stdout, to)
redirect_stderr(f::Function, to::Union{IOStream,DevNull}) = _redirect(f, stderr, to)
_redirect(f, from::IOStream, ::DevNull) = open(io -> _redirect(f, from, io), "/dev/null", "w")
function _redirect(f, from::IOStream, to::IOStream)
    flush(from)
    old = from.fd
    from.fd = to.fd
    try
        return f()
    finally
        flush(from)
        flush(to)
        from.fd = old
    end
end
export redirect_stdout, redirect_stderr
