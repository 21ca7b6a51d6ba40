/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import io.passbridge.hash.legacy.CryptValue;
import io.passbridge.hash.legacy.Md5Hash;
import io.passbridge.hash.pbkdf2.HmacHash;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    private final Map<String, SchemeCheck> checks;

    @Activate
    public UserPasswordVerifier(@Reference LegacyPolicy policy) {
        this.policy = policy;
        Map<String, SchemeCheck> all = new HashMap<>();
        all.put("SHA", counted(LegacyAlgorithm.SHA1_PASSWORD, SaltedHash.of("SHA-1", false)));
        all.put("SSHA", counted(LegacyAlgorithm.SHA1_PASSWORD, SaltedHash.of("SHA-1", true)));
        for (String bits : new String[] {"256", "384", "512"}) {
            all.put("SHA" + bits, SaltedHash.of("SHA-" + bits, false));
            all.put("SSHA" + bits, SaltedHash.of("SHA-" + bits, true));
        }
        all.put("MD5", md5(false));
        all.put("SMD5", md5(true));
        SchemeCheck pbkdf2Sha1 =
                counted(LegacyAlgorithm.SHA1_PASSWORD, new Pbkdf2Value(HmacHash.SHA_1, policy));
        all.put("PBKDF2", pbkdf2Sha1);
        all.put("PBKDF2-SHA1", pbkdf2Sha1);
        all.put("PBKDF2-SHA256", new Pbkdf2Value(HmacHash.SHA_256, policy));
        all.put("PBKDF2_SHA256", new Pbkdf2Value(HmacHash.SHA_256, policy));
        all.put("PBKDF2-SHA512", new Pbkdf2Value(HmacHash.SHA_512, policy));
        all.put("ARGON2", counted(LegacyAlgorithm.CRYPT, new Argon2Value()));
        SchemeCheck crypt = counted(LegacyAlgorithm.CRYPT, CryptValue::matches);
        all.put("CRYPT", crypt);
        all.put("BCRYPT", crypt);
        this.checks = Map.copyOf(all);
    }

    @Override
    public Set<String> schemes() {
        return checks.keySet();
    }

    @Override
    public boolean verify(Secret password, Digest digest) {
        SchemeCheck check = checks.get(digest.scheme());
        if (check == null) {
            throw new IllegalArgumentException(
                    "scheme '" + digest.scheme() + "' is not known to this verifier");
        }
        String encoded = digest.encoded();
        String prefix = "{" + digest.scheme() + "}";
        if (!encoded.regionMatches(true, 0, prefix, 0, prefix.length())) {
            throw malformed(digest, "it does not begin with its scheme in braces");
        }
        try {
            String data = encoded.substring(prefix.length());
            return password.use(bytes -> check.matches(bytes, data));
        } catch (NumberFormatException e) {
            // its message would quote the value
            throw malformed(digest, "a number in it is out of range");
        } catch (IllegalArgumentException e) {
            throw malformed(digest, String.valueOf(e.getMessage()));
        }
    }

    private SchemeCheck counted(LegacyAlgorithm algorithm, SchemeCheck check) {
        return (password, data) -> {
            policy.use(algorithm, PURPOSE);
            return check.matches(password, data);
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
