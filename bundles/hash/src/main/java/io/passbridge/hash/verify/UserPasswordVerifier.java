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
    private final Map<PasswordKind, SchemeCheck> checks = new EnumMap<>(PasswordKind.class);

    @Activate
    public UserPasswordVerifier(@Reference LegacyPolicy policy) {
        this.policy = policy;
        checks.put(PasswordKind.SHA, sha1(SaltedHash.of("SHA-1", false)));
        checks.put(PasswordKind.SSHA, sha1(SaltedHash.of("SHA-1", true)));
        checks.put(PasswordKind.SHA256, SaltedHash.of("SHA-256", false));
        checks.put(PasswordKind.SSHA256, SaltedHash.of("SHA-256", true));
        checks.put(PasswordKind.SHA384, SaltedHash.of("SHA-384", false));
        checks.put(PasswordKind.SSHA384, SaltedHash.of("SHA-384", true));
        checks.put(PasswordKind.SHA512, SaltedHash.of("SHA-512", false));
        checks.put(PasswordKind.SSHA512, SaltedHash.of("SHA-512", true));
        checks.put(PasswordKind.MD5, md5(false));
        checks.put(PasswordKind.SMD5, md5(true));
        checks.put(PasswordKind.PBKDF2_SHA1, sha1(new Pbkdf2Value(HmacHash.SHA_1, policy)));
        checks.put(PasswordKind.PBKDF2_SHA256, new Pbkdf2Value(HmacHash.SHA_256, policy));
        checks.put(PasswordKind.PBKDF2_SHA512, new Pbkdf2Value(HmacHash.SHA_512, policy));
        checks.put(PasswordKind.PBKDF2_SHA256_BINARY, new Pbkdf2Value(HmacHash.SHA_256, policy));
        SchemeCheck argon2 = counted(LegacyAlgorithm.CRYPT, new Argon2Value());
        checks.put(PasswordKind.ARGON2ID, argon2);
        checks.put(PasswordKind.ARGON2I, argon2);
        checks.put(PasswordKind.ARGON2D, argon2);
        checks.put(PasswordKind.SCRYPT, counted(LegacyAlgorithm.CRYPT, new ScryptValue()));
        checks.put(PasswordKind.YESCRYPT, counted(LegacyAlgorithm.CRYPT, new YescryptValue()));
        SchemeCheck crypt = counted(LegacyAlgorithm.CRYPT, UserPasswordVerifier::crypt);
        checks.put(PasswordKind.BCRYPT, crypt);
        checks.put(PasswordKind.SHA256_CRYPT, crypt);
        checks.put(PasswordKind.SHA512_CRYPT, crypt);
        checks.put(PasswordKind.MD5_CRYPT, crypt);
        checks.put(PasswordKind.DES_CRYPT, crypt);
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
                                legacy(kind)
                                        .map(algorithm -> policy.permits(algorithm, PURPOSE))
                                        .orElse(true))
                .map(PasswordKind::text)
                .collect(Collectors.toSet());
    }

    /** What has to be used to check a value of a kind, if it is not approved. */
    private static Optional<LegacyAlgorithm> legacy(PasswordKind kind) {
        return switch (kind) {
            case SHA, SSHA, PBKDF2_SHA1 -> Optional.of(LegacyAlgorithm.SHA1_PASSWORD);
            case MD5, SMD5 -> Optional.of(LegacyAlgorithm.MD5);
            case SHA256, SHA384, SHA512, SSHA256, SSHA384, SSHA512 -> Optional.empty();
            case PBKDF2_SHA256, PBKDF2_SHA512, PBKDF2_SHA256_BINARY -> Optional.empty();
            default -> Optional.of(LegacyAlgorithm.CRYPT);
        };
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

    private SchemeCheck sha1(SchemeCheck check) {
        return counted(LegacyAlgorithm.SHA1_PASSWORD, check);
    }

    private SchemeCheck counted(LegacyAlgorithm algorithm, SchemeCheck check) {
        return data -> {
            SchemeCheck.Stored stored = check.read(data);
            return password -> {
                policy.use(algorithm, PURPOSE);
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
