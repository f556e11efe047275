# SPDX-License-Identifier: MIT
# What a call most likely meant to say.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
function report(f)
    try
        f()
    catch e
        for line in split(sprint(showerror, e), '\n')
            startswith(line, "Closest") && break
            isempty(line) || println(line)
        end
    end
end
x, v, A = 3, [1, 2], [1 2; 3 4]
struct Pair2{T}
    x::T
end
length(p::Pair2, y) = 2
report(() -> x(4))
# CHECK:      MethodError: objects of type Int64 are not callable
# CHECK-NEXT: The object of type `Int64` exists, but no method is defined for this combination of argument types when trying to treat it as a callable object.
# CHECK-NEXT: Maybe you forgot to use an operator such as *, ^, %, / etc. ?
report(() -> v(1))
# CHECK-NEXT: MethodError: objects of type Vector{Int64} are not callable
# CHECK-NEXT: Use square brackets [] for indexing an Array.
# CHECK-NEXT: The object of type `Vector{Int64}` exists
report(() -> max(v))
# CHECK-NEXT: MethodError: no method matching max(::Vector{Int64})
# CHECK-NEXT: The function `max` exists
# CHECK-NEXT: Finding the maximum of an iterable is performed with `maximum`.
report(() -> (A[1][2] = 5))
# CHECK-NEXT: MethodError: no method matching setindex!(::Int64, ::Int64, ::Int64)
# CHECK-NEXT: The function `setindex!` exists
# CHECK-NEXT: Are you trying to index into an array? For multi-dimensional arrays, separate the indices with commas: a[1, 2] rather than a[1][2]
report(() -> (Dict["key"] = 2))
# CHECK-NEXT: MethodError: no method matching setindex!(::Type{Dict}, ::Int64, ::String)
# CHECK-NEXT: The function `setindex!` exists
# CHECK-NEXT: You attempted to index the type Dict, rather than an instance of the type. Make sure you create the type using its constructor: d = Dict([...]) rather than d = Dict
report(() -> length(v))
# CHECK-NEXT: MethodError: no method matching length(::Vector{Int64})
# CHECK-NEXT: You may have intended to import Base.length
# CHECK-NEXT: The function `length` exists
report(() -> (y -> y)(1, 2))
# CHECK-NEXT: MethodError: no method matching {{.*}}(::Int64, ::Int64)
# CHECK-NEXT: The anonymous function `#{{.*}}` exists, but no method is defined for this combination of argument types.
report(() -> v - 1)
# CHECK-NEXT: MethodError: no method matching -(::Vector{Int64}, ::Int64)
# CHECK-NEXT: For element-wise subtraction, use broadcasting with dot syntax: array .- scalar
report(() -> convert(Pair2{Int}, Pair2{Float64}(1)))
# CHECK:      MethodError: Cannot `convert` an object of type{{ *$}}
# CHECK-NEXT:   Pair2{Float64} to an object of type{{ *$}}
# CHECK-NEXT:   Pair2{Int64}
