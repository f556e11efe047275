# A pointer in a constant is another one in each process: code reads it, and does not hold it.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && \
# RUN: %lig --cache=on --compile=all %s | FileCheck %s && \
# RUN: %lig --cache=on --compile=all --stats %s 2>&1 | FileCheck --check-prefixes=CHECK,WARM %s && \
# RUN: setarch -R %lig --cache=on --compile=all --stats %s 2>&1 | FileCheck --check-prefixes=CHECK,WARM %s
one() = 1
struct Library
    name::String
    handle::Ptr{Cvoid}
end
mutable struct Opened
    const at::Ptr{Int}
    n::Int
end
const pointer_to_one = @cfunction(one, Int, ())
const also = pointer_to_one
const memory = convert(Ptr{Int}, Libc.malloc(16))
const library = Library("one", pointer_to_one)
const opened = Opened(memory, 2)
const nowhere = C_NULL
call_it() = ccall(pointer_to_one, Int, ())
is_same() = pointer_to_one == also && UInt(pointer_to_one) == UInt(also) && pointer_to_one === Main.also
call_field() = (library.name, ccall(library.handle, Int, ()))
function fill_memory()
    for i in 1:opened.n
        unsafe_store!(opened.at, 10i, i)
    end
    return sum(unsafe_load(memory, i) for i in 1:opened.n)
end
is_nowhere() = nowhere == C_NULL
# CHECK: 1 true
println(call_it(), " ", is_same())
# CHECK-NEXT: ("one", 1) 30 true
println(call_field(), " ", fill_memory(), " ", is_nowhere())
# WARM: "units_inferred":0,
# WARM-SAME: "llvm_loaded":false,"units_emitted":0,
# WARM: "units_compiled":0,
# WARM: "inferences_refused":0
