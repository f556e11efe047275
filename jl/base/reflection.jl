# SPDX-License-Identifier: MIT
# Questions about types, functions, methods and modules; listings of code.

# --- Types
_unwrap(T) = ccall(:jl_type_unwrap, Any, (Any,), T)
fieldcount(T) = _fieldcount(T)
function _fieldcount(T)
    T isa Union && throw(ArgumentError("type does not have a definite number of fields"))
    n = Int(ccall(:jl_field_count, Int64, (Any,), T))
    n < 0 && throw(ArgumentError("type does not have a definite number of fields"))
    return n
end
function fieldnames(T)
    names = ccall(:jl_field_names, Any, (Any,), T)
    names isa Core.SimpleVector || throw(ArgumentError("type does not have definite field names"))
    return (names...,)
end
fieldname(T, i::Integer) = fieldnames(T)[i]
fieldtypes(T) = ntuple(i -> fieldtype(T, i), fieldcount(T))
fieldindex(T, name::Symbol, err::Bool=true) = (i = Int(ccall(:jl_field_index, Int64, (Any, Any), T, name)); i == 0 && err ? error("type $T has no field $name") : i)
fieldoffset(T::DataType, i::Integer) = (o = ccall(:jl_field_offset, Int64, (Any, Int64), T, i); o < 0 ? throw(BoundsError(T, i)) : UInt(o))
hasfield(T::Type, name::Symbol) = ccall(:jl_field_index, Int64, (Any, Any), T, name) > 0
# Decides how collections are made: inference must be able to ask it.
@assume_effects :foldable isconcretetype(T) = ccall(:jl_is_concrete, UInt8, (Any,), T) != 0
isabstracttype(T) = ccall(:jl_is_abstract_type, UInt8, (Any,), _unwrap(T)) != 0
ismutabletype(T) = ccall(:jl_is_mutable_type, UInt8, (Any,), _unwrap(T)) != 0
isstructtype(T) = ccall(:jl_is_struct_type, UInt8, (Any,), _unwrap(T)) != 0
isprimitivetype(T) = ccall(:jl_is_primitive_type, UInt8, (Any,), _unwrap(T)) != 0
isbitstype(T) = ccall(:jl_is_bits_type, UInt8, (Any,), T) != 0
issingletontype(T) = isbitstype(T) && Core.sizeof(T) == 0
isbits(x) = isbitstype(typeof(x))
ismutable(x) = ismutabletype(typeof(x))
isimmutable(x) = !ismutable(x)
isdispatchtuple(T) = T isa DataType && T <: Tuple && all(isconcretetype, fieldtypes(T))
iskindtype(T) = T === DataType || T === UnionAll || T === Union || T === Core.TypeofBottom
isconstfield(T, i) = ccall(:jl_is_field_const, UInt8, (Any, Int64), T, i isa Symbol ? fieldindex(T, i) : i) != 0
supertype(T::DataType) = T.super
supertype(T::UnionAll) = ccall(:jl_type_rewrap, Any, (Any, Any), supertype(_unwrap(T)), T)
supertypes(T::Type) = (S = supertype(T); S === T ? (T,) : (T, supertypes(S)...))
typeintersect(A, B) = ccall(:jl_type_intersection, Any, (Any, Any), A, B)
nonnothingtype(T::Type) = typesplit(T, Nothing)
nonmissingtype(T::Type) = typesplit(T, Missing)
typesplit(A, B) = A <: B ? Union{} : A isa Union ? Union{typesplit(A.a, B),typesplit(A.b, B)} : A
unwrap_unionall(T) = _unwrap(T)
rewrap_unionall(T, like) = ccall(:jl_type_rewrap, Any, (Any, Any), T, like)
datatype_alignment(T) = Int(ccall(:jl_type_alignment, Int64, (Any,), T))
# A module without a place: its parent is Main.
Core.Module(name::Symbol=:anonymous, std_imports::Bool=true, default_names::Bool=true) =
    ccall(:jl_new_module, Any, (Any, Any, Bool, Bool), name, Main, std_imports, default_names)
nameof(T::Type) = ccall(:jl_type_name, Any, (Any,), T)::Symbol
nameof(m::Module) = ccall(:jl_module_name, Any, (Any,), m)::Symbol
nameof(f::Function) = ccall(:jl_function_name, Any, (Any,), f)::Symbol
parentmodule(m::Module) = ccall(:jl_module_parent, Any, (Any,), m)::Module
parentmodule(T::Type) = ccall(:jl_type_module, Any, (Any,), T)::Module
parentmodule(f::Function) = ccall(:jl_function_module, Any, (Any,), f)::Module
parentmodule(m::Method) = m.module
moduleroot(m::Module) = (p = parentmodule(m); p === m ? m : moduleroot(p))
fullname(m::Module) = m === parentmodule(m) ? (nameof(m),) : (fullname(parentmodule(m))..., nameof(m))
instances(T::Type) = throw(MethodError(instances, (T,)))
typename(T) = _unwrap(T).name
isvarargtype(T) = T isa Core.TypeofVararg
hasgenerator(m) = false
export fieldcount, fieldnames, fieldname, fieldtypes, fieldoffset, hasfield, isconcretetype, isabstracttype, ismutabletype, isstructtype,
    isprimitivetype, isbitstype, isbits, ismutable, isimmutable, supertype, supertypes, typeintersect, nonmissingtype, sizeof, nameof,
    parentmodule, fullname, instances, isdispatchtuple, isconst, names, isdefined, sizehint!

# --- Modules
names(m::Module; all::Bool=false, imported::Bool=false, usings::Bool=false) =
    sort!(convert(Vector{Symbol}, ccall(:jl_module_names, Any, (Any, Cint, Cint), m, all, imported)::Vector{Any}))
convert(::Type{Vector{T}}, v::Vector{Any}) where {T<:Symbol} = T[x for x in v]
isexported(m::Module, s::Symbol) = ccall(:jl_is_exported, UInt8, (Any, Any), m, s) != 0
ispublic(m::Module, s::Symbol) = ccall(:jl_is_public, UInt8, (Any, Any), m, s) != 0 || isexported(m, s)
isconst(m::Module, s::Symbol) = ccall(:jl_is_const, UInt8, (Any, Any), m, s) != 0
isconst(T::Type, field) = !ismutabletype(T) || isconstfield(T, field)
isdeprecated(m::Module, s::Symbol) = false
binding_module(m::Module, s::Symbol) = ccall(:jl_binding_module, Any, (Any, Any), m, s)
export isexported, ispublic, getglobal, setglobal!

# --- Functions and methods
to_tuple_type(t::Type{<:Tuple}) = t
to_tuple_type(t::Tuple) = Tuple{t...}
to_tuple_type(t::AbstractVector) = Tuple{t...}
to_tuple_type(t) = t
function methods(@nospecialize(f), @nospecialize(types=nothing), mod=nothing)
    found = Core._methods(f, types === nothing ? nothing : to_tuple_type(types))
    return MethodList(Method[m for m in found], f)
end
struct MethodList <: AbstractArray{Method,1}
    ms::Vector{Method}
    f::Any
end
size(l::MethodList) = size(l.ms)
length(l::MethodList) = length(l.ms)
iterate(l::MethodList, i...) = iterate(l.ms, i...)
getindex(l::MethodList, i::Integer) = l.ms[i]
function show(io::IO, l::MethodList)
    n = length(l.ms)
    name = l.f isa Type ? string("type constructor") : string("generic function \"", nameof(l.f), "\"")
    print(io, "# ", n, n == 1 ? " method" : " methods", " for ", name)
    n == 0 || print(io, l.f isa Type ? "" : string(" from ", parentmodule(l.f)), ":")
    k = 0
    for m in l.ms
        k += 1
        print(io, "\n ", lpad(string('[', k, ']'), 3), ' ')
        show(io, m)
    end
end
show(io::IO, ::MIME"text/plain", l::MethodList) = show(io, l)
hasmethod(f, types) = Core._hasmethod(f, to_tuple_type(types), ccall(:jl_task_world, UInt, ()))
function hasmethod(f, types, kwnames::Tuple{Vararg{Symbol}})
    hasmethod(f, types) || return false
    isempty(kwnames) && return true
    known = kwarg_decl(which(f, types))
    return (!isempty(known) && endswith(string(known[end]), "...")) || all(k -> k in known, kwnames)
end
# The names of a method's keywords; the last may be `rest...`.
function kwarg_decl(m::Method)
    names = ccall(:jl_method_keywords, Any, (Any,), m)
    return names === nothing ? Symbol[] : Symbol[k for k in names]
end
function which(f, types)
    given = to_tuple_type(types)
    for m in Core._methods(f, given) # the most specific first
        given <: _argument_types(m.sig) && return m::Method
    end
    error("no unique matching method found for the specified argument types")
end
function functionloc(m::Method)
    m.line <= 0 && error("could not determine location of method definition")
    return (String(m.file), Int(m.line))
end
functionloc(f, types) = functionloc(which(f, types))
function functionloc(f)
    ms = methods(f)
    length(ms) == 1 || error(isempty(ms) ? "function has no definitions" : "function has multiple methods; please specify a type signature")
    return functionloc(first(ms))
end
typesof(args...) = Tuple{map(Core.Typeof, args)...}
# A signature without the function.
_argument_types(sig) = _rewrapped(Tuple{tail((_unwrap(sig).parameters...,))...}, sig)
_rewrapped(T, like) = ccall(:jl_type_rewrap, Any, (Any, Any), T, like)
# Infers f for such arguments, where there is a method for them; it is compiled when it is called.
precompile(f, argtypes::Tuple) = precompile(Tuple{Core.Typeof(f),argtypes...})
function precompile(T::Type)
    f, types... = fieldtypes(T)
    issingletontype(f) && hasmethod(f.instance, types) || return false
    return_types(f.instance, Tuple{types...})
    return true
end
get_world_counter() = Core._world_counter()
tls_world_age() = ccall(:jl_task_world, UInt, ())
invoke_in_world(world::Integer, f, args...) = ccall(:jl_invoke_in_world, Any, (UInt, Any, Any), UInt(world), f, args)
return_types(f, types=Tuple{Vararg{Any}}) = Core._return_types(f, to_tuple_type(types))
infer_return_type(f, types=Tuple{Vararg{Any}}) = Core._return_type(f, to_tuple_type(types))
export methods, hasmethod, precompile, which, applicable, invoke, invokelatest

# --- Listings
code_lowered(f, types=nothing) = Core._code_lowered(f, types === nothing ? Tuple{Vararg{Any}} : to_tuple_type(types))
show(io::IO, c::Core.CodeInfo) = print(io, chomp(Core._print_code(c)::String))
code_typed(f, types=Tuple{Vararg{Any}}; optimize::Bool=true, debuginfo::Symbol=:default) =
    Any[entry[1] => entry[2] for entry in Core._code_typed(f, to_tuple_type(types), optimize)]
function code_llvm(io::IO, f, types=Tuple{Vararg{Any}}; raw::Bool=false, dump_module::Bool=false, optimize::Bool=true,
    debuginfo::Symbol=:default)
    print(io, Core._code_llvm(f, to_tuple_type(types), dump_module, optimize, raw)::String)
    return nothing
end
code_llvm(f, types=Tuple{Vararg{Any}}; kwargs...) = code_llvm(stdout, f, types; kwargs...)
function code_native(io::IO, f, types=Tuple{Vararg{Any}}; dump_module::Bool=true, syntax::Symbol=:intel, raw::Bool=false,
    debuginfo::Symbol=:default, binary::Bool=false)
    print(io, Core._code_native(f, to_tuple_type(types), dump_module)::String)
    return nothing
end
code_native(f, types=Tuple{Vararg{Any}}; kwargs...) = code_native(stdout, f, types; kwargs...)
function code_warntype(io::IO, f, types=Tuple{Vararg{Any}}; kwargs...)
    for entry in Core._code_typed(f, to_tuple_type(types), false)
        print(io, entry[1], " => ", entry[2], "\n")
    end
    return nothing
end
code_warntype(f, types=Tuple{Vararg{Any}}; kwargs...) = code_warntype(stdout, f, types; kwargs...)
export code_lowered, code_typed, code_llvm, code_native, code_warntype

# --- Code as objects: what changes of a code instance, or is computed for it, is no field.
getproperty(c::Core.CodeInfo, name::Symbol) = Core._source_property(c, name)
propertynames(::Core.CodeInfo) = (:rettype, :min_world, :max_world, :parent, :edges, :debuginfo, :nargs, :isva, :slotnames)
getproperty(c::Core.CodeInstance, name::Symbol) =
    name === :def || name === :rettype || name === :rettype_const || name === :min_world ? getfield(c, name) : Core._code_property(c, name)
propertynames(::Core.CodeInstance) = (:def, :owner, :next, :min_world, :max_world, :rettype, :exctype, :rettype_const, :inferred, :debuginfo,
    :edges, :analysis_results, :invoke, :specptr)
Core.CodeInstance(mi::Core.MethodInstance, owner, rettype, exctype, inferred_const, inferred, const_flags::Int32, min_world::UInt,
    max_world::UInt, effects::UInt32, analysis_results, debuginfo::Union{Core.DebugInfo,Nothing}, edges::Core.SimpleVector) =
    Core._new_code_instance(mi, owner, rettype, exctype, inferred_const, inferred, const_flags, min_world, max_world, effects,
        analysis_results, debuginfo, edges)::Core.CodeInstance
# The one instance that a call with arguments of these types runs, or nothing.
method_instance(f, types) = Core._method_instance(f, to_tuple_type(types))::Union{Core.MethodInstance,Nothing}
function show(io::IO, m::Core.MethodInstance)
    print(io, "MethodInstance for ")
    isdefined(m, :def) || return print(io, "top-level thunk")
    f, types... = fieldtypes(_unwrap(m.specTypes))
    print(io, m.def.name, "(", join(map(T -> string("::", T), types), ", "), ")")
end
show(io::IO, c::Core.CodeInstance) = print(io, "CodeInstance for ", c.def)

# --- Code as data
==(a::Expr, b::Expr) = a.head === b.head && isequal(a.args, b.args)
==(a::QuoteNode, b::QuoteNode) = isequal(a.value, b.value)
copy(e::Expr) = ccall(:jl_copy_expr, Any, (Any,), e)::Expr
macroexpand(m::Module, x; recursive::Bool=true) = Core._macroexpand(m, x, recursive)
include_string(m::Module, text::AbstractString, name::AbstractString="string") = include_string(identity, m, text, name)
include_string(f::Function, m::Module, text::AbstractString, name::AbstractString="string") = Core._include_string(m, f === identity ? nothing : f, String(text), String(name))
evalfile(path::AbstractString) = Core._include(Main, nothing, String(path))
remove_linenums!(x) = x
function remove_linenums!(e::Expr)
    if e.head === :block || e.head === :quote
        filter!(a -> !(a isa LineNumberNode || (a isa Expr && a.head === :line)), e.args)
    end
    e.head === :macrocall && length(e.args) >= 2 && (e.args[2] = nothing)
    foreach(remove_linenums!, e.args)
    return e
end
export Expr, esc, macroexpand, include_string, evalfile, eval, include

# dump(x): the structure of a value, field by field.
dump(x; maxdepth=8) = dump(stdout, x; maxdepth=maxdepth)
dump(io::IO, x; maxdepth=8) = (_dump(io, x, maxdepth, ""); println(io))
function _dump(io::IO, x, depth::Int, indent::String)
    T = typeof(x)
    if x isa Union{Number,AbstractString,Char,Nothing,Function,Module}
        print(io, x isa Function ? string(nameof(x), " (function of type ", T, ")") : string(T, " "))
        x isa Function || show(io, x)
    elseif x isa Symbol
        print(io, "Symbol ", x)
    elseif x isa Type
        print(io, x)
    elseif x isa Array
        print(io, "Array{", eltype(x), "}(", size(x), ")")
        if eltype(x) <: Union{Number,AbstractString,Symbol} && !isempty(x)
            print(io, " ")
            show(IOContext(io, :limit => true), x)
        elseif depth > 0
            for i in 1:length(x)
                print(io, "\n", indent, "  ", i, ": ")
                isassigned(x, i) ? _dump(io, x[i], depth - 1, string(indent, "  ")) : print(io, "#undef")
            end
        end
    else
        print(io, T)
        depth > 0 || return nothing
        names = fieldnames(T)
        for i in 1:nfields(x)
            print(io, "\n", indent, "  ", names[i], ": ")
            isdefined(x, i) ? _dump(io, getfield(x, i), depth - 1, string(indent, "  ")) : print(io, "#undef")
        end
    end
    return nothing
end
export dump
