// SPDX-License-Identifier: Apache-2.0
// Many IRC clients of any server on one thread: they register, join their rooms, answer pings, and
// pass on what they hear. As cheap as can be, so that the server stays the bottleneck: one epoll,
// one buffer for reading, lines found with memchr and not parsed. A crowd lives on one thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::bench {

enum class carrier : std::uint8_t { tcp, websocket }; // text.ircv3.net: a line is a message

struct endpoint {
    std::string host = "127.0.0.1"; // numeric IPv4
    std::uint16_t port = 6667;
    carrier over = carrier::tcp;
};

// What a scenario learns of its crowd.
class ears {
public:
    virtual ~ears() = default;
    // A line, without CR LF, that reaches a member who is ready; not pings.
    virtual void hear(std::size_t who, std::string_view line) = 0;
    // Registered, in all its rooms, and behind what the server says by itself on a join.
    virtual void arrive(std::size_t) {}
    // The server closed the connection, with its ERROR, if any. By default nobody expects that, and
    // it throws.
    virtual void leave(std::size_t who, std::string_view error);
};

// Of those whose words do not matter.
class silence final : public ears {
public:
    void hear(std::size_t /*who*/, std::string_view /*line*/) override {}
};

struct newcomer {
    std::string name;
    std::vector<std::string> rooms;
};

class crowd {
public:
    crowd(endpoint server, ears& scenario);
    ~crowd();
    crowd(const crowd&) = delete;
    crowd& operator=(const crowd&) = delete;

    // Connects one more and returns its number: 0, 1, 2, …
    std::size_t invite(newcomer who);
    // Connects them all, a few at a time, and waits until they have arrived; throws when that lasts
    // longer than `patience`.
    void gather(const std::vector<newcomer>& all, std::chrono::seconds patience);

    // The line leaves at the end of the turn, in one write with all others of this member.
    void say(std::size_t who, std::string_view line);

    // Waits for something to hear, for at most `patience`, then hears and says all there is.
    void turn(std::chrono::milliseconds patience);

    // The server granted echo-message to this member.
    [[nodiscard]] bool has_echo(std::size_t who) const { return members_[who].echo; }

private:
    enum class stage : std::uint8_t { registering, joining, ready, gone };
    struct member {
        int socket = -1;
        stage at = stage::registering;
        bool echo = false;
        bool speaking = false; // listed in speakers_
        std::string name;
        std::vector<std::string> rooms;
        std::string unfinished; // the beginning of a line or of a frame
        std::string unsent;
        std::string error; // the server's last word
    };

    void read(std::size_t who);
    void hear_chunk(std::size_t who, std::string_view chunk);
    void hear_frames(std::size_t who, std::string_view chunk);
    void hear_line(std::size_t who, std::string_view line);
    void greet(std::size_t who, std::string_view line);
    void join(std::size_t who);
    void arrive(std::size_t who);
    void flush(std::size_t who);
    void watch(std::size_t who, bool writing) const;
    void depart(std::size_t who);

    endpoint server_;
    ears& scenario_;
    int epoll_;
    std::size_t arrived_ = 0;
    std::vector<member> members_;
    std::vector<std::size_t> speakers_;
    std::vector<char> buffer_;
};

} // namespace tertulia::bench
