# Backquotes call Core.@cmd with the raw text.
# RUN: %lig --dump=ast %s | FileCheck %s
`ls -l $dir`
# CHECK:      (:macrocall, GlobalRef(Core, Symbol("@cmd")), "ls -l \$dir")
