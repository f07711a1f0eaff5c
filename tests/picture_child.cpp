// SPDX-License-Identifier: Apache-2.0
// The child in which tests of media have pictures read; and one that misbehaves, by its name.
#include "media/sandbox.hpp"
#include "media/worker.hpp"

#include <cstdio>
#include <exception>
#include <fcntl.h>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

int main(int /*count*/, char** words) {
    try {
        if (std::string_view(words[1]) == "escape") {
            if (!tertulia::media::enter_sandbox()) {
                return 2;
            }
            const bool out = open("/etc/passwd", O_RDONLY) >= 0 ||
                             open("/tmp/escaped", O_CREAT | O_WRONLY, 0600) >= 0 ||
                             socket(AF_INET, SOCK_STREAM, 0) >= 0 || fork() >= 0;
            return out ? 1 : 0;
        }
        return tertulia::media::run_worker();
    } catch (const std::exception&) {
        return 1;
    }
}
