# What --cache=verify compiles anew are the objects that the first run kept: unions that were found again are those that were inferred.
# RUN: rm -rf %t && export LIGATURE_CACHE_DIR=%t && %lig --cache=on --compile=all %s >%t.first && \
# RUN: %lig --cache=verify --compile=all --stats %s 2>%t.stats >%t.second && diff %t.first %t.second && FileCheck --input-file=%t.stats %s
# CHECK-NOT: warning
# CHECK: "units_emitted":{{[1-9]}}
# CHECK: "cache_hits":{{[1-9][0-9]*}},"cache_misses":0,"cache_errors":0
@enum Currency euro yen
struct Money
    amount::Int
    currency::Currency
end
fields(m) = [getproperty(m, name) for name in (:amount, :currency)]
println(fields(Money(3, yen)))
name = :amount
println(getproperty(Money(3, yen), name))
