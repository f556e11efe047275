// SPDX-License-Identifier: MIT
//
// Where a call goes whose callee has no code yet. A stub has put the address of its cell into r11 and jumped
// here with everything as the caller left it: the return address on the stack, arguments in registers.
// Every register that can carry an argument is kept, the resolver finds the code, and the call goes on to
// it as if nothing had been in between. The callee-saved ones (among them r13, swiftself) are kept by
// the resolver as by any C++ function. rbp is chained, so that backtraces go through.

.macro lazy_call name, move, register, width
    .globl \name
    .hidden \name
    .type \name, @function
    .p2align 4
\name:
    .cfi_startproc
    pushq %rbp
    .cfi_def_cfa_offset 16
    .cfi_offset %rbp, -16
    movq %rsp, %rbp
    .cfi_def_cfa_register %rbp
    pushq %rdi
    pushq %rsi
    pushq %rdx
    pushq %rcx
    pushq %r8
    pushq %r9
    pushq %rax          // sret of swiftcc, vector count of variadic calls
    pushq %r10          // static chain
    subq $(8 * \width), %rsp
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7
    \move %\register\n, (\n * \width)(%rsp)
    .endr
    movq %r11, %rdi
    call ligature_resolve
    movq %rax, %r11
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7
    \move (\n * \width)(%rsp), %\register\n
    .endr
    addq $(8 * \width), %rsp
    popq %r10
    popq %rax
    popq %r9
    popq %r8
    popq %rcx
    popq %rdx
    popq %rsi
    popq %rdi
    popq %rbp
    .cfi_def_cfa %rsp, 8
    jmpq *%r11
    .cfi_endproc
    .size \name, . - \name
.endm

    .text
    lazy_call ligature_lazy_call_sse, movups, xmm, 16
    lazy_call ligature_lazy_call_avx, vmovups, ymm, 32
    lazy_call ligature_lazy_call_avx512, vmovups, zmm, 64

    .section .note.GNU-stack, "", @progbits
