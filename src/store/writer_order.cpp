// SPDX-License-Identifier: Apache-2.0
// What the writer keeps of the order on the server: operators, and the log of what they do, of
// which the oldest lines go when there are too many.
#include "base/limits.hpp"
#include "store/writer.hpp"

namespace tertulia::store {
namespace {

using base::result;

std::int64_t in_milliseconds(base::wall_time of) { return of.time_since_epoch().count(); }

} // namespace

result<void> writer::store_body(const chat::event& /*of*/, const chat::rights_saved& what) {
    return rights_.bind(1, what.account.value).bind(2, std::uint64_t{what.held.to_ulong()}).run();
}

result<void> writer::store_body(const chat::event& of, const chat::moderated& what) {
    const result<void> stored =
        moderated_.bind(1, what.number.value)
            .bind(2, in_milliseconds(of.time))
            .bind(3, std::uint64_t{static_cast<std::uint8_t>(what.what)})
            .bind(4, std::string_view(what.by))
            .bind(5, std::string_view(what.whom))
            .bind(6, std::string_view(what.why))
            .bind(7, what.until ? in_milliseconds(*what.until) : std::int64_t{-1})
            .run();
    return stored
               ? forget_moderated_.bind(1, std::uint64_t{base::limits::moderation_kept_max}).run()
               : stored;
}

} // namespace tertulia::store
