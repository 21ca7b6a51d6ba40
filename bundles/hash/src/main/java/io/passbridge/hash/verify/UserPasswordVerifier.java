/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.PasswordKind;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.legacy.CryptValue;
import io.passbridge.hash.legacy.Md5Hash;
import io.passbridge.hash.pbkdf2.HmacHash;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Checks a password against the {@code userPassword} values of directories. Clear text is not among
 * the schemes: a stored password is not a digest.
 */
@Component
public final class UserPasswordVerifier implements PasswordVerifier {
    static final String PURPOSE = "verify userPassword";

    private final LegacyPolicy policy;
    private final Cryptography cryptography;
    private final Map<PasswordKind, SchemeCheck> checks = new EnumMap<>(PasswordKind.class);

    @Activate
    public UserPasswordVerifier(
            @Reference LegacyPolicy policy, @Reference Cryptography cryptography) {
        this.policy = policy;
        this.cryptography = cryptography;
        for (PasswordKind kind : PasswordKind.values()) {
            check(kind).ifPresent(check -> checks.put(kind, counted(kind, check)));
        }
    }

    /** How a kind is checked; empty if it is not. Without a default, so that none is forgotten. */
    private Optional<SchemeCheck> check(PasswordKind kind) {
        SchemeCheck check =
                switch (kind) {
                    case ARGON2ID, ARGON2D, ARGON2I -> new Argon2Value();
                    case SCRYPT -> new ScryptValue();
                    case YESCRYPT -> new YescryptValue();
                    case BCRYPT, SHA512_CRYPT, SHA256_CRYPT, MD5_CRYPT, DES_CRYPT ->
                            UserPasswordVerifier::crypt;
                    case PBKDF2_SHA512 -> new Pbkdf2Value(HmacHash.SHA_512, policy, cryptography);
                    case PBKDF2_SHA256, PBKDF2_SHA256_BINARY ->
                            new Pbkdf2Value(HmacHash.SHA_256, policy, cryptography);
                    case PBKDF2_SHA1 -> new Pbkdf2Value(HmacHash.SHA_1, policy, cryptography);
                    case SSHA512 -> SaltedHash.of(cryptography, "SHA-512", 64, true);
                    case SSHA384 -> SaltedHash.of(cryptography, "SHA-384", 48, true);
                    case SSHA256 -> SaltedHash.of(cryptography, "SHA-256", 32, true);
                    case SSHA -> SaltedHash.of(cryptography, "SHA-1", 20, true);
                    case SHA512 -> SaltedHash.of(cryptography, "SHA-512", 64, false);
                    case SHA384 -> SaltedHash.of(cryptography, "SHA-384", 48, false);
                    case SHA256 -> SaltedHash.of(cryptography, "SHA-256", 32, false);
                    case SHA -> SaltedHash.of(cryptography, "SHA-1", 20, false);
                    case SMD5 -> md5(true);
                    case MD5 -> md5(false);
                    case GOST_YESCRYPT, NT_CRYPT -> null;
                };
        return Optional.ofNullable(check);
    }

    private static SchemeCheck.Stored crypt(String data) {
        CryptValue.check(data);
        return password -> CryptValue.matches(password, data);
    }

    @Override
    public Set<String> schemes() {
        return checks.keySet().stream().map(PasswordKind::text).collect(Collectors.toSet());
    }

    @Override
    public Set<String> permitted() {
        return checks.keySet().stream()
                .filter(
                        kind ->
                                kind.legacy()
                                        .map(algorithm -> policy.permits(algorithm, PURPOSE))
                                        .orElse(true))
                .map(PasswordKind::text)
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<String> refusal(String scheme) {
        return checks.keySet().stream()
                .filter(kind -> kind.isNamed(scheme))
                .findFirst()
                .flatMap(PasswordKind::legacy)
                .flatMap(algorithm -> policy.refusal(algorithm, PURPOSE));
    }

    @Override
    public Optional<String> fault(Digest digest) {
        try {
            read(digest);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public boolean verify(Secret password, Digest digest) {
        SchemeCheck.Stored stored = read(digest);
        return password.use(stored::matches);
    }

    private SchemeCheck.Stored read(Digest digest) {
        String encoded = digest.encoded();
        Optional<PasswordKind> kind = PasswordKind.of(encoded);
        if (kind.isEmpty() || !kind.get().isNamed(digest.scheme())) {
            throw malformed(digest, "it is not of the kind that it is said to be");
        }
        SchemeCheck check = checks.get(kind.get());
        if (check == null) {
            throw new IllegalArgumentException(
                    "scheme '" + kind.get() + "' is not known to this verifier");
        }
        try {
            return check.read(encoded.substring(encoded.indexOf('}') + 1));
        } catch (NumberFormatException e) {
            // its message would quote the value
            throw malformed(digest, "a number in it is out of range");
        } catch (IllegalArgumentException e) {
            throw malformed(digest, String.valueOf(e.getMessage()));
        }
    }

    /** MD5 is counted where it is computed, in the package of such functions. */
    private SchemeCheck counted(PasswordKind kind, SchemeCheck check) {
        Optional<LegacyAlgorithm> algorithm =
                kind.legacy().filter(legacy -> legacy != LegacyAlgorithm.MD5);
        if (algorithm.isEmpty()) {
            return check;
        }
        return data -> {
            SchemeCheck.Stored stored = check.read(data);
            return password -> {
                policy.use(algorithm.get(), PURPOSE);
                return stored.matches(password);
            };
        };
    }

    private SchemeCheck md5(boolean salted) {
        return new SaltedHash(
                16, salted, (password, salt) -> Md5Hash.of(policy, PURPOSE, password, salt));
    }

    private static IllegalArgumentException malformed(Digest digest, String why) {
        return new IllegalArgumentException(
                "a digest of scheme "
                        + digest.scheme().toUpperCase(Locale.ROOT)
                        + " is malformed: "
                        + why);
    }
}
