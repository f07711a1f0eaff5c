// SPDX-License-Identifier: Apache-2.0
#include "base/password_text.hpp"

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"

#include <unicode/unistr.h>
#include <unicode/usprep.h>

#include <cstdint>
#include <memory>
#include <optional>

namespace tertulia::base {
namespace {

// UAX #15: the longest that NFKC makes of one UTF-16 unit (U+FDFA).
constexpr std::int32_t growth_max = 18;

struct profile_closer {
    void operator()(UStringPrepProfile* open) const { usprep_close(open); }
};

// Immutable once open, so safe from any thread.
const UStringPrepProfile* sasl_profile() {
    static const std::unique_ptr<UStringPrepProfile, profile_closer> open = [] {
        UErrorCode status = U_ZERO_ERROR;
        UStringPrepProfile* const made = usprep_openByType(USPREP_RFC4013_SASLPREP, &status);
        ASSERT(U_SUCCESS(status));
        return std::unique_ptr<UStringPrepProfile, profile_closer>(made);
    }();
    return open.get();
}

std::optional<std::string> by_profile(std::string_view typed) {
    const auto text = icu::UnicodeString::fromUTF8(
        icu::StringPiece(typed.data(), static_cast<std::int32_t>(typed.size())));
    icu::UnicodeString made;
    const std::int32_t room = text.length() * growth_max;
    char16_t* const buffer = made.getBuffer(room);
    ASSERT(buffer != nullptr);
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t length = usprep_prepare(sasl_profile(), text.getBuffer(), text.length(),
                                               buffer, room, USPREP_DEFAULT, nullptr, &status);
    made.releaseBuffer(U_SUCCESS(status) ? length : 0);
    if (U_FAILURE(status) || made.isEmpty()) {
        return std::nullopt;
    }
    std::string prepared;
    return made.toUTF8String(prepared);
}

} // namespace

std::expected<std::string, password_fault> prepared_password(std::string_view typed) {
    if (typed.empty()) {
        return std::unexpected(password_fault::empty);
    }
    if (typed.size() > limits::password_size_max) {
        return std::unexpected(password_fault::too_long);
    }
    if (!valid_utf8(typed)) {
        return std::unexpected(password_fault::not_utf8);
    }
    return by_profile(typed).value_or(std::string(typed));
}

} // namespace tertulia::base
