# The symbol space tests link these: C and C++ as clang writes it, as bitcode and (clash.c) as an object.
if(TARGET ligature-space-test)
  set(folder ${CMAKE_BINARY_DIR}/test-modules)
  file(MAKE_DIRECTORY ${folder})
  set(modules "")
  foreach(source throws.cpp catches.cpp clash.c)
    get_filename_component(name ${source} NAME_WE)
    set(compiler ${CMAKE_CXX_COMPILER} -std=c++20)
    if(source MATCHES "\\.c$")
      set(compiler ${CMAKE_C_COMPILER} -fcommon)
    endif()
    add_custom_command(OUTPUT ${folder}/${name}.bc ${folder}/${name}.o
      COMMAND ${compiler} -O1 -fPIC -emit-llvm -c -o ${folder}/${name}.bc ${CMAKE_SOURCE_DIR}/test/space/${source}
      COMMAND ${compiler} -O1 -fPIC -c -o ${folder}/${name}.o ${CMAKE_SOURCE_DIR}/test/space/${source}
      DEPENDS ${CMAKE_SOURCE_DIR}/test/space/${source} ${CMAKE_SOURCE_DIR}/test/space/shapes.h)
    list(APPEND modules ${folder}/${name}.bc)
  endforeach()
  add_custom_target(space-test-modules DEPENDS ${modules})
  add_dependencies(ligature-space-test space-test-modules)
  target_compile_definitions(ligature-space-test PRIVATE SPACE_MODULES="${folder}")
endif()
