# SPDX-License-Identifier: MIT
# Matrices as text: rows on lines, columns between delimiters.
module DelimitedFiles
export readdlm, writedlm

readdlm(input; kwargs...) = readdlm(input, nothing; kwargs...)
readdlm(input, delimiter::AbstractChar; kwargs...) = _read(input, delimiter, nothing; kwargs...)
readdlm(input, ::Nothing; kwargs...) = _read(input, nothing, nothing; kwargs...)
readdlm(input, T::Type; kwargs...) = _read(input, nothing, T; kwargs...)
readdlm(input, delimiter::AbstractChar, T::Type; kwargs...) = _read(input, delimiter, T; kwargs...)
readdlm(input, delimiter::AbstractChar, eol::AbstractChar; kwargs...) = _read(input, delimiter, nothing; eol=eol, kwargs...)
readdlm(input, delimiter::AbstractChar, T::Type, eol::AbstractChar; kwargs...) = _read(input, delimiter, T; eol=eol, kwargs...)
function _read(input, delimiter, T; header::Bool=false, skipstart::Integer=0, skipblanks::Bool=true, quotes::Bool=true,
    comments::Bool=false, comment_char::AbstractChar='#', eol::AbstractChar='\n', use_mmap::Bool=false, dims=nothing)
    text = input isa AbstractString ? read(input, String) : input isa AbstractVector{UInt8} ? String(copy(input)) : read(input, String)
    rows = _rows(text, delimiter, Char(eol), quotes, comments ? Char(comment_char) : nothing)
    rows = rows[min(skipstart, length(rows))+1:end]
    skipblanks && filter!(!isempty, rows)
    names = header ? (isempty(rows) ? String[] : popfirst!(rows)) : String[]
    columns = maximum(length, rows; init=length(names))
    cells = Matrix{Any}(undef, length(rows), columns)
    for i in 1:length(rows), j in 1:columns
        cells[i, j] = _value(T, j <= length(rows[i]) ? rows[i][j] : "", i, j)
    end
    result = T === nothing ? _narrowed(cells) : convert(Matrix{T}, cells)
    header || return result
    return result, reshape(AbstractString[names...], 1, length(names))
end
# Without a type: all numbers give Float64, else each cell is a number or text.
_narrowed(cells) = !isempty(cells) && all(x -> x isa Union{Int,Float64}, cells) ? convert(Matrix{Float64}, cells) : cells
function _value(T, text, i, j)
    if T === nothing || T === Any
        number = tryparse(Int, text)
        number === nothing || return number
        (text == "true" || text == "false") && return text == "true"
        number = tryparse(Float64, text)
        return number === nothing ? SubString(text) : number
    elseif T <: AbstractString
        return T(text)
    elseif T <: AbstractChar
        return length(text) == 1 ? T(only(text)) : error("file entry \"$text\" cannot be converted to $T")
    elseif T <: Number
        number = tryparse(T, text)
        number === nothing && error("at row $i, column $j : ErrorException(\"file entry \\\"$text\\\" cannot be converted to $T\")")
        return number
    end
    return convert(T, text)
end
function _rows(text, delimiter, eol, quotes, comment)
    rows = Vector{Vector{String}}()
    row, cell = String[], IOBuffer()
    quoted, was_quoted, any_cell = false, false, false
    function finish_cell(force)
        s = String(take!(cell))
        # Without a delimiter any white space separates, and several spaces are one.
        (force || !isempty(s) || was_quoted) && push!(row, s)
        was_quoted = false
        return nothing
    end
    function finish_row()
        finish_cell(delimiter !== nothing && (!isempty(row) || position(cell) > 0))
        push!(rows, row)
        row = String[]
        return nothing
    end
    i = firstindex(text)
    while i <= ncodeunits(text)
        c = text[i]
        following = nextind(text, i)
        if quoted
            if c == '"' && following <= ncodeunits(text) && text[following] == '"'
                print(cell, '"')
                following = nextind(text, following)
            elseif c == '"'
                quoted = false
            else
                print(cell, c)
            end
        elseif quotes && c == '"' && position(cell) == 0
            quoted = was_quoted = true
        elseif comment !== nothing && c == comment
            while following <= ncodeunits(text) && text[following] != eol
                following = nextind(text, following)
            end
        elseif c == eol
            finish_row()
        elseif c == '\r' && eol == '\n' && following <= ncodeunits(text) && text[following] == '\n'
        elseif delimiter === nothing ? isspace(c) : c == delimiter
            finish_cell(delimiter !== nothing)
        else
            print(cell, c)
        end
        i = following
    end
    (position(cell) > 0 || !isempty(row) || was_quoted) && finish_row()
    return rows
end

writedlm(file::AbstractString, a, delimiter='\t'; kwargs...) = open(io -> writedlm(io, a, delimiter; kwargs...), file, "w")
function writedlm(io::IO, a, delimiter='\t'; quotes::Bool=true)
    if a isa AbstractMatrix
        for i in axes(a, 1)
            _write_row(io, (a[i, j] for j in axes(a, 2)), delimiter, quotes)
        end
    else
        for row in a
            _write_row(io, row isa Union{AbstractString,Number,AbstractChar,Symbol} ? (row,) : row, delimiter, quotes)
        end
    end
    return nothing
end
function _write_row(io, row, delimiter, quotes)
    first = true
    for x in row
        first || print(io, delimiter)
        first = false
        _write_cell(io, x, delimiter, quotes)
    end
    print(io, '\n')
end
_write_cell(io, x, delimiter, quotes) = print(io, x)
function _write_cell(io, x::AbstractString, delimiter, quotes)
    quotes && (occursin('"', x) || occursin('\n', x) || occursin(string(delimiter), x)) ?
        print(io, '"', replace(x, "\"" => "\"\""), '"') : print(io, x)
end
end
