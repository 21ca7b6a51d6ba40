/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import static io.passbridge.credential.LegacyAlgorithm.CRYPT;
import static io.passbridge.credential.LegacyAlgorithm.SHA1_PASSWORD;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The one table of kinds of {@code userPassword} values (RFC 2307, RFC 3112 and what directories
 * add), the strongest first. A kind is more than the scheme in braces: {@code {CRYPT}} stands for a
 * dozen functions, of which a system verifies some. Sources say which kind they deliver and choose
 * the strongest of several, targets list those that they verify, routes name them in {@code
 * passThrough}, and {@code docs/formats/digests.md} is written from here.
 *
 * <p>A new kind is one line here; in {@code io.passbridge.hash} the compiler then asks for its
 * check.
 */
public enum PasswordKind {
    ARGON2ID("ARGON2ID", Salt.GOOD, CRYPT, Cost.ARGON2, "ARGON2", "$argon2id$"),
    ARGON2D("ARGON2D", Salt.GOOD, CRYPT, Cost.ARGON2, "ARGON2", "$argon2d$"),
    ARGON2I("ARGON2I", Salt.GOOD, CRYPT, Cost.ARGON2, "ARGON2", "$argon2i$"),
    SCRYPT("CRYPT-7", Salt.GOOD, CRYPT, Cost.SCRYPT, "CRYPT", "$7$"),
    YESCRYPT("CRYPT-Y", Salt.GOOD, CRYPT, Cost.SCRYPT, "CRYPT", "$y$"),
    /** With GOST R 34.11-2012 on top. */
    GOST_YESCRYPT("CRYPT-GY", Salt.GOOD, CRYPT, Cost.SCRYPT, "CRYPT", "$gy$"),
    BCRYPT("CRYPT-2B", Salt.GOOD, CRYPT, Cost.BCRYPT, "CRYPT,BCRYPT", "$2b$", "$2a$", "$2y$"),
    PBKDF2_SHA512("PBKDF2-SHA512", Salt.GOOD, null, Cost.PBKDF2, "PBKDF2-SHA512"),
    PBKDF2_SHA256("PBKDF2-SHA256", Salt.GOOD, null, Cost.PBKDF2, "PBKDF2-SHA256"),
    /** The older form of 389 Directory Server: one base64 of iterations, salt and hash. */
    PBKDF2_SHA256_BINARY("PBKDF2_SHA256", Salt.GOOD, null, Cost.PBKDF2, "PBKDF2_SHA256"),
    SHA512_CRYPT("CRYPT-6", Salt.GOOD, CRYPT, Cost.SHA_CRYPT, "CRYPT", "$6$"),
    SHA256_CRYPT("CRYPT-5", Salt.GOOD, CRYPT, Cost.SHA_CRYPT, "CRYPT", "$5$"),
    PBKDF2_SHA1("PBKDF2-SHA1", Salt.GOOD, SHA1_PASSWORD, Cost.PBKDF2, "PBKDF2,PBKDF2-SHA1"),
    SSHA512("SSHA512", Salt.GOOD, null, Cost.ONE_HASH, "SSHA512"),
    SSHA384("SSHA384", Salt.GOOD, null, Cost.ONE_HASH, "SSHA384"),
    SSHA256("SSHA256", Salt.GOOD, null, Cost.ONE_HASH, "SSHA256"),
    SSHA("SSHA", Salt.GOOD, SHA1_PASSWORD, Cost.ONE_HASH, "SSHA"),
    SMD5("SMD5", Salt.WEAK, LegacyAlgorithm.MD5, Cost.ONE_HASH, "SMD5"),
    MD5_CRYPT("CRYPT-1", Salt.WEAK, CRYPT, Cost.FIXED, "CRYPT", "$1$"),
    DES_CRYPT("CRYPT-DES", Salt.WEAK, CRYPT, Cost.FIXED, "CRYPT", ""),
    SHA512("SHA512", Salt.NONE, null, Cost.ONE_HASH, "SHA512"),
    SHA384("SHA384", Salt.NONE, null, Cost.ONE_HASH, "SHA384"),
    SHA256("SHA256", Salt.NONE, null, Cost.ONE_HASH, "SHA256"),
    SHA("SHA", Salt.NONE, SHA1_PASSWORD, Cost.ONE_HASH, "SHA"),
    MD5("MD5", Salt.NONE, LegacyAlgorithm.MD5, Cost.ONE_HASH, "MD5"),
    /** An NT hash without a salt. */
    NT_CRYPT("CRYPT-3", Salt.NONE, LegacyAlgorithm.MD4, Cost.ONE_HASH, "CRYPT", "$3$");

    private enum Salt {
        NONE,
        /** There is one, but the function below it is MD5 or DES. */
        WEAK,
        GOOD
    }

    /** What checking a value may cost; a value that says it costs more is refused. */
    public enum Cost {
        ONE_HASH(0, ""),
        /** Some work that no value can raise. */
        FIXED(0, ""),
        PBKDF2(20_000_000, "iterations"),
        SHA_CRYPT(5_000_000, "rounds"),
        BCRYPT(17, "as bcrypt's cost"),
        ARGON2(262_144, "KiB"),
        SCRYPT(262_144, "KiB");

        private final int most;
        private final String unit;

        Cost(int most, String unit) {
            this.most = most;
            this.unit = unit;
        }

        /** The highest number that a value may ask for, or 0 if a value cannot ask for more. */
        public int most() {
            return most;
        }

        /** What the number counts, such as {@code iterations}; empty if there is none. */
        public String unit() {
            return unit;
        }
    }

    private static final PasswordKind[] ALL = values();

    private final String text;
    private final Salt salt;
    private final LegacyAlgorithm legacy;
    private final Cost cost;
    private final List<String> braces;
    private final List<String> prefixes;

    /**
     * @param legacy what checking it needs that is not approved, or null
     * @param braces separated by commas
     */
    PasswordKind(
            String text,
            Salt salt,
            LegacyAlgorithm legacy,
            Cost cost,
            String braces,
            String... prefixes) {
        this.text = text;
        this.salt = salt;
        this.legacy = legacy;
        this.cost = cost;
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

    /** What the values begin with behind the braces; empty if the braces say it all. */
    public List<String> prefixes() {
        return prefixes;
    }

    /** What has to be used to check a value, if it is not approved. */
    public Optional<LegacyAlgorithm> legacy() {
        return Optional.ofNullable(legacy);
    }

    /** What checking a value may cost. */
    public Cost cost() {
        return cost;
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

    /** Whether a name in a list means any kind of the table. */
    public static boolean isKnown(String name) {
        return Arrays.stream(values()).anyMatch(kind -> kind.isNamed(name));
    }

    /** The kind with exactly that name, as {@link Digest#scheme} carries it. */
    public static Optional<PasswordKind> withText(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /** The kind of a value, by its scheme in braces and the beginning of what follows. */
    public static Optional<PasswordKind> of(String value) {
        int end = value.indexOf('}');
        if (!value.startsWith("{") || end < 0) {
            return Optional.empty();
        }
        String scheme = value.substring(1, end);
        // asked for each user of a directory
        for (PasswordKind kind : ALL) {
            if (kind.hasBraces(scheme) && kind.begins(value, end + 1)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private boolean hasBraces(String scheme) {
        for (String brace : braces) {
            if (brace.equalsIgnoreCase(scheme)) {
                return true;
            }
        }
        return false;
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
