// SPDX-License-Identifier: Apache-2.0
#include "web/file_answers.hpp"

#include "base/file_limits.hpp"
#include "wire/http_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tertulia::web {
namespace {

using session::file_part;
using session::file_refusal;

constexpr std::size_t slice_size = 32U << 10U;
constexpr std::uint64_t stretch = base::limits::file_stretch_size;
// A file ends with its message, so nobody else may keep it, and browsers for minutes only.
constexpr std::string_view caching = "private, max-age=600";

// Read as its reader takes it, on the network's thread, so the disk is asked a stretch ahead. The
// first two were (expect_beginning).
class file_listing final : public session::listing {
public:
    file_listing(std::unique_ptr<session::open_file> file, wire::byte_range of)
        : file_(std::move(file)), left_(of), expected_to_(of.first + 2 * stretch) {}

    bool next(std::string& out) override {
        expect_more();
        const std::size_t before = out.size();
        const auto wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(slice_size, left_.size));
        if (wanted == 0 || !file_->read(left_.first, wanted, out)) {
            return false; // what is missing breaks the connection, so nobody takes it for the whole
        }
        const std::uint64_t got = out.size() - before;
        left_.first += got;
        left_.size -= got;
        return left_.size > 0;
    }

private:
    void expect_more() {
        const std::uint64_t end = left_.first + left_.size;
        if (expected_to_ < end && left_.first + stretch >= expected_to_) {
            const std::uint64_t size = std::min(stretch, end - expected_to_);
            file_->expect(expected_to_, size);
            expected_to_ += size;
        }
    }

    std::unique_ptr<session::open_file> file_;
    wire::byte_range left_;
    std::uint64_t expected_to_;
};

std::string tag_of(const session::file_facts& of, file_part part) {
    return fmt::format("\"{}{}\"", of.tag.substr(0, 32), part == file_part::thumbnail ? "-t" : "");
}

} // namespace

std::string place_of(const session::file_facts& of) {
    // A file that is called "thumbnail" must not be taken for its own.
    const std::string name = of.name == "thumbnail" ? "file" : of.name;
    return fmt::format("/files/{}/{}", of.id, wire::percent_encoded(name));
}

std::string thumbnail_place_of(const session::file_facts& of) {
    return fmt::format("/files/{}/thumbnail", of.id);
}

std::string json_of(const session::file_facts& of) {
    std::string made =
        fmt::format(R"({{"id":"{}","url":"{}","name":"{}","type":"{}","size":{})", of.id,
                    place_of(of), json_escaped(of.name), json_escaped(of.type), of.size);
    if (of.picture) {
        made += fmt::format(R"(,"width":{},"height":{},"thumbnail":"{}","cleaned":true)", of.width,
                            of.height, thumbnail_place_of(of));
    }
    return made + "}";
}

response refusal_of(file_refusal why) {
    switch (why) {
    case file_refusal::not_found: break;
    case file_refusal::not_allowed:
        return refusal(403, "not_allowed", "This file is for those who may read its message.");
    case file_refusal::guests_not_allowed:
        return refusal(403, "guests_not_allowed", "Only accounts may upload files here.");
    case file_refusal::too_large: return refusal(413, "too_large", "This file is too large.");
    case file_refusal::over_quota:
        return refusal(403, "over_quota", "Your files would take more room than you have.");
    case file_refusal::disk_full: return refusal(507, "no_space", "The server's disk is full.");
    case file_refusal::unreadable_picture:
        return refusal(422, "unreadable_picture", "This picture is broken or too large.");
    case file_refusal::too_many:
        return refusal(429, "too_many", "Too many of your uploads are under way.");
    case file_refusal::busy:
    case file_refusal::failed: return refusal(503, "busy", "Try again in a moment.");
    }
    return refusal(404, "not_found", "There is nothing here.");
}

void expect_beginning(const session::open_file& of, std::string_view range) {
    const wire::byte_range wanted =
        wire::read_range(range, of.size()).wanted.value_or(wire::byte_range{0, of.size()});
    of.expect(wanted.first, std::min(2 * stretch, wanted.size));
}

response answer_with(std::unique_ptr<session::open_file> file, file_part part,
                     const request& asked) {
    const session::file_facts& facts = file->facts();
    const std::uint64_t size = file->size();
    const std::string tag = tag_of(facts, part);
    const bool small = part == file_part::thumbnail && facts.thumbnail;
    response made;
    made.fields = {{"ETag", tag},
                   {"Cache-Control", std::string(caching)},
                   {"Accept-Ranges", "bytes"},
                   {"Content-Security-Policy", "sandbox; default-src 'none'"},
                   {"Content-Type", small ? "image/webp" : facts.type},
                   {"Content-Disposition",
                    wire::to_disposition(facts.picture ? "inline" : "attachment", facts.name)}};
    const std::string_view known = asked.head.field("if-none-match");
    if (known == "*" || wire::has_http_word(known, tag)) {
        made.status = 304;
        return made;
    }
    const std::string_view only_if = asked.head.field("if-range");
    const bool in_parts = only_if.empty() || only_if == tag;
    const auto range = wire::read_range(in_parts ? asked.head.field("range") : "", size);
    if (!range.wanted && range.fault == wire::range_fault::unsatisfiable) {
        made.status = 416;
        made.fields.push_back({"Content-Range", fmt::format("bytes */{}", size)});
        return made;
    }
    wire::byte_range of{0, size};
    if (range.wanted) {
        of = *range.wanted;
        made.status = 206;
        made.fields.push_back({"Content-Range", fmt::format("bytes {}-{}/{}", of.first,
                                                            of.first + of.size - 1, size)});
    }
    made.body = streamed{std::make_unique<file_listing>(std::move(file), of), of.size};
    return made;
}

} // namespace tertulia::web
