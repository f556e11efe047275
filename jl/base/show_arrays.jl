# SPDX-License-Identifier: MIT
# Arrays, dictionaries and sets as text: [1, 2, 3] in one line, and the form with a summary that display gives.

# What is shown is `@nospecialize`d all along: writing takes longer than dispatch, and code for every type that a program prints
# once would take longer still.

# Would literals of this type be read back with the same type?
_implicit(T) = T === Float64 || T === Int || T === Char || T === String || T === Symbol ||
    (isconcretetype(T) && (issingletontype(T) || (T <: Array && _implicit(eltype(T))) ||
        ((T <: Tuple || T <: NamedTuple || T <: Pair) && all(_implicit, fieldtypes(T))) ||
        (T <: AbstractDict && _implicit(keytype(T)) && _implicit(valtype(T)))))
_known_eltype(info) = info === Union{} ? Any : info isa Type && (info <: AbstractArray || info <: AbstractSet) ? eltype(info) :
    info isa Type && info <: AbstractDict ? eltype(info) : Any
# What goes before `[`, and whether the elements' type is clear without it.
function typeinfo_prefix(io::IO, @nospecialize(x))
    info = _typeinfo(io)
    (info isa Type && x isa info) || (info = Any)
    T = eltype(x)
    T == _known_eltype(info) && info !== Any && return "", false
    !isempty(x) && _implicit(T) && return "", true
    T === Any && info === Any && return "Any", false
    return _type_string(T), false
end

function _show_elements(io::IO, @nospecialize(x), open, close)
    limited = get(io, :limit, false)::Bool
    prefix, implicit = typeinfo_prefix(io, x)
    print(io, prefix)
    inner = _inside(io, x, implicit)
    _is_being_shown(io, x) && return print(io, open, _circular_mark(io, x), close)
    print(io, open)
    n = length(x)
    if limited && n > 20
        _show_some(inner, x, 1, 10)
        print(io, "  …  ")
        _show_some(inner, x, n - 9, n)
    else
        _show_all(inner, x)
    end
    print(io, close)
    return nothing
end
function _show_all(io::IO, @nospecialize(x))
    isfirst = true
    for i in eachindex(x)
        isfirst || print(io, ", ")
        isfirst = false
        isassigned(x, i) ? show(io, x[i]) : print(io, "#undef")
    end
end
function _show_all(io::IO, @nospecialize(x::Union{AbstractSet,Tuple,AbstractRange,ValueIterator,Generator}))
    isfirst = true
    for v in x
        isfirst || print(io, ", ")
        isfirst = false
        show(io, v)
    end
end
function _show_some(io::IO, @nospecialize(x), from::Int, to::Int)
    k = 0
    for v in x
        k += 1
        k > to && break
        k < from && continue
        k > from && print(io, ", ")
        show(io, v)
    end
end
isassigned(a::AbstractArray, i) = true
show_vector(io::IO, x, open='[', close=']') = _show_elements(io, x, open, close)
show(io::IO, v::AbstractVector) = _show_elements(io, v, '[', ']')
function show(io::IO, @nospecialize(a::AbstractArray))
    ndims(a) == 0 && return (print(io, "fill("); show(io, a[]); print(io, ")"))
    isempty(a) && return print(io, _typed_empty(a))
    ndims(a) > 2 && return _show_nd_line(io, a)
    prefix, implicit = typeinfo_prefix(io, a)
    print(io, prefix)
    _is_being_shown(io, a) && return print(io, "[", _circular_mark(io, a), "]")
    _show_rows(_inside(io, a, implicit), a)
    return nothing
end
_typed_empty(a) = ndims(a) == 1 ? string(eltype(a), "[]") : string(typeof(a), "(undef, ", join(size(a), ", "), ")")
function _show_rows(io::IO, @nospecialize(a))
    m, n = size(a)
    limited = get(io, :limit, false)::Bool
    print(io, '[')
    for i in 1:m
        i > 1 && print(io, "; ")
        for j in 1:n
            j > 1 && print(io, ' ')
            if limited && n > 20 && j == 11
                print(io, "…")
            end
            limited && n > 20 && 11 <= j <= n - 10 && continue
            isassigned(a, i, j) ? show(io, a[i, j]) : print(io, "#undef")
        end
    end
    print(io, n == 1 && m > 1 || n == 1 ? ";;]" : "]")
end
isassigned(a::AbstractArray, i, j...) = true
isassigned(a::Array, i::Int, j::Int...) = isassigned(a, LinearIndices(a)[i, j...])
function _show_nd_line(io::IO, a)
    prefix, implicit = typeinfo_prefix(io, a)
    print(io, prefix, '[')
    _is_being_shown(io, a) && return print(io, _circular_mark(io, a), "]")
    _show_nd_part(_inside(io, a, implicit), a, ndims(a), ())
    print(io, ']')
end
function _show_nd_part(io::IO, a, d::Int, rest::Tuple)
    if d == 2
        for i in 1:size(a, 1)
            i > 1 && print(io, "; ")
            for j in 1:size(a, 2)
                j > 1 && print(io, ' ')
                show(io, a[i, j, rest...])
            end
        end
    else
        for k in 1:size(a, d)
            k > 1 && print(io, repeat(";", d), ' ')
            _show_nd_part(io, a, d - 1, (k, rest...))
        end
    end
end

# --- Summaries
dims2string(d::Tuple) = isempty(d) ? "0-dimensional" : length(d) == 1 ? string(d[1], "-element") : join(d, '×')
summary(io::IO, a::AbstractArray) = (print(io, dims2string(size(a)), ' '); _summary_type(io, a))
_summary_type(io::IO, a) = showarg(io, a, true)
# An array's kind: its type, or how it was made from another one.
showarg(io::IO, a, toplevel::Bool) = print(io, toplevel ? "" : "::", _type_name(typeof(a)))
_type_name(T) = T
_type_name(::Type{BitVector}) = "BitVector"
_type_name(::Type{BitMatrix}) = "BitMatrix"
function showarg(io::IO, v::SubArray, toplevel::Bool)
    print(io, "view(")
    showarg(io, v.parent, false)
    for i in v.indices
        print(io, ", ")
        i isa Slice ? print(io, ':') : show(io, i)
    end
    print(io, ')')
    toplevel && print(io, " with eltype ", eltype(v))
    return nothing
end
function showarg(io::IO, a::_Turned, toplevel::Bool)
    print(io, a isa Adjoint ? "adjoint(" : "transpose(")
    showarg(io, a.parent, false)
    print(io, ')')
    toplevel && print(io, " with eltype ", eltype(a))
    return nothing
end
show(io::IO, T::Type{BitVector}) = print(io, "BitVector")
show(io::IO, T::Type{BitMatrix}) = print(io, "BitMatrix")
print(io::IO, T::Union{Type{BitVector},Type{BitMatrix}}) = show(io, T)
string(T::Union{Type{BitVector},Type{BitMatrix}}) = _type_name(T)
summary(io::IO, x) = print(io, typeof(x))
summary(io::IO, s::AbstractString) = print(io, isempty(s) ? "empty" : string(ncodeunits(s), "-codeunit"), ' ', typeof(s))
summary(io::IO, d::AbstractDict) = print(io, typeof(d), " with ", length(d), length(d) == 1 ? " entry" : " entries")
summary(io::IO, s::AbstractSet) = print(io, typeof(s), " with ", length(s), length(s) == 1 ? " element" : " elements")
summary(io::IO, k::KeySet) = print(io, "KeySet for a ", typeof(k.dict), " with ", length(k), length(k) == 1 ? " entry" : " entries")
summary(io::IO, v::ValueIterator) = print(io, "ValueIterator for a ", typeof(v.dict), " with ", length(v), length(v) == 1 ? " entry" : " entries")
summary(io::IO, f::Function) = show(io, MIME("text/plain"), f)
summary(x) = sprint(summary, x)
export summary

# --- The display form
show(io::IO, m::AbstractString, x) = show(io, MIME(m), x)
show(io::IO, ::MIME"text/plain", x) = show(io, x)
show(mime::MIME, x) = show(stdout, mime, x)
function show(io::IO, ::MIME"text/plain", a::AbstractArray)
    isempty(a) && a isa Vector && return print(io, eltype(a), "[]")
    summary(io, a)
    isempty(a) && return nothing
    print(io, ":")
    _is_being_shown(io, a) && return print(io, _circular_mark(io, a))
    print(io, '\n')
    inner = IOContext(io, :typeinfo => eltype(a), :SHOWN_SET => a)
    (ndims(a) > 1 && size(a, 2) > 1 && !haskey(io, :compact)) && (inner = IOContext(inner, :compact => true))
    if ndims(a) == 0
        show(inner, a[])
    elseif ndims(a) <= 2
        print_matrix(inner, a)
    else
        _show_slices(inner, a)
    end
    return nothing
end
function _show_slices(io::IO, a)
    tails = CartesianIndices(ntuple(d -> size(a, d + 2), ndims(a) - 2))
    n = length(tails)
    k = 0
    for t in tails
        k += 1
        if get(io, :limit, false)::Bool && n > 10 && 4 <= k <= n - 3
            k == 4 && print(io, "...\n\n")
            continue
        end
        print(io, "[:, :, ", join(t.I, ", "), "] =\n")
        print_matrix(io, a[:, :, t.I...])
        k == n || print(io, "\n\n")
    end
end

# (width left of the alignment point, width right of it) of an element's text.
function alignment(io::IO, @nospecialize(x))
    text = sprint(show, x; context=io)
    return _alignment(x, text)
end
_alignment(x, text) = (0, textwidth(text))
_alignment(x::Integer, text) = (textwidth(text), 0)
_alignment(x::Bool, text) = (textwidth(text), 0)
_alignment(x::Number, text) = (textwidth(text), 0)
function _alignment(x::Real, text)
    x isa Integer && return (textwidth(text), 0)
    at = findfirst(c -> c in ('.', 'e', 'E', 'f', 'N' , '/'), text)
    (at === nothing || text[at] == 'N') && return (textwidth(text), 0)
    return (textwidth(SubString(text, 1, at - 1)), textwidth(SubString(text, at)))
end
function _alignment(x::Pair, text)
    key = sprint(show, x.first)
    return (textwidth(key) + 1, textwidth(text) - textwidth(key) - 1)
end
struct _Undefined end
show(io::IO, ::_Undefined) = print(io, "#undef")
_alignment(x::_Undefined, text) = (3, 3)
_element(a::AbstractVector, i, j) = isassigned(a, i) ? a[i] : _Undefined()
_element(a, i, j) = isassigned(a, i, j) ? a[i, j] : _Undefined()

# Widths of columns, as many as fit in `room`; all of them when that is how many there are.
function _column_widths(io::IO, @nospecialize(a), rows, columns, room::Int, room_if_not_all::Int)
    widths = Tuple{Int,Int}[]
    total = 0
    for j in columns
        left = right = 0
        for i in rows
            l, r = alignment(io, _element(a, i, j))
            left = max(left, l)
            right = max(right, r)
        end
        push!(widths, (left, right))
        total += left + right + 2
        total - 2 > room && length(widths) > 1 && break
    end
    all_fit = length(widths) == length(columns) && total - 2 <= room
    while !all_fit && length(widths) > 1 && total >= room_if_not_all
        w = pop!(widths)
        total -= w[1] + w[2] + 2
    end
    return widths, all_fit
end
function _print_cells(io::IO, @nospecialize(a), i, columns, widths, last_column::Bool)
    for k in 1:length(columns)
        x = _element(a, i, columns[k])
        short = sprint(show, x; context=io)
        l, r = _alignment(x, short)
        text = _cell_text(io, x, short)
        print(io, repeat(" ", max(0, widths[k][1] - l)), text)
        (k < length(columns) || !last_column) && print(io, repeat(" ", max(0, widths[k][2] - r)))
        k < length(columns) && print(io, "  ")
    end
end
# As the element would be displayed by itself, if that is one line.
_cell_text(io::IO, x::Union{Number,AbstractString,Symbol,Nothing,_Undefined}, short) = short
function _cell_text(io::IO, @nospecialize(x), short)
    text = sprint(show, MIME("text/plain"), x; context=io)
    return occursin('\n', text) ? short : text
end
function _print_vdots(io::IO, widths, last_column::Bool)
    for k in 1:length(widths)
        left, right = widths[k]
        if k % 5 == 1
            before = max(0, left - 1)
            print(io, repeat(" ", before), '⋮')
            (k < length(widths) || !last_column) && print(io, repeat(" ", max(0, left + right - 1 - before)))
        else
            (k < length(widths) || !last_column) && print(io, repeat(" ", left + right))
        end
        k < length(widths) && print(io, "  ")
    end
end
function print_matrix(io::IO, @nospecialize(a::AbstractVecOrMat))
    m, n = size(a, 1), size(a, 2)
    limited = get(io, :limit, false)::Bool
    height, width = limited ? displaysize(io) : (typemax(Int) >> 1, typemax(Int) >> 1)
    height -= 4
    width -= 1
    rows = collect(1:m)
    half = div(height, 2)
    m > height && (rows = [rows[1:half]; rows[m-div(height - 1, 2)+1:m]])
    columns = collect(1:n)
    widths, all_fit = _column_widths(io, a, rows, columns, width, width)
    right_widths = Tuple{Int,Int}[]
    if !all_fit
        # The right half's columns first, then as many at the left as leave room for the dots between.
        c = div(width - 5 + 1, 2) + 1
        right_widths, _ = _column_widths(io, a, rows, reverse(columns), c, c)
        right_widths = reverse(right_widths)
        used = 0
        for w in right_widths
            used += w[1] + w[2] + 2
        end
        c = width - (used - 2) - 5
        widths, _ = _column_widths(io, a, rows, columns, c, c)
    end
    left_columns = columns[1:length(widths)]
    right_columns = columns[n-length(right_widths)+1:n]
    for k in 1:length(rows)
        i = rows[k]
        print(io, ' ')
        _print_cells(io, a, i, left_columns, widths, all_fit)
        if !all_fit
            print(io, k % 5 == 1 ? "  …  " : "     ")
            _print_cells(io, a, i, right_columns, right_widths, true)
        end
        k == length(rows) || print(io, '\n')
        if m > height && k == half
            print(io, ' ')
            _print_vdots(io, widths, all_fit)
            if !all_fit
                print(io, "  ⋱  ")
                _print_vdots(io, right_widths, true)
            end
            print(io, '\n')
        end
    end
    return nothing
end
show(io::IO, ::MIME"text/plain", t::Union{Tuple,NamedTuple,Pair,Symbol,Number,Nothing}) = show(io, t)
function display(x)
    show(IOContext(stdout, :limit => true), MIME("text/plain"), x)
    println(stdout)
    return nothing
end
export display

# --- Dictionaries and sets
_dict_name(d) = nameof(typeof(d))
_dict_name(::Iterators.Pairs) = "Base.Pairs"
function show(io::IO, @nospecialize(d::AbstractDict))
    info = _typeinfo(io)
    K, V = keytype(d), valtype(d)
    known = info isa Type && d isa info && info <: AbstractDict && eltype(info) === Pair{K,V} ||
        !isempty(d) && _implicit(K) && _implicit(V)
    known ? print(io, _dict_name(d)) : print(io, typeof(d))
    print(io, '(')
    limited = get(io, :limit, false)::Bool
    if _is_being_shown(io, d)
        print(io, _circular_mark(io, d))
    else
        inner = IOContext(io, :SHOWN_SET => d, :typeinfo => eltype(d))
        n = 0
        for pair in d
            n > 0 && print(io, ", ")
            limited && n >= 10 && (print(io, "…"); break)
            show(inner, pair)
            n += 1
        end
    end
    print(io, ')')
    return nothing
end
function show(io::IO, ::MIME"text/plain", @nospecialize(d::AbstractDict))
    isempty(d) && return show(io, d)
    K, V = keytype(d), valtype(d)
    summary(io, d)
    print(io, ':')
    limited = get(io, :limit, false)::Bool
    rows = limited ? displaysize(io)[1] - 5 : typemax(Int) >> 1
    columns = displaysize(io)[2]
    inner = IOContext(io, :SHOWN_SET => d, :compact => get(io, :compact, true), :limit => limited)
    texts = Tuple{String,String}[]
    for (k, v) in d
        length(texts) >= rows + 1 && break
        push!(texts, (sprint(show, k; context=IOContext(inner, :typeinfo => K)), sprint(show, v; context=IOContext(inner, :typeinfo => V))))
    end
    cut = length(texts) > rows
    cut && resize!(texts, rows - 1)
    width = maximum(t -> textwidth(t[1]), texts)
    for (k, v) in texts
        print(io, "\n  ", rpad(k, width), " => ")
        room = columns - width - 6
        print(io, limited && textwidth(v) > room ? string(first(v, max(room - 1, 1)), '…') : v)
    end
    cut && print(io, "\n  ", rpad("⋮", width), " => ⋮")
    return nothing
end
function show(io::IO, @nospecialize(s::Set))
    if isempty(s)
        _typeinfo(io) === typeof(s) ? print(io, "Set") : show(io, typeof(s))
        return print(io, "()")
    end
    print(io, "Set(")
    _show_elements(io, s, '[', ']')
    print(io, ')')
    return nothing
end
function show(io::IO, s::BitSet)
    print(io, "BitSet([")
    join(io, s, ", ")
    print(io, "])")
end
function show(io::IO, k::KeySet)
    print(io, "KeySet(")
    _show_elements(io, k, '[', ']')
    print(io, ')')
end
show(io::IO, k::KeySet{<:Any,<:Dict}) = _show_elements(io, k, '[', ']')
show(io::IO, v::ValueIterator) = _show_elements(io, v, '[', ']')
function show(io::IO, ::MIME"text/plain", @nospecialize(s::Union{AbstractSet,ValueIterator}))
    isempty(s) && s isa Set && return show(io, s)
    summary(io, s)
    isempty(s) && return nothing
    print(io, s isa ValueIterator ? ". Values:" : s isa KeySet ? ". Keys:" : ":")
    limited = get(io, :limit, false)::Bool
    rows = limited ? displaysize(io)[1] - 5 : typemax(Int) >> 1
    shown = 0
    for x in s
        if shown >= rows - 1 && length(s) > rows
            print(io, "\n  ⋮")
            break
        end
        print(io, "\n  ")
        show(IOContext(io, :typeinfo => eltype(s)), x)
        shown += 1
    end
    return nothing
end
function show(io::IO, ::MIME"text/plain", p::Iterators.Pairs)
    print(io, "pairs(", p.data isa NamedTuple ? "::NamedTuple" : string("::", typeof(p.data)), ") with ", length(p),
        length(p) == 1 ? " entry:" : " entries:")
    for (k, v) in p
        print(io, "\n  ", repr(k), " => ", repr(v))
    end
end
show(io::IO, z::Iterators.Zip) = (print(io, "zip("); join(io, (repr(x) for x in z.is), ", "); print(io, ")"))
show(io::IO, e::Iterators.Enumerate) = (print(io, "enumerate("); show(io, e.itr); print(io, ")"))
