// SPDX-License-Identifier: Apache-2.0
#include "files/upload.hpp"

#include "base/file_limits.hpp"
#include "base/journal.hpp"
#include "crypto/digest.hpp"
#include "crypto/secret.hpp"
#include "files/name.hpp"

#include <algorithm>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace tertulia::files {
namespace {

namespace limits = base::limits;
using session::file_refusal;

constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                       "0123456789-_";

// 128 bits, 22 characters.
std::string make_id() {
    const std::string random = crypto::random_bytes(16);
    std::string made;
    unsigned bits = 0;
    unsigned count = 0;
    for (const char byte : random) {
        bits = (bits << 8U | static_cast<unsigned char>(byte)) & 0xFFFFU;
        count += 8;
        while (count >= 6) {
            count -= 6;
            made += base64url[bits >> count & 63U];
        }
    }
    made += base64url[bits << (6 - count) & 63U];
    return made;
}

// A file's bytes as they lie in the system's memory.
class mapping {
public:
    mapping(const handle& of, std::uint64_t size) : size_(size) {
        if (size > 0) {
            at_ = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, of.get(), 0);
        }
    }
    ~mapping() {
        if (is_there() && size_ > 0) {
            munmap(at_, size_);
        }
    }
    mapping(const mapping&) = delete;
    mapping& operator=(const mapping&) = delete;
    [[nodiscard]] bool is_there() const { return at_ != MAP_FAILED; }
    [[nodiscard]] std::string_view bytes() const {
        return size_ == 0 ? std::string_view() : std::string_view(static_cast<char*>(at_), size_);
    }

private:
    void* at_ = nullptr;
    std::uint64_t size_;
};

} // namespace

upload::upload(keeper& at, session::file_wish wish, keeper::uploader who)
    : at_(at), wish_(std::move(wish)), who_(std::move(who)), booked_(wish_.size.value_or(0)) {
    opened made = at_.folder_.make_incoming(path_);
    if (made) {
        bytes_ = std::move(*made);
    } else {
        fault_ = made.error();
    }
}

upload::~upload() {
    if (!path_.empty()) {
        folder::drop_incoming(path_);
    }
    at_.end(who_, booked_, written_);
}

std::optional<file_refusal> upload::write(std::string_view bytes) {
    size_ += bytes.size();
    if (size_ > at_.how_.size_max) {
        return file_refusal::too_large;
    }
    if (size_ > booked_) { // its size was not announced: nobody asked for its room yet
        at_.book(who_, size_ - booked_, 0);
        booked_ = size_;
        if (const auto no = at_.room_for(who_, at_.bytes_under_way(who_))) {
            return no;
        }
    }
    if (at_.folder_.free_space() < at_.how_.reserve) {
        return file_refusal::disk_full;
    }
    at_.book(who_, 0, bytes.size());
    written_ += bytes.size();
    beginning_ +=
        bytes.substr(0, media::telling_bytes - std::min(beginning_.size(), media::telling_bytes));
    return write_whole(bytes_, bytes) ? std::nullopt : std::optional(file_refusal::disk_full);
}

bool upload::takes_long() const {
    return media::kind_of(beginning_) != media::kind::other && size_ <= limits::picture_size_max;
}

std::uint64_t upload::room_taken() const {
    return std::max(size_, limits::file_room_min) + thumbnail_.size();
}

bool upload::rewrite(std::string_view content) {
    size_ = content.size();
    return ftruncate(bytes_.get(), 0) == 0 && lseek(bytes_.get(), 0, SEEK_SET) == 0 &&
           write_whole(bytes_, content);
}

std::optional<file_refusal> upload::look_into(session::file_facts& facts) {
    media::kind is = media::kind_of(beginning_);
    facts.type = media::type_of_attachment(wish_.type);
    if (takes_long()) {
        const auto made =
            media::prepare_in_child(at_.how_.program, bytes_.get(), at_.stopping_.get_token());
        if (!made) {
            return made.error() == media::picture_failure::unreadable
                       ? file_refusal::unreadable_picture
                       : file_refusal::failed;
        }
        if (!rewrite(made->content)) {
            return file_refusal::disk_full;
        }
        is = made->as;
        facts.type = media::type_of(is);
        facts.width = made->size.width;
        facts.height = made->size.height;
        facts.picture = true;
        facts.thumbnail = !made->thumbnail.empty();
        thumbnail_ = made->thumbnail;
    }
    facts.name = harmless_name(wish_.name, facts.picture ? is : media::kind::other);
    return std::nullopt;
}

std::optional<file_refusal> upload::keep(session::file_facts& facts) {
    const mapping content(bytes_, size_);
    if (!content.is_there()) {
        return file_refusal::failed;
    }
    facts.tag = crypto::to_hex(crypto::sha256(content.bytes()));
    facts.size = size_;
    facts.id = make_id();
    facts.made_at = at_.how_.now();
    // From here to the row nobody may think that the content is nobody's.
    at_.folder_.hold(facts.tag);
    const auto refused = [&]() -> std::optional<file_refusal> {
        if (!at_.folder_.place(bytes_, path_, facts.tag)) {
            return file_refusal::disk_full;
        }
        path_.clear();
        if (facts.thumbnail && !at_.folder_.place_thumbnail(thumbnail_, facts.tag)) {
            return file_refusal::disk_full;
        }
        auto of = at_.indexes_.lend();
        const auto added = of ? (*of)->add({facts, wish_.owner, wish_.address, room_taken()})
                              : base::result<void>(std::unexpected(of.error()));
        if (!added) {
            base::journal::warn("{}", added.error().sentence);
            return file_refusal::failed;
        }
        return std::nullopt;
    }();
    at_.folder_.release(facts.tag);
    if (auto of = at_.indexes_.lend(); refused && of) {
        at_.remove_content(**of, facts.tag);
    }
    return refused;
}

std::expected<session::file_facts, file_refusal> upload::finish() {
    session::file_facts facts;
    if (const auto no = look_into(facts)) {
        return std::unexpected(*no);
    }
    // A picture has another size now. With all that is under way besides.
    if (const auto no = at_.room_for(who_, at_.bytes_under_way(who_) - booked_ + room_taken())) {
        return std::unexpected(*no);
    }
    if (const auto no = keep(facts)) {
        return std::unexpected(*no);
    }
    return facts;
}

} // namespace tertulia::files
