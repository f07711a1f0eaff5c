// SPDX-License-Identifier: Apache-2.0
#include "server/greeting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstdlib>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>
#include <optional>

namespace tertulia::server {
namespace {

using base::text_key;

std::string at(listen_url url, const std::string& host) {
    url.host = host;
    url.certificate.clear();
    url.key.clear();
    return to_string(url);
}

std::vector<std::string> from_here(const std::vector<listen_url>& listeners) {
    std::vector<std::string> urls;
    std::ranges::transform(listeners, std::back_inserter(urls), [](const listen_url& one) {
        return at(one, one.host == "*" ? "127.0.0.1" : one.host);
    });
    return urls;
}

std::vector<std::string> from_elsewhere(const greeting_facts& of) {
    std::vector<std::string> urls;
    for (const listen_url& one : of.listeners) {
        if (one.host != "*" && !loopback(one)) {
            urls.push_back(at(one, one.host));
        } else if (one.host == "*") {
            std::ranges::transform(of.addresses, std::back_inserter(urls),
                                   [&one](const std::string& host) { return at(one, host); });
        }
    }
    return urls;
}

void list(std::string_view title, const std::vector<std::string>& rows, std::string& to) {
    if (rows.empty()) {
        return;
    }
    to += fmt::format("  {}\n", title);
    for (const std::string& row : rows) {
        to += fmt::format("    {}\n", row);
    }
}

std::optional<std::string> shown(const sockaddr* address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address != nullptr && address->sa_family == AF_INET) {
        const auto* four = reinterpret_cast<const sockaddr_in*>(address);
        return inet_ntop(AF_INET, &four->sin_addr, text.data(), text.size());
    }
    if (address != nullptr && address->sa_family == AF_INET6) {
        const auto* six = reinterpret_cast<const sockaddr_in6*>(address);
        if (!IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr)) {
            return inet_ntop(AF_INET6, &six->sin6_addr, text.data(), text.size());
        }
    }
    return std::nullopt;
}

} // namespace

std::string greeting(base::language in, const greeting_facts& of) {
    std::string made =
        fmt::format("{}\n", base::say(in, text_key::greeting_running, {TERTULIA_VERSION}));
    list(base::text(in, text_key::greeting_here), from_here(of.listeners), made);
    list(base::text(in, text_key::greeting_elsewhere), from_elsewhere(of), made);
    list(base::text(in, text_key::greeting_fingerprint), of.fingerprints, made);
    const auto exposed = [](const listen_url& one) { return classic(one) && !loopback(one); };
    if (std::ranges::any_of(of.listeners, exposed)) {
        made += fmt::format("  {}\n", base::text(in, text_key::greeting_classic));
    }
    made += fmt::format("  {}\n", base::say(in, text_key::greeting_room, {of.room, of.data}));
    if (!of.claim.empty()) {
        made += fmt::format("  {}\n", base::say(in, text_key::greeting_claim, {of.claim}));
    }
    return made;
}

// A name would be shorter, but a phone asks nobody that knows ours. IPv4 before IPv6: it is what
// classrooms have.
std::string address_for_phones(const greeting_facts& of) {
    greeting_facts pages = of;
    std::erase_if(pages.listeners,
                  [](const listen_url& one) { return !one.scheme.starts_with("http"); });
    const std::vector<std::string> urls = from_elsewhere(pages);
    const auto four = std::ranges::find_if(
        urls, [](const std::string& one) { return one.find('[') == std::string::npos; });
    return four != urls.end() ? *four : urls.empty() ? std::string() : urls.front();
}

std::vector<std::string> machine_addresses() {
    ifaddrs* first = nullptr;
    std::vector<std::string> found;
    if (getifaddrs(&first) != 0) {
        return found;
    }
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> all(first, &freeifaddrs);
    for (const ifaddrs* one = all.get(); one != nullptr; one = one->ifa_next) {
        const bool outward = (one->ifa_flags & IFF_UP) != 0 && (one->ifa_flags & IFF_LOOPBACK) == 0;
        const std::optional<std::string> text = outward ? shown(one->ifa_addr) : std::nullopt;
        if (text) {
            found.push_back(*text);
        }
    }
    return found;
}

base::language environment_language() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* const value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            return base::language_of(value);
        }
    }
    return base::language::english;
}

} // namespace tertulia::server
