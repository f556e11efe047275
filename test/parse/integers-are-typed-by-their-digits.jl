# Decimal literals grow from Int64; others are as wide as their digits.
# RUN: %lig --dump=ast %s | FileCheck %s
255
9223372036854775808
0xff
0x0ff
0b1_0000_0000
0o17
-9223372036854775808
# CHECK:      255
# CHECK-NEXT: (:macrocall, GlobalRef(Core, Symbol("@int128_str")), "9223372036854775808")
# CHECK-NEXT: 0xff
# CHECK-NEXT: 0x00ff
# CHECK-NEXT: 0x0100
# CHECK-NEXT: 0x0f
# CHECK-NEXT: -9223372036854775808
