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

constexpr std::uint32_t looked_at_at_once = 500;
constexpr std::size_t id_size = 22;

std::uint64_t less(std::uint64_t whole, std::uint64_t part) {
    return whole > part ? whole - part : 0;
}

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

// Guests, and accounts that were made lately, share a part of what there is.
base::result<std::uint64_t> keeper::room_of_newcomer(index& of, std::uint64_t hers,
                                                     const uploader& who, std::uint64_t left) {
    auto known = readers_.lend();
    const auto settled = known ? (*known)->last_made_before(how_.now() - limits::account_new_for)
                               : base::result<chat::person_id>(std::unexpected(known.error()));
    if (!settled) {
        return std::unexpected(settled.error());
    }
    if (who.first != 0 && who.first <= settled->value) {
        return left;
    }
    const auto theirs = of.used_behind(*settled);
    if (!theirs) {
        return theirs;
    }
    const std::uint64_t open =
        std::min(left, less(how_.total_max / limits::newcomers_part, *theirs));
    return std::min(open, less((open + hers) / limits::newcomer_part, hers));
}

base::result<keeper::room> keeper::look_for_room(const uploader& who) {
    const bool guest = who.first == 0;
    auto of = indexes_.lend();
    const auto hers = of ? (*of)->used_by({who.first}, who.second)
                         : base::result<std::uint64_t>(std::unexpected(of.error()));
    const auto all = hers ? (*of)->used() : hers;
    if (!all) {
        return std::unexpected(all.error());
    }
    room made;
    made.all = std::min(less(how_.total_max, *all), less(folder_.free_space(), how_.reserve));
    const auto share = room_of_newcomer(**of, *hers, who, made.all);
    if (!share) {
        return std::unexpected(share.error());
    }
    made.own = less(guest ? how_.guest_quota : how_.account_quota, *hers);
    // A full house is everybody's, and is told as such.
    made.own = *share < made.all ? std::min(made.own, *share) : made.own;
    return made;
}

std::optional<file_refusal> keeper::room_for(const uploader& who, std::uint64_t size) {
    if (who.first == 0 && how_.guest_quota == 0) {
        return file_refusal::guests_not_allowed;
    }
    const auto left = look_for_room(who);
    if (!left) {
        base::journal::warn("{}", left.error().sentence);
        return file_refusal::failed;
    }
    if (size > left->own) {
        return file_refusal::over_quota;
    }
    // Twice: as it came, and what becomes of it.
    const bool disk_is_full = size > left->all || folder_.free_space() < how_.reserve + size * 2;
    return disk_is_full ? std::optional(file_refusal::disk_full) : std::nullopt;
}

std::optional<std::uint64_t> keeper::used() {
    auto of = indexes_.lend();
    const auto all = of ? (*of)->used() : base::result<std::uint64_t>(std::unexpected(of.error()));
    if (!all) {
        base::journal::warn("{}", all.error().sentence);
        return std::nullopt;
    }
    return *all;
}

std::uint64_t keeper::room_left(chat::person_id owner, std::uint64_t address) {
    const uploader who{owner.value, owner.value == 0 ? address : 0};
    const auto left = look_for_room(who);
    if (!left || (who.first == 0 && how_.guest_quota == 0)) {
        return 0;
    }
    return less(std::min(left->own, left->all), bytes_under_way(who));
}

std::expected<std::unique_ptr<session::incoming_file>, file_refusal>
keeper::begin(const session::file_wish& wish) {
    session::file_wish counted = wish;
    if (wish.owner.value != 0) {
        counted.address = 0;
    }
    const std::uint64_t announced = wish.size.value_or(0);
    const uploader who{counted.owner.value, counted.address};
    if (announced > how_.size_max) {
        return std::unexpected(file_refusal::too_large);
    }
    auto no = room_for(who, announced + bytes_under_way(who));
    if (no == file_refusal::over_quota) { // what she took back lately may still be there
        collect_of(who);
        no = room_for(who, announced + bytes_under_way(who));
    }
    no = no ? no : take_place(who, announced);
    if (no) {
        return std::unexpected(*no);
    }
    auto made = std::make_unique<upload>(*this, std::move(counted), who);
    if (!made->is_open()) {
        return std::unexpected(file_refusal::disk_full);
    }
    return made;
}

std::optional<file_refusal> keeper::take_place(const uploader& who, std::uint64_t announced) {
    const bool guest = who.first == 0;
    return under_way_.with([&](under_way& of) -> std::optional<file_refusal> {
        const auto at = of.shares.find(who);
        if (at != of.shares.end() && at->second.count >= limits::uploads_per_person_max) {
            return file_refusal::too_many;
        }
        if (of.total >= limits::uploads_max ||
            (guest && of.guests >= limits::uploads_of_guests_max)) {
            return file_refusal::busy;
        }
        ++of.shares[who].count;
        of.shares[who].bytes += announced;
        ++of.total;
        of.guests += guest ? 1U : 0U;
        return std::nullopt;
    });
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
        of.guests -= who.first == 0 ? 1U : 0U;
        const auto at = of.shares.find(who);
        at->second.bytes -= booked;
        if (--at->second.count == 0) {
            of.shares.erase(at);
        }
    });
}

std::expected<std::unique_ptr<session::open_file>, file_refusal>
keeper::open(std::string_view id, file_part which, session::file_reader reader) {
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

// True: it could be done. Those that nobody needs go at once, with one wait for the disk.
bool keeper::remove_unneeded(index& of, const std::vector<kept_file>& some) {
    auto who_may = readers_.lend();
    if (!who_may) {
        return false;
    }
    std::vector<kept_file> unneeded;
    for (const kept_file& one : some) {
        const auto how = (*who_may)->ask(one, {});
        const bool forgotten = how && *how == standing::unposted &&
                               one.facts.made_at + limits::unposted_file_life < how_.now();
        if (how && (*how == standing::abandoned || forgotten)) {
            unneeded.push_back(one);
        }
    }
    if (unneeded.empty() || !of.remove(unneeded)) {
        return unneeded.empty();
    }
    for (const kept_file& one : unneeded) {
        folder_.remove(one.facts.tag, [&] {
            const auto still = of.has_content(one.facts.tag);
            return !still || *still;
        });
    }
    return true;
}

void keeper::collect_of(const uploader& who) {
    auto of = indexes_.lend();
    const auto some = of ? (*of)->some_of({who.first}, who.second, limits::own_files_looked_at_max)
                         : base::result<std::vector<kept_file>>(std::unexpected(of.error()));
    if (some) {
        static_cast<void>(remove_unneeded(**of, *some));
    }
}

void keeper::collect() {
    auto of = indexes_.lend();
    for (std::size_t looked_at = 0; looked_at < limits::files_looked_at_max;
         looked_at += looked_at_at_once) {
        const auto some = of ? (*of)->some_after(collected_up_to_, looked_at_at_once)
                             : base::result<std::vector<kept_file>>(std::unexpected(of.error()));
        if (!some || !remove_unneeded(**of, *some)) {
            base::journal::warn("Files that nobody needs could not be looked for.");
            return;
        }
        if (some->size() < looked_at_at_once) {
            collected_up_to_.clear(); // from the beginning the next time
            return;
        }
        collected_up_to_ = some->back().facts.id;
    }
}

} // namespace tertulia::files
