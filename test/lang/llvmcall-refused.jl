# SPDX-License-Identifier: MIT
# IR that only the code generator would find to be wrong, or would never be done with, is an error that can be caught.
# RUN: %lig %s 2>&1 | FileCheck %s
# RUN: %lig --compile=min %s 2>&1 | FileCheck %s
# RUN: %lig --compile=all %s 2>&1 | FileCheck %s
# CHECK-NOT: warning
macro try_ir(name, text)
    return quote
        $(esc(name))() = Base.llvmcall(($text, "f"), Int, Tuple{})
        try
            println($(esc(name))())
        catch e
            println($(string(name)), ": ", sprint(showerror, e))
        end
    end
end
# CHECK: output: {{.*}}couldn't allocate output register for constraint '{nosuchreg}'
@try_ir output "define i64 @f() { %x = call i64 asm sideeffect \"\", \"={nosuchreg}\"()\n ret i64 %x }"
# CHECK: nonsense: {{.*}}invalid instruction mnemonic 'nonsense'
@try_ir nonsense "define i64 @f() { call void asm sideeffect \"nonsense here\", \"\"()\n ret i64 3 }"
# CHECK: 17
@try_ir sense "define i64 @f() { %x = call i64 asm \"movq \$\$17, \$0\", \"=r\"()\n ret i64 %x }"
# CHECK: reading: {{.*}}register 'nosuchreg'
@try_ir reading "declare i64 @llvm.read_register.i64(metadata)\ndefine i64 @f() { %x = call i64 @llvm.read_register.i64(metadata !0)\n ret i64 %x }\n!0 = !{!\"nosuchreg\"}"
# CHECK: collector: llvmcall: @f has a garbage collector of its own, which is not supported
@try_ir collector "define i64 @f() gc \"nosuchgc\" { ret i64 3 }"
# CHECK: wide: {{.*}}integers of 8388607 bits are not supported
@try_ir wide "define i64 @f() { %a = load volatile i8388607, ptr null\n %b = mul i8388607 %a, %a\n %c = trunc i8388607 %b to i64\n ret i64 %c }"
# CHECK: scalable: {{.*}}vectors of a size that the machine decides are not supported
@try_ir scalable "define i64 @f() { %a = load <vscale x 2 x i64>, ptr null\n %c = extractelement <vscale x 2 x i64> %a, i64 0\n ret i64 %c }"
# CHECK: other: {{.*}}llvm.aarch64.hint is an intrinsic of another machine
@try_ir other "declare void @llvm.aarch64.hint(i32)\ndefine i64 @f() { call void @llvm.aarch64.hint(i32 0)\n ret i64 1 }"
# CHECK: 1 2 3
fast() = Base.llvmcall(("define fastcc i64 @f() { ret i64 1 }", "f"), Int, Tuple{})
cold() = Base.llvmcall(("define coldcc i64 @f() { ret i64 2 }", "f"), Int, Tuple{})
calling() = Base.llvmcall(("define preserve_mostcc i64 @g() noinline { ret i64 3 }\ndefine i64 @f() { %x = call preserve_mostcc i64 @g()\n ret i64 %x }", "f"), Int, Tuple{})
println(fast(), " ", cold(), " ", calling())
# CHECK: haskell: llvmcall: the calling convention in @f is not supported
@try_ir haskell "define ghccc i64 @f() { ret i64 1 }"
# CHECK: interrupt: llvmcall: the calling convention in @f is not supported
@try_ir interrupt "define preserve_nonecc i64 @f() { ret i64 1 }"
