// SPDX-License-Identifier: Apache-2.0
#include "session/service_passes.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tertulia::session {
namespace {

constexpr std::chrono::minutes looked_through_each{1};

} // namespace

void service_passes::put(chat::person_id whose, pass one, base::steady_time now) {
    kept_.with([&](all_passes& all) {
        if (now - all.looked_through_at >= looked_through_each) {
            all.looked_through_at = now;
            for (auto& [person, passes] : all.by_person) {
                std::erase_if(passes, [now](const pass& old) { return old.until <= now; });
            }
            std::erase_if(all.by_person, [](const auto& each) { return each.second.empty(); });
        }
        of_person& hers = all.by_person[whose];
        hers.push_back(std::move(one));
        if (hers.size() > passes_per_person_max) {
            hers.pop_front();
        }
    });
}

service_passes::pass* service_passes::find(all_passes& in, chat::person_id whose,
                                           std::string_view digest, base::steady_time now) {
    const auto hers = in.by_person.find(whose);
    if (hers == in.by_person.end()) {
        return nullptr;
    }
    const auto found = std::ranges::find(hers->second, digest, &pass::digest);
    return found == hers->second.end() || found->until <= now ? nullptr : &*found;
}

void service_passes::keep(chat::person_id account, std::string digest, base::name name,
                          std::string_view service, base::steady_time now) {
    put(account,
        {std::move(digest), now + pass_lifetime, to_service{std::string(service), std::move(name)}},
        now);
}

void service_passes::keep_for_reading(chat::person_id reader, std::string digest,
                                      chat::conversation_id in, base::steady_time now) {
    put(reader, {std::move(digest), now + pass_lifetime, to_files{in}}, now);
}

std::optional<base::name> service_passes::take(chat::person_id account, std::string_view digest,
                                               std::string_view service, base::steady_time now) {
    return kept_.with([&](all_passes& all) -> std::optional<base::name> {
        pass* const found = find(all, account, digest, now);
        auto* const to = found != nullptr ? std::get_if<to_service>(&found->what) : nullptr;
        if (to == nullptr || to->service != service) {
            return std::nullopt;
        }
        std::optional<base::name> name = std::move(to->name);
        std::erase_if(all.by_person.at(account),
                      [&](const pass& one) { return one.digest == digest; });
        return name;
    });
}

chat::conversation_id service_passes::opens(chat::person_id reader, std::string_view digest,
                                            base::steady_time now) const {
    return kept_.with([&](all_passes& all) {
        const pass* const found = find(all, reader, digest, now);
        const auto* const to = found != nullptr ? std::get_if<to_files>(&found->what) : nullptr;
        return to != nullptr ? to->in : chat::conversation_id{};
    });
}

std::string pass_text(chat::person_id whose, std::string_view secret_hex) {
    std::string made(pass_prefix);
    made += std::to_string(whose.value);
    made += '.';
    made += secret_hex;
    return made;
}

std::optional<chat::person_id> pass_owner(std::string_view text) {
    if (!text.starts_with(pass_prefix)) {
        return std::nullopt;
    }
    text.remove_prefix(pass_prefix.size());
    const std::string_view number = text.substr(0, text.find('.'));
    chat::person_id whose{};
    const auto [rest, fault] =
        std::from_chars(number.data(), number.data() + number.size(), whose.value);
    if (fault != std::errc{} || rest != number.data() + number.size()) {
        return std::nullopt;
    }
    return whose;
}

} // namespace tertulia::session
