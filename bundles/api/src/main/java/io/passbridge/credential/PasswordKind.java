/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The one table of kinds of {@code userPassword} values (RFC 2307, RFC 3112 and what directories
 * add). A kind is more than the scheme in braces: {@code {CRYPT}} stands for a dozen functions, of
 * which a system verifies some. Sources say which kind they deliver, targets list those that they
 * verify, routes name them in {@code passThrough}.
 *
 * <p>A new kind is one line here, and a check in {@code io.passbridge.hash} if it can be verified.
 */
public enum PasswordKind {
    SHA("SHA", Salt.NONE, "SHA"),
    SHA256("SHA256", Salt.NONE, "SHA256"),
    SHA384("SHA384", Salt.NONE, "SHA384"),
    SHA512("SHA512", Salt.NONE, "SHA512"),
    MD5("MD5", Salt.NONE, "MD5"),
    SMD5("SMD5", Salt.WEAK, "SMD5"),
    SSHA("SSHA", Salt.GOOD, "SSHA"),
    SSHA256("SSHA256", Salt.GOOD, "SSHA256"),
    SSHA384("SSHA384", Salt.GOOD, "SSHA384"),
    SSHA512("SSHA512", Salt.GOOD, "SSHA512"),
    PBKDF2_SHA1("PBKDF2-SHA1", Salt.GOOD, "PBKDF2,PBKDF2-SHA1"),
    PBKDF2_SHA256("PBKDF2-SHA256", Salt.GOOD, "PBKDF2-SHA256"),
    PBKDF2_SHA512("PBKDF2-SHA512", Salt.GOOD, "PBKDF2-SHA512"),
    /** The older form of 389 Directory Server: one base64 of iterations, salt and hash. */
    PBKDF2_SHA256_BINARY("PBKDF2_SHA256", Salt.GOOD, "PBKDF2_SHA256"),
    ARGON2ID("ARGON2ID", Salt.GOOD, "ARGON2", "$argon2id$"),
    ARGON2I("ARGON2I", Salt.GOOD, "ARGON2", "$argon2i$"),
    ARGON2D("ARGON2D", Salt.GOOD, "ARGON2", "$argon2d$"),
    BCRYPT("CRYPT-2B", Salt.GOOD, "CRYPT,BCRYPT", "$2b$", "$2a$", "$2y$"),
    SHA256_CRYPT("CRYPT-5", Salt.GOOD, "CRYPT", "$5$"),
    SHA512_CRYPT("CRYPT-6", Salt.GOOD, "CRYPT", "$6$"),
    SCRYPT("CRYPT-7", Salt.GOOD, "CRYPT", "$7$"),
    YESCRYPT("CRYPT-Y", Salt.GOOD, "CRYPT", "$y$"),
    GOST_YESCRYPT("CRYPT-GY", Salt.GOOD, "CRYPT", "$gy$"),
    MD5_CRYPT("CRYPT-1", Salt.WEAK, "CRYPT", "$1$"),
    /** An NT hash without a salt. */
    NT_CRYPT("CRYPT-3", Salt.NONE, "CRYPT", "$3$"),
    DES_CRYPT("CRYPT-DES", Salt.WEAK, "CRYPT", "");

    private enum Salt {
        NONE,
        /** There is one, but the function below it is MD5 or DES. */
        WEAK,
        GOOD
    }

    private final String text;
    private final Salt salt;
    private final List<String> braces;
    private final List<String> prefixes;

    PasswordKind(String text, Salt salt, String braces, String... prefixes) {
        this.text = text;
        this.salt = salt;
        this.braces = List.of(braces.split(","));
        this.prefixes = List.of(prefixes);
    }

    /** The name in lists and configurations, as {@link Digest#scheme} carries it. */
    public String text() {
        return text;
    }

    /** The schemes in braces under which values of this kind are written, upper case. */
    public List<String> braces() {
        return braces;
    }

    /**
     * Whether values may go to a target as they are: salted, and over a function that still holds.
     */
    public boolean mayPass() {
        return salt == Salt.GOOD;
    }

    /** Whether a name in a list means this kind: its own, or a scheme in braces. */
    public boolean isNamed(String name) {
        return text.equalsIgnoreCase(name) || braces.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** The kind of a value, by its scheme in braces and the beginning of what follows. */
    public static Optional<PasswordKind> of(String value) {
        int end = value.indexOf('}');
        if (!value.startsWith("{") || end < 0) {
            return Optional.empty();
        }
        String scheme = value.substring(1, end);
        return Arrays.stream(values())
                .filter(kind -> kind.braces.stream().anyMatch(scheme::equalsIgnoreCase))
                .filter(kind -> kind.begins(value, end + 1))
                .findFirst();
    }

    private boolean begins(String value, int at) {
        if (prefixes.isEmpty()) {
            return true;
        }
        return prefixes.stream()
                .anyMatch(
                        prefix ->
                                prefix.isEmpty()
                                        ? !value.startsWith("$", at)
                                        : value.startsWith(prefix, at));
    }

    @Override
    public String toString() {
        return text;
    }
}
