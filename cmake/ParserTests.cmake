# The parser's table-driven tests find their cases here, and its fuzz target is built with -DLIGATURE_FUZZ=ON
# (clang; the target brings its own sanitizers, so it compiles the two layers' sources itself).
option(LIGATURE_FUZZ "Build the libFuzzer targets" OFF)

if(TARGET jl-syntax-test)
  target_compile_definitions(jl-syntax-test PRIVATE JL_PARSE_CASES="${CMAKE_SOURCE_DIR}/test/parse/cases")
endif()

if(LIGATURE_FUZZ)
  file(GLOB fuzz_sources CONFIGURE_DEPENDS jl/support/*.cpp jl/syntax/*.cpp)
  list(FILTER fuzz_sources EXCLUDE REGEX "_test\\.cpp$")
  add_executable(parse-fuzz ${fuzz_sources})
  target_include_directories(parse-fuzz PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_options(parse-fuzz PRIVATE -O1 -g -UNDEBUG -fsanitize=fuzzer,address,undefined
    -fno-sanitize-recover=undefined)
  target_link_options(parse-fuzz PRIVATE -fsanitize=fuzzer,address,undefined)
  target_link_libraries(parse-fuzz PRIVATE utf8proc)
endif()
