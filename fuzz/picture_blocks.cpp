// SPDX-License-Identifier: Apache-2.0
// Any bytes as the blocks of a PNG, a WebP or a GIF, and as Exif: what is left after cleaning is
// not longer, and clean.
#include "base/assert.hpp"
#include "media/blocks.hpp"
#include "media/exif.hpp"
#include "media/kind.hpp"
#include "media/worker.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace tertulia;

namespace {

template <class Clean>
void stays_clean(Clean clean, std::string_view bytes) {
    const auto once = clean(bytes);
    if (!once) {
        return;
    }
    ASSERT(once->content.size() <= bytes.size() + 1); // the last chunk of a WebP is padded
    const auto twice = clean(once->content);
    ASSERT(twice && twice->content == once->content && twice->exif.empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    stays_clean(media::clean_png, bytes);
    stays_clean(media::clean_webp, bytes);
    stays_clean(media::clean_gif, bytes);
    const int orientation = media::orientation_of(bytes);
    ASSERT(orientation >= 1 && orientation <= 8);
    ASSERT(media::type_of_attachment(bytes).contains('/'));
    static_cast<void>(media::from_bytes(bytes));
    return 0;
}
