// SPDX-License-Identifier: Apache-2.0
#include "terminal/links.hpp"

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace tertulia::terminal {

// The browser is the child of a child that ends at once, so that nobody has to wait for it.
void show_link(const std::string& url) {
    if (!url.starts_with("https://") && !url.starts_with("http://")) {
        return;
    }
    const char* const chosen = std::getenv("BROWSER");
    const bool has_screen =
        std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
    if (chosen == nullptr && !has_screen) {
        return;
    }
    std::string opener = chosen != nullptr ? chosen : "xdg-open";
    std::string link = url;
    posix_spawn_file_actions_t quiet{};
    posix_spawn_file_actions_init(&quiet);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        posix_spawn_file_actions_addopen(&quiet, stream, "/dev/null", O_RDWR, 0);
    }
    std::string shell = "sh";
    std::string option = "-c";
    std::string script = "\"$0\" \"$1\" &"; // both are words of their own, never read as script
    const std::array<char*, 6> words{shell.data(),  option.data(), script.data(),
                                     opener.data(), link.data(),   nullptr};
    pid_t child = 0;
    if (::posix_spawnp(&child, "sh", &quiet, nullptr, words.data(), environ) == 0) {
        int status = 0;
        (void)::waitpid(child, &status, 0);
    }
    posix_spawn_file_actions_destroy(&quiet);
}

} // namespace tertulia::terminal
