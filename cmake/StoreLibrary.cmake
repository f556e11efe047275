# store_library(TARGET WRITER): runs WRITER and puts the bytes of the file that it writes into TARGET, between the symbols that
# jl/engine/library.cpp looks for.
function(store_library target writer)
  set(bytes ${CMAKE_BINARY_DIR}/generated/library.bytes)
  set(assembly ${CMAKE_BINARY_DIR}/generated/stored_library.S)
  add_custom_command(OUTPUT ${bytes} COMMAND ${writer} ${bytes} DEPENDS ${writer} COMMENT "Storing Base" VERBATIM)
  file(CONFIGURE OUTPUT ${assembly} @ONLY CONTENT
".section .rodata
.globl lig_stored_library, lig_stored_library_end
.balign 16
lig_stored_library: .incbin \"${bytes}\"
lig_stored_library_end: .byte 0
.section .note.GNU-stack,\"\",@progbits
")
  set_source_files_properties(${assembly} PROPERTIES OBJECT_DEPENDS ${bytes})
  target_sources(${target} PRIVATE ${assembly})
endfunction()
