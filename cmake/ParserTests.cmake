# The parser's table-driven tests find their cases here.
if(TARGET jl-syntax-test)
  target_compile_definitions(jl-syntax-test PRIVATE JL_PARSE_CASES="${CMAKE_SOURCE_DIR}/test/parse/cases")
endif()
