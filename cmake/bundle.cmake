# SPDX-License-Identifier: Apache-2.0
# The browser's app in the binary: every file of app/dist, as the assembler reads it (.incbin), and a
# table of them that web/app_bundle.hpp declares. A build after the app has changed takes the new one.
set(BUNDLE_FOLDER ${CMAKE_SOURCE_DIR}/app/dist)
set(BUNDLE_SOURCE ${CMAKE_BINARY_DIR}/app_bundle.cpp)
file(GLOB_RECURSE BUNDLE_FILES CONFIGURE_DEPENDS LIST_DIRECTORIES false ${BUNDLE_FOLDER}/*)

set(BUNDLE_SYMBOLS "")
set(BUNDLE_ROWS "")
set(BUNDLE_COUNT 0)
foreach(FILE IN LISTS BUNDLE_FILES)
  file(RELATIVE_PATH NAME ${BUNDLE_FOLDER} ${FILE})
  set(SYMBOL "tertulia_bundled_${BUNDLE_COUNT}")
  math(EXPR BUNDLE_COUNT "${BUNDLE_COUNT} + 1")
  string(APPEND BUNDLE_SYMBOLS
    "asm(\".pushsection .rodata\\n.global ${SYMBOL}, ${SYMBOL}_end\\n${SYMBOL}:\\n\"\n"
    "    \".incbin \\\"${FILE}\\\"\\n${SYMBOL}_end:\\n.popsection\");\n"
    "extern \"C\" const char ${SYMBOL}[], ${SYMBOL}_end[];\n")
  string(APPEND BUNDLE_ROWS
    "        {\"${NAME}\", {${SYMBOL}, static_cast<std::size_t>(${SYMBOL}_end - ${SYMBOL})}},\n")
endforeach()
string(CONCAT BUNDLE_TEXT
  "// Made by cmake/bundle.cmake.\n#include \"web/app_bundle.hpp\"\n\n#include <vector>\n\n"
  "${BUNDLE_SYMBOLS}\n"
  "namespace tertulia::web {\n\n"
  "std::span<const bundled_file> app_bundle() {\n"
  "    static const std::vector<bundled_file> files{\n${BUNDLE_ROWS}    };\n"
  "    return files;\n}\n\n} // namespace tertulia::web\n")
file(GENERATE OUTPUT ${BUNDLE_SOURCE} CONTENT "${BUNDLE_TEXT}")
set_source_files_properties(${BUNDLE_SOURCE} PROPERTIES OBJECT_DEPENDS "${BUNDLE_FILES}")

add_library(tertulia_bundle STATIC ${BUNDLE_SOURCE})
target_link_libraries(tertulia_bundle PRIVATE tertulia_flags)
