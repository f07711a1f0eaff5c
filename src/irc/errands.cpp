// SPDX-License-Identifier: Apache-2.0
#include "irc/errands.hpp"

#include "irc/lines.hpp"
#include "irc/multiline.hpp"
#include "wire/irc_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tertulia::irc {
namespace {

// One batch at most is open at a time, so its reference can always be the same.
constexpr std::string_view batch_tag = "batch=r";
constexpr std::string_view batch_reference = "r";

bool is_one_line(std::string_view text) { return text.find('\n') == text.size() - 1; }

// One's own message in several lines, and nothing else (draft/multiline: the label stands on the
// batch that it is).
bool is_message_in_lines(std::string_view text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    return line.contains(fmt::format(" BATCH +{} ", multiline_batch)) &&
           text.ends_with(fmt::format(" BATCH -{}\r\n", multiline_batch));
}

// A batch of the server's own, which may have tags.
bool is_batch_of(std::string_view server, std::string_view text) {
    if (text.starts_with('@')) {
        text.remove_prefix(std::min(text.find(' ') + 1, text.size()));
    }
    return text.starts_with(fmt::format(":{} BATCH +", server));
}

// The lines of another listing, each with a tag.
class tagged_listing final : public tertulia::session::listing {
public:
    tagged_listing(std::unique_ptr<listing> of, std::string_view tag)
        : of_(std::move(of)), tag_(tag) {}

    bool next(std::string& out) override {
        std::string slice;
        const bool more = of_->next(slice);
        append_tagged(slice, tag_, out);
        return more;
    }

private:
    std::unique_ptr<listing> of_;
    std::string_view tag_; // a constant
};

} // namespace

void append(tertulia::session::output::piece what, tertulia::session::output& out) {
    if (auto* const text = std::get_if<std::string>(&what)) {
        out.text() += *text;
    } else {
        out.list(std::move(std::get<1>(what)));
    }
}

void errands::begin_line(std::string_view label) {
    labelled_line_ = !label.empty();
    if (labelled_line_) {
        std::string tag = "label=";
        wire::append_escaped_tag_value(label, tag);
        held_.emplace_back(label_begins{std::move(tag)});
    }
}

std::string errands::postpone_line() {
    if (!std::exchange(labelled_line_, false)) {
        return {};
    }
    std::string tag = std::move(std::get<label_begins>(held_.back()).tag);
    held_.pop_back();
    return tag;
}

void errands::resume_line(std::string tag) {
    if (!tag.empty() && !labelled_line_) {
        labelled_line_ = true;
        held_.emplace_back(label_begins{std::move(tag)});
    }
}

void errands::submitted(std::uint32_t serial, std::string_view verb) {
    held_.emplace_back(command{serial, false, verb});
    ++in_flight_;
}

void errands::write(piece what, output& out) {
    if (held_.empty()) {
        append(std::move(what), out);
    } else {
        held_.emplace_back(std::move(what));
    }
}

void errands::end_line(output& out) {
    if (std::exchange(labelled_line_, false)) {
        held_.emplace_back(label_ends{});
        pump(out);
    }
}

void errands::answer(piece what, output& out) {
    told_ = true;
    if (!response_) {
        append(std::move(what), out);
    } else if (response_->streams) {
        append_in_batch(std::move(what), out);
    } else {
        response_->gathered.push_back(std::move(what));
    }
}

void errands::finish(std::uint32_t serial, output& out) {
    told_ = false;
    for (held& one : held_) {
        auto* const sent = std::get_if<command>(&one);
        if (sent != nullptr && sent->serial == serial && !sent->done) {
            sent->done = true;
            --in_flight_;
            break;
        }
    }
    pump(out);
}

// Everything up to the next command that is still under way.
void errands::pump(output& out) {
    while (!held_.empty()) {
        held& next = held_.front();
        if (const auto* const sent = std::get_if<command>(&next); sent != nullptr && !sent->done) {
            return;
        }
        held taken = std::move(next);
        held_.pop_front();
        if (auto* const text = std::get_if<piece>(&taken)) {
            answer(std::move(*text), out);
        } else if (auto* const begins = std::get_if<label_begins>(&taken)) {
            begin_response(std::move(begins->tag));
        } else if (std::holds_alternative<label_ends>(taken)) {
            end_response(out);
        }
    }
}

void errands::begin_response(std::string tag) {
    const auto end = std::ranges::find_if(
        held_, [](const held& one) { return std::holds_alternative<label_ends>(one); });
    const auto commands = std::count_if(
        held_.begin(), end, [](const held& one) { return std::holds_alternative<command>(one); });
    response_.emplace(response{std::move(tag), commands > 1, false, {}});
}

// Labeled-response: the label stands on exactly one message; an answer that is a batch already
// needs no other one around it.
void errands::end_response(output& out) {
    response& ended = *response_;
    std::string* const first =
        ended.gathered.empty() ? nullptr : std::get_if<std::string>(&ended.gathered.front());
    const bool alone = first != nullptr && ended.gathered.size() == 1 && is_one_line(*first);
    const bool is_batch =
        first != nullptr && (is_batch_of(server_, *first) ||
                             (ended.gathered.size() == 1 && is_message_in_lines(*first)));
    if (ended.gathered.empty() && !ended.open) {
        out.text() += fmt::format("@{} :{} ACK\r\n", ended.tag, server_);
    } else if (alone || is_batch) {
        const std::size_t line_size = first->find('\n') + 1;
        append_tagged(first->substr(0, line_size), ended.tag, out.text());
        first->erase(0, line_size);
        for (piece& one : ended.gathered) {
            append(std::move(one), out);
        }
    } else {
        for (piece& one : ended.gathered) {
            append_in_batch(std::move(one), out);
        }
        out.text() += fmt::format(":{} BATCH -{}\r\n", server_, batch_reference);
    }
    response_.reset();
}

void errands::append_in_batch(piece what, output& out) {
    if (!std::exchange(response_->open, true)) {
        out.text() += fmt::format("@{} :{} BATCH +{} labeled-response\r\n", response_->tag, server_,
                                  batch_reference);
    }
    if (auto* const text = std::get_if<std::string>(&what)) {
        append_tagged(*text, batch_tag, out.text());
    } else {
        out.list(std::make_unique<tagged_listing>(std::move(std::get<1>(what)), batch_tag));
    }
}

std::string_view errands::verb_of(std::uint32_t serial) const {
    for (const held& one : held_) {
        if (const auto* const sent = std::get_if<command>(&one);
            sent != nullptr && sent->serial == serial) {
            return sent->verb;
        }
    }
    return {};
}

bool errands::has_label(std::uint32_t serial) const {
    bool labelled = response_.has_value();
    for (const held& one : held_) {
        const auto* const sent = std::get_if<command>(&one);
        if (sent != nullptr && sent->serial == serial) {
            return labelled;
        }
        labelled = std::holds_alternative<label_begins>(one) ||
                   (labelled && !std::holds_alternative<label_ends>(one));
    }
    return false;
}

} // namespace tertulia::irc
