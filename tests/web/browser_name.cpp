// SPDX-License-Identifier: Apache-2.0
#include "web/browser_name.hpp"

#include <doctest/doctest.h>

using namespace tertulia;

TEST_CASE("a browser is called by its own name, not by those it wants to be taken for") {
    CHECK(web::browser_name("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 "
                            "Firefox/128.0") == "Firefox, Linux");
    CHECK(web::browser_name("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, "
                            "like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0") ==
          "Edge, Windows");
    CHECK(web::browser_name("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like "
                            "Gecko) Chrome/126.0.0.0 Mobile Safari/537.36") == "Chrome, Android");
    CHECK(web::browser_name("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) "
                            "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 "
                            "Safari/604.1") == "Safari, iPhone");
    CHECK(web::browser_name("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
                            "(KHTML, like Gecko) Version/17.5 Safari/605.1.15") == "Safari, macOS");
}

TEST_CASE("a browser that says nothing known has no name") {
    CHECK(web::browser_name("").empty());
    CHECK(web::browser_name("curl/7.88.1").empty());
    CHECK(web::browser_name("<script>alert(1)</script> Firefox/\"") == "Firefox");
}
