# Compiler, warnings, sanitizers and the packages every layer may use.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

set(LIGATURE_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")
option(LIGATURE_ASSERTIONS "Keep assert() in every build type" OFF)
option(LIGATURE_WERROR "No warning in our own code; only with clang 19, whose warnings we know" OFF)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# Frame pointers: backtraces walk them through our own code as well.
add_compile_options(-Wall -Wextra -Wno-unused-parameter -fno-omit-frame-pointer
  -fvisibility=hidden)
add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fvisibility-inlines-hidden>)
if(LIGATURE_WERROR AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 20)
  add_compile_options(-Werror)
endif()
add_link_options(-fuse-ld=lld)
if(LIGATURE_SANITIZE)
  add_compile_options(-fsanitize=${LIGATURE_SANITIZE} -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=${LIGATURE_SANITIZE})
endif()
if(LIGATURE_SANITIZE MATCHES address)
  # A fake stack hides from the collector whatever only locals hold.
  add_compile_options(-fsanitize-address-use-after-return=never)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-include> $<$<COMPILE_LANGUAGE:CXX>:${CMAKE_SOURCE_DIR}/cmake/no_user_poisoning.h>)
  add_library(sanitizer_defaults OBJECT ${CMAKE_SOURCE_DIR}/cmake/sanitizer_defaults.cpp)
  link_libraries($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:sanitizer_defaults>)
endif()
if(LIGATURE_ASSERTIONS)
  add_compile_options(-UNDEBUG)
endif()

find_package(Threads REQUIRED)
find_package(LLVM 19.1 REQUIRED CONFIG HINTS /usr/lib/llvm-19)
find_package(GTest REQUIRED)
set(Boost_USE_STATIC_LIBS ON) # three functions: not worth a library to load at every start
find_package(Boost 1.74 REQUIRED COMPONENTS context)

# Static, for the same reason; what they leave to the system is nothing.
find_library(LIBHIREDIS NAMES libhiredis.a hiredis REQUIRED)
find_library(LIBB2 NAMES libb2.a b2 REQUIRED)

find_library(LIBCRYPTO libcrypto.a REQUIRED) # SHA-256 alone is taken from it
find_library(LIBGC gc REQUIRED)
add_library(Libgc::gc INTERFACE IMPORTED)
set_target_properties(Libgc::gc PROPERTIES
  INTERFACE_LINK_LIBRARIES "${LIBGC};Threads::Threads"
  INTERFACE_COMPILE_DEFINITIONS "GC_THREADS;GC_NO_THREAD_REDIRECTS")
enable_testing()
