// SPDX-License-Identifier: Apache-2.0
// Any bytes as a picture: refused, or a picture of its kind and size with nothing left to take
// away. Most of it is the libraries' code; they are not instrumented, but what they do to our
// memory is seen. HEIC is left out: libheif 1.15 follows a picture that is made of itself until the
// stack ends. In the product that ends the child that reads it; tests/media/worker.cpp holds it to
// that.
#include "media/picture.hpp"

#include "base/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (media::kind_of(bytes.substr(0, media::telling_bytes)) == media::kind::heic) {
        return 0;
    }
    const auto made = media::prepared(bytes);
    if (!made) {
        return 0;
    }
    ASSERT(media::is_bearable(made->size));
    ASSERT(media::kind_of(made->content) == made->as);
    ASSERT(made->as == media::kind::gif || media::kind_of(made->thumbnail) == media::kind::webp);
    return 0;
}
