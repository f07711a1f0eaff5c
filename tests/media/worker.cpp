// SPDX-License-Identifier: Apache-2.0
#include "media/worker.hpp"

#include "media/pictures.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <random>
#include <stop_token>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

using namespace tertulia::media;
using namespace tertulia::media::tests;

namespace {

struct file {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> on{std::tmpfile(), &std::fclose};
    explicit file(std::string_view bytes) {
        std::fwrite(bytes.data(), 1, bytes.size(), on.get());
        std::fflush(on.get());
    }
    [[nodiscard]] int descriptor() const { return fileno(on.get()); }
};

} // namespace

TEST_CASE("a child prepares every kind of picture, in its sandbox") {
    const bitmap seen = corner({300, 200});
    for (const std::string& one :
         {with_exif(jpeg_of(seen), 1), with_exif(jpeg_of(seen), 3), write_png(seen),
          write_webp(seen, fidelity::photograph), heic_of(seen)}) {
        CAPTURE(static_cast<int>(kind_of(one)));
        const auto made = prepare_in_child(PICTURE_CHILD, file(one).descriptor());
        REQUIRE(made.has_value());
        CHECK(made->size == measure{300, 200});
        CHECK_FALSE(made->content.empty());
        CHECK(kind_of(made->thumbnail) == kind::webp);
    }
}

TEST_CASE("a child says so when a picture cannot be read") {
    for (const std::string_view one : {""sv, "\xff\xd8\xff\xe0"sv, "hello"sv}) {
        const auto made = prepare_in_child(PICTURE_CHILD, file(one).descriptor());
        REQUIRE_FALSE(made.has_value());
        CHECK(made.error() == picture_failure::unreadable);
    }
}

TEST_CASE(
    "a HEIC that makes its library run into itself ends the child that reads it, and no more") {
    const auto made = prepare_in_child(PICTURE_CHILD, file(heic_of_itself()).descriptor());
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error() == picture_failure::unreadable);
    CHECK(prepare_in_child(PICTURE_CHILD, file(heic_of(corner({64, 64}))).descriptor()));
}

TEST_CASE("a broken HEIC is a picture that we bear or none, whatever its library makes of it") {
    const std::string whole = heic_of(corner({64, 64}));
    std::minstd_rand chance(20'261'130);
    constexpr int tries = 64;
    for (int one = 0; one < tries; ++one) {
        CAPTURE(one);
        std::string broken = whole;
        for (int change = 0; change < 4; ++change) {
            broken[chance() % broken.size()] = static_cast<char>(chance());
        }
        const auto made = prepare_in_child(PICTURE_CHILD, file(broken).descriptor());
        CHECK((made ? is_bearable(made->size) && kind_of(made->content) == made->as
                    : made.error() == picture_failure::unreadable));
    }
}

TEST_CASE("a child that talks without end is not listened to without end") {
    rusage before{};
    getrusage(RUSAGE_SELF, &before);
    const auto made = prepare_in_child("/usr/bin/yes", file("GIF89a").descriptor());
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error() == picture_failure::unreadable);
    rusage after{};
    getrusage(RUSAGE_SELF, &after);
    constexpr long kibibytes_max = 512L << 10U;
    CHECK(after.ru_maxrss - before.ru_maxrss < kibibytes_max);
}

TEST_CASE("a child that nobody waits for any more ends at once") {
    const tertulia::tests::temporary_folder folder;
    const std::string began = folder.file("began");
    REQUIRE(mkfifo(began.c_str(), 0600) == 0);
    const std::string slow =
        folder.write("slow", "#!/bin/sh\necho > " + began + "\nexec sleep 15\n");
    std::filesystem::permissions(slow, std::filesystem::perms::owner_all);
    const file picture("GIF89a");
    std::stop_source stop;
    const auto begun = std::chrono::steady_clock::now();
    auto made = std::async(std::launch::async, [&] {
        return prepare_in_child(slow, picture.descriptor(), stop.get_token());
    });
    CHECK(folder.read("began") == "\n"); // waits for it
    stop.request_stop();
    CHECK(made.get().error() == picture_failure::unavailable);
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{10});
    CHECK(prepare_in_child(PICTURE_CHILD, picture.descriptor(), stop.get_token()).error() ==
          picture_failure::unavailable);
}

TEST_CASE("without a child nothing is read") {
    const auto made = prepare_in_child("/nowhere/tertulia", file("GIF89a").descriptor());
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error() == picture_failure::unavailable);
    CHECK(prepare_in_child(PICTURE_CHILD, -1).error() == picture_failure::unavailable);
}

TEST_CASE("a child that is not let into its sandbox says nothing of the picture") {
    const tertulia::tests::temporary_folder here;
    const std::string program = here.file("child");
    const auto ends_with = [&](const std::string& words) {
        std::ofstream(program) << "#!/bin/sh\n" << words << '\n';
        std::filesystem::permissions(program, std::filesystem::perms::owner_all);
        return prepare_in_child(program, file("GIF89a").descriptor()).error();
    };
    CHECK(ends_with("exit 2") == picture_failure::unavailable);
    CHECK(ends_with("kill -SYS $$") == picture_failure::unavailable);
    CHECK(ends_with("exit 1") == picture_failure::unreadable);
    CHECK(ends_with("kill -SEGV $$") == picture_failure::unreadable);
}

TEST_CASE("out of the sandbox there is no way to a file, a network or another process" *
          doctest::skip(std::getenv("ASAN_OPTIONS") != nullptr)) {
    const int state =
        std::system(PICTURE_CHILD " escape"); // NOLINT(cert-env33-c): ours, a constant
    CHECK(WEXITSTATUS(state) == 0);
}

TEST_CASE("a child's words are believed only where they make sense") {
    const picture of{kind::png, {3, 2}, "content", "small"};
    const std::string said = to_bytes(of);
    const auto heard = from_bytes(said);
    REQUIRE(heard.has_value());
    CHECK(heard->content == "content");
    CHECK(heard->thumbnail == "small");
    for (std::size_t size = 0; size < said.size(); ++size) {
        CHECK_FALSE(from_bytes(said.substr(0, size)).has_value());
    }
    CHECK_FALSE(from_bytes(said + "x").has_value());
    CHECK_FALSE(from_bytes(to_bytes({kind::heic, {3, 2}, "content", {}})).has_value());
    CHECK_FALSE(from_bytes(to_bytes({kind::other, {3, 2}, "content", {}})).has_value());
    CHECK_FALSE(from_bytes(to_bytes({kind::png, {99'999, 2}, "content", {}})).has_value());
    CHECK_FALSE(from_bytes(to_bytes({kind::png, {3, 2}, {}, "small"})).has_value());
}
