// SPDX-License-Identifier: MIT
// Entering a try and coming back to it: what setjmp and longjmp do, with only what a try needs.
//
// Each is one short piece of machine code. Entering saves the registers that a callee keeps (System V,
// x86-64) and makes the handler the task's newest in the same call; pointers are not mangled and signal masks
// not asked for, which is most of what setjmp costs.
#include <cstddef>

#include "jl/runtime/exceptions.h"

#ifndef __x86_64__
#error "written for x86-64 only"
#endif

namespace jl {

// The offsets below.
static_assert(offsetof(Task, world) == 136 && offsetof(Task, handlers) == 144);
static_assert(offsetof(Task, interpreter_frame) == 184 && offsetof(Task, exceptions) == 192);
static_assert(offsetof(Handler, context) == 0 && sizeof(Handler::context) == 64);
static_assert(offsetof(Handler, previous) == 64 && offsetof(Handler, interpreter_frame) == 72);
static_assert(offsetof(Handler, world) == 80 && offsetof(Handler, exception_depth) == 88);

extern "C" __attribute__((naked, visibility("default"))) int jl_handler_enter(Task *, Handler *) {
  __asm__("movq 144(%rdi), %rax\n\t"
          "movq 184(%rdi), %rcx\n\t"
          "movq 136(%rdi), %rdx\n\t"
          "movq 192(%rdi), %r8\n\t"
          "movq %rax, 64(%rsi)\n\t"
          "movq %rcx, 72(%rsi)\n\t"
          "movq %rdx, 80(%rsi)\n\t"
          "xorl %eax, %eax\n\t"
          "testq %r8, %r8\n\t" // no exception yet
          "je 1f\n\t"
          "movl (%r8), %eax\n" // ExceptionStack::count
          "1:\n\t"
          "movl %eax, 88(%rsi)\n\t"
          "movq (%rsp), %rcx\n\t" // where to go on, and the stack as it is there
          "leaq 8(%rsp), %rdx\n\t"
          "movq %rbx, (%rsi)\n\t"
          "movq %rbp, 8(%rsi)\n\t"
          "movq %r12, 16(%rsi)\n\t"
          "movq %r13, 24(%rsi)\n\t"
          "movq %r14, 32(%rsi)\n\t"
          "movq %r15, 40(%rsi)\n\t"
          "movq %rdx, 48(%rsi)\n\t"
          "movq %rcx, 56(%rsi)\n\t"
          "movq %rsi, 144(%rdi)\n\t"
          "xorl %eax, %eax\n\t"
          "retq");
}

extern "C" __attribute__((naked, noreturn)) void jl_handler_resume(Handler *) {
  __asm__("movq (%rdi), %rbx\n\t"
          "movq 8(%rdi), %rbp\n\t"
          "movq 16(%rdi), %r12\n\t"
          "movq 24(%rdi), %r13\n\t"
          "movq 32(%rdi), %r14\n\t"
          "movq 40(%rdi), %r15\n\t"
          "movq 48(%rdi), %rsp\n\t"
          "movl $1, %eax\n\t"
          "jmpq *56(%rdi)");
}

} // namespace jl
