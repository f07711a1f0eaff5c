// SPDX-License-Identifier: Apache-2.0
// Lines of "key value"; a file is written anew beside the old one and renamed.
#include "terminal/keepsakes.hpp"

#include "base/base64.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

namespace tertulia::terminal {
namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// The value of a key, and the text without its lines.
std::string take(std::string& text, std::string_view key) {
    std::string value;
    std::string kept;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (line.starts_with(key) && line.size() > key.size() && line[key.size()] == ' ') {
            value = line.substr(key.size() + 1);
        } else {
            kept += fmt::format("{}\n", line);
        }
    }
    text = kept;
    return value;
}

base::result<void> write_file(const std::string& path, std::string_view bytes) {
    const std::string unfinished = path + ".new";
    ::unlink(unfinished.c_str());
    const int file =
        ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const bool written =
        file >= 0 &&
        ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
        ::fsync(file) == 0;
    const bool closed = file >= 0 && ::close(file) == 0;
    if (!written || !closed || ::rename(unfinished.c_str(), path.c_str()) != 0) {
        return base::failure(fmt::format("{}: {}", path, std::strerror(errno)));
    }
    return {};
}

std::string password_key(std::string_view server, std::string_view account) {
    return fmt::format("{} {}", server, base::to_base64(base::fold_mask(account)));
}

} // namespace

std::string keepsakes::known_server(std::string_view server) const {
    std::string text = read_file(known_servers_file());
    return take(text, server);
}

base::result<void> keepsakes::know_server(std::string_view server, std::string_view fingerprint) {
    return replace(known_servers_file(), server, fingerprint);
}

std::string keepsakes::password(std::string_view server, std::string_view account) const {
    struct stat of{};
    const bool ours_alone = ::stat(passwords_file().c_str(), &of) == 0 &&
                            (of.st_mode & (S_IRWXG | S_IRWXO)) == 0 && of.st_uid == ::geteuid();
    if (!ours_alone) {
        return ""; // others may have read it, or written it
    }
    std::string text = read_file(passwords_file());
    return base::from_base64(take(text, password_key(server, account))).value_or("");
}

base::result<void> keepsakes::keep_password(std::string_view server, std::string_view account,
                                            std::string_view password) {
    return replace(passwords_file(), password_key(server, account), base::to_base64(password));
}

base::result<void> keepsakes::forget_password(std::string_view server, std::string_view account) {
    if (password(server, account).empty()) {
        return {};
    }
    return replace(passwords_file(), password_key(server, account), "");
}

base::result<void> keepsakes::replace(const std::string& file, std::string_view key,
                                      std::string_view value) const {
    std::error_code fault;
    std::filesystem::create_directories(folder_, fault);
    ::chmod(folder_.c_str(), S_IRWXU);
    std::string text = read_file(file);
    take(text, key);
    if (!value.empty()) {
        text += fmt::format("{} {}\n", key, value);
    }
    return write_file(file, text);
}

std::string keepsakes::usual_folder() {
    const char* const configured = std::getenv("XDG_CONFIG_HOME");
    const char* const home = std::getenv("HOME");
    if (configured != nullptr && *configured == '/') {
        return fmt::format("{}/tertulia", configured);
    }
    return fmt::format("{}/.config/tertulia", home != nullptr ? home : ".");
}

} // namespace tertulia::terminal
