// SPDX-License-Identifier: Apache-2.0
// Names of ASCII alone, nearly all of them, never reach ICU: they are in NFC, fold by letter, and
// their skeleton is put together from a table that ICU filled once.
#include "base/text.hpp"

#include "base/assert.hpp"
#include "base/limits.hpp"

#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

namespace tertulia::base {
namespace {

using name_rule = std::optional<name_fault> (*)(std::u32string_view characters);

} // namespace
} // namespace tertulia::base
