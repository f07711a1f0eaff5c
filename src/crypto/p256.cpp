// SPDX-License-Identifier: Apache-2.0
#include "crypto/p256.hpp"

#include "base/assert.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

#include <cstddef>
#include <utility>

namespace tertulia::crypto {
namespace {

template <auto release>
struct releaser {
    template <class T>
    void operator()(T* what) const {
        release(what);
    }
};
using number_ptr = std::unique_ptr<BIGNUM, releaser<BN_clear_free>>;
using arithmetic_ptr = std::unique_ptr<BN_CTX, releaser<BN_CTX_free>>;
using group_ptr = std::unique_ptr<EC_GROUP, releaser<EC_GROUP_free>>;
using point_ptr = std::unique_ptr<EC_POINT, releaser<EC_POINT_free>>;
using signature_ptr = std::unique_ptr<ECDSA_SIG, releaser<ECDSA_SIG_free>>;
using builder_ptr = std::unique_ptr<OSSL_PARAM_BLD, releaser<OSSL_PARAM_BLD_free>>;
using parameters_ptr = std::unique_ptr<OSSL_PARAM, releaser<OSSL_PARAM_free>>;
using context_ptr = std::unique_ptr<EVP_PKEY_CTX, releaser<EVP_PKEY_CTX_free>>;
using digest_ptr = std::unique_ptr<EVP_MD_CTX, releaser<EVP_MD_CTX_free>>;
using key_ptr = std::unique_ptr<EVP_PKEY, releaser<EVP_PKEY_free>>;

constexpr std::size_t scalar_size = 32;
constexpr std::size_t point_size = 65;
constexpr char uncompressed = 4;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

group_ptr curve() { return group_ptr(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)); }

number_ptr number_of(std::string_view bytes) {
    return number_ptr(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

// The seed as a number from 1 to the curve's order less 1.
number_ptr scalar_of(std::string_view seed) {
    const group_ptr group = curve();
    const arithmetic_ptr with(BN_CTX_secure_new());
    const number_ptr most(BN_dup(EC_GROUP_get0_order(group.get())));
    number_ptr made = number_of(seed);
    ASSERT(made && most && BN_sub_word(most.get(), 1) == 1 &&
           BN_nnmod(made.get(), made.get(), most.get(), with.get()) == 1 &&
           BN_add_word(made.get(), 1) == 1);
    return made;
}

std::string public_of(const BIGNUM* scalar) {
    const group_ptr group = curve();
    const point_ptr point(EC_POINT_new(group.get()));
    std::string made(point_size, '\0');
    ASSERT(EC_POINT_mul(group.get(), point.get(), scalar, nullptr, nullptr, nullptr) == 1);
    ASSERT(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED,
                              bytes_of(made), made.size(), nullptr) == point_size);
    return made;
}

// A public key alone, or a pair. Nothing where the point is not on the curve.
key_ptr key_of(std::string_view public_key, const BIGNUM* scalar) {
    const builder_ptr builder(OSSL_PARAM_BLD_new());
    ASSERT(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1",
                                           0) == 1);
    ASSERT(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                            public_key.data(), public_key.size()) == 1);
    ASSERT(scalar == nullptr ||
           OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar) == 1);
    const parameters_ptr parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const context_ptr context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    ASSERT(parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1);
    EVP_PKEY* made = nullptr;
    if (EVP_PKEY_fromdata(context.get(), &made,
                          scalar != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY,
                          parameters.get()) != 1) {
        ERR_clear_error();
        return nullptr;
    }
    return key_ptr(made);
}

key_ptr public_key_of(std::string_view bytes) {
    const bool plausible = bytes.size() == point_size && bytes.front() == uncompressed;
    return plausible ? key_of(bytes, nullptr) : nullptr;
}

} // namespace

void p256_key::free_key::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

p256_key::p256_key(std::string_view seed) {
    const number_ptr scalar = scalar_of(seed);
    public_ = public_of(scalar.get());
    key_.reset(key_of(public_, scalar.get()).release());
    ASSERT(key_ != nullptr);
}

p256_key p256_key::of_private(std::string_view bytes) {
    const number_ptr scalar = number_of(bytes);
    p256_key made;
    made.public_ = public_of(scalar.get());
    made.key_.reset(key_of(made.public_, scalar.get()).release());
    ASSERT(made.key_ != nullptr);
    return made;
}

std::optional<std::string> p256_key::agree(std::string_view other) const {
    const key_ptr theirs = public_key_of(other);
    const context_ptr context(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
    std::string made(scalar_size, '\0');
    std::size_t size = made.size();
    if (!theirs || !context || EVP_PKEY_derive_init(context.get()) != 1 ||
        EVP_PKEY_derive_set_peer(context.get(), theirs.get()) != 1 ||
        EVP_PKEY_derive(context.get(), bytes_of(made), &size) != 1 || size != made.size()) {
        ERR_clear_error();
        return std::nullopt;
    }
    return made;
}

std::string p256_key::sign(std::string_view text) const {
    const digest_ptr digest(EVP_MD_CTX_new());
    std::string der(128, '\0');
    std::size_t size = der.size();
    ASSERT(EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1);
    ASSERT(EVP_DigestSign(digest.get(), bytes_of(der), &size, bytes_of(text), text.size()) == 1);
    const unsigned char* at = bytes_of(std::string_view(der));
    const signature_ptr both(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
    std::string made(2 * scalar_size, '\0');
    ASSERT(both != nullptr);
    ASSERT(BN_bn2binpad(ECDSA_SIG_get0_r(both.get()), bytes_of(made), scalar_size) == scalar_size);
    ASSERT(BN_bn2binpad(ECDSA_SIG_get0_s(both.get()), bytes_of(made) + scalar_size, scalar_size) ==
           scalar_size);
    return made;
}

bool is_p256_point(std::string_view bytes) { return public_key_of(bytes) != nullptr; }

bool verify_p256(std::string_view public_key, std::string_view text, std::string_view signature) {
    const key_ptr key = public_key_of(public_key);
    if (!key || signature.size() != 2 * scalar_size) {
        return false;
    }
    const signature_ptr both(ECDSA_SIG_new());
    number_ptr r = number_of(signature.substr(0, scalar_size));
    number_ptr s = number_of(signature.substr(scalar_size));
    ASSERT(ECDSA_SIG_set0(both.get(), r.release(), s.release()) == 1);
    std::string der(128, '\0');
    unsigned char* at = bytes_of(der);
    const int size = i2d_ECDSA_SIG(both.get(), &at);
    const digest_ptr digest(EVP_MD_CTX_new());
    const bool signed_by =
        size > 0 &&
        EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
        EVP_DigestVerify(digest.get(), bytes_of(std::string_view(der)),
                         static_cast<std::size_t>(size), bytes_of(text), text.size()) == 1;
    ERR_clear_error();
    return signed_by;
}

} // namespace tertulia::crypto
