# What takes any type or function and only passes it on is compiled once, not for each of them.
# RUN: %lig --compile=all --trace-compile=%t %s
# RUN: grep -c "Tuple{typeof(Main.pass_on)" %t | FileCheck --check-prefix=ONCE %s
# RUN: grep -c "Tuple{typeof(Main.some)" %t | FileCheck --check-prefix=EACH %s
# RUN: grep -c "methodswith\|typeof(methods)" %t | FileCheck --check-prefix=FEW %s
using InteractiveUtils
const seen = Any[]
@noinline keep(x) = push!(seen, x)
pass_on(x::Type) = keep(x)
some(x::Type{<:Integer}) = keep(x)
each(f, types) = for x in types
    Base.invokelatest(f, x)
end
each(pass_on, Any[Int, String, Vector{Int}])
each(some, Any[Int8, Int16])
struct Mine end
takes(::Mine) = 1
length(methodswith(Mine)) == 1 || error("not found")
# ONCE: {{^1$}}
# EACH: {{^2$}}
# FEW: {{^[1-9]$}}
