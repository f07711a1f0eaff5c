// SPDX-License-Identifier: Apache-2.0
#include "media/sandbox.hpp"

#include "base/file_limits.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace tertulia::media {
namespace {

namespace limits = base::limits;

// A sanitizer keeps terabytes of addresses and calls what it likes.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif
#else
constexpr bool is_sanitized = false;
#endif

bool limit(decltype(RLIMIT_CORE) what, rlim_t most) {
    const rlimit wish{most, most};
    return setrlimit(what, &wish) == 0;
}

// Memory, the two pipes, threads of this process (libde265 has one), the end. Anything else is
// answered with "not permitted".
constexpr std::array allowed{SCMP_SYS(read),
                             SCMP_SYS(write),
                             SCMP_SYS(brk),
                             SCMP_SYS(mmap),
                             SCMP_SYS(mmap2),
                             SCMP_SYS(munmap),
                             SCMP_SYS(mremap),
                             SCMP_SYS(mprotect),
                             SCMP_SYS(madvise),
                             SCMP_SYS(futex),
                             SCMP_SYS(exit),
                             SCMP_SYS(exit_group),
                             SCMP_SYS(rt_sigreturn),
                             SCMP_SYS(rt_sigprocmask),
                             SCMP_SYS(rt_sigaction),
                             SCMP_SYS(clock_gettime),
                             SCMP_SYS(gettid),
                             SCMP_SYS(getpid),
                             SCMP_SYS(set_robust_list),
                             SCMP_SYS(rseq),
                             SCMP_SYS(sched_yield),
                             SCMP_SYS(sched_getaffinity),
                             SCMP_SYS(getrandom),
                             SCMP_SYS(restart_syscall)};

bool filter_calls() {
    const std::unique_ptr<void, decltype(&seccomp_release)> filter(
        seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release);
    if (!filter) {
        return false;
    }
    int failed = 0;
    for (const int call : allowed) {
        failed |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0);
    }
    // Threads, but no processes. The newer call hides its flags from filters: glibc then takes the
    // older one.
    failed |= seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    const scmp_arg_cmp is_thread{0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD};
    failed |= seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, &is_thread);
    return failed == 0 && seccomp_load(filter.get()) == 0;
}

} // namespace

bool enter_sandbox() {
    const bool without_rights =
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
    const bool limited = limit(RLIMIT_CPU, limits::picture_seconds_max) && limit(RLIMIT_CORE, 0) &&
                         limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 3) &&
                         (is_sanitized || limit(RLIMIT_AS, limits::picture_memory_max));
    return without_rights && limited && (is_sanitized || filter_calls());
}

} // namespace tertulia::media
