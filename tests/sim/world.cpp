// SPDX-License-Identifier: Apache-2.0
#include "sim/world.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace tertulia::sim {
namespace {

constexpr const char* rooms[] = {"#lobby", "#redes", "#Ñandú", "#c++"};
constexpr const char* nicknames[] = {"ana", "berta", "carla", "Dora", "eva", "Ñusta", "fe", "gil"};
constexpr const char* modes[] = {
    "+m",       "-m",   "+i",  "-i",         "+s",         "-s",           "+t",       "+k clave",
    "-k clave", "+l 3", "-l",  "+b ana!*@*", "-b ana!*@*", "+b t:1:m:eva", "+W 2",     "-W",
    "+C",       "+RM",  "-RM", "+b a:ana",   "-b a:ana",   "+v berta",     "+o carla", "-o carla"};
constexpr const char* capabilities[] = {"message-tags server-time echo-message batch",
                                        "message-tags server-time",
                                        "message-tags labeled-response batch echo-message",
                                        "draft/chathistory batch message-tags server-time",
                                        "draft/channel-rename message-tags batch",
                                        ""};
constexpr const char* roles[] = {"owner", "admin", "operator", "half-operator", "voice"};
constexpr std::size_t clients_max = 10;

class world {
public:
    explicit world(const world_options& options)
        : options_(options), chance_(options.seed), disk_(fmt::format("sim-{}", options.seed)) {}

    world_report run();

private:
    void start();
    void step();
    void die();
    void crash();

    void connect();
    void somebody_types();
    void somebody_leaves();
    void commit();
    void thread_turn();
    void trouble_for_the_disk();
    void keep_order();
    [[nodiscard]] chat::command any_measure();
    std::string any_line();
    std::string any_other_name(const std::string& room);
    std::string any_line_of_an_account(const std::string& room, const std::string& who);

    void look();
    void found(finding what) {
        if (what && !report_.wrong) {
            report_.wrong = std::move(what);
        }
    }
    [[nodiscard]] base::moment now() const {
        return {base::wall_time{std::chrono::milliseconds{clock_}},
                base::steady_time{std::chrono::milliseconds{clock_}}};
    }
    [[nodiscard]] store::database_options database() const {
        return {"/tertulia.db", disk_.name(), store::checkpoints::in_tidy,
                [this] { return disk_.free_space(); }};
    }

    world_options options_;
    dice chance_;
    lossy_disk disk_;
    witness witness_;
    std::unique_ptr<server> server_;
    std::vector<step_record> cut_short_; // what the commit that failed held
    std::int64_t clock_ = 1'790'000'000'000;
    std::uint32_t texts_ = 0;
    world_report report_;
};

world_report world::run() {
    start();
    while (report_.steps < options_.steps && !report_.wrong) {
        ++report_.steps;
        step();
        look();
    }
    if (!report_.wrong) {
        die();
        start();
    }
    if (!report_.wrong) {
        die();
    }
    report_.messages = witness_.message_count();
    return report_;
}

// As often as it takes: a machine may lose power again while it starts.
void world::start() {
    store::database_options options = database();
    base::result<store::opened> opened = store::open_database(options);
    if (!opened) {
        report_.wrong = "a restart failed: " + opened.error().sentence;
        return;
    }
    base::result<std::unique_ptr<session::reader>> reader = store::open_reader(options);
    if (!reader) {
        report_.wrong = "history cannot be opened: " + reader.error().sentence;
        return;
    }
    server_ = std::make_unique<server>(std::move(*opened), std::move(*reader), now().wall);
    found(witness_.server_started(*server_, cut_short_));
    cut_short_.clear();
}

// The process is gone before anything of it can touch the disk again.
void world::die() {
    disk_.die();
    if (server_) {
        cut_short_.clear();
        server_.reset();
    }
    disk_.restart();
}

void world::crash() {
    ++report_.crashes;
    disk_.die();
    server_.reset();
    disk_.limit_space(std::nullopt);
    if (chance_.one_in(2)) {
        disk_.power_cut(chance_.below(~std::uint64_t{0}));
    } else {
        disk_.restart();
    }
    start();
}

void world::step() {
    clock_ += static_cast<std::int64_t>(chance_.below(50));
    const std::uint64_t what = chance_.below(1'000);
    if (what < 40) {
        connect();
    } else if (what < 400) {
        somebody_types();
    } else if (what < 415) {
        somebody_leaves();
    } else if (what < 600) {
        server_->apply(1 + chance_.below(20), now().wall);
    } else if (what < 750) {
        commit();
    } else if (what < 970) {
        thread_turn();
    } else if (what < 980) {
        clock_ += 1'000 * static_cast<std::int64_t>(chance_.below(100));
    } else if (what < 985) {
        if (const base::result<bool> done = server_->storage->tidy(); !done) {
            crash();
        }
    } else if (what < 987) {
        server_->line.push_back({{}, 0, chat::command{chat::sweep{now().wall}}});
    } else if (what < 992) {
        trouble_for_the_disk();
    } else if (what < 994) {
        crash();
    } else {
        keep_order();
    }
}

void world::connect() {
    std::size_t count = 0;
    for (const auto& thread : server_->threads) {
        count += thread->clients.size();
    }
    if (count >= clients_max) {
        return;
    }
    client& made = server_->connect(chance_.below(server::thread_count), now());
    const std::string wanted = chance_.any(capabilities);
    if (!wanted.empty()) {
        made.types("CAP LS 302");
        made.types("CAP REQ :" + wanted);
    }
    made.types(fmt::format("NICK {}", chance_.any(nicknames)));
    made.types("USER sim 0 * :Simulated");
    made.types(fmt::format("NICK {}{}", chance_.any(nicknames), chance_.below(100)));
    if (!wanted.empty()) {
        made.types("CAP END");
    }
    if (chance_.one_in(2)) { // the account of that name, or makes it
        const std::string who = chance_.any(nicknames);
        made.types("NICK " + who);
        made.types(fmt::format("PRIVMSG NickServ :IDENTIFY {} x", who));
        made.types("PRIVMSG NickServ :REGISTER x");
    }
    made.types("JOIN #lobby");
    made.types(fmt::format("JOIN {}", chance_.any(rooms)));
}

std::string world::any_line() {
    const std::string room = chance_.any(rooms);
    const std::string who = chance_.any(nicknames);
    switch (chance_.below(23)) {
    case 19:
    case 20: return any_line_of_an_account(room, who);
    case 21: return any_other_name(room);
    case 22: return chance_.one_in(2) ? "UNINVITE " + who + " " + room : "INVITE " + room;
    case 0: return "JOIN " + room;
    case 1: return "PART " + room + " :hasta luego";
    case 2: return fmt::format("TOPIC {} :tema {}", room, ++texts_);
    case 3: return fmt::format("MODE {} {}", room, chance_.any(modes));
    case 4: return fmt::format("NICK {}", who);
    case 5: return chance_.one_in(2) ? "AWAY :comiendo" : "AWAY";
    case 6: return fmt::format("INVITE {} {}", who, room);
    case 7: return fmt::format("KICK {} {} :fuera", room, who);
    case 8: return fmt::format("PRIVMSG {} :privado {}", who, ++texts_);
    case 9: return "CHATHISTORY LATEST " + room + " * 10";
    case 10: return fmt::format("@label=x{} NAMES {}", texts_, room);
    case 11: return fmt::format("SILENCE {}{}", chance_.one_in(2) ? '+' : '-', who);
    case 12: return fmt::format("REPORT {} :molesta {}", who, ++texts_);
    case 13: return fmt::format("TAGMSG {}", room);
    default:
        return fmt::format("PRIVMSG {} :mensaje {} {}", room, ++texts_,
                           std::string(chance_.below(200), 'x'));
    }
}

// There and back again.
std::string world::any_other_name(const std::string& room) {
    const std::string other = fmt::format("#sala{}", chance_.below(3));
    return chance_.one_in(2) ? fmt::format("RENAME {} {} :otro nombre", room, other)
                             : fmt::format("RENAME {} {}", other, room);
}

std::string world::any_line_of_an_account(const std::string& room, const std::string& who) {
    switch (chance_.below(10)) {
    case 0:
    case 1: return "PRIVMSG NickServ :REGISTER x";
    case 2:
    case 3: return fmt::format("PRIVMSG NickServ :IDENTIFY {} x", who);
    case 4: return "PRIVMSG ChanServ :REGISTER " + room;
    case 5: return fmt::format("ACCESS {} TRANSFER {}", room, who);
    case 6: return fmt::format("ACCESS {} DEL {}", room, who);
    case 7: return chance_.one_in(4) ? "PRIVMSG NickServ :DROP x" : "ACCESS " + room;
    default: return fmt::format("ACCESS {} ADD {} {}", room, who, chance_.any(roles));
    }
}

// What the one operator does, who has no client: her session is the heart's alone.
chat::command world::any_measure() {
    const std::string network = fmt::format("10.0.0.{}", chance_.below(5));
    chat::sanction_target whom{
        chat::sanction_target::kind::network, {}, *base::parse_network(network)};
    if (chance_.one_in(2)) {
        whom = {chat::sanction_target::kind::nickname,
                *base::make_nickname(chance_.any(nicknames)),
                {}};
    }
    const auto kind = chance_.one_in(3) ? chat::sanction_kind::ban : chat::sanction_kind::mute;
    const std::string word = fmt::format("palabra{}", chance_.below(2));
    switch (chance_.below(10)) {
    case 0: return chat::lift{kind, std::move(whom)};
    case 8: return chat::remove_word{word, word};
    case 9:
        return chat::add_word{word, word, chat::word_action::mute,
                              std::chrono::seconds{1 + chance_.below(60)}};
    case 1: return chat::announce{fmt::format("aviso {}", ++texts_)};
    case 2: return chat::close_report{{1 + chance_.below(5)}, {}};
    default:
        return chat::impose{kind, std::move(whom), std::chrono::seconds{1 + chance_.below(60)},
                            "orden"};
    }
}

void world::keep_order() {
    const base::name judge = *base::make_nickname("juez");
    const chat::session_id hers{0, 0, 7};
    const chat::restored now_there = server_->heart.lasting_state();
    if (now_there.rights.empty()) {
        server_->line.push_back({hers, 0, chat::command{chat::register_account{judge, {}, {}}}});
        server_->line.push_back(
            {{}, 0, chat::command{chat::set_rights{judge, chat::rights().set(), {}}}});
        return;
    }
    chat::connect comes;
    comes.nickname = judge;
    comes.user = "juez";
    comes.host = comes.address = "10.0.0.9";
    comes.as = chat::proof{now_there.rights.front().account, 1};
    server_->line.push_back({hers, 0, chat::command{comes}});
    server_->line.push_back({hers, 0, any_measure()});
    const chat::rights some(chance_.below(256));
    const bool gives = chance_.one_in(3);
    server_->line.push_back({{},
                             0,
                             chat::command{chat::set_rights{
                                 judge, gives ? some : chat::rights{},
                                 gives ? chat::rights{} : some & chat::rights(chance_.below(4))}}});
}

void world::somebody_types() {
    thread& on = *server_->threads[chance_.below(server::thread_count)];
    if (on.clients.empty()) {
        return;
    }
    client& who = *on.clients[chance_.below(on.clients.size())];
    if (chance_.one_in(50)) { // she wanted to say one of the operator's words, and her door saw it
        const chat::word_id which{1 + chance_.below(4)};
        server_->line.push_back(
            {who.id(), 0, chat::command{chat::meet_word{{which, "#lobby", "palabra"}}}});
    } else {
        who.types(any_line());
    }
}

void world::somebody_leaves() {
    const std::size_t index = chance_.below(server::thread_count);
    thread& on = *server_->threads[index];
    if (!on.clients.empty() && chance_.one_in(3)) {
        server_->disconnect(index, chance_.below(on.clients.size()), "gone");
    }
}

void world::commit() {
    const std::size_t count = 1 + chance_.below(5);
    if (options_.broken == sabotage::show_before_commit && !server_->uncommitted.empty()) {
        server_->hand_out(server_->uncommitted.back());
    }
    base::result<std::vector<step_record>> durable = server_->commit(count);
    if (durable) {
        found(witness_.committed(*durable));
        if (options_.broken == sabotage::forget_a_commit && chance_.one_in(50)) {
            found(witness_.committed(*durable));
        }
        return;
    }
    ++report_.refused_commits;
    const std::size_t failed = std::min(count, server_->uncommitted.size());
    for (std::size_t i = 0; i < failed; ++i) {
        cut_short_.push_back(server_->uncommitted[i]);
    }
    crash();
}

void world::thread_turn() {
    const std::size_t index = chance_.below(server::thread_count);
    thread& on = *server_->threads[index];
    server_->turn(on, now());
    for (std::size_t i = on.clients.size(); i-- > 0;) {
        if (on.clients[i]->closed) {
            server_->disconnect(index, i, "closed");
        }
    }
}

void world::trouble_for_the_disk() {
    switch (chance_.below(5)) {
    case 0: disk_.die_after(1 + static_cast<std::uint32_t>(chance_.below(30))); break;
    case 1: disk_.fail_after(1 + static_cast<std::uint32_t>(chance_.below(30))); break;
    case 2: disk_.limit_space(chance_.below(2 * server::space_reserve)); break;
    default: disk_.limit_space(std::nullopt); break;
    }
}

// Everybody tells the witness what she was shown, and now and then the hearts are compared.
void world::look() {
    if (!server_ || report_.wrong) {
        return;
    }
    for (const auto& thread : server_->threads) {
        for (const auto& one : thread->clients) {
            found(witness_.shown(one->seen));
            one->seen.clear();
            found(one->wrong);
        }
    }
    if (server_->uncommitted.empty() && chance_.one_in(20)) {
        found(witness_.same_as_replayed(server_->heart));
        found(witness::rooms_are_somebodys(server_->heart.lasting_state()));
    }
    if (chance_.one_in(500) && !disk_.dead()) {
        found(witness_.history_is_whole(*server_->reader));
    }
}

} // namespace

world_report run_world(const world_options& options) { return world(options).run(); }

} // namespace tertulia::sim
