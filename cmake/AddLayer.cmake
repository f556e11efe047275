# add_layer(PATH [DEPENDS PATH...] [LIBS LIB...] [LLVM])
#
# One folder = one static library + its unit tests. PATH/*.cpp make the library,
# PATH/*_test.cpp one GoogleTest executable beside it. LLVM says that the layer may
# include LLVM's headers; a layer without it does not even see their folder.
function(layer_target path out)
  string(REPLACE "/src/" "/" name ${path})
  string(REPLACE "/" "-" name ${name})
  set(${out} ${name} PARENT_SCOPE)
endfunction()

function(add_layer path)
  cmake_parse_arguments(L "LLVM" "" "DEPENDS;LIBS" ${ARGN})
  layer_target(${path} target)
  file(GLOB sources CONFIGURE_DEPENDS ${path}/*.cpp ${path}/*.S)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(NOT sources)
    add_library(${target} INTERFACE)
    set(visibility INTERFACE)
  else()
    add_library(${target} STATIC ${sources})
    set(visibility PUBLIC)
  endif()
  target_include_directories(${target} ${visibility} ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/ligature/include
    ${CMAKE_SOURCE_DIR}/ligature/src)
  if(sources AND path MATCHES "^ligature/" AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_compile_options(${target} PRIVATE -Wthread-safety -Werror=thread-safety) # base/mutex.h
  endif()
  foreach(dep ${L_DEPENDS})
    layer_target(${dep} dep_target)
    target_link_libraries(${target} ${visibility} ${dep_target})
  endforeach()
  target_link_libraries(${target} ${visibility} ${L_LIBS})
  if(sources AND NOT L_LLVM AND NOT path MATCHES "^ligature/src/(base|memory|cache)$")
    # The executable exports these: the compiler half, a shared library, finds them there.
    set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET default VISIBILITY_INLINES_HIDDEN OFF)
    target_compile_options(${target} PRIVATE -fvisibility=default)
  endif()
  if(L_LLVM)
    target_include_directories(${target} SYSTEM ${visibility} ${LLVM_INCLUDE_DIRS})
    target_compile_definitions(${target} ${visibility} ${LLVM_DEFINITIONS_LIST})
    if(sources)
      target_precompile_headers(${target} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/llvm_pch.h)
    endif()
  endif()
  if(tests)
    add_executable(${target}-test ${tests})
    target_link_libraries(${target}-test PRIVATE ${target} GTest::gtest_main)
    if(L_LLVM)
      link_llvm(${target}-test)
    endif()
    add_test(NAME ${target} COMMAND ${target}-test)
  endif()
endfunction()

# Links the static LLVM archives that the compiler half needs.
function(link_llvm target)
  llvm_map_components_to_libnames(libs core support bitreader bitwriter irreader linker passes
    orcjit jitlink x86codegen x86asmparser x86desc x86info x86disassembler debuginfodwarf objectyaml
    object objcopy target targetparser mc analysis scalaropts instcombine ipo)
  target_link_libraries(${target} PRIVATE ${libs})
endfunction()
