// SPDX-License-Identifier: Apache-2.0
#include "web/app_files.hpp"

#include "base/list.hpp"
#include "crypto/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

namespace tertulia::web {
namespace {

constexpr std::size_t slice_size = std::size_t{16} << 10U;

struct type_row {
    std::string_view ending, type;
};
constexpr std::array types{
    type_row{".html", "text/html; charset=utf-8"},
    type_row{".js", "text/javascript; charset=utf-8"},
    type_row{".css", "text/css; charset=utf-8"},
    type_row{".json", "application/json"},
    type_row{".webmanifest", "application/manifest+json"},
    type_row{".svg", "image/svg+xml"},
    type_row{".png", "image/png"},
    type_row{".webp", "image/webp"},
    type_row{".ico", "image/x-icon"},
    type_row{".woff2", "font/woff2"},
    type_row{".txt", "text/plain; charset=utf-8"},
    type_row{".mp3", "audio/mpeg"},
    type_row{".ogg", "audio/ogg"},
};

std::string type_of(std::string_view path) {
    const auto row = std::ranges::find_if(
        types, [path](const type_row& one) { return path.ends_with(one.ending); });
    return std::string(row == types.end() ? "application/octet-stream" : row->type);
}

// A big file is sent as its reader takes it.
class view_listing final : public session::listing {
public:
    explicit view_listing(std::string_view of) : left_(of) {}
    bool next(std::string& out) override {
        const std::string_view slice = left_.substr(0, slice_size);
        out += slice;
        left_.remove_prefix(slice.size());
        return !left_.empty();
    }

private:
    std::string_view left_;
};

bool accepts(const request& by, std::string_view coding) {
    std::string_view all = by.head.field("accept-encoding");
    while (!all.empty()) {
        const std::string_view one = base::take_first(all);
        const std::string_view name = one.substr(0, one.find(';'));
        const std::string_view quality = one.substr(name.size());
        const bool refused = quality.find("q=0") != std::string_view::npos &&
                             quality.find_first_of("123456789") == std::string_view::npos;
        if (wire::has_http_word(name, coding) && !refused) {
            return true;
        }
    }
    return false;
}

// Weak tags would do as well: we compare what we made ourselves.
bool has_tag(const request& by, std::string_view tag) {
    const std::string_view known = by.head.field("if-none-match");
    return !tag.empty() && known.find(tag) != std::string_view::npos;
}

response of_file(const app_files::file& file, const request& by) {
    std::string_view bytes = file.plain;
    std::string tag = fmt::format("\"{}\"", file.tag);
    response made;
    made.fields = {
        {"Content-Type", file.type},
        {"Vary", "Accept-Encoding"},
        {"Cache-Control", file.lasting ? "public, max-age=31536000, immutable" : "no-cache"}};
    if (!file.brotli.empty() && accepts(by, "br")) {
        bytes = file.brotli;
        tag = fmt::format("\"{}-br\"", file.tag);
        made.fields.push_back({"Content-Encoding", "br"});
    } else if (!file.gzip.empty() && accepts(by, "gzip")) {
        bytes = file.gzip;
        tag = fmt::format("\"{}-gz\"", file.tag);
        made.fields.push_back({"Content-Encoding", "gzip"});
    }
    made.fields.push_back({"ETag", tag});
    if (has_tag(by, tag)) {
        made.status = 304;
    } else if (bytes.size() > slice_size) {
        made.body = streamed{std::make_unique<view_listing>(bytes), bytes.size()};
    } else {
        made.body = bytes;
    }
    return made;
}

class app_handler final : public handler {
public:
    explicit app_handler(const app_files& app) : app_(app) {}

    void begin(exchange& of) override {
        const app_files::file* const found = app_.find(of.asked().path);
        if (found != nullptr) {
            of.respond(of_file(*found, of.asked()));
        } else if (of.asked().path == "/" && app_.empty()) {
            of.respond(
                {200, {{"Content-Type", "text/html; charset=utf-8"}}, std::string(app_.absence())});
        } else {
            of.respond(refusal(404, "not_found", "There is nothing here."));
        }
    }

private:
    const app_files& app_;
};

} // namespace

app_files::app_files(std::span<const bundled_file> bundle, base::language language)
    : absence_(fmt::format("<!doctype html>\n<meta charset=\"utf-8\">\n<title>Tertulia</title>\n"
                           "<h1>Tertulia</h1>\n<p>{}</p>\n<pre>cd app &amp;&amp; npm ci &amp;&amp; "
                           "npm run build &amp;&amp; cd .. &amp;&amp; script/build</pre>\n",
                           base::text(language, base::text_key::web_no_app))) {
    for (const bundled_file& one : bundle) {
        const bool brotli = one.path.ends_with(".br");
        const bool gzip = one.path.ends_with(".gz");
        const std::string_view name =
            one.path.substr(0, one.path.size() - (brotli || gzip ? 3 : 0));
        file& of = files_[fmt::format("/{}", name)];
        (brotli ? of.brotli : gzip ? of.gzip : of.plain) = one.bytes;
    }
    for (auto& [path, of] : files_) {
        of.type = type_of(path);
        of.tag = crypto::to_hex(crypto::sha256(of.plain)).substr(0, 16);
        of.lasting = path.starts_with("/assets/");
    }
}

const app_files::file* app_files::find(std::string_view path) const {
    const auto found = files_.find(path == "/" ? std::string_view("/index.html") : path);
    return found == files_.end() ? nullptr : &found->second;
}

route app_route(const app_files& app) {
    return {"GET", "/*", [&app] { return std::make_unique<app_handler>(app); }};
}

} // namespace tertulia::web
