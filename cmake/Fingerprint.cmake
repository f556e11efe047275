# add_fingerprint(TARGET FUNCTION NAMESPACE FILES...): a function `const char *NAMESPACE::FUNCTION()` in TARGET that
# returns the SHA-256, as text, of the files' contents; made anew when one of them changes.
function(add_fingerprint target function namespace)
  set(source ${CMAKE_BINARY_DIR}/generated/${function}.cpp)
  set(list ${CMAKE_BINARY_DIR}/generated/${function}.txt)
  list(SORT ARGN)
  string(REPLACE ";" "\n" lines "${ARGN}")
  file(CONFIGURE OUTPUT ${list} CONTENT "${lines}" @ONLY)
  add_custom_command(OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -DLIST=${list} -DSOURCE=${source} -DFUNCTION=${function} -DNAMESPACE=${namespace}
      -P ${CMAKE_SOURCE_DIR}/cmake/WriteFingerprint.cmake
    DEPENDS ${ARGN} ${list} ${CMAKE_SOURCE_DIR}/cmake/WriteFingerprint.cmake
    COMMENT "Fingerprint ${function}" VERBATIM)
  target_sources(${target} PRIVATE ${source})
endfunction()
