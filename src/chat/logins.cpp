// SPDX-License-Identifier: Apache-2.0
// Browsers that stay logged in.
#include "chat/application.hpp"

namespace tertulia::chat {

void application::operator()(const open_login& wish) {
    if (proved(wish.as) != nullptr) {
        emit(nobody{}, login_saved{login_change::opened, wish.as, wish.key, wish.browser});
    }
}

void application::operator()(const close_login& wish) {
    emit(nobody{}, login_saved{login_change::closed, {}, wish.key});
}

} // namespace tertulia::chat
