// SPDX-License-Identifier: Apache-2.0
// The one place that compiles doctest's runner.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
