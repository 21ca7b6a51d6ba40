/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Encodings that tools are known to add to {@code userPassword} values, undone where that is
 * unambiguous: blanks, line ends and zero characters behind the value, and base64 of what follows
 * the scheme where the scheme's values begin with a dollar sign.
 */
final class PasswordEncodings {
    private PasswordEncodings() {}

    /**
     * The value without them.
     *
     * @param value taken over: returned, or wiped
     */
    static byte[] undone(byte[] value) {
        if (value.length == 0 || value[0] != '{') {
            return value; // blanks may belong to a password in the clear
        }
        return withoutBase64(trimmed(value));
    }

    private static byte[] trimmed(byte[] value) {
        int end = value.length;
        while (end > 1 && value[end - 1] >= 0 && value[end - 1] <= ' ') {
            end--;
        }
        return end == value.length ? value : replaced(value, Arrays.copyOf(value, end));
    }

    private static byte[] withoutBase64(byte[] value) {
        int brace = 1;
        while (brace < value.length && value[brace] != '}') {
            brace++;
        }
        String scheme = new String(value, 1, brace - 1, StandardCharsets.ISO_8859_1);
        boolean dollars =
                scheme.equalsIgnoreCase("ARGON2")
                        || scheme.equalsIgnoreCase("CRYPT")
                        || scheme.equalsIgnoreCase("BCRYPT");
        if (!dollars || brace + 1 >= value.length || value[brace + 1] == '$') {
            return value;
        }
        byte[] decoded;
        try {
            decoded =
                    Base64.getDecoder().decode(Arrays.copyOfRange(value, brace + 1, value.length));
        } catch (IllegalArgumentException e) {
            return value;
        }
        if (decoded.length == 0 || decoded[0] != '$') {
            Arrays.fill(decoded, (byte) 0);
            return value;
        }
        byte[] plain = Arrays.copyOf(value, brace + 1 + decoded.length);
        System.arraycopy(decoded, 0, plain, brace + 1, decoded.length);
        Arrays.fill(decoded, (byte) 0);
        return replaced(value, trimmed(plain));
    }

    private static byte[] replaced(byte[] old, byte[] fresh) {
        Arrays.fill(old, (byte) 0);
        return fresh;
    }
}
