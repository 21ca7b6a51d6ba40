/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import io.passbridge.credential.Digest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A digest that no password fits, of the scheme and cost that the users' digests have. It is
 * checked where there is no digest to check, so that the time of an answer does not tell whether a
 * user exists. Thread-safe.
 */
public final class DummyDigest {
    private static final Pattern NT_FORM =
            Pattern.compile("(v1;PPH[12]_MD4,)([0-9a-f]+)(,[0-9]+,)[0-9a-f]{64};");

    private final SecureRandom random = new SecureRandom();
    private volatile Digest digest;

    public DummyDigest() {
        digest = new Digest("pph1", "v1;PPH1_MD4," + hex(10) + ",1000," + hex(32) + ";");
    }

    /** Takes over scheme and cost, and neither salt nor hash, of a digest of a user. */
    public void follow(Digest example) {
        Matcher match = NT_FORM.matcher(example.encoded());
        if (match.matches() && !sameCost(match, digest.encoded())) {
            digest =
                    new Digest(
                            example.scheme(),
                            match.group(1)
                                    + hex(match.group(2).length() / 2)
                                    + match.group(3)
                                    + hex(32)
                                    + ";");
        }
    }

    Digest digest() {
        return digest;
    }

    private static boolean sameCost(Matcher match, String present) {
        return present.startsWith(match.group(1)) && present.contains(match.group(3));
    }

    private String hex(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
