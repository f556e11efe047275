# RUN: %lig --compile=min %s | FileCheck %s
# Lowering refers to these by name (jl/lower/references.def); they must exist.
for name in [
    "===", "Any", "ArgumentError", "Expr", "NamedTuple", "QuoteNode", "Type", "TypeError", "UndefKeywordError",
    "Vararg", "_abstracttype", "_apply_iterate", "_equiv_typedef", "_primitivetype",
    "_setsuper!", "_structtype", "_typebody!", "_typeof_captured_variable", "_typevar", "_union_all", "apply_type", "eval", "fieldtype",
    "getfield", "isa", "isdefined", "kwcall", "setfield!", "svec", "throw", "tuple", "typeassert",
    "typeof",
    ]
    isdefined(Core, Symbol(name)) || println("missing: Core.", name)
end
for name in [
    "&", "+", "BroadcastFunction", "Generator", "Iterators", "Val", "adjoint", "andand",
    "broadcasted", "broadcasted_kwsyntax", "cconvert", "collect", "convert", "diff_names",
    "dotview", "firstindex", "getindex", "getproperty", "hcat", "hvcat", "hvcat_rows", "hvncat",
    "identity", "indexed_iterate", "isempty", "iterate", "keys", "kwerr", "lastindex", "length",
    "literal_pow", "materialize", "materialize!", "merge", "oror", "pairs", "rest", "rethrow",
    "setindex!", "setproperty!", "split_rest", "string", "structdiff", "typed_hcat", "typed_hvcat",
    "typed_hvcat_rows", "typed_hvncat", "typed_vcat", "unsafe_convert", "vcat", "vect",
    ]
    isdefined(Base, Symbol(name)) || println("missing: Base.", name)
end
println("checked")
# CHECK-NOT: missing
# CHECK: checked
