// SPDX-License-Identifier: Apache-2.0
#include "media/worker.hpp"

#include "base/file_limits.hpp"
#include "base/journal.hpp"
#include "media/sandbox.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <limits>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace tertulia::media {
namespace {

namespace limits = base::limits;

constexpr std::size_t piece_size = 64U << 10U;
constexpr int exit_without_sandbox = 2;
constexpr std::string_view mark = "tertulia picture 1\n";

// Appends what is there, at most a piece. False at the end or where it fails.
bool read_piece(int from, std::string& into) {
    std::array<char, piece_size> piece;
    const ssize_t got = read(from, piece.data(), piece.size());
    if (got > 0) {
        into.append(piece.data(), static_cast<std::size_t>(got));
    }
    return got > 0 || (got < 0 && errno == EINTR);
}

bool write_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = write(to, bytes.data(), bytes.size());
        if (put < 0 && errno != EINTR) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(put, 0)));
    }
    return true;
}

void put_number(std::string& into, std::uint64_t number) {
    for (unsigned place = 0; place < 8; ++place) {
        into += static_cast<char>(number >> (place * 8) & 0xFFU);
    }
}

std::uint64_t take_number(std::string_view& from) {
    std::uint64_t made = 0;
    for (unsigned place = 0; place < 8; ++place) {
        made |= std::uint64_t{static_cast<unsigned char>(from[place])} << (place * 8);
    }
    from.remove_prefix(8);
    return made;
}

// A descriptor that is closed when it goes.
class handle {
public:
    handle() = default;
    explicit handle(int of) : of_(of) {}
    ~handle() { close(); }
    handle(const handle&) = delete;
    handle& operator=(const handle&) = delete;
    void close() {
        if (of_ >= 0) {
            ::close(std::exchange(of_, -1));
        }
    }
    [[nodiscard]] int get() const { return of_; }

private:
    int of_ = -1;
};

pid_t start_child(const std::string& program, int input, int output) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    std::string name = program;
    std::string word = worker_word;
    char* const words[] = {name.data(), word.data(), nullptr};
    char* const nothing[] = {nullptr};
    pid_t child = -1;
    const int failed = posix_spawn(&child, program.c_str(), &actions, nullptr, words, nothing);
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0 ? child : -1;
}

// The system did not allow it its sandbox: that is no fault of the picture.
bool was_kept_out(int state) {
    return WIFEXITED(state) ? WEXITSTATUS(state) == exit_without_sandbox
                            : WIFSIGNALED(state) && WTERMSIG(state) == SIGSYS;
}

// All that the child says, for as long as it may live and as much as it may have to say. A stop
// ends the child, and so what it says.
std::string listen_to(int pipe, pid_t child, const std::stop_token& stop) {
    const std::stop_callback no_longer(stop, [child] { kill(child, SIGKILL); });
    using clock = std::chrono::steady_clock;
    const auto until = clock::now() + std::chrono::seconds(limits::picture_seconds_max);
    std::string said;
    while (said.size() <= limits::picture_made_size_max) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - clock::now()).count();
        pollfd wait{pipe, POLLIN, 0};
        const int ready = left <= 0 ? 0 : poll(&wait, 1, static_cast<int>(left));
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        if (ready <= 0 || !read_piece(pipe, said)) {
            break;
        }
    }
    return said;
}

} // namespace

std::string to_bytes(const picture& of) {
    std::string made(mark);
    for (const std::uint64_t number :
         {static_cast<std::uint64_t>(of.as), std::uint64_t{of.size.width},
          std::uint64_t{of.size.height}, std::uint64_t{of.content.size()},
          std::uint64_t{of.thumbnail.size()}}) {
        put_number(made, number);
    }
    return made + of.content + of.thumbnail;
}

std::optional<picture> from_bytes(std::string_view bytes) {
    constexpr std::size_t numbers_size = 5 * 8;
    if (!bytes.starts_with(mark) || bytes.size() < mark.size() + numbers_size) {
        return std::nullopt;
    }
    bytes.remove_prefix(mark.size());
    const std::uint64_t as = take_number(bytes);
    const std::uint64_t width = take_number(bytes);
    const std::uint64_t height = take_number(bytes);
    const std::uint64_t content = take_number(bytes);
    const std::uint64_t thumbnail = take_number(bytes);
    if (as == 0 || as >= static_cast<std::uint64_t>(kind::heic) || content == 0 ||
        content > bytes.size() || bytes.size() - content != thumbnail ||
        width > limits::picture_edge_max || height > limits::picture_edge_max) {
        return std::nullopt;
    }
    return picture{static_cast<kind>(as),
                   {static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)},
                   std::string(bytes.substr(0, content)),
                   std::string(bytes.substr(content))};
}

int run_worker() {
    if (!enter_sandbox()) {
        return exit_without_sandbox;
    }
    std::string bytes;
    while (bytes.size() <= limits::picture_size_max && read_piece(STDIN_FILENO, bytes)) {}
    const auto made = bytes.size() <= limits::picture_size_max ? prepared(bytes) : std::nullopt;
    return made && write_all(STDOUT_FILENO, to_bytes(*made)) ? 0 : 1;
}

std::expected<picture, picture_failure> prepare_in_child(const std::string& program, int descriptor,
                                                         const std::stop_token& stop) {
    int ends[2];
    if (stop.stop_requested() || lseek(descriptor, 0, SEEK_SET) != 0 ||
        pipe2(ends, O_CLOEXEC) != 0) {
        return std::unexpected(picture_failure::unavailable);
    }
    const handle ours(ends[0]);
    handle theirs(ends[1]);
    const pid_t child = start_child(program, descriptor, theirs.get());
    theirs.close();
    if (child < 0) {
        return std::unexpected(picture_failure::unavailable);
    }
    const std::string said = listen_to(ours.get(), child, stop);
    kill(child, SIGKILL); // where it has not ended by itself, it is over time
    int state = 0;
    while (waitpid(child, &state, 0) < 0 && errno == EINTR) {}
    if (was_kept_out(state)) {
        base::journal::warn("Pictures cannot be looked at: the process that reads them is not "
                            "allowed its sandbox (seccomp). Under systemd, SystemCallFilter must "
                            "allow it.");
        return std::unexpected(picture_failure::unavailable);
    }
    if (stop.stop_requested()) {
        return std::unexpected(picture_failure::unavailable);
    }
    auto made = from_bytes(said);
    return made ? std::expected<picture, picture_failure>(std::move(*made))
                : std::unexpected(picture_failure::unreadable);
}

} // namespace tertulia::media
