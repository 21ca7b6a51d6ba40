/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.password;

import io.passbridge.connector.keycloak.session.Json;
import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordKind;
import jakarta.json.JsonObjectBuilder;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code userPassword} value in the form of Keycloak's own hash providers. Keycloak checks
 * nothing of what it is given, so that everything is checked here.
 *
 * @param algorithm the provider's id
 * @param iterations of the algorithm
 * @param salt in base64
 * @param value in base64
 * @param parameters further ones of the algorithm
 */
public record ImportedHash(
        String algorithm,
        int iterations,
        String salt,
        String value,
        Map<String, String> parameters) {
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int MOST_PASSES = 64;
    private static final int MOST_MEMORY_KIB = PasswordKind.Cost.ARGON2.most();
    private static final Map<String, String> PROVIDERS =
            Map.of(
                    PasswordKind.PBKDF2_SHA256.text(), "pbkdf2-sha256",
                    PasswordKind.PBKDF2_SHA512.text(), "pbkdf2-sha512",
                    PasswordKind.ARGON2ID.text(), "argon2",
                    PasswordKind.ARGON2I.text(), "argon2",
                    PasswordKind.ARGON2D.text(), "argon2");
    private static final Pattern PBKDF2 =
            Pattern.compile(
                    "\\{PBKDF2-SHA(?:256|512)}([0-9]{1,8})\\$([A-Za-z0-9./+=]{1,344})\\$"
                            + "([A-Za-z0-9./+=]{22,88})",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern ARGON2 =
            Pattern.compile(
                    "\\{ARGON2}\\$argon2(id|i|d)\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),"
                            + "p=([0-9]{1,3})\\$([A-Za-z0-9/+]{11,344})\\$([A-Za-z0-9/+]{22,344})",
                    Pattern.CASE_INSENSITIVE);

    /**
     * The schemes that can be imported where the server has these hash providers.
     *
     * @param providers ids of the server's {@code password-hashing} providers
     */
    public static Set<String> schemes(Set<String> providers) {
        Set<String> schemes = new TreeSet<>();
        PROVIDERS.forEach(
                (scheme, provider) -> {
                    if (providers.contains(provider)) {
                        schemes.add(scheme);
                    }
                });
        return schemes;
    }

    /**
     * @throws IllegalArgumentException if the value is malformed or costs too much to check; the
     *     message holds nothing of it
     */
    static ImportedHash of(Digest digest) {
        String provider = PROVIDERS.get(digest.scheme());
        if (provider == null) {
            throw new IllegalArgumentException(
                    "scheme " + digest.scheme() + " is none of Keycloak's own");
        }
        return provider.equals("argon2")
                ? argon2(match(ARGON2, digest))
                : pbkdf2(provider, match(PBKDF2, digest));
    }

    private static Matcher match(Pattern form, Digest digest) {
        Matcher matcher = form.matcher(digest.encoded());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a value of " + digest.scheme() + " is malformed");
        }
        return matcher;
    }

    private static ImportedHash pbkdf2(String provider, Matcher form) {
        return new ImportedHash(
                provider,
                within("iterations", form.group(1), MOST_ITERATIONS),
                base64(form.group(2)),
                base64(form.group(3)),
                Map.of());
    }

    private static ImportedHash argon2(Matcher form) {
        String value = base64(form.group(6));
        return new ImportedHash(
                "argon2",
                within("passes", form.group(3), MOST_PASSES),
                base64(form.group(5)),
                value,
                Map.of(
                        "type", form.group(1),
                        "version", "1.3",
                        "memory",
                                String.valueOf(
                                        within("memory in KiB", form.group(2), MOST_MEMORY_KIB)),
                        "parallelism", String.valueOf(within("lanes", form.group(4), MOST_PASSES)),
                        "hashLength", String.valueOf(Base64.getDecoder().decode(value).length)));
    }

    private static int within(String what, String text, int most) {
        int number = Integer.parseInt(text);
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(
                    what + " are " + number + "; 1 to " + most + " are allowed");
        }
        return number;
    }

    /** From the alphabet of passlib and without padding to the usual form. */
    private static String base64(String text) {
        String plain = text.replace('.', '+').replace("=", "");
        return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(plain));
    }

    /** The members of a credential that say how to check it. */
    JsonObjectBuilder credential() {
        JsonObjectBuilder further = Json.object();
        parameters.forEach((name, text) -> further.add(name, Json.array().add(text)));
        return Json.object()
                .add("type", "password")
                .add(
                        "secretData",
                        Json.object()
                                .add("value", value)
                                .add("salt", salt)
                                .add("additionalParameters", Json.object())
                                .build()
                                .toString())
                .add(
                        "credentialData",
                        Json.object()
                                .add("hashIterations", iterations)
                                .add("algorithm", algorithm)
                                .add("additionalParameters", further)
                                .build()
                                .toString());
    }

    @Override
    public String toString() {
        return "ImportedHash[" + algorithm + ", redacted]";
    }
}
