# Inference knows the type of a constant that holds an address, and not the address.
# RUN: %lig --compile=all --dump=typed %s | FileCheck %s
const memory = convert(Ptr{Int}, Libc.malloc(16))
const null = Ptr{Int}(C_NULL)
address() = UInt(memory)
# CHECK-LABEL: typed address()
# CHECK: Main.memory::Ptr{Int64}
# CHECK: => UInt64
address()
nowhere() = null
# CHECK-LABEL: typed nowhere()
# CHECK: => Core.Const(Ptr{Int64}(0x0000000000000000))
nowhere()
# Nor of one that is computed.
literal() = Ptr{Int}(UInt(16)) + 8
# CHECK-LABEL: typed literal()
# CHECK: => Ptr{Int64}
literal()
