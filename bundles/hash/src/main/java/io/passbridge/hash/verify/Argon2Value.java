/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import io.passbridge.credential.PasswordKind;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2 (RFC 9106) in the PHC text form: {@code $argon2id$v=19$m=65536,t=3,p=1$salt$hash}. */
final class Argon2Value implements SchemeCheck {
    /** One sign-in may not take more of the heap than this. */
    static final int MAX_MEMORY_KIB = PasswordKind.Cost.ARGON2.most();

    private static final int MAX_PASSES = 100;
    private static final Pattern TEXT =
            Pattern.compile(
                    "\\$argon2(id|i|d)\\$(?:v=(16|19)\\$)?m=(\\d{1,9}),t=(\\d{1,5}),p=(\\d{1,3})"
                            + "\\$([A-Za-z0-9+/]{8,128})\\$([A-Za-z0-9+/]{16,128})");

    @Override
    public Stored read(String data) {
        Matcher match = TEXT.matcher(data);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "the value is not $argon2id$v=..$m=..,t=..,p=..$SALT$HASH");
        }
        int memory = limited("m", match.group(3), MAX_MEMORY_KIB);
        int passes = limited("t", match.group(4), MAX_PASSES);
        int lanes = limited("p", match.group(5), 64);
        byte[] expected = Base64.getDecoder().decode(match.group(7));
        Argon2Parameters parameters =
                new Argon2Parameters.Builder(type(match.group(1)))
                        .withVersion(
                                "16".equals(match.group(2)) || match.group(2) == null
                                        ? Argon2Parameters.ARGON2_VERSION_10
                                        : Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memory)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(Base64.getDecoder().decode(match.group(6)))
                        .build();
        if (memory < 8 * lanes) {
            throw new IllegalArgumentException(
                    "the value has m="
                            + memory
                            + "; at least 8 for each of its "
                            + lanes
                            + " lanes");
        }
        return password -> matches(password, parameters, expected);
    }

    private static boolean matches(byte[] password, Argon2Parameters parameters, byte[] expected) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] actual = new byte[expected.length];
        generator.generateBytes(password, actual);
        boolean fits = MessageDigest.isEqual(actual, expected);
        Arrays.fill(actual, (byte) 0);
        return fits;
    }

    private static int type(String name) {
        return switch (name) {
            case "id" -> Argon2Parameters.ARGON2_id;
            case "i" -> Argon2Parameters.ARGON2_i;
            default -> Argon2Parameters.ARGON2_d;
        };
    }

    private static int limited(String name, String digits, int limit) {
        int value = Integer.parseInt(digits);
        if (value < 1 || value > limit) {
            throw new IllegalArgumentException(
                    "the value has " + name + "=" + value + "; 1 to " + limit + " are allowed");
        }
        return value;
    }
}
