# SPDX-License-Identifier: Apache-2.0
# tertulia_part(NAME MAY_INCLUDE part... USES library...): one folder of src as one library.
# script/lint reads the MAY_INCLUDE lists, so this table and the includes cannot drift apart.

add_library(tertulia_flags INTERFACE)
target_compile_options(tertulia_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Werror
  $<$<CXX_COMPILER_ID:GNU>:-Wno-missing-field-initializers>
  $<$<CXX_COMPILER_ID:Clang>:-Wno-missing-designated-field-initializers>)
target_compile_definitions(tertulia_flags INTERFACE TERTULIA_VERSION="${PROJECT_VERSION}")
target_include_directories(tertulia_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_link_libraries(tertulia_flags INTERFACE Threads::Threads)

# The sanitizers' builds compile all sources for the second time: there, what nearly all of them include
# is read once. Elsewhere each source has to include what it needs, which is seen there alone.
set(OFTEN_INCLUDED <algorithm> <array> <charconv> <chrono> <cstdint> <functional> <map> <memory>
    <optional> <span> <string> <string_view> <utility> <variant> <vector> <fmt/format.h>)
set(NO_TIMES_IN_IT "SHELL:-Xclang -fno-pch-timestamp") # so that the compiler's cache knows it again
function(tertulia_precompile NAME)
  if(TERTULIA_PRECOMPILE)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${NAME}.cpp CONTENT "")
    add_library(${NAME} OBJECT ${CMAKE_BINARY_DIR}/${NAME}.cpp)
    target_link_libraries(${NAME} PRIVATE tertulia_flags ${ARGN})
    target_precompile_headers(${NAME} PRIVATE ${OFTEN_INCLUDED})
    target_compile_options(${NAME} PRIVATE ${NO_TIMES_IN_IT})
  endif()
endfunction()
function(tertulia_reuse_precompiled TARGET NAME)
  if(TERTULIA_PRECOMPILE)
    target_precompile_headers(${TARGET} REUSE_FROM ${NAME})
    target_compile_options(${TARGET} PRIVATE ${NO_TIMES_IN_IT})
  endif()
endfunction()
tertulia_precompile(precompiled fmt::fmt)

function(tertulia_part NAME)
  cmake_parse_arguments(ARG "" "" "MAY_INCLUDE;USES" ${ARGN})
  file(GLOB SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${NAME}/*.cpp)
  list(FILTER SOURCES EXCLUDE REGEX "/main\\.cpp$")
  if(SOURCES)
    add_library(tertulia_${NAME} STATIC ${SOURCES})
    tertulia_reuse_precompiled(tertulia_${NAME} precompiled)
    set(SCOPE PUBLIC)
  else()
    add_library(tertulia_${NAME} INTERFACE)
    set(SCOPE INTERFACE)
  endif()
  set(PARTS ${ARG_MAY_INCLUDE})
  list(TRANSFORM PARTS PREPEND tertulia_)
  target_link_libraries(tertulia_${NAME} ${SCOPE} tertulia_flags ${PARTS} ${ARG_USES})
endfunction()

function(tertulia_program NAME FOLDER)
  if(EXISTS ${CMAKE_SOURCE_DIR}/${FOLDER}/main.cpp)
    add_executable(${NAME} ${CMAKE_SOURCE_DIR}/${FOLDER}/main.cpp)
    target_link_libraries(${NAME} PRIVATE tertulia_server)
  endif()
endfunction()
