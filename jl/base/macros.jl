# SPDX-License-Identifier: MIT
# Base's macros that are written in the language. Those that annotate code (@inline, @inbounds, ...) belong to lowering.

# --- Where we are
macro __FILE__()
    return __source__.file === nothing ? nothing : String(__source__.file)
end
macro __LINE__()
    return __source__.line
end
macro __DIR__()
    file = __source__.file
    (file === nothing || file === :none) && return :(pwd())
    dir = dirname(abspath(String(file)))
    return dir
end

# --- Checks and output
macro assert(ex, msgs...)
    msg = isempty(msgs) ? string(ex) : msgs[1]
    if msg isa AbstractString
        return :($(esc(ex)) ? nothing : throw(AssertionError($(String(msg)))))
    end
    return :($(esc(ex)) ? nothing : throw(AssertionError(_assert_message($(esc(msg))))))
end
_assert_message(msg) = msg isa AbstractString ? String(msg) : string(msg)
macro show(exs...)
    block = Expr(:block)
    for ex in exs
        text = sprint(_show_unquoted, ex)
        push!(block.args, :(println($(string(text, " = ")), repr(begin
            local value = $(esc(ex))
        end))))
    end
    isempty(exs) || push!(block.args, :value)
    return block
end
_show_unquoted(io::IO, ex) = print(io, ex isa Expr ? _expr_text(ex) : ex isa QuoteNode ? repr(ex) : ex isa Symbol ? String(ex) : repr(ex))
macro something(args...)
    result = :(something(nothing))
    for arg in reverse(args)
        result = quote
            val = $(esc(arg))
            val === nothing ? $result : something(val)
        end
    end
    isempty(args) && return :(throw(ArgumentError("No values present")))
    return result
end
macro coalesce(args...)
    result = :missing
    for arg in reverse(args)
        result = quote
            val = $(esc(arg))
            ismissing(val) ? $result : val
        end
    end
    return result
end

# --- Timing
function _print_time(io::IO, seconds::Float64, bytes::Int64, allocations::Int64, msg=nothing)
    msg === nothing || print(io, msg, ": ")
    # Microseconds as an integer: a float would be printed with an exponent when it is small.
    whole, micros = divrem(round(Int, seconds * 1e6), 1000000)
    text = string(whole, ".", lpad(micros, 6, '0'))
    print(io, "  ", text, " seconds")
    if allocations > 0
        count, unit = allocations, 0
        while count >= 100000 && unit < 3
            count, unit = round(count / 1000; digits=2), unit + 1
        end
        print(io, " (", count, ("", " k", " M", " G")[unit+1], allocations == 1 ? " allocation: " : " allocations: ", _bytes_text(bytes), ")")
    end
    println(io)
    return nothing
end
function _bytes_text(bytes)
    bytes < 1024 && return string(bytes, bytes == 1 ? " byte" : " bytes")
    value = Float64(bytes)
    for unit in ("KiB", "MiB", "GiB", "TiB")
        value /= 1024
        value < 1024 && return string(rpad(string(round(value; digits=3)), 5, '0'), " ", unit)
    end
    return string(value, " TiB")
end
function format_bytes(bytes; binary::Bool=true)
    binary && return _bytes_text(bytes)
    bytes < 1000 && return string(bytes, bytes == 1 ? " byte" : " bytes")
    value, unit = Float64(bytes), 0
    while value >= 1000 && unit < 5
        value /= 1000
        unit += 1
    end
    return string(rpad(string(round(value; digits=3)), 5, '0'), " ", ("kB", "MB", "GB", "TB", "PB")[unit])
end
macro time(args...)
    msg = length(args) == 2 ? args[1] : nothing
    ex = args[end]
    return quote
        local bytes = Core._allocation_mark(true)
        local count = Core._allocation_mark(false)
        local start = time_ns()
        local value = $(esc(ex))
        local seconds = (time_ns() - start) / 1.0e9
        local made = Core._allocations_since(count, false)::Int64
        _print_time(stdout, seconds, Core._allocations_since(bytes, true)::Int64, made, $(esc(msg)))
        value
    end
end
macro elapsed(ex)
    return quote
        local start = time_ns()
        $(esc(ex))
        (time_ns() - start) / 1.0e9
    end
end
macro allocated(ex)
    return quote
        local mark = Core._allocation_mark(true)
        $(esc(ex))
        Core._allocations_since(mark, true)::Int64
    end
end
macro allocations(ex)
    return quote
        local mark = Core._allocation_mark(false)
        $(esc(ex))
        Core._allocations_since(mark, false)::Int64
    end
end
macro timed(ex)
    return quote
        local mark = Core._allocation_mark(true)
        local start = time_ns()
        local value = $(esc(ex))
        local seconds = (time_ns() - start) / 1.0e9
        (value=value, time=seconds, bytes=Core._allocations_since(mark, true)::Int64, gctime=0.0)
    end
end
macro showtime(ex)
    return :(@time $(string(ex)) $(esc(ex)))
end

# --- Code as data
macro eval(ex)
    return Expr(:escape, Expr(:call, GlobalRef(Core, :eval), __module__, Expr(:quote, ex)))
end
macro eval(mod, ex)
    return Expr(:escape, Expr(:call, GlobalRef(Core, :eval), mod, Expr(:quote, ex)))
end
macro macroexpand(ex)
    return :(macroexpand($__module__, $(QuoteNode(ex)); recursive=true))
end
macro macroexpand1(ex)
    return :(macroexpand($__module__, $(QuoteNode(ex)); recursive=false))
end
macro static(ex)
    return _static(ex, __module__)
end
function _static(ex, mod)
    ex isa Expr && (ex.head === :if || ex.head === :elseif || ex.head === :&& || ex.head === :||) ||
        throw(ArgumentError("invalid @static macro"))
    cond = Core.eval(mod, ex.args[1])
    ex.head === :&& && return cond ? esc(ex.args[2]) : false
    ex.head === :|| && return cond ? true : esc(ex.args[2])
    cond && return esc(ex.args[2])
    length(ex.args) == 3 || return nothing
    other = ex.args[3]
    return other isa Expr && other.head === :elseif ? _static(other, mod) : esc(other)
end

# --- Views
macro view(ex)
    ex isa Expr && ex.head === :ref || throw(ArgumentError("Invalid use of @view macro: argument must be a reference expression A[...]."))
    return esc(_view_call(ex, GlobalRef(Base, :view)))
end
# a[i, end] as f(a, i, lastindex(a, 2)); what is indexed is evaluated once.
function _view_call(ex::Expr, f)
    a = ex.args[1]
    n = length(ex.args) - 1
    needs = any(i -> _has_end(ex.args[i]), 2:n+1)
    needs || return Expr(:call, f, ex.args...)
    name = a isa Symbol ? a : gensym(:view)
    call = Expr(:call, f, name)
    for i in 1:n
        push!(call.args, _replace_end(ex.args[i+1], name, i, n))
    end
    a isa Symbol && return call
    return Expr(:let, Expr(:(=), name, a), Expr(:block, call))
end
_has_end(x) = x === :end || x === :begin || (x isa Expr && x.head !== :ref && x.head !== :quote && any(_has_end, x.args)) ||
    (x isa Expr && x.head === :ref && _has_end(x.args[1]))
_replace_end(x, a, i, n) = x === :end ? (n == 1 ? :($lastindex($a)) : :($lastindex($a, $i))) :
    x === :begin ? (n == 1 ? :($firstindex($a)) : :($firstindex($a, $i))) : x
function _replace_end(x::Expr, a, i, n)
    x.head === :quote && return x
    x.head === :ref && return Expr(:ref, _replace_end(x.args[1], a, i, n), x.args[2:end]...)
    return Expr(x.head, Any[_replace_end(y, a, i, n) for y in x.args]...)
end
maybeview(a, i...) = getindex(a, i...)
maybeview(a::AbstractArray, i...) = all(k -> k isa Union{Number,CartesianIndex}, i) ? getindex(a, i...) : view(a, i...)
maybeview(s::AbstractString, r::AbstractUnitRange) = view(s, r)
macro views(ex)
    return esc(_views(ex))
end
_views(x) = x
function _views(ex::Expr)
    (ex.head === :quote || ex.head === :inert) && return ex
    if ex.head === :ref
        return _view_call(Expr(:ref, map(_views, ex.args)...), GlobalRef(Base, :maybeview))
    elseif ex.head === :(=) && ex.args[1] isa Expr && ex.args[1].head === :ref
        return Expr(:(=), Expr(:ref, map(_views, ex.args[1].args)...), _views(ex.args[2]))
    elseif endswith(String(ex.head), "=") && !(ex.head in (:(=), :(==), :(<=), :(>=), :(!=))) && length(ex.args) == 2 &&
           ex.args[1] isa Expr && ex.args[1].head === :ref
        # a[i] += x and a[i] .+= x: the target stays an indexed place.
        return Expr(ex.head, Expr(:ref, map(_views, ex.args[1].args)...), _views(ex.args[2]))
    end
    return Expr(ex.head, Any[_views(x) for x in ex.args]...)
end

# --- Dots everywhere
# @. f(x) + y: every call, operator and assignment gets a dot but those that $ keeps from it.
macro __dot__(ex)
    return esc(_dotted(ex))
end
_dotted(x) = x
_dottable_operator(op) = op isa Symbol && isoperator(op) && !startswith(String(op), '.') && op !== :(:)
_dotted_operator(op) = _dottable_operator(op) ? Symbol('.', op) : op
function _dotted(ex::Expr)
    head, args = ex.head, ex.args
    if head === :$
        return args[1]
    elseif head === :call && !(args[1] isa Symbol && isoperator(args[1])) && !(args[1] isa Expr && args[1].head === :$)
        return Expr(:., _dotted(args[1]), Expr(:tuple, map(_dotted, args[2:end])...))
    elseif head === :call
        return Expr(:call, args[1] isa Expr ? args[1].args[1] : _dotted_operator(args[1]), map(_dotted, args[2:end])...)
    elseif head === :comparison
        return Expr(:comparison, (iseven(i) ? _dotted_operator(args[i]) : _dotted(args[i]) for i in 1:length(args))...)
    elseif head === :let # its bindings stay as they are
        return Expr(:let, args[1], _dotted(args[2]))
    elseif head === :for
        return Expr(:for, args[1], _dotted(args[2]))
    elseif head === :function || (head === :(=) && args[1] isa Expr && args[1].head in (:call, :where))
        return Expr(head, args[1], _dotted(args[2]))
    elseif head in (:quote, :inert, :macrocall, :curly, :., :kw, :parameters)
        return head in (:kw, :parameters) ? Expr(head, map(_dotted, args)...) : head === :. ? Expr(:., _dotted(args[1]), args[2:end]...) : ex
    end
    text = String(head)
    dot = head in (:&&, :||, :<:, :>:) || (endswith(text, '=') && !startswith(text, '.'))
    return Expr(dot ? Symbol('.', head) : head, map(_dotted, args)...)
end

# --- Literals
macro raw_str(s)
    return s
end
macro b_str(s)
    return :(codeunits($(unescape_string(s))))
end
macro s_str(s)
    return :(SubstitutionString($s))
end
macro big_str(s)
    return :(throw(ArgumentError("big numbers are not available")))
end
macro r_str(s, flags...)
    return :(throw(ArgumentError("regular expressions are not available")))
end
macro cmd(s)
    return :(throw(ArgumentError("commands are not available")))
end
macro v_str(s)
    return VersionNumber(s)
end
macro text_str(s)
    return :(Text($s))
end
macro html_str(s)
    return :(HTML($s))
end
# Text that is shown as it is.
mutable struct Text{T}
    content::T
end
mutable struct HTML{T}
    content::T
end
show(io::IO, t::Text) = print(io, t.content)
show(io::IO, ::MIME"text/html", h::HTML) = print(io, h.content)
==(a::Union{Text,HTML}, b::Union{Text,HTML}) = nameof(typeof(a)) === nameof(typeof(b)) && a.content == b.content
hash(x::Union{Text,HTML}, h::UInt) = hash(x.content, hash(nameof(typeof(x)), h))
macro Symbol_str(s)
    return QuoteNode(Symbol(s))
end

# --- Definitions
macro NamedTuple(ex)
    (ex.head === :braces || ex.head === :block) || throw(ArgumentError("@NamedTuple expects {...} or begin...end"))
    fields = filter(e -> !(e isa LineNumberNode), ex.args)
    names = Any[QuoteNode(e isa Symbol ? e : e.args[1]) for e in fields]
    types = Any[e isa Symbol ? :Any : esc(e.args[2]) for e in fields]
    return :(NamedTuple{($(names...),),Tuple{$(types...)}})
end
macro Kwargs(ex)
    fields = filter(e -> !(e isa LineNumberNode), ex.args)
    names = Any[QuoteNode(e isa Symbol ? e : e.args[1]) for e in fields]
    types = Any[e isa Symbol ? :Any : esc(e.args[2]) for e in fields]
    return :(Pairs{Symbol,Any,NTuple{$(length(fields)),Symbol},NamedTuple{($(names...),),Tuple{$(types...)}}})
end
# A struct whose fields may have defaults, and its constructor with keywords.
macro kwdef(ex)
    def = macroexpand(__module__, ex)
    def isa Expr && def.head === :struct || error("Invalid usage of @kwdef")
    name = def.args[2]
    name isa Expr && name.head === :<: && (name = name.args[1])
    body = Expr(:block)
    parameters = Expr(:parameters)
    values = Any[]
    for field in def.args[3].args
        _take_default!(body, parameters, values, field)
    end
    def = Expr(:struct, def.args[1], def.args[2], body)
    if isempty(values)
        methods = nothing
    elseif name isa Symbol
        methods = Expr(:(=), Expr(:call, name, parameters), Expr(:block, Expr(:call, name, values...)))
    else
        variables = name.args[2:end]
        plain = Any[v isa Symbol ? v : v.args[1] for v in variables]
        self = Expr(:curly, name.args[1], plain...)
        methods = Expr(:block,
            Expr(:(=), Expr(:call, name.args[1], parameters), Expr(:block, Expr(:call, name.args[1], values...))),
            Expr(:(=), Expr(:where, Expr(:call, self, parameters), variables...), Expr(:block, Expr(:call, self, values...))))
    end
    return esc(Expr(:block, def, methods, nothing))
end
function _take_default!(body, parameters, values, field)
    default = nothing
    plain = field
    if field isa Expr && field.head === :(=)
        plain, default = field.args[1], Some(field.args[2])
    elseif field isa Expr && field.head === :const && field.args[1] isa Expr && field.args[1].head === :(=)
        plain, default = Expr(:const, field.args[1].args[1]), Some(field.args[1].args[2])
    end
    inner = plain isa Expr && plain.head === :const ? plain.args[1] : plain
    name = inner isa Symbol ? inner : inner isa Expr && inner.head === :(::) ? inner.args[1] : nothing
    if name isa Symbol && !(field isa Expr && field.head === :(=) && field.args[1] isa Expr && field.args[1].head === :call)
        push!(parameters.args, default === nothing ? name : Expr(:kw, name, default.value))
        push!(values, name)
        push!(body.args, plain)
    else
        push!(body.args, field)
    end
    return nothing
end
# @enum Color red green=5 blue, or with begin ... end, or Color::UInt8.
macro enum(T, syms...)
    base = Int32
    name = T
    if T isa Expr && T.head === :(::)
        name = T.args[1]
        base = Core.eval(__module__, T.args[2])
    end
    isempty(syms) && throw(ArgumentError("no arguments given for Enum $name"))
    length(syms) == 1 && syms[1] isa Expr && syms[1].head === :block && (syms = Tuple(syms[1].args))
    members = Pair{Symbol,Any}[]
    value = zero(base)
    for s in syms
        s isa LineNumberNode && continue
        if s isa Symbol
            push!(members, s => value)
        elseif s isa Expr && (s.head === :(=) || s.head === :kw)
            value = convert(base, Core.eval(__module__, s.args[2]))
            push!(members, s.args[1] => value)
        else
            throw(ArgumentError("invalid argument for Enum $name: $s"))
        end
        value += one(value)
    end
    allunique(Any[m.second for m in members]) || throw(ArgumentError("values for Enum $name are not unique"))
    block = Expr(:block)
    bits = 8 * sizeof(base)
    push!(block.args, Expr(:primitive, Expr(:<:, esc(name), :(Enum{$base})), bits))
    push!(block.args, :(Base._enum_members(::Type{$(esc(name))}) = $(Expr(:tuple, (:($(QuoteNode(m.first)) => $(m.second)) for m in members)...))))
    push!(block.args, :($(esc(name))(x::Integer) = Base._enum_from($(esc(name)), $base, x)))
    push!(block.args, :(Base.Symbol(x::$(esc(name))) = Base._enum_name(x)))
    push!(block.args, :(Base.instances(::Type{$(esc(name))}) = map(m -> bitcast_enum($(esc(name)), m.second), Base._enum_members($(esc(name))))))
    push!(block.args, :(Base.typemin(::Type{$(esc(name))}) = bitcast_enum($(esc(name)), $(minimum(m -> m.second, members)))))
    push!(block.args, :(Base.typemax(::Type{$(esc(name))}) = bitcast_enum($(esc(name)), $(maximum(m -> m.second, members)))))
    for m in members
        push!(block.args, :(const $(esc(m.first)) = bitcast_enum($(esc(name)), $(m.second))))
    end
    push!(block.args, :nothing)
    return block
end
abstract type Enum{T<:Integer} end
function show(io::IO, ::MIME"text/plain", ::Type{E}) where {E<:Enum}
    isconcretetype(E) || return show(io, E)
    print(io, "Enum ", E, ":")
    for x in instances(E)
        print(io, '\n', Symbol(x), " = ", Integer(x))
    end
end
bitcast_enum(::Type{T}, x) where {T} = Core.Intrinsics.bitcast(T, x)
_enum_members(::Type) = ()
function _enum_from(::Type{E}, ::Type{T}, x::Integer) where {E,T}
    for (_, v) in _enum_members(E)
        v == x && return bitcast_enum(E, v)
    end
    throw(ArgumentError("invalid value for Enum $(nameof(E)): $x"))
end
function _enum_name(x::Enum{T}) where {T}
    n = Core.Intrinsics.bitcast(T, x)
    for (s, v) in _enum_members(typeof(x))
        v === n && return s
    end
    return Symbol("<invalid #", n, ">")
end
(::Type{I})(x::Enum{T}) where {I<:Integer,T} = I(Core.Intrinsics.bitcast(T, x))::I
convert(::Type{I}, x::Enum) where {I<:Integer} = I(x)
isless(a::T, b::T) where {I,T<:Enum{I}} = isless(Core.Intrinsics.bitcast(I, a), Core.Intrinsics.bitcast(I, b))
hash(x::Enum{T}, h::UInt) where {T} = hash(Core.Intrinsics.bitcast(T, x), h + 0x7f4a9c1200e3d651)
broadcastable(x::Enum) = Ref(x)
print(io::IO, x::Enum) = print(io, _enum_name(x))
show(io::IO, x::Enum) = print(io, _enum_name(x))
show(io::IO, ::MIME"text/plain", x::Enum{T}) where {T} = print(io, _enum_name(x), "::", nameof(typeof(x)), " = ", repr(Core.Intrinsics.bitcast(T, x)))
export Enum

# --- Listings: @code_llvm f(x), with options before the call.
function _typed_call(f, ex, options)
    kwargs = Any[Expr(:kw, o.args[1], esc(o.args[2])) for o in options]
    ex isa Expr && ex.head === :call || error("expected a call as the last argument, such as f(x)")
    any(a -> a isa Expr && (a.head === :parameters || a.head === :kw), ex.args) && error("keyword arguments are not supported here")
    call = Expr(:call, f)
    isempty(kwargs) || push!(call.args, Expr(:parameters, kwargs...))
    push!(call.args, esc(ex.args[1]), Expr(:call, GlobalRef(Base, :_types_of), map(esc, ex.args[2:end])...))
    return call
end
_types_of(args...) = Tuple{map(a -> a isa Type ? Type{a} : typeof(a), args)...}
macro code_lowered(exs...)
    return :($(_typed_call(GlobalRef(Base, :code_lowered), exs[end], exs[1:end-1]))[1])
end
macro code_typed(exs...)
    return :($(_typed_call(GlobalRef(Base, :code_typed), exs[end], exs[1:end-1]))[1])
end
macro code_llvm(exs...)
    return _typed_call(GlobalRef(Base, :code_llvm), exs[end], exs[1:end-1])
end
macro code_native(exs...)
    return _typed_call(GlobalRef(Base, :code_native), exs[end], exs[1:end-1])
end
macro code_warntype(exs...)
    return _typed_call(GlobalRef(Base, :code_warntype), exs[end], exs[1:end-1])
end
macro which(ex)
    return _typed_call(GlobalRef(Base, :which), ex, ())
end
macro invokelatest(ex)
    ex isa Expr && ex.head === :call || error("@invokelatest expects a call")
    return esc(Expr(:call, GlobalRef(Base, :invokelatest), ex.args...))
end
macro fastmath(ex)
    return esc(ex)
end
macro polly(ex)
    return esc(ex)
end
# @deprecate old(x::Int) new(x, 1), or two names. Warnings are off, as they are by default.
depwarn(msg, funcsym; force::Bool=false) = nothing
macro deprecate(old, new, export_old=true)
    call = old isa Expr && old.head === :where ? old.args[1] : old
    name = call isa Symbol ? call : call.args[1]
    definition = call isa Symbol ?
        Expr(:(=), Expr(:call, old, Expr(:parameters, :(kwargs...)), :(args...)), Expr(:call, new, Expr(:parameters, :(kwargs...)), :(args...))) :
        Expr(:(=), old, Expr(:block, new))
    name = name isa Expr && name.head === :curly ? name.args[1] : name
    return esc(Expr(:block, export_old == true && name isa Symbol ? Expr(:export, name) : nothing, definition))
end
macro gensym(names...)
    return Expr(:block, (:($(esc(name)) = gensym($(String(name)))) for name in names)..., :nothing)
end
# @invoke f(x::T, y) calls the method for those types; also a[i::T], x.name and x.name = v.
macro invoke(ex)
    target, values = ex, nothing
    if ex isa Expr && ex.head === :(=)
        target, values = ex.args
    end
    target isa Expr || throw(ArgumentError("expected a call, such as f(x::Integer)"))
    stores = ex.head === :(=)
    options = Any[]
    if target.head === :ref
        f, args = GlobalRef(Base, stores ? :setindex! : :getindex), Any[target.args[1], target.args[2:end]...]
        stores && insert!(args, 2, values)
    elseif target.head === :.
        f, args = GlobalRef(Base, stores ? :setproperty! : :getproperty), Any[target.args...]
        stores && push!(args, values)
    elseif target.head === :call
        f, args = target.args[1], target.args[2:end]
        options = filter(a -> a isa Expr && a.head in (:parameters, :kw), args)
        filter!(a -> !(a in options), args)
    else
        throw(ArgumentError("expected a call, such as f(x::Integer)"))
    end
    types = Any[a isa Expr && a.head === :(::) ? a.args[end] : :($(GlobalRef(Core, :Typeof))($a)) for a in args]
    plain = Any[a isa Expr && a.head === :(::) ? a.args[1] : a for a in args]
    call = Expr(:call, GlobalRef(Core, :invoke), f, Expr(:curly, GlobalRef(Core, :Tuple), types...), plain...)
    for option in options
        option.head === :parameters ? insert!(call.args, 2, option) : push!(call.args, option)
    end
    return esc(call)
end
export @__FILE__, @__LINE__, @__DIR__, @assert, @show, @something, @coalesce, @time, @elapsed, @allocated, @allocations, @timed, @showtime, @eval,
    @macroexpand, @macroexpand1, @static, @view, @views, @__dot__, @raw_str, @b_str, @s_str, @big_str, @r_str, @cmd, @v_str, @NamedTuple, @kwdef,
    @enum, @code_lowered, @code_typed, @code_llvm, @code_native, @code_warntype, @which, @invokelatest, @fastmath, @deprecate,
    @gensym, @invoke, @text_str, @html_str, Text, HTML
