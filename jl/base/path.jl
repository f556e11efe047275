# SPDX-License-Identifier: MIT
# Paths, files and folders; the process and its environment; clocks.

function joinpath(parts::AbstractString...)
    path = String(parts[1])
    for i in 2:length(parts)
        part = parts[i]
        if startswith(part, '/')
            path = String(part)
        elseif isempty(path) || endswith(path, '/')
            path = string(path, part)
        else
            path = string(path, '/', part)
        end
    end
    return path
end
joinpath(parts::Union{AbstractVector,Tuple}) = joinpath(parts...)
isabspath(path::AbstractString) = startswith(path, '/')
function splitdir(path::AbstractString)
    slash = findlast('/', path)
    slash === nothing && return ("", String(path))
    head = rstrip(path[1:slash], '/')
    return (isempty(head) ? "/" : String(head), path[slash+1:end])
end
dirname(path::AbstractString) = splitdir(path)[1]
basename(path::AbstractString) = splitdir(path)[2]
function splitext(path::AbstractString)
    dot = findlast('.', path)
    dot === nothing && return (String(path), "")
    slash = findlast('/', path)
    from = slash === nothing ? 1 : slash + 1
    (dot <= from || all(==('.'), SubString(path, from, dot))) && return (String(path), "")
    return (path[1:dot-1], path[dot:end])
end
function splitpath(path::AbstractString)
    parts = String[]
    isabspath(path) && push!(parts, "/")
    for part in eachsplit(path, '/'; keepempty=false)
        push!(parts, part)
    end
    return isempty(parts) ? [String(path)] : parts
end
function normpath(path::AbstractString)
    absolute = isabspath(path)
    parts = SubString{String}[]
    for part in eachsplit(String(path), '/'; keepempty=false)
        part == "." && continue
        if part == ".."
            if !isempty(parts) && last(parts) != ".."
                pop!(parts)
                continue
            end
            absolute && continue
        end
        push!(parts, part)
    end
    result = string(absolute ? "/" : "", join(parts, '/'), endswith(path, '/') && !isempty(parts) ? "/" : "")
    return isempty(result) ? "." : result
end
normpath(path::AbstractString, more::AbstractString...) = normpath(joinpath(path, more...))
abspath(path::AbstractString) = normpath(isabspath(path) ? path : joinpath(pwd(), path))
abspath(path::AbstractString, more::AbstractString...) = abspath(joinpath(path, more...))
function relpath(path::AbstractString, start::AbstractString=".")
    to = splitpath(abspath(path))
    from = splitpath(abspath(start))
    common = 0
    while common < min(length(to), length(from)) && to[common+1] == from[common+1]
        common += 1
    end
    parts = [fill("..", length(from) - common); to[common+1:end]]
    return isempty(parts) ? "." : joinpath(parts...)
end
function realpath(path::AbstractString)
    real = ccall(:jl_real_path, Any, (Any,), String(path))
    real === nothing && _io_error("realpath($(repr(String(path))))")
    return real::String
end
homedir() = get(ENV, "HOME", "/")
expanduser(path::AbstractString) = path == "~" || startswith(path, "~/") ? string(homedir(), path[2:end]) : String(path)
pwd() = ccall(:jl_cwd, Any, ())::String
function cd(path::AbstractString)
    ccall(:jl_chdir, Cint, (Any,), String(path)) == 0 || _io_error("cd($(repr(String(path))))")
    return nothing
end
function cd(f::Function, path::AbstractString)
    old = pwd()
    try
        cd(path)
        return f()
    finally
        cd(old)
    end
end
export joinpath, isabspath, splitdir, dirname, basename, splitext, splitpath, normpath, abspath, relpath, realpath, homedir,
    expanduser, pwd, cd

struct StatStruct
    mode::Int
    size::Int
    mtime::Float64
    inode::Int
    device::Int
    nlink::Int
    uid::Int
    gid::Int
end
function _stat(path, follow::Int)
    out = zeros(Int64, 8)
    ok = ccall(:jl_stat, Cint, (Any, Ptr{Int64}, Cint), String(path), pointer(out), follow) == 0
    return ok ? StatStruct(out[1], out[2], out[3] / 1e9, out[4], out[5], out[6], out[7], out[8]) :
        StatStruct(0, 0, 0.0, 0, 0, 0, 0, 0)
end
stat(path::AbstractString) = _stat(path, 1)
lstat(path::AbstractString) = _stat(path, 0)
_kind(s::StatStruct) = s.mode & 0o170000
ispath(path::AbstractString) = _kind(stat(path)) != 0
isfile(path::AbstractString) = _kind(stat(path)) == 0o100000
isdir(path::AbstractString) = _kind(stat(path)) == 0o040000
islink(path::AbstractString) = _kind(lstat(path)) == 0o120000
filesize(path::AbstractString) = stat(path).size
mtime(path::AbstractString) = stat(path).mtime
function readdir(path::AbstractString="."; join::Bool=false, sort::Bool=true)
    names = ccall(:jl_list_directory, Any, (Any,), String(path))
    names === nothing && _io_error("readdir($(repr(String(path))))")
    return String[join ? joinpath(path, name) : name for name in names::Vector{Any}]
end
function mkdir(path::AbstractString; mode::Integer=0o777)
    ccall(:mkdir, Cint, (Ptr{UInt8}, Cuint), String(path), mode) == 0 || _io_error("mkdir($(repr(String(path))); mode=0o$(string(mode; base=8, pad=3)))")
    return String(path)
end
function mkpath(path::AbstractString; mode::Integer=0o777)
    isdir(path) && return String(path)
    parent = dirname(path)
    isempty(parent) || parent == path || mkpath(parent; mode=mode)
    return mkdir(path; mode=mode)
end
function rm(path::AbstractString; force::Bool=false, recursive::Bool=false)
    if isdir(path) && !islink(path)
        recursive && foreach(name -> rm(joinpath(path, name); force=force, recursive=true), readdir(path))
        ccall(:rmdir, Cint, (Ptr{UInt8},), String(path)) == 0 || force || _io_error("rm($(repr(String(path))))")
    else
        ccall(:unlink, Cint, (Ptr{UInt8},), String(path)) == 0 || force || _io_error("unlink($(repr(String(path))))")
    end
    return nothing
end
function mv(from::AbstractString, to::AbstractString; force::Bool=false)
    !force && ispath(to) && throw(ArgumentError("'$to' exists. `force=true` is required to remove '$to' before moving."))
    ccall(:rename, Cint, (Ptr{UInt8}, Ptr{UInt8}), String(from), String(to)) == 0 || _io_error("rename($(repr(String(from))), $(repr(String(to))))")
    return String(to)
end
function cp(from::AbstractString, to::AbstractString; force::Bool=false)
    !force && ispath(to) && throw(ArgumentError("'$to' exists. `force=true` is required to remove '$to' before copying."))
    write(to, read(from))
    return String(to)
end
touch(path::AbstractString) = (close(open(path, "a")); String(path))
tempdir() = get(ENV, "TMPDIR", "/tmp")
function tempname(parent::AbstractString=tempdir())
    return joinpath(parent, string("jl_", string(time_ns() ⊻ UInt64(getpid()) << 40, base=62)))
end
function mktempdir(parent::AbstractString=tempdir())
    return mkdir(tempname(parent); mode=0o700)
end
function mktempdir(f::Function, parent::AbstractString=tempdir())
    path = mktempdir(parent)
    try
        return f(path)
    finally
        rm(path; force=true, recursive=true)
    end
end
function mktemp(parent::AbstractString=tempdir())
    path = tempname(parent)
    return path, open(path, "w+")
end
function mktemp(f::Function, parent::AbstractString=tempdir())
    path, io = mktemp(parent)
    try
        return f(path, io)
    finally
        close(io)
        rm(path; force=true)
    end
end
function walkdir(root::AbstractString; topdown::Bool=true)
    found = Tuple{String,Vector{String},Vector{String}}[]
    names = readdir(root)
    dirs = filter(name -> isdir(joinpath(root, name)), names)
    topdown && push!(found, (String(root), dirs, filter(name -> !isdir(joinpath(root, name)), names)))
    for name in dirs
        append!(found, walkdir(joinpath(root, name); topdown=topdown))
    end
    topdown || push!(found, (String(root), dirs, filter(name -> !isdir(joinpath(root, name)), names)))
    return found
end
export stat, lstat, ispath, isfile, isdir, islink, filesize, mtime, readdir, mkdir, mkpath, rm, mv, cp, touch, tempdir, tempname,
    mktempdir, mktemp, walkdir

# --- Environment
struct EnvDict <: AbstractDict{String,String} end
const ENV = EnvDict()
getindex(::EnvDict, key::AbstractString) = (v = ccall(:jl_getenv, Any, (Any,), String(key)); v === nothing ? throw(KeyError(key)) : v::String)
get(::EnvDict, key::AbstractString, default) = (v = ccall(:jl_getenv, Any, (Any,), String(key)); v === nothing ? default : v::String)
get(f::Callable, e::EnvDict, key::AbstractString) = haskey(e, key) ? e[key] : f()
haskey(::EnvDict, key::AbstractString) = ccall(:jl_getenv, Any, (Any,), String(key)) !== nothing
in(key::AbstractString, ::KeySet{String,EnvDict}) = haskey(ENV, key)
setindex!(e::EnvDict, value, key::AbstractString) = (ccall(:jl_setenv, Cint, (Any, Any), String(key), string(value)); e)
delete!(e::EnvDict, key::AbstractString) = (ccall(:jl_unsetenv, Cint, (Any,), String(key)); e)
_environment() = ccall(:jl_environment, Any, ())::Vector{Any}
length(::EnvDict) = length(_environment())
function iterate(::EnvDict, state=(_environment(), 1))
    entries, i = state
    i > length(entries) && return nothing
    entry = entries[i]::String
    at = something(findfirst('=', entry), ncodeunits(entry) + 1)
    return (entry[1:at-1] => entry[at+1:end]), (entries, i + 1)
end
function withenv(f::Function, settings::Pair...)
    old = [k => get(ENV, k, nothing) for (k, _) in settings]
    set(k, v) = v === nothing ? delete!(ENV, k) : (ENV[k] = v)
    try
        foreach(p -> set(p.first, p.second), settings)
        return f()
    finally
        foreach(p -> set(p.first, p.second), old)
    end
end
export ENV, withenv

# --- Process and clocks
const ARGS = String[]
PROGRAM_FILE::String = ""
exit(n::Integer=0) = (isempty(_exit_hooks) || _run_exit_hooks(n % Int32); ccall(:jl_exit, Cvoid, (Cint,), n))
const _exit_hooks = Any[]
atexit(f) = (pushfirst!(_exit_hooks, f); nothing)
# Also for the engine, at a program's end. A hook may end the process by `exit` with another status.
function _run_exit_hooks(status::Int32)
    while !isempty(_exit_hooks)
        hook = popfirst!(_exit_hooks)
        try
            applicable(hook, status) ? invokelatest(hook, status) : invokelatest(hook)
        catch e
            showerror(stderr, e, catch_backtrace())
            println(stderr)
        end
    end
    return nothing
end
getpid() = Int(ccall(:jl_getpid, Int64, ()))
time_ns() = ccall(:jl_time_ns, UInt64, ())
time() = ccall(:jl_time, Cdouble, ())
isinteractive() = false
export ARGS, PROGRAM_FILE, exit, atexit, getpid, time_ns, time, isinteractive

module Sys
const CPU_THREADS = ccall(:jl_cpu_count, Int64, ())
const WORD_SIZE = 64
const KERNEL = :Linux
const ARCH = :x86_64
const MACHINE = "x86_64-linux-gnu"
isunix(os=KERNEL) = true
islinux(os=KERNEL) = true
iswindows(os=KERNEL) = false
isapple(os=KERNEL) = false
isbsd(os=KERNEL) = false
end
module GC
gc(full::Bool=true) = (ccall(:jl_gc_collect, Cvoid, (Cint,), full); nothing)
enable(on::Bool) = ccall(:jl_gc_enable, Int32, (Int32,), on) != 0
safepoint() = nothing
macro preserve(args...)
    isempty(args) && throw(ArgumentError("GC.@preserve needs an expression"))
    all(x -> x isa Symbol, args[1:end-1]) || error("Preserved variable must be a symbol")
    kept = Any[:(Base._keep_alive($(esc(x)))) for x in args[1:end-1]]
    return Expr(:block, :(local result = $(esc(args[end]))), kept..., :result)
end
end
export Sys, GC
