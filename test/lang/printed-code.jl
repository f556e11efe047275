# Code as text: blocks among operands and arguments stand further right than the statement they are in; functions and types in code are named.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# CHECK: {{^}}f(x) = begin{{$}}
# CHECK-NEXT: {{^        }}#= {{.*}}:[[@LINE+3]] =#{{$}}
# CHECK-NEXT: {{^        }}x + 1{{$}}
# CHECK-NEXT: {{^    }}end{{$}}
println(:(f(x) = x + 1))
# CHECK-NEXT: {{^}}:(x->begin{{$}}
# CHECK-NEXT: {{^          }}#= {{.*}} =#{{$}}
# CHECK-NEXT: {{^          }}x + 1{{$}}
# CHECK-NEXT: {{^      }}end){{$}}
display(:(x -> x + 1))
println()
# CHECK: {{^}}y = if b{{$}}
# CHECK-NEXT: {{^        }}#= {{.*}} =#{{$}}
# CHECK-NEXT: {{^        }}1{{$}}
# CHECK-NEXT: {{^    }}else{{$}}
# CHECK-NEXT: {{^        }}#= {{.*}} =#{{$}}
# CHECK-NEXT: {{^        }}2{{$}}
# CHECK-NEXT: {{^    }}end{{$}}
println(:(y = if b 1 else 2 end))
# CHECK-NEXT: {{^}}g(1 + h(begin{{$}}
# CHECK-NEXT: {{^                }}#= {{.*}} =#{{$}}
# CHECK-NEXT: {{^                }}2{{$}}
# CHECK-NEXT: {{^            }}end)){{$}}
println(:(g(1 + h(begin 2 end))))
# CHECK-NEXT: {{^}}map(1:3) do i{{$}}
# CHECK-NEXT: {{^    }}#= {{.*}} =#{{$}}
# CHECK-NEXT: {{^    }}i{{$}}
# CHECK-NEXT: {{^}}end{{$}}
println(:(map(1:3) do i; i end))
# CHECK-NEXT: {{^}}Core.invoke(f, Core.Tuple{Int, Core.Typeof(y)}, x, y; k = 1){{$}}
println(@macroexpand @invoke f(x::Int, y; k=1))
# CHECK-NEXT: {{^}}Base.Generator{UnitRange{Int64}, typeof(sqrt)}(sqrt, 1:2){{$}}
println(Iterators.map(sqrt, 1:2))
# CHECK-NEXT: {{^}}Base.Pairs(:k => 1) Base.Pairs{Symbol, Union{}, Tuple{}, @NamedTuple{}}(){{$}}
options(; kws...) = kws
println(options(k=1), " ", options())
