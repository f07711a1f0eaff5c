// SPDX-License-Identifier: Apache-2.0
// An entry as rows of text, and the place in the past that is shown.
#include "base/width.hpp"
#include "terminal/plain_text.hpp"
#include "terminal/timestamps.hpp"
#include "terminal/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace tertulia::terminal {
namespace {

using base::text_key;

constexpr int indent = 6; // behind "20:15 "

constexpr style quiet{.dim = true};
constexpr style alarmed{.colour = 0xE06C60};

// Words onto rows of `columns`; the first row has `used` columns already.
void wrap(std::string_view text, const style& look, int columns, int used,
          std::vector<text_row>& rows) {
    const int width = std::max(columns, indent + 4);
    int place = used;
    const auto new_row = [&] {
        rows.push_back({{std::string(indent, ' '), {}}});
        place = indent;
    };
    const auto add = [&](std::string_view what) {
        rows.back().push_back({std::string(what), look});
        place += base::text_width(what);
    };
    while (!text.empty()) {
        if (text.front() == '\n') {
            new_row();
            text.remove_prefix(1);
            continue;
        }
        std::size_t end = text.find_first_of(" \n");
        end = end == std::string_view::npos ? text.size() : end;
        end += end < text.size() && text[end] == ' ' ? 1 : 0;
        std::string_view word = text.substr(0, end);
        text.remove_prefix(end);
        const std::string_view bare = word.ends_with(' ') ? word.substr(0, word.size() - 1) : word;
        if (place > indent && place + base::text_width(bare) > width) {
            new_row();
        }
        while (place + base::text_width(bare) > width && base::text_width(word) > width - place) {
            const std::string_view piece = base::fit_width(word, width - place);
            if (piece.empty()) {
                break;
            }
            add(piece);
            word.remove_prefix(piece.size());
            if (word.empty()) {
                break;
            }
            new_row();
            if (base::text_width(word) <= width - place) {
                break;
            }
        }
        add(word);
    }
}

text_row day_row(base::wall_time at, base::language in, int columns) {
    const std::string day = fmt::format(" {} ", day_text(at, in));
    const int rest = std::max(0, columns - base::text_width(day));
    std::string line;
    for (int i = 0; i < rest / 2; ++i) {
        line += "─";
    }
    std::string behind = line;
    behind += rest % 2 == 1 ? "─" : "";
    return {{line + day + behind, quiet}};
}

std::string_view delivery_mark(delivery sent) {
    switch (sent) {
    case delivery::sure: return "";
    case delivery::under_way: return " …";
    case delivery::unsure: return " ?";
    case delivery::unsent: return " ✗";
    }
    return "";
}

void add_talk(const model& of, const entry& what, int columns, std::vector<text_row>& rows) {
    style name = person_look(of, what.from);
    name.reverse = what.mentions_me;
    std::string who = what.kind == entry_kind::action   ? fmt::format("* {}", what.from)
                      : what.kind == entry_kind::notice ? fmt::format("-{}-", what.from)
                                                        : what.from;
    who = base::fit_width(who, std::max(columns / 2, 4));
    rows.back().push_back({who, name});
    rows.back().push_back({" ", {}});
    style look;
    look.dim = what.sent != delivery::sure || what.deleted;
    std::string text =
        what.deleted ? std::string(base::text(of.language, text_key::chat_deleted)) : what.text;
    text += what.edited && !what.deleted
                ? fmt::format(" {}", base::text(of.language, text_key::chat_edited))
                : "";
    text += delivery_mark(what.sent);
    wrap(text, look, columns, indent + base::text_width(who) + 1, rows);
}

// "👍 2 🎉"
void add_reactions(const entry& what, int columns, std::vector<text_row>& rows) {
    std::map<std::string, int> counts;
    for (const reaction& one : what.reactions) {
        ++counts[one.what];
    }
    std::string all;
    for (const auto& [emoji, count] : counts) {
        all += count > 1 ? fmt::format("{} {}  ", emoji, count) : fmt::format("{}  ", emoji);
    }
    if (!all.empty()) {
        rows.push_back({{std::string(indent, ' '), {}},
                        {std::string(base::fit_width(all, columns - indent)), {}}});
    }
}

void add_quote(const room& where, const entry& what, int columns, std::vector<text_row>& rows) {
    const auto found = std::ranges::find(where.entries(), what.reply_to, &entry::id);
    if (what.reply_to.empty() || found == where.entries().end()) {
        return;
    }
    std::string quote =
        fmt::format("{}┌ {}: {}", std::string(indent, ' '), found->from, found->text);
    std::ranges::replace(quote, '\n', ' ');
    rows.push_back({{std::string(base::fit_width(quote, columns)), quiet}});
}

std::size_t bottom_entry(const room& where, const scroll_place& place) {
    const auto& all = where.entries();
    for (std::size_t i = all.size(); i-- > 0;) {
        if (all[i].at == place.at && all[i].id == place.id && all[i].text == place.text) {
            return i;
        }
    }
    const auto later = std::ranges::upper_bound(all, place.at, {}, &entry::at);
    return later == all.begin() ? 0 : static_cast<std::size_t>(later - all.begin()) - 1;
}

void remember(scroll_place& place, const entry& at) {
    place.away = true;
    place.at = at.at;
    place.id = at.id;
    place.text = at.text;
}

} // namespace

std::vector<text_row> rows_of(const model& of, const room& where, std::size_t which, int columns,
                              int number) {
    const entry& what = where.entries()[which];
    std::vector<text_row> rows;
    if (which == 0 || day_number(where.entries()[which - 1].at) != day_number(what.at)) {
        rows.push_back(day_row(what.at, of.language, columns));
    }
    add_quote(where, what, columns, rows);
    const std::string margin =
        number > 0 ? fmt::format("{:>5} ", number) : clock_text(what.at) + " ";
    rows.push_back({{margin, number > 0 ? style{.bold = true} : quiet}});
    if (what.is_talk()) {
        add_talk(of, what, columns, rows);
    } else {
        const bool warning = what.kind == entry_kind::warning;
        const bool said = warning || what.kind == entry_kind::note;
        wrap(fmt::format("{}{}", said ? "" : "· ", sentence_of(what, of.language)),
             warning ? alarmed
             : said  ? style{}
                     : quiet,
             columns, indent, rows);
    }
    add_reactions(what, columns, rows);
    return rows;
}

void scroll(const model& of, screen_state& with, int columns, int rows) {
    const room& where = of.here();
    if (where.entries().empty()) {
        return;
    }
    scroll_place& place = with.scroll;
    std::size_t at = place.away ? bottom_entry(where, place) : where.entries().size() - 1;
    int below = place.away ? place.rows_below + rows : rows;
    const auto height = [&](std::size_t which) {
        return static_cast<int>(rows_of(of, where, which, columns, 0).size());
    };
    while (below > 0 && at > 0 && below >= height(at)) {
        below -= height(at);
        --at;
    }
    // No further than to where the first row of all is the first one shown.
    int above = -below;
    for (std::size_t i = at + 1; i-- > 0 && above < with.message_rows;) {
        above += height(i);
    }
    below -= std::max(0, with.message_rows - above);
    while (below < 0 && at + 1 < where.entries().size()) {
        ++at;
        below += height(at);
    }
    if (below <= 0 && at + 1 >= where.entries().size()) {
        place = {};
        return;
    }
    remember(place, where.entries()[at]);
    place.rows_below = std::max(below, 0);
}

style person_look(const model& of, std::string_view nickname) {
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const char one : of.key(nickname)) {
        hash = (hash ^ static_cast<unsigned char>(one)) * 16777619U;
    }
    const double hue = (hash % 360) / 60.0;
    const double other = 1 - std::fabs(std::fmod(hue, 2) - 1);
    const auto channel = [](double value) { return static_cast<int>(110 + value * 125); };
    const int full = channel(1);
    const int part = channel(other);
    const int none = channel(0);
    const int rgb[6][3] = {{full, part, none}, {part, full, none}, {none, full, part},
                           {none, part, full}, {part, none, full}, {full, none, part}};
    const auto& chosen = rgb[static_cast<std::size_t>(hue) % 6];
    return {.colour = chosen[0] << 16 | chosen[1] << 8 | chosen[2], .bold = true};
}

} // namespace tertulia::terminal
