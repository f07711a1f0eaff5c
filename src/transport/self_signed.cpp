// SPDX-License-Identifier: Apache-2.0
#include "transport/self_signed.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <span>
#include <unistd.h>

namespace tertulia::transport {
namespace {

template <auto release>
struct releaser {
    template <class T>
    void operator()(T* what) const {
        release(what);
    }
};
using key_ptr = std::unique_ptr<EVP_PKEY, releaser<EVP_PKEY_free>>;
using certificate_ptr = std::unique_ptr<X509, releaser<X509_free>>;
using bio_ptr = std::unique_ptr<BIO, releaser<BIO_free>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, releaser<X509_EXTENSION_free>>;

constexpr long lifetime_s = 10L * 365 * 24 * 60 * 60;

// RFC 5280, 4.1.2.2: positive and at most 20 bytes.
bool set_serial(X509* certificate) {
    std::uint64_t serial = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) {
        return false;
    }
    return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial | 1U) == 1;
}

bool add_name(X509* certificate, const std::string& server_name) {
    X509_NAME* const subject = X509_get_subject_name(certificate);
    const auto* const bytes = reinterpret_cast<const unsigned char*>(server_name.data());
    const int size = static_cast<int>(server_name.size());
    const std::string alternative = "DNS:" + server_name;
    const extension_ptr extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternative.c_str()));
    return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, bytes, size, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, subject) == 1 && extension != nullptr &&
           X509_add_ext(certificate, extension.get(), -1) == 1;
}

certificate_ptr make_certificate(EVP_PKEY* key, const std::string& server_name) {
    certificate_ptr made(X509_new());
    const bool sound = made != nullptr && X509_set_version(made.get(), X509_VERSION_3) == 1 &&
                       set_serial(made.get()) &&
                       X509_gmtime_adj(X509_getm_notBefore(made.get()), 0) != nullptr &&
                       X509_gmtime_adj(X509_getm_notAfter(made.get()), lifetime_s) != nullptr &&
                       X509_set_pubkey(made.get(), key) == 1 && add_name(made.get(), server_name) &&
                       X509_sign(made.get(), key, EVP_sha256()) != 0;
    return sound ? std::move(made) : nullptr;
}

std::string contents(BIO* bio) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

// Made under another name and renamed when complete, so that a crash leaves no half a file.
base::result<void> write_file(const std::string& path, std::string_view bytes, mode_t mode) {
    const std::string unfinished = path + ".new";
    const auto failed = [&] {
        return base::failure(fmt::format("Cannot write {}: {}.", path, std::strerror(errno)));
    };
    ::unlink(unfinished.c_str());
    const int file = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (file < 0) {
        return failed();
    }
    const bool written =
        ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
        ::fsync(file) == 0;
    if (::close(file) != 0 || !written || ::rename(unfinished.c_str(), path.c_str()) != 0) {
        return failed();
    }
    return {};
}

} // namespace

base::result<void> make_self_signed(const std::string& certificate_path,
                                    const std::string& key_path, const std::string& server_name) {
    const bool has_certificate = std::filesystem::exists(certificate_path);
    const bool has_key = std::filesystem::exists(key_path);
    if (has_certificate != has_key) {
        return base::failure(fmt::format(
            "{} is there but {} is not: put the missing file back, or remove the other one and a "
            "new certificate is made.",
            has_certificate ? certificate_path : key_path,
            has_certificate ? key_path : certificate_path));
    }
    if (has_certificate) {
        return {};
    }
    const key_ptr key(EVP_EC_gen("P-256"));
    const certificate_ptr certificate = key ? make_certificate(key.get(), server_name) : nullptr;
    const bio_ptr key_text(BIO_new(BIO_s_mem()));
    const bio_ptr certificate_text(BIO_new(BIO_s_mem()));
    if (certificate == nullptr ||
        PEM_write_bio_X509(certificate_text.get(), certificate.get()) != 1 ||
        PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                 nullptr) != 1) {
        return base::failure(fmt::format(
            "Cannot make a TLS certificate for \"{}\": the name does not suit one.", server_name));
    }
    if (auto written = write_file(key_path, contents(key_text.get()), 0600); !written) {
        return written;
    }
    auto written = write_file(certificate_path, contents(certificate_text.get()), 0644);
    if (!written) {
        ::unlink(key_path.c_str());
    }
    return written;
}

base::result<std::string> fingerprint(const std::string& certificate_path) {
    const bio_ptr file(BIO_new_file(certificate_path.c_str(), "r"));
    const certificate_ptr certificate(
        file ? PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr) : nullptr);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (certificate == nullptr ||
        X509_digest(certificate.get(), EVP_sha256(), digest.data(), &size) != 1) {
        return base::failure(
            fmt::format("{} holds no TLS certificate that can be read.", certificate_path));
    }
    return fmt::format("{:02X}", fmt::join(std::span(digest).first(size), ":"));
}

} // namespace tertulia::transport
