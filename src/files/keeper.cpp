// SPDX-License-Identifier: Apache-2.0
#include "files/keeper.hpp"

#include "base/file_limits.hpp"
#include "base/journal.hpp"
#include "files/upload.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <system_error>
#include <unistd.h>

namespace tertulia::files {
namespace {

namespace limits = base::limits;
using session::file_part;
using session::file_refusal;

constexpr std::uint32_t looked_at_at_once = 500;
constexpr std::size_t id_size = 22;
// Linux cuts what one call asks for ahead to what the disk reads ahead by itself, 128 KiB mostly.
constexpr off_t read_ahead_window = off_t{128} << 10U;

std::uint64_t less(std::uint64_t whole, std::uint64_t part) {
    return whole > part ? whole - part : 0;
}

class kept_open_file final : public session::open_file {
public:
    kept_open_file(session::file_facts facts, handle bytes)
        : facts_(std::move(facts)), bytes_(std::move(bytes)), size_(size_of(bytes_)) {
        posix_fadvise(bytes_.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
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
    void expect(std::uint64_t at, std::uint64_t size) const override {
        const std::uint64_t end = std::min(at + size, size_);
        for (; at < end; at += read_ahead_window) {
            posix_fadvise(bytes_.get(), static_cast<off_t>(at), read_ahead_window,
                          POSIX_FADV_WILLNEED);
        }
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

std::unexpected<file_refusal> not_opened(std::error_code why) {
    return failed({fmt::format("A file cannot be opened: {}.", why.message())});
}

} // namespace

keeper::keeper(keeping how)
    : how_(std::move(how)), indexes_([path = index_path(how_)] { return index::open(path); }),
      readers_([messages = how_.messages] { return readers::open(messages); }),
      folder_(how_.data_folder + "/files") {
    how_.reserve += limits::upload_margin;
}

base::result<std::unique_ptr<keeper>> keeper::open(keeping how) {
    std::unique_ptr<keeper> made(new keeper(std::move(how)));
    base::result<void> ready = folder::prepare(made->how_.data_folder + "/files");
    ready = ready ? index::prepare(index_path(made->how_)) : ready;
    if (!ready) {
        return std::unexpected(std::move(ready.error()));
    }
    return made;
}

base::result<chat::person_id> keeper::last_settled() {
    auto of = readers_.lend();
    return of ? (*of)->last_made_before(how_.now() - limits::account_new_for)
              : base::result<chat::person_id>(std::unexpected(of.error()));
}

// Guests, and accounts that were made lately, are newcomers.
base::result<keeper::uploader> keeper::known(chat::person_id owner, std::uint64_t address) {
    uploader made{owner.value, address, true};
    if (!made.is_guest()) {
        const auto settled = last_settled();
        if (!settled) {
            return std::unexpected(settled.error());
        }
        made.newcomer = made.account > settled->value;
    }
    return made;
}

// Newcomers share a part of what there is.
base::result<std::uint64_t> keeper::room_of_newcomer(index& of, std::uint64_t hers,
                                                     const uploader& who, std::uint64_t left) {
    if (!who.newcomer) {
        return left;
    }
    const auto settled = last_settled();
    const auto theirs = settled ? of.used_behind(*settled)
                                : base::result<std::uint64_t>(std::unexpected(settled.error()));
    if (!theirs) {
        return theirs;
    }
    const std::uint64_t all_theirs = *theirs + of_others(who).newcomers.bytes;
    const std::uint64_t open =
        std::min(left, less(how_.total_max / limits::newcomers_part, all_theirs));
    return std::min(open, less((open + hers) / limits::newcomer_part, hers));
}

base::result<keeper::room> keeper::look_for_room(const uploader& who) {
    auto of = indexes_.lend();
    const auto hers = of ? (*of)->used_by({who.account}, who.own_address())
                         : base::result<std::uint64_t>(std::unexpected(of.error()));
    const auto all = hers ? (*of)->used() : hers;
    if (!all) {
        return std::unexpected(all.error());
    }
    // What others hand in just now has its room already; on the disk, what of it is not there yet.
    const share theirs = of_others(who).all;
    room made;
    made.all = std::min(less(how_.total_max, *all + theirs.bytes),
                        less(folder_.free_space(), how_.reserve + theirs.bytes - theirs.written));
    const auto part = room_of_newcomer(**of, *hers, who, made.all);
    if (!part) {
        return std::unexpected(part.error());
    }
    made.own = less(who.is_guest() ? how_.guest_quota : how_.account_quota, *hers);
    // A full house is everybody's, and is told as such.
    made.own = *part < made.all ? std::min(made.own, *part) : made.own;
    return made;
}

std::optional<file_refusal> keeper::room_for(const uploader& who, std::uint64_t size) {
    if (who.is_guest() && how_.guest_quota == 0) {
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
    const auto who = known(owner, address);
    const auto left = who ? look_for_room(*who) : base::result<room>(std::unexpected(who.error()));
    if (!left || (who->is_guest() && how_.guest_quota == 0)) {
        return 0;
    }
    return less(std::min(left->own, left->all), bytes_under_way(*who));
}

std::expected<std::unique_ptr<session::incoming_file>, file_refusal>
keeper::begin(const session::file_wish& wish) {
    const std::uint64_t announced = wish.size.value_or(0);
    if (announced > how_.size_max) {
        return std::unexpected(file_refusal::too_large);
    }
    const auto found = known(wish.owner, wish.address);
    if (!found) {
        return failed(found.error());
    }
    const uploader& who = *found;
    auto no = room_for(who, announced + bytes_under_way(who));
    if (no == file_refusal::over_quota) { // what she took back lately may still be there
        collect_of(who);
        no = room_for(who, announced + bytes_under_way(who));
    }
    no = no ? no : take_place(who, announced);
    if (no) {
        return std::unexpected(*no);
    }
    session::file_wish counted = wish;
    counted.address = who.own_address();
    auto made = std::make_unique<upload>(*this, std::move(counted), who);
    if (const std::error_code why = made->fault()) {
        const bool full = why == std::errc::no_space_on_device || why.value() == EDQUOT;
        return full ? std::unexpected(file_refusal::disk_full) : not_opened(why);
    }
    return made;
}

std::optional<file_refusal> keeper::take_place(const uploader& who, std::uint64_t announced) {
    return under_way_.with([&](under_way& of) -> std::optional<file_refusal> {
        const auto at = of.of_each.find(who.key());
        if (at != of.of_each.end() && at->second.count >= limits::uploads_per_person_max) {
            return file_refusal::too_many;
        }
        const auto beside = of.newcomers_at.find(who.address);
        if (of.total.all.count >= limits::uploads_max ||
            (who.newcomer && (of.total.newcomers.count >= limits::uploads_of_newcomers_max ||
                              (beside != of.newcomers_at.end() &&
                               beside->second >= limits::newcomers_uploads_per_address_max)))) {
            return file_refusal::busy;
        }
        const share one{1, announced, 0};
        of.of_each[who.key()].add(one);
        of.total.add(one, who.newcomer);
        if (who.newcomer) {
            ++of.newcomers_at[who.address];
        }
        return std::nullopt;
    });
}

void keeper::share::add(const share& other) {
    count += other.count;
    bytes += other.bytes;
    written += other.written;
}

void keeper::share::take_off(const share& other) {
    count -= other.count;
    bytes -= other.bytes;
    written -= other.written;
}

void keeper::coming::add(const share& more, bool newcomer) {
    all.add(more);
    if (newcomer) {
        newcomers.add(more);
    }
}

void keeper::coming::take_off(const share& some, bool newcomer) {
    all.take_off(some);
    if (newcomer) {
        newcomers.take_off(some);
    }
}

std::uint64_t keeper::bytes_under_way(const uploader& who) {
    return under_way_.with([&](const under_way& of) {
        const auto at = of.of_each.find(who.key());
        return at == of.of_each.end() ? 0 : at->second.bytes;
    });
}

keeper::coming keeper::of_others(const uploader& than) {
    return under_way_.with([&](const under_way& of) {
        coming made = of.total;
        if (const auto at = of.of_each.find(than.key()); at != of.of_each.end()) {
            made.take_off(at->second, than.newcomer);
        }
        return made;
    });
}

void keeper::book(const uploader& who, std::uint64_t bytes, std::uint64_t written) {
    const share more{0, bytes, written};
    under_way_.with([&](under_way& of) {
        of.of_each[who.key()].add(more);
        of.total.add(more, who.newcomer);
    });
}

void keeper::end(const uploader& who, std::uint64_t booked, std::uint64_t written) {
    const share one{1, booked, written};
    under_way_.with([&](under_way& of) {
        of.total.take_off(one, who.newcomer);
        const auto at = of.of_each.find(who.key());
        at->second.take_off(one);
        if (at->second.count == 0) {
            of.of_each.erase(at);
        }
        if (!who.newcomer) {
            return;
        }
        const auto beside = of.newcomers_at.find(who.address);
        if (--beside->second == 0) {
            of.newcomers_at.erase(beside);
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
    opened bytes = which == file_part::thumbnail && facts.thumbnail
                       ? folder_.open_thumbnail(facts.tag)
                       : folder_.open_content(facts.tag);
    if (!bytes) { // it may have gone since it was looked up
        return bytes.error() == std::errc::no_such_file_or_directory
                   ? std::unexpected(file_refusal::not_found)
                   : not_opened(bytes.error());
    }
    return std::make_unique<kept_open_file>(facts, std::move(*bytes));
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
    std::vector<std::string> ids;
    for (const kept_file& one : unneeded) {
        ids.push_back(one.facts.id);
        remove_content(of, one.facts.tag);
    }
    if (how_.forgotten) {
        how_.forgotten(ids);
    }
    return true;
}

// Unless a file has it, or will in a moment.
void keeper::remove_content(index& of, const std::string& tag) {
    folder_.remove(tag, [&] {
        const auto still = of.has_content(tag);
        return !still || *still;
    });
}

void keeper::collect_unknown(index& of) {
    for (const std::string& each : folder_.hashes_in(next_looked_into_++)) {
        remove_content(of, each);
    }
}

void keeper::collect_of(const uploader& who) {
    auto of = indexes_.lend();
    const auto some =
        of ? (*of)->some_of({who.account}, who.own_address(), limits::own_files_looked_at_max)
           : base::result<std::vector<kept_file>>(std::unexpected(of.error()));
    if (some) {
        static_cast<void>(remove_unneeded(**of, *some));
    }
}

void keeper::collect() {
    auto of = indexes_.lend();
    if (of) {
        collect_unknown(**of);
    }
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
