// SPDX-License-Identifier: Apache-2.0
#include "web/export_session.hpp"

#include "web/paced_text.hpp"

#include <fmt/format.h>

namespace tertulia::web {

std::string export_session::chunk(const std::string& text) const {
    return minor_version_ == 0 || text.empty() ? text
                                               : fmt::format("{:x}\r\n{}\r\n", text.size(), text);
}

void export_session::begin(base::moment now, session::output& out) {
    out.recognised = true;
    head_.body = streamed{nullptr, std::nullopt};
    out.text() += response_head(head_, {now.wall, false, minor_version_});
    hand_out(of_->head(), now, out);
}

std::size_t export_session::receive(std::string_view bytes, base::moment /*now*/,
                                    session::output& /*out*/) {
    return bytes.size();
}

// The head, too: an account's own may name more files than one may be behind by.
void export_session::hand_out(const std::string& text, base::moment now, session::output& out) {
    taken_ = std::make_shared<bool>(false);
    look_at_ = now.steady + page_looked_after;
    out.list(std::make_unique<paced_text>(chunk(text), taken_));
}

void export_session::read_on(session::output& out) {
    look_at_ = base::steady_time::max();
    if (auto next = of_->next()) {
        out.read = std::move(*next);
        return;
    }
    out.text() += chunk(of_->tail()) + (minor_version_ == 0 ? "" : "0\r\n\r\n");
    out.close = std::string();
}

void export_session::deliver_read(const session::read_answer& page, base::moment now,
                                  session::output& out) {
    const std::optional<std::string> text = of_->take(page);
    if (!text) {
        out.close = std::string();
        return;
    }
    hand_out(*text, now, out);
}

void export_session::tick(base::moment now, session::output& out) {
    if (now.steady < look_at_) {
        return;
    }
    look_at_ = now.steady + page_looked_after;
    if (*taken_) {
        read_on(out);
    }
}

void export_session::farewell(std::string_view reason, session::output& out) {
    look_at_ = base::steady_time::max();
    out.close = std::string(reason);
}

} // namespace tertulia::web
