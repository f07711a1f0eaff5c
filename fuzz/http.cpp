// SPDX-License-Identifier: Apache-2.0
// Any bytes to an HTTP connection, whole and cut in two: the same answers to both, none of them
// with a line that a request could have put in; and what is read of it is never more than there is.
#include "base/assert.hpp"
#include "web/visit.hpp"
#include "wire/http_body.hpp"
#include "wire/http_head.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

namespace {

std::vector<web::route> rows() {
    return {tests::row("GET", "/*", "hello"), tests::row("POST", "/a", "got ", 1'000)};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const wire::http_reading read = wire::read_http_head(bytes, 8'192);
    ASSERT(read.size <= bytes.size());
    ASSERT(read.size == 0 || read.refusal == 0);
    tests::visit whole(rows());
    const std::string answers = whole.sends(bytes);
    tests::visit cut(rows());
    const std::size_t middle = size == 0 ? 0 : data[0] % size;
    std::string pieces = cut.sends(bytes.substr(0, middle));
    pieces += cut.sends(bytes.substr(middle));
    ASSERT(pieces == answers);
    ASSERT(cut.closed() == whole.closed());
    return 0;
}
