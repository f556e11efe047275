# SPDX-License-Identifier: MIT
# Structs of up to 16 bytes are one or two words, in registers by what is in them; larger ones lie on the stack and come
# back through the caller's buffer: as clang passes them.
# RUN: %lig --dump=unit %s | FileCheck %s
struct Pixel; r::Int32; g::Int32; b::Int32; end
struct Mixed; n::Int64; x::Float32; end
struct Point; x::Float32; y::Float32; end
struct Wide; a::Int64; b::Float64; c::Int64; end

pixel(p, x) = ccall(:take_pixel, Pixel, (Pixel, Float32), p, x)
mixed(m) = ccall(:take_mixed, Mixed, (Mixed,), m)
point(p) = ccall(:take_point, Point, (Point,), p)
wide(w) = ccall(:take_wide, Wide, (Wide,), w)
# Five integer registers are taken: no two are left, so the struct goes on the stack as a whole.
last(p) = ccall(:take_last, Cvoid, (Int, Int, Int, Int, Int, Pixel), 1, 2, 3, 4, 5, p)
for f in (() -> pixel(Pixel(1, 2, 3), 1f0), () -> mixed(Mixed(1, 2)), () -> point(Point(1, 2)), () -> wide(Wide(1, 2, 3)),
          () -> last(Pixel(1, 2, 3)))
    try
        f()
    catch
    end
end
# CHECK-DAG: call { i64, i32 } @foreign_take_pixel_0(i64 {{[^,]*}}, i32 {{[^,]*}}, float {{[^,]*}})
# CHECK-DAG: call { i64, float } @foreign_take_mixed_0(i64 {{[^,]*}}, float {{[^,]*}})
# CHECK-DAG: call <2 x float> @foreign_take_point_0(<2 x float> {{[^,]*}})
# CHECK-DAG: call void @foreign_take_wide_0(ptr sret([24 x i8]) {{[^,]*}}, ptr byval([24 x i8]) align 8 {{[^,]*}})
# CHECK-DAG: call void @foreign_take_last_0(i64 1, i64 2, i64 3, i64 4, i64 5, ptr byval([12 x i8]) align 8 {{[^,]*}})
