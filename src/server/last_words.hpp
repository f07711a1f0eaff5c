// SPDX-License-Identifier: Apache-2.0
// What callers hear who are not let in because there are too many of them: an ERROR on IRC, 429 or
// 503 where HTTP is spoken. Classic dialects have no words for it.
#pragma once

#include "base/catalogue.hpp"
#include "net/options.hpp"
#include "server/listen_url.hpp"

#include <functional>
#include <string>

namespace tertulia::server {

[[nodiscard]] std::function<std::string(const net::turned_away& what)>
last_words_at(const listen_url& url, base::language in);

} // namespace tertulia::server
