// SPDX-License-Identifier: Apache-2.0
#include "web/file_routes.hpp"

#include "base/address_key.hpp"
#include "base/file_limits.hpp"
#include "base/guarded.hpp"
#include "base/network.hpp"
#include "crypto/digest.hpp"
#include "web/account_handler.hpp"
#include "web/file_answers.hpp"
#include "web/known_handler.hpp"
#include "web/rates.hpp"
#include "web/reader_links.hpp"
#include "wire/http_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

namespace tertulia::web {
namespace {

using session::file_part;
using session::file_refusal;
namespace limits = base::limits;

constexpr std::string_view files_path = "/files/";
constexpr std::size_t piece_size = 256U << 10U; // of an upload, written at once

// An upload, which goes to and fro between its connection and the threads that may block.
class uploading final : public session::chore {
public:
    enum class step { begin, write, finish };

    uploading(session::file_keeper& at, session::file_wish wish)
        : at_(at), wish_(std::move(wish)) {}

    void run() override {
        try {
            refused_ = take_step();
        } catch (const std::exception&) { // no memory
            refused_ = file_refusal::failed;
        }
    }

    [[nodiscard]] bool takes_long() const override {
        return next == step::finish && file_ != nullptr && file_->takes_long();
    }

    [[nodiscard]] std::uint64_t asker() const override { return wish_.address; }

    step next = step::begin;
    std::string piece;

    [[nodiscard]] const std::optional<file_refusal>& refused() const { return refused_; }
    [[nodiscard]] const session::file_facts& facts() const { return facts_; }

private:
    std::optional<file_refusal> take_step() {
        if (next == step::begin) {
            auto begun = at_.begin(wish_);
            if (!begun) {
                return begun.error();
            }
            file_ = std::move(*begun);
            return std::nullopt;
        }
        const auto no = piece.empty() ? std::nullopt : file_->write(piece);
        piece.clear();
        if (no || next == step::write) {
            return no;
        }
        auto kept = file_->finish();
        file_.reset();
        if (!kept) {
            return kept.error();
        }
        facts_ = std::move(*kept);
        return std::nullopt;
    }

    session::file_keeper& at_;
    session::file_wish wish_;
    std::unique_ptr<session::incoming_file> file_;
    std::optional<file_refusal> refused_;
    session::file_facts facts_;
};

// How often people upload, by account or address.
using counter = base::guarded<rates>;

// The whole of it is written before it is finished: only then is known how long that takes.
class upload final : public known_handler {
public:
    upload(session::file_keeper& at, std::shared_ptr<counter> counted)
        : at_(at), counted_(std::move(counted)) {}

    void take_body(std::string_view piece, exchange& of) override {
        work_->piece += piece;
        if (work_->piece.size() >= piece_size) {
            take_step(uploading::step::write, of);
        }
    }
    void end_body(exchange& of) override {
        ended_ = true;
        take_step(work_->piece.empty() ? uploading::step::finish : uploading::step::write, of);
    }

    void hear_event(const chat::event& what, exchange& of) override {
        if (!heard_.take(what)) {
            return;
        }
        const auto* const found = heard_.of_kind<chat::admission_answer>();
        if (found == nullptr) {
            of.respond(refusal_of(file_refusal::failed));
        } else if (!found->admits) {
            of.respond(refusal_of(chat::refused{chat::reason::server_banned, {}, {}}));
        } else {
            begin_upload(of);
        }
    }

    void hear_chore(session::chore_done what, exchange& of) override {
        work_.reset(static_cast<uploading*>(what.what.release())); // nobody else gives us one
        if (!what.ran) {
            of.respond(refusal_of(file_refusal::failed));
        } else if (work_->refused()) {
            of.respond(refusal_of(*work_->refused()));
        } else if (work_->next == uploading::step::finish) {
            response made = json_response(201, json_of(work_->facts()));
            made.fields.push_back({"Location", place_of(work_->facts())});
            of.respond(std::move(made));
        } else if (ended_) {
            take_step(uploading::step::finish, of);
        }
    }

private:
    [[nodiscard]] std::string_view service() const override { return session::file_service; }
    void identified(exchange& of) override {
        const std::uint64_t address = base::address_key(of.asked().from.address);
        const std::string who = account().value != 0 ? fmt::format("account {}", account().value)
                                                     : fmt::format("address {}", address);
        const auto wait =
            counted_ == nullptr
                ? std::chrono::milliseconds{0}
                : counted_->with([&](rates& of_all) { return of_all.take(who, of.now().steady); });
        if (wait.count() > 0) {
            of.respond(slow_down(wait, "That is too many files at once."));
        } else { // who is banned from the chat is not heard here either
            of.submit(chat::question(
                chat::ask_admission{account(), base::parse_network(of.asked().from.address)}));
        }
    }
    void begin_upload(exchange& of) {
        const request& asked = of.asked();
        work_ = std::make_unique<uploading>(
            at_, session::file_wish{wire::disposition_name(asked.head.field("content-disposition")),
                                    std::string(asked.head.field("content-type")),
                                    asked.head.content_length, account(),
                                    base::address_key(asked.from.address)});
        take_step(uploading::step::begin, of);
    }
    void take_step(uploading::step next, exchange& of) {
        work_->next = next;
        of.work(std::move(work_));
    }

    session::file_keeper& at_;
    std::shared_ptr<counter> counted_; // null: nobody is
    heard_answer heard_;
    std::unique_ptr<uploading> work_;
    bool ended_ = false; // its body
};

class upload_options final : public handler {
public:
    void begin(exchange& of) override {
        response made{.status = 204};
        made.fields = {{"Allow", "OPTIONS, POST"}, {"Accept-Post", "*/*"}};
        of.respond(std::move(made));
    }
};

class measuring final : public session::chore {
public:
    measuring(session::file_keeper& at, chat::person_id owner, std::uint64_t address)
        : at_(at), owner_(owner), address_(address) {}

    void run() override {
        try {
            left = at_.room_left(owner_, address_);
        } catch (const std::exception&) { // no memory
            left = 0;
        }
    }

    std::uint64_t left = 0;

private:
    session::file_keeper& at_;
    chat::person_id owner_;
    std::uint64_t address_;
};

// So that who has no room left is told before she sends what would not be taken.
class upload_limits final : public known_handler {
public:
    explicit upload_limits(session::file_keeper& at) : at_(at) {}

    void hear_chore(session::chore_done what, exchange& of) override {
        if (!what.ran) {
            of.respond(refusal_of(file_refusal::failed));
            return;
        }
        const auto& found = static_cast<const measuring&>(*what.what); // nobody else gives us one
        of.respond(json_response(
            200, fmt::format(R"({{"size_max":{},"left":{}}})", at_.size_max(), found.left)));
    }

private:
    void identified(exchange& of) override {
        of.work(std::make_unique<measuring>(at_, account(),
                                            base::address_key(of.asked().from.address)));
    }

    session::file_keeper& at_;
};

class opening final : public session::chore {
public:
    opening(session::file_keeper& at, std::string id, file_part part, session::file_reader reader,
            std::string range = {})
        : at_(at), id_(std::move(id)), part_(part), reader_(reader), range_(std::move(range)) {}

    void run() override {
        try {
            found = at_.open(id_, part_, reader_);
            if (found) {
                expect_beginning(**found, range_);
            }
        } catch (const std::exception&) { // no memory
            found = std::unexpected(file_refusal::failed);
        }
    }

    std::expected<std::unique_ptr<session::open_file>, file_refusal> found =
        std::unexpected(file_refusal::failed);

private:
    session::file_keeper& at_;
    std::string id_;
    file_part part_;
    session::file_reader reader_;
    std::string range_; // as it was asked for
};

// "/files/ID/thumbnail", "/files/ID/link", "/files/ID/NAME": whatever the name is.
struct place {
    std::string id;
    std::string rest;
};
place place_in(std::string_view path) {
    path.remove_prefix(files_path.size());
    const std::size_t slash = std::min(path.find('/'), path.size());
    return {std::string(path.substr(0, slash)),
            std::string(path.substr(std::min(slash + 1, path.size())))};
}

// By what a link may say for whom it is: "?for=", behind it a pass or what we signed.
struct proofs {
    const session::service_passes& passes;
    reader_links links;
};

class download final : public known_handler {
public:
    download(session::file_keeper& at, std::shared_ptr<const proofs> by)
        : at_(at), by_(std::move(by)) {}

    void hear_chore(session::chore_done what, exchange& of) override {
        auto& found = static_cast<opening&>(*what.what).found; // nobody else gives us one
        of.respond(found ? answer_with(std::move(*found), part_, of.asked())
                         : refusal_of(found.error()));
    }

private:
    void identified(exchange& of) override {
        const request& asked = of.asked();
        place at = place_in(asked.path);
        part_ = at.rest == "thumbnail" ? file_part::thumbnail : file_part::whole;
        session::file_reader reader{account(), {}};
        if (const auto proof = asked.parameter("for")) {
            if (const auto owner = session::pass_owner(*proof)) {
                reader.in = by_->passes.opens(*owner, crypto::sha256(*proof), of.now().steady);
            } else if (reader.account.value == 0) {
                reader.account =
                    by_->links.read(at.id, *proof, of.now().wall).value_or(chat::person_id{});
            }
        }
        of.work(std::make_unique<opening>(at_, std::move(at.id), part_, reader,
                                          std::string(asked.head.field("range"))));
    }

    session::file_keeper& at_;
    std::shared_ptr<const proofs> by_;
    file_part part_ = file_part::whole;
};

// A link for the one who asks, to be given to a program that knows no cookie.
class link_for_reader final : public known_handler {
public:
    link_for_reader(session::file_keeper& at, std::shared_ptr<const proofs> by)
        : at_(at), by_(std::move(by)) {}

    void hear_chore(session::chore_done what, exchange& of) override {
        const auto& found =
            static_cast<const opening&>(*what.what).found; // nobody else gives us one
        if (!found) {
            of.respond(refusal_of(found.error()));
            return;
        }
        const session::file_facts& facts = (*found)->facts();
        of.respond(
            json_response(200, fmt::format(R"({{"url":"{}?for={}"}})", place_of(facts),
                                           by_->links.sign(facts.id, account(), of.now().wall))));
    }

private:
    void identified(exchange& of) override {
        if (account().value == 0) {
            of.respond(refusal(401, "log_in", "Log in first."));
            return;
        }
        std::string id = of.asked().path.substr(std::string_view("/api/files/").size());
        of.work(std::make_unique<opening>(at_, std::move(id), file_part::whole,
                                          session::file_reader{account(), {}}));
    }

    session::file_keeper& at_;
    std::shared_ptr<const proofs> by_;
};

} // namespace

std::vector<route> file_routes(session::file_keeper& files, const session::service_passes& passes,
                               upload_rates how) {
    const auto by = std::make_shared<const proofs>(passes, reader_links());
    const auto counted =
        how == upload_rates::counted
            ? std::make_shared<counter>(rates(limits::uploads_at_once_max, limits::upload_each))
            : nullptr;
    return {
        {"OPTIONS", "/upload", [] { return std::make_unique<upload_options>(); }},
        {"POST", "/upload", [&files, counted] { return std::make_unique<upload>(files, counted); },
         files.size_max()},
        {"GET", "/api/uploads", [&files] { return std::make_unique<upload_limits>(files); }},
        {"GET", "/files/*", [&files, by] { return std::make_unique<download>(files, by); }},
        {"GET", "/api/files/*",
         [&files, by] { return std::make_unique<link_for_reader>(files, by); }},
    };
}

} // namespace tertulia::web
