# SPDX-License-Identifier: MIT
# MIME types as types: show(io, MIME("text/plain"), x).

struct MIME{mime} end
MIME(s) = MIME{Symbol(s)}()
macro MIME_str(s)
    return :(MIME{$(Expr(:quote, Symbol(s)))})
end
show(io::IO, ::MIME{mime}) where {mime} = (print(io, "MIME type "); print(io, String(mime)))
print(io::IO, ::MIME{mime}) where {mime} = print(io, String(mime))
export MIME, @MIME_str
