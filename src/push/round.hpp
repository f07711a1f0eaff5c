// SPDX-License-Identifier: Apache-2.0
// What a courier carries and when it goes out: what did not succeed is tried again, later each
// time; a push service that does not answer is left alone meanwhile, and what is for an account
// whose devices do not answer goes out when there is nothing else to do: so that neither keeps
// anybody else's parcels waiting. No thread, no clock, no network: its owner has them.
#pragma once

#include "base/time.hpp"
#include "push/delivery.hpp"
#include "push/parcel.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::push {

class round {
public:
    // Takes a parcel along; false: there are too many, and it is dropped.
    bool add(parcel what, base::steady_time now);

    // The next one to deliver, if any is due.
    [[nodiscard]] std::optional<parcel> next(base::steady_time now);
    // Until when nothing is due; none: there is nothing.
    [[nodiscard]] std::optional<base::steady_time> due() const;

    // What became of one that next() gave. True: its device is gone.
    bool done(parcel what, verdict how, base::steady_time now);
    // The device is gone: what there is for it goes, too.
    void forget(const std::string& endpoint);
    // The message is gone: what would tell of it goes, too.
    void forget(chat::message_number message);

    [[nodiscard]] std::size_t size() const { return waiting_.size(); }

private:
    [[nodiscard]] static std::string origin_of(const parcel& what);

    std::multimap<base::steady_time, parcel> waiting_;    // by when they are due
    std::map<std::string, base::steady_time> silent_;     // origins that did not answer, until then
    std::map<chat::person_id, base::steady_time> behind_; // whose devices did not, until then
};

} // namespace tertulia::push
