/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * yescrypt in the {@code $y$} form of crypt(3), which Linux distributions write since 2021:
 * parameters, salt and 32 bytes of hash in the alphabet of crypt.
 */
final class YescryptValue implements SchemeCheck {
    private static final int HASH = 32;
    private static final int MOST_PARALLEL = 64;
    private static final int MOST_TIME = 16;

    /** What {@code crypt_gensalt} writes; other flavours are experiments. */
    private static final int USUAL_FLAVOUR = 47;

    private static final Pattern TEXT =
            Pattern.compile(
                    "\\$y\\$([./0-9A-Za-z]{3,20})\\$([./0-9A-Za-z]{0,86})\\$([./0-9A-Za-z]{43})");

    @Override
    public Stored read(String data) {
        Matcher match = TEXT.matcher(data);
        if (!match.matches()) {
            throw new IllegalArgumentException("the value is not $y$PARAMETERS$SALT$HASH");
        }
        Parameters parameters = Parameters.read(match.group(1));
        byte[] salt = CryptText.bytes(match.group(2));
        byte[] expected = CryptText.bytes(match.group(3));
        if (expected.length != HASH) {
            throw new IllegalArgumentException("the hash has " + expected.length + " bytes");
        }
        return password -> {
            byte[] actual = parameters.yescrypt().hash(password, salt);
            boolean fits = MessageDigest.isEqual(actual, expected);
            Arrays.fill(actual, (byte) 0);
            return fits;
        };
    }

    private record Parameters(int log, int r, int p, int t) {
        static Parameters read(String text) {
            CryptText.Numbers numbers = new CryptText.Numbers(text);
            if (numbers.next(0) != USUAL_FLAVOUR) {
                throw new IllegalArgumentException("the value is of an unusual flavour");
            }
            int log = numbers.next(1);
            int r = numbers.next(1);
            int more = numbers.hasNext() ? numbers.next(1) : 0;
            int p = (more & 1) != 0 ? numbers.next(2) : 1;
            int t = (more & 2) != 0 ? numbers.next(1) : 0;
            if (more > 3 || numbers.hasNext()) {
                throw new IllegalArgumentException("the value needs a ROM or an upgrade");
            }
            boolean tooMuch = log > 24 || 128L * r << log > ScryptValue.MAX_MEMORY;
            if (tooMuch || p > MOST_PARALLEL || t > MOST_TIME) {
                throw new IllegalArgumentException(
                        "the value has N=2^%d, r=%d, p=%d, t=%d; at most 256 MiB, p=%d and t=%d are allowed"
                                .formatted(log, r, p, t, MOST_PARALLEL, MOST_TIME));
            }
            if ((1 << log) / p < 2 || (long) r * p >= 1 << 20) {
                throw new IllegalArgumentException(
                        "N=2^%d, r=%d and p=%d do not go together".formatted(log, r, p));
            }
            return new Parameters(log, r, p, t);
        }

        Yescrypt yescrypt() {
            return new Yescrypt(1 << log, r, p, t);
        }
    }
}
