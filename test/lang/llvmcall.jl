# SPDX-License-Identifier: MIT
# IR of the program runs compiled, interpreted and at top level; what is wrong with it is an error that can be caught.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
add(x, y) = Base.llvmcall("%3 = add i32 %1, %0\nret i32 %3", Int32, Tuple{Int32,Int32}, x, y)
# CHECK: 7 70
println(add(Int32(3), Int32(4)), " ", Base.llvmcall("%3 = add i64 %1, %0\nret i64 %3", Int64, Tuple{Int64,Int64}, 30, 40))
# A module with functions and constants of its own, and C functions that it declares.
const with_table = """
    declare double @llvm.sqrt.f64(double)
    declare i64 @labs(i64)
    @table = private constant [3 x i64] [i64 10, i64 -20, i64 30]
    define internal i64 @helper(i64 %x) {
      %p = getelementptr [3 x i64], ptr @table, i64 0, i64 %x
      %v = load i64, ptr %p
      %w = call i64 @labs(i64 %v)
      ret i64 %w
    }
    define i64 @entry(i64 %x) noinline optnone {
    top:
      %r = call i64 @helper(i64 %x)
      ret i64 %r
    }
    """
look(x) = Base.llvmcall((with_table, "entry"), Int64, Tuple{Int64}, x)
root(x) = Base.llvmcall(("declare double @llvm.sqrt.f64(double)\ndefine double @helper(double %x) {\n%y = call double @llvm.sqrt.f64(double %x)\nret double %y\n}", "helper"),
                        Float64, Tuple{Float64}, x)
# CHECK-NEXT: (10, 20, 30) 1.5
println((look(0), look(1), look(2)), " ", root(2.25))
function in_a_loop(n)
    total = 0.0
    for i in 1:n
        total += look(i % 3) + root(4.0) + Base.llvmcall("%2 = mul i64 %0, 2\nret i64 %2", Int64, Tuple{Int64}, i)
    end
    return total
end
# CHECK-NEXT: 330.0
println(in_a_loop(10))
# Values of all kinds. A Bool is i8, or i1 where the IR says so.
is_negative(x) = Base.llvmcall("%2 = icmp slt i64 %0, 0\nret i1 %2", Bool, Tuple{Int64}, x)
is_negative8(x) = Base.llvmcall("%2 = icmp slt i64 %0, 0\n%3 = zext i1 %2 to i8\nret i8 %3", Bool, Tuple{Int64}, x)
# CHECK-NEXT: (true, false, true, false)
println((is_negative(-1), is_negative(1), is_negative8(-1), is_negative8(2)))
const Four = NTuple{4,VecElement{Float32}}
add_vectors(a, b) = Base.llvmcall("%3 = fadd <4 x float> %0, %1\nret <4 x float> %3", Four, Tuple{Four,Four}, a, b)
four = ntuple(i -> VecElement(Float32(i)), 4)
# CHECK-NEXT: (2.0f0, 4.0f0, 6.0f0, 8.0f0)
println(map(x -> x.value, add_vectors(four, four)))
swap(t) = Base.llvmcall("""
    %2 = extractvalue [2 x i64] %0, 0
    %3 = extractvalue [2 x i64] %0, 1
    %4 = insertvalue [2 x i64] undef, i64 %3, 0
    %5 = insertvalue [2 x i64] %4, i64 %2, 1
    ret [2 x i64] %5""", Tuple{Int,Int}, Tuple{Tuple{Int,Int}}, t)
struct Pair2
    a::Int32
    b::Float64
end
pair(a, b) = Base.llvmcall("%3 = insertvalue {i32, double} undef, i32 %0, 0\n%4 = insertvalue {i32, double} %3, double %1, 1\nret {i32, double} %4",
                           Pair2, Tuple{Int32,Float64}, a, b)
# CHECK-NEXT: (2, 1) Pair2(1, 2.0)
println(swap((1, 2)), " ", pair(Int32(1), 2.0))
load(p) = Base.llvmcall("%2 = load i64, ptr %0\nret i64 %2", Int, Tuple{Ptr{Int}}, p)
nothing_at_all() = Base.llvmcall("ret void", Cvoid, Tuple{})
itself(x) = Base.llvmcall("ret ptr %0", Any, Tuple{Any}, x)
numbers = [7, 8]
# CHECK-NEXT: 7 nothing text
println(load(pointer(numbers)), " ", nothing_at_all(), " ", itself("text"))
@generated function doubled(x)
    T = x === Int32 ? "i32" : "i64"
    return :(Base.llvmcall($("%2 = shl $T %0, 1\nret $T %2"), $x, Tuple{$x}, x))
end
# CHECK-NEXT: (8, 10)
println((doubled(Int32(4)), doubled(5)))

function message(f, args...)
    try
        f(args...)
    catch e
        println(sprint(showerror, e))
    end
end
garbage() = Base.llvmcall("garbage", Int, Tuple{})
# CHECK-NEXT: Failed to parse LLVM assembly:
# CHECK-NEXT: error: expected instruction opcode
message(garbage)
wrong_result() = Base.llvmcall("ret i32 0", Int, Tuple{})
# CHECK: value doesn't match function result type 'i64'
message(wrong_result)
no_entry() = Base.llvmcall(("define i64 @f() { ret i64 1 }", "g"), Int, Tuple{})
# CHECK: Module IR does not contain specified entry function
message(no_entry)
other_type() = Base.llvmcall(("define i32 @f() { ret i32 1 }", "f"), Int, Tuple{})
# CHECK-NEXT: llvmcall: @f is a function of type i32 (), the call's is i64 ()
message(other_type)
malformed() = Base.llvmcall(("define i64 @f() {\nb:\n %x = add i64 %y, 1\n %y = add i64 %x, 1\n ret i64 %y\n}", "f"), Int, Tuple{})
# CHECK-NEXT: Malformed LLVM function:
message(malformed)
thread_local() = Base.llvmcall(("@x = thread_local global i64 1\ndefine i64 @f() { ret i64 1 }", "f"), Int, Tuple{})
# CHECK: llvmcall: @x is thread-local, which is not supported
message(thread_local)
other_argument(x) = Base.llvmcall("ret i64 %0", Int, Tuple{Int}, x)
# CHECK-NEXT: TypeError: in llvmcall, expected Int64, got a value of type Float64
message(other_argument, 3.0)
too_many(x) = Base.llvmcall("ret i64 %0", Int, Tuple{Int}, x, x)
# CHECK-NEXT: llvmcall: 2 arguments for Tuple{Int64}
message(too_many, 1)
missing_function() = Base.llvmcall(("declare i64 @no_such_thing()\ndefine i64 @f() { %x = call i64 @no_such_thing()\n ret i64 %x }", "f"), Int, Tuple{})
# CHECK-NEXT: could not load symbol "no_such_thing"
message(missing_function)
