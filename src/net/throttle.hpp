// SPDX-License-Identifier: Apache-2.0
// How many connections one address may open on one network thread: so many a second, so many that
// have said nothing yet, and so many that are no session of the chat. The counts of a whole server
// are the core's, when a session begins.
#pragma once

#include "base/time.hpp"
#include "net/options.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace tertulia::net {

class throttle {
public:
    explicit throttle(const limits& with) : with_(with) {}

    // A proxy's connections bring as many people as there are behind it: they are counted, and
    // none is turned away. Those people are counted where it is known who they are.
    enum class who : std::uint8_t { caller, proxy };

    // Nothing: one more connection may come in, and counts as one that has said nothing until
    // recognise(), and as no session until release().
    [[nodiscard]] std::optional<turned_away> admit(std::uint64_t address_key, base::steady_time now,
                                                   who comes = who::caller);

    // May one who is turned away be told why? Only so many a second are, whoever they are, so that
    // a flood is not answered.
    [[nodiscard]] bool may_explain(base::steady_time now);

    // An admitted connection is no stranger any more, or ended; once for each.
    void recognise(std::uint64_t address_key);
    // It became a session, or ended; once for each, after recognise().
    void release(std::uint64_t address_key);

    // An admitted connection, for as long as it is there: says each of these once.
    class stay {
    public:
        stay() = default; // of one that is not counted
        stay(throttle& at, std::uint64_t address_key) : at_(&at), address_key_(address_key) {}
        stay(stay&& other) noexcept;
        stay& operator=(stay&& other) noexcept;
        ~stay() { release(); }
        void recognise();
        void release();

    private:
        throttle* at_ = nullptr; // until it is released
        std::uint64_t address_key_ = 0;
        bool stranger_ = true;
    };

    void use(const limits& with) { with_ = with; }
    [[nodiscard]] std::size_t size() const { return visitors_.size(); }

private:
    struct visitor_count {
        double tokens = 0;
        base::steady_time filled_at;
        std::uint32_t unregistered = 0;
        std::uint32_t sessionless = 0; // with the unregistered
    };
    void refill(visitor_count& of, base::steady_time now) const;
    void sweep(base::steady_time now);

    limits with_;
    boost::unordered_flat_map<std::uint64_t, visitor_count> visitors_;
    base::steady_time explained_until_{}; // as many at once as there are in a second
};

} // namespace tertulia::net
