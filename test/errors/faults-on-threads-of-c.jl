# On a thread that C started, whose stack is small and may lie above memory of others: what is far below the stack is no stack
# overflow, and the end of the stack is told as such, though the thread has no other stack to handle signals on.
# RUN: printf '#include <pthread.h>\n#include <sys/mman.h>\nchar *below(void) { static char *m; if (!m) m = mmap(0, 64 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0); return m + (44 << 20); }\nint eat(int n) { volatile char room[4096]; room[0] = 1; return n == 0 ? 0 : eat(n + 1) + room[0]; }\nstatic void *run(void *f) { ((void (*)(void))f)(); return 0; }\nvoid on_thread(void (*f)(void)) { char *low = below() + (12 << 20); pthread_attr_t a; pthread_t t; mprotect(low, 8 << 20, PROT_READ | PROT_WRITE); pthread_attr_init(&a); pthread_attr_setstack(&a, low, 8 << 20); pthread_create(&t, &a, run, (void *)f); pthread_join(t, 0); }\n' > %t.c
# RUN: clang -O0 -shared -fPIC -o %t.so %t.c
# RUN: not --crash %lig %s %t.so far 2>&1 | FileCheck --check-prefix=FAR %s
# RUN: not --crash %lig %s %t.so native 2>&1 | FileCheck --check-prefix=NATIVE %s
# UNSUPPORTED: sanitized
# determinism: skip, it loads a library that the test has made
using Libdl
const library = dlopen(ARGS[1])
const far_below = Ptr{Int}(ccall(dlsym(library, :below), Ptr{Cvoid}, ()))
const eat = dlsym(library, :eat)
read_far_below() = (println("value: ", try; unsafe_load(far_below); catch e; e; end); nothing)
use_up_the_stack() = (ccall(eat, Cint, (Cint,), 1); nothing)
work() = ARGS[2] == "far" ? read_far_below() : use_up_the_stack()
ccall(dlsym(library, :on_thread), Cvoid, (Ptr{Cvoid},), @cfunction(work, Cvoid, ()))
# FAR-NOT: StackOverflowError
# FAR: lig: fatal: segmentation fault
# NATIVE: lig: fatal: the runtime itself ran out of stack
