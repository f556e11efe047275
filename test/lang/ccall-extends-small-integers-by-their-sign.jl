# SPDX-License-Identifier: MIT
# C may read the whole register of a small integer: it is extended as its type's sign says, also a type of the program's.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
primitive type Small <: Signed 8 end
primitive type Flags <: Unsigned 8 end
primitive type Short <: Signed 16 end

small() = ccall(:abs, Int32, (Small,), reinterpret(Small, Int8(-5)))
flags() = ccall(:abs, Int32, (Flags,), reinterpret(Flags, Int8(-5)))
short() = ccall(:abs, Int32, (Short,), reinterpret(Short, Int16(-300)))
println(small(), " ", flags(), " ", short(), " ", ccall(:abs, Int32, (Int8,), -5), " ", ccall(:abs, Int32, (UInt8,), 251))
# CHECK: 5 251 300 5 251

# What callbacks give back is read as it was declared.
give_small(x::Int32)::Small = reinterpret(Small, x % Int8)
give_flags(x::Int32)::Flags = reinterpret(Flags, x % Int8)
smalls(f) = ccall(f, Int8, (Int32,), -5)
bytes(f) = ccall(f, UInt8, (Int32,), -5)
println(smalls(@cfunction(give_small, Small, (Int32,))), " ", bytes(@cfunction(give_flags, Flags, (Int32,))))
# CHECK: -5 251

# Behind `...` they become a C int.
function shown(x)
    text = zeros(UInt8, 20)
    n = @ccall snprintf(text::Ptr{UInt8}, 20::Csize_t, "%d"::Cstring; x::typeof(x))::Cint
    return String(text[1:n])
end
println(shown(reinterpret(Small, Int8(-5))), " ", shown(reinterpret(Flags, Int8(-5))))
# CHECK: -5 251
