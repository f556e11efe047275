# embed_files(TARGET FOLDER): puts every *.jl below FOLDER into TARGET's library, as the table that
# jl/engine/base_files.h declares. Assembled with .incbin, so a changed file costs no C++ compilation.
function(embed_files target folder)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*.jl)
  list(SORT files)
  set(assembly ".section .rodata\n")
  set(table "#include \"jl/engine/base_files.h\"\n#include <string>\n")
  set(rows "")
  set(index 0)
  set(paths "")
  foreach(file ${files})
    string(APPEND assembly
      ".globl lig_file_${index}\nlig_file_${index}: .incbin \"${folder}/${file}\"\n"
      ".globl lig_file_${index}_end\nlig_file_${index}_end: .byte 0\n")
    string(APPEND table "extern \"C\" const char lig_file_${index}[], lig_file_${index}_end[];\n")
    string(APPEND rows "    {\"${file}\", {lig_file_${index}, size_t(lig_file_${index}_end - lig_file_${index})}},\n")
    list(APPEND paths ${folder}/${file})
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND assembly ".section .note.GNU-stack,\"\",@progbits\n")
  string(APPEND table
    "namespace jl {\n"
    "const BaseFile *find_base_file(std::string_view name) {\n"
    "  static const BaseFile files[] = {\n${rows}  };\n"
    "  for (const BaseFile &file : files)\n    if (file.name == name)\n      return &file;\n"
    "  return nullptr;\n}\n}\n")
  set(generated ${CMAKE_BINARY_DIR}/generated)
  file(CONFIGURE OUTPUT ${generated}/base_files.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${generated}/base_files.cpp CONTENT "${table}" @ONLY)
  set_source_files_properties(${generated}/base_files.S PROPERTIES OBJECT_DEPENDS "${paths}")
  target_sources(${target} PRIVATE ${generated}/base_files.S ${generated}/base_files.cpp)
endfunction()
