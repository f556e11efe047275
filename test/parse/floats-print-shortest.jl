# Float64, Float32 and hexadecimal floats.
# RUN: %lig --dump=ast %s | FileCheck %s
1.0
.5
1e6
1.5e-7
2.5f0
0x1.8p1
1_000.5
# CHECK:      1.0
# CHECK-NEXT: 0.5
# CHECK-NEXT: 1.0e6
# CHECK-NEXT: 1.5e-7
# CHECK-NEXT: 2.5f0
# CHECK-NEXT: 3.0
# CHECK-NEXT: 1000.5
