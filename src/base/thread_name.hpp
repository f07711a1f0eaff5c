// SPDX-License-Identifier: Apache-2.0
// What an operator sees of a thread in `top -H`, and a developer in a profile.
#pragma once

#include <pthread.h>

namespace tertulia::base {

// At most 15 characters; a longer name is not taken.
inline void name_this_thread(const char* name) { ::pthread_setname_np(::pthread_self(), name); }

} // namespace tertulia::base
