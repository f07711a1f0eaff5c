// SPDX-License-Identifier: Apache-2.0
#include "files/keeper.hpp"

#include "base/file_limits.hpp"
#include "base/journal.hpp"
#include "files/upload.hpp"

#include <algorithm>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

namespace tertulia::files {
namespace {

namespace limits = base::limits;
using session::file_part;
using session::file_refusal;

constexpr std::chrono::minutes collected_each{5};
constexpr std::uint32_t looked_at_in_a_round = 500;
constexpr std::size_t id_size = 22;

class kept_open_file final : public session::open_file {
public:
    kept_open_file(session::file_facts facts, handle bytes)
        : facts_(std::move(facts)), bytes_(std::move(bytes)), size_(size_of(bytes_)) {
        posix_fadvise(bytes_.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
        posix_fadvise(bytes_.get(), 0, 4 << 20, POSIX_FADV_WILLNEED);
    }
    [[nodiscard]] const session::file_facts& facts() const override { return facts_; }
    [[nodiscard]] std::uint64_t size() const override { return size_; }
    bool read(std::uint64_t at, std::size_t size, std::string& out) const override {
        const std::size_t before = out.size();
        out.resize(before + size);
        const ssize_t got = pread(bytes_.get(), out.data() + before, size, static_cast<off_t>(at));
        out.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        return got > 0;
    }

private:
    session::file_facts facts_;
    handle bytes_;
    std::uint64_t size_;
};

std::string index_path(const keeping& how) { return how.data_folder + "/files.db"; }

std::unexpected<file_refusal> failed(const base::error& why) {
    base::journal::warn("{}", why.sentence);
    return std::unexpected(file_refusal::failed);
}

} // namespace

keeper::keeper(keeping how)
    : how_(std::move(how)), indexes_([path = index_path(how_)] { return index::open(path); }),
      readers_([messages = how_.messages] { return readers::open(messages); }),
      folder_(how_.data_folder + "/files") {}

base::result<std::unique_ptr<keeper>> keeper::open(keeping how) {
    std::unique_ptr<keeper> made(new keeper(std::move(how)));
    base::result<void> ready = folder::prepare(made->how_.data_folder + "/files");
    ready = ready ? index::prepare(index_path(made->how_)) : ready;
    if (!ready) {
        return std::unexpected(std::move(ready.error()));
    }
    return made;
}

std::optional<file_refusal> keeper::room_for(const session::file_wish& wish, std::uint64_t size) {
    const bool guest = wish.owner.value == 0;
    if (guest && how_.guest_quota == 0) {
        return file_refusal::guests_not_allowed;
    }
    auto of = indexes_.lend();
    const auto hers = of ? (*of)->used_by(wish.owner, guest ? wish.address : 0)
                         : base::result<std::uint64_t>(std::unexpected(of.error()));
    const auto all = hers ? (*of)->used() : hers;
    if (!all) {
        base::journal::warn("{}", all.error().sentence);
        return file_refusal::failed;
    }
    if (*hers + size > (guest ? how_.guest_quota : how_.account_quota)) {
        return file_refusal::over_quota;
    }
    // Twice: as it came, and what becomes of it.
    const bool disk_is_full =
        *all + size > how_.total_max || folder_.free_space() < how_.reserve + size * 2;
    return disk_is_full ? std::optional(file_refusal::disk_full) : std::nullopt;
}

std::expected<std::unique_ptr<session::incoming_file>, file_refusal>
keeper::begin(const session::file_wish& wish) {
    collect_now_and_then();
    session::file_wish counted = wish;
    if (wish.owner.value != 0) {
        counted.address = 0;
    }
    const std::uint64_t announced = wish.size.value_or(0);
    const uploader who{counted.owner.value, counted.address};
    if (announced > how_.size_max) {
        return std::unexpected(file_refusal::too_large);
    }
    if (const auto no = room_for(counted, announced + bytes_under_way(who))) {
        return std::unexpected(*no);
    }
    const bool fits = under_way_.with([&](under_way& of) {
        const auto at = of.shares.find(who);
        const std::size_t count = at == of.shares.end() ? 0 : at->second.count;
        if (of.total >= limits::uploads_max || count >= limits::uploads_per_person_max) {
            return false;
        }
        ++of.shares[who].count;
        of.shares[who].bytes += announced;
        ++of.total;
        return true;
    });
    if (!fits) {
        return std::unexpected(file_refusal::too_many);
    }
    auto made = std::make_unique<upload>(*this, std::move(counted), who);
    if (!made->is_open()) {
        return std::unexpected(file_refusal::disk_full);
    }
    return made;
}

std::uint64_t keeper::bytes_under_way(const uploader& who) {
    return under_way_.with([&](const under_way& of) {
        const auto at = of.shares.find(who);
        return at == of.shares.end() ? 0 : at->second.bytes;
    });
}

void keeper::book(const uploader& who, std::uint64_t bytes) {
    under_way_.with([&](under_way& of) { of.shares[who].bytes += bytes; });
}

void keeper::end(const uploader& who, std::uint64_t booked) {
    under_way_.with([&](under_way& of) {
        --of.total;
        const auto at = of.shares.find(who);
        at->second.bytes -= booked;
        if (--at->second.count == 0) {
            of.shares.erase(at);
        }
    });
}

std::expected<std::unique_ptr<session::open_file>, file_refusal>
keeper::open(std::string_view id, file_part which, chat::person_id reader) {
    collect_now_and_then();
    if (id.size() != id_size) {
        return std::unexpected(file_refusal::not_found);
    }
    auto of = indexes_.lend();
    const auto found =
        of ? (*of)->find(id) : base::result<std::optional<kept_file>>(std::unexpected(of.error()));
    if (!found) {
        return failed(found.error());
    }
    if (!*found || (which == file_part::thumbnail && !(*found)->facts.picture)) {
        return std::unexpected(file_refusal::not_found);
    }
    auto who_may = readers_.lend();
    const auto how = who_may ? (*who_may)->ask(**found, reader)
                             : base::result<standing>(std::unexpected(who_may.error()));
    if (!how) {
        return failed(how.error());
    }
    if (*how == standing::abandoned) {
        return std::unexpected(file_refusal::not_found);
    }
    if (*how == standing::withheld) {
        return std::unexpected(file_refusal::not_allowed);
    }
    const session::file_facts& facts = (*found)->facts;
    handle bytes = which == file_part::thumbnail && facts.thumbnail
                       ? folder_.open_thumbnail(facts.tag)
                       : folder_.open_content(facts.tag);
    if (!bytes.is_open()) {
        return std::unexpected(file_refusal::not_found);
    }
    return std::make_unique<kept_open_file>(facts, std::move(bytes));
}

std::vector<session::file_facts> keeper::list(chat::person_id owner) {
    auto of = indexes_.lend();
    auto found = of ? (*of)->of_owner(owner)
                    : base::result<std::vector<kept_file>>(std::unexpected(of.error()));
    if (!found) {
        base::journal::warn("{}", found.error().sentence);
        return {};
    }
    std::vector<session::file_facts> made;
    for (kept_file& one : *found) {
        made.push_back(std::move(one.facts));
    }
    return made;
}

void keeper::collect_now_and_then() {
    const base::wall_time now = how_.now();
    const bool due = round_.with([&](round& of) {
        const bool is_due = now >= of.next;
        of.next = is_due ? now + collected_each : of.next;
        return is_due;
    });
    if (due) {
        collect();
    }
}

void keeper::collect() {
    auto of = indexes_.lend();
    auto who_may = readers_.lend();
    const std::string from = round_.with([](const round& one) { return std::string(one.at); });
    const auto some = of && who_may
                          ? (*of)->some_after(from, looked_at_in_a_round)
                          : base::result<std::vector<kept_file>>(base::failure("no database"));
    if (!some) {
        base::journal::warn("Files that nobody needs could not be looked for.");
        return;
    }
    for (const kept_file& one : *some) {
        const auto how = (*who_may)->ask(one, {});
        const bool forgotten = how && *how == standing::unposted &&
                               one.facts.made_at + limits::unposted_file_life < how_.now();
        if (!how || (*how != standing::abandoned && !forgotten)) {
            continue;
        }
        if ((*of)->remove(one.facts.id)) {
            folder_.remove(one.facts.tag, [&] {
                const auto still = (*of)->has_content(one.facts.tag);
                return !still || *still;
            });
        }
    }
    round_.with([&](round& one) {
        one.at = some->size() < looked_at_in_a_round ? std::string() : some->back().facts.id;
    });
}

} // namespace tertulia::files
