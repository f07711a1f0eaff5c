// SPDX-License-Identifier: Apache-2.0
#include "server/server.hpp"

#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

using namespace tertulia;
using namespace tertulia::server;
using tests::temporary_folder;

namespace {

// Settings for a server on ports that the system picks.
config quiet(const temporary_folder& in) {
    config made;
    made.data = in.file("data");
    made.listen = {{"irc", "127.0.0.1", 0}, {"ircs", "127.0.0.1", 0}};
    made.threads = 1;
    return made;
}

std::unique_ptr<tertulia::server::server> started(const config& with) {
    auto made = tertulia::server::server::start(with, rate_limits::on);
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().sentence));
    return std::move(*made);
}

std::string refusal(const config& with) {
    const auto made = tertulia::server::server::start(with, rate_limits::on);
    return made ? "no refusal" : made.error().sentence;
}

} // namespace

TEST_CASE("a server tells the ports that the system picked") {
    const temporary_folder in;
    const auto running = started(quiet(in));
    const auto listeners = running->listeners();
    REQUIRE(listeners.size() == 2);
    CHECK(listeners[0].port != 0);
    CHECK(listeners[1].scheme == "ircs");
    CHECK(listeners[1].port != listeners[0].port);
    running->stop();
}

TEST_CASE("the certificate that was made at the first start is there at the next") {
    const temporary_folder in;
    const auto fingerprints = [&in] {
        const auto running = started(quiet(in));
        running->stop();
        return running->fingerprints();
    };
    const auto first = fingerprints();
    CHECK(first.size() == 1);
    CHECK(fingerprints() == first);
}

TEST_CASE("a port that is taken is refused, and the data folder free again") {
    const temporary_folder one;
    const temporary_folder other;
    const auto running = started(quiet(one));
    config with = quiet(other);
    with.listen = {running->listeners()[0]};
    const std::string sentence = refusal(with);
    CHECK_MESSAGE(sentence.find("the port is in use by another program") != std::string::npos,
                  sentence);
    started(quiet(other))->stop();
    running->stop();
}

TEST_CASE("a certificate that is not there is refused") {
    const temporary_folder in;
    config with = quiet(in);
    with.listen = {{"ircs", "127.0.0.1", 0, in.file("c.pem"), in.file("k.pem")}};
    CHECK_MESSAGE(refusal(with).find(in.file("c.pem")) != std::string::npos, refusal(with));
}

TEST_CASE("a reload that cannot be done says why and stops nothing") {
    const temporary_folder in;
    const auto running = started(quiet(in));
    config next = quiet(in);
    next.motd_file = in.file("none");
    CHECK(running->reload(next).error().sentence ==
          "The message of the day, " + next.motd_file +
              ", cannot be read: No such file or directory.");
    CHECK(running->reload(quiet(in)).has_value());
    running->stop();
}
