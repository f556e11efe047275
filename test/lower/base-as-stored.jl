# Base as the build stores it is Base as its text says: the same names, methods and lowered code. What is stored is the same each time.
# RUN: %lig --cache=off %s > %t.stored
# RUN: %lig --cache=off --library-from-text %s > %t.text
# RUN: cmp %t.stored %t.text
# RUN: FileCheck %s < %t.stored
# RUN: %build/bin/lig-store-library %t.1 && %build/bin/lig-store-library %t.2
# RUN: cmp %t.1 %t.2 && cmp %t.1 %build/generated/library.bytes
# RUN: not %build/bin/lig-store-library /nonexistent/file 2>&1 | FileCheck --check-prefix=FAIL %s
# FAIL: lig-store-library: /nonexistent/file cannot be written
# CHECK: module Base{{$}}
# CHECK: !(f::Function){{$}}
# CHECK: module {{.*}}Meta
# CHECK: module Core
const seen = IdDict{Any,Bool}()

function show_methods(f)
    haskey(seen, f) && return
    seen[f] = true
    for m in methods(f)
        println("  ", m, " ", m.nargs, " ", m.sig, " ", Base.kwarg_decl(m))
    end
    for code in code_lowered(f)
        println(code)
    end
end

function show_module(m)
    println("module ", m)
    for name in names(m; all=true, imported=true)
        isdefined(m, name) || (println(" ", name, " is undefined"); continue)
        value = getglobal(m, name)
        println(" ", name, "::", typeof(value), " ", isconst(m, name), " ", Base.isexported(m, name), " ", Base.ispublic(m, name))
        if value isa Function || value isa Type
            show_methods(value)
        elseif value isa Module && value !== m && parentmodule(value) === m
            show_module(value)
        end
    end
end

show_module(Base)
show_module(Core)
