# A backtrace through code that was found names the arguments as one through code that was compiled does.
# RUN: rm -rf %t && mkdir %t && export LIGATURE_CACHE_DIR=%t/cache && \
# RUN: (%lig --cache=on --compile=all %s 2>%t/cold; %lig --cache=on --compile=all --stats %s 2>%t/warm; true) && \
# RUN: FileCheck --input-file=%t/cold %s && FileCheck --check-prefixes=CHECK,WARM --input-file=%t/warm %s
# CHECK: ERROR: LoadError: no
# CHECK: [1] error(s::String)
# CHECK: [2] bad(given::Int64)
# WARM: "units_inferred":0,
@noinline bad(given) = given > 2 ? error("no") : 1
bad(3)
