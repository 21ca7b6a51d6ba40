/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.Digest;
import org.junit.jupiter.api.Test;

/** What is checked in place of the digest of somebody who has none. */
class DummyDigestTest {
    private static final String SALT = "00112233445566778899aabbccddeeff";
    private static final String HASH = SALT + SALT;

    private final DummyDigest dummy = new DummyDigest();

    private static Digest pph2(int iterations) {
        return new Digest("pph2", "v1;PPH2_MD4," + SALT + "," + iterations + "," + HASH + ";");
    }

    @Test
    void beforeAnyDigestWasSeen_itIsOneOfPph1_ofNobody() {
        assertThat(dummy.digest().scheme()).isEqualTo("pph1");
        assertThat(dummy.digest().encoded())
                .matches("v1;PPH1_MD4,[0-9a-f]{20},1000,[0-9a-f]{64};")
                .isNotEqualTo(new DummyDigest().digest().encoded());
    }

    @Test
    void costAndScheme_areTakenOver_andNothingElse() {
        dummy.follow(pph2(600_000));
        Digest followed = dummy.digest();
        assertThat(followed.scheme()).isEqualTo("pph2");
        assertThat(followed.encoded())
                .matches("v1;PPH2_MD4,[0-9a-f]{32},600000,[0-9a-f]{64};")
                .doesNotContain(SALT);
        dummy.follow(pph2(600_000));
        assertThat(dummy.digest()).as("of the same cost").isSameAs(followed);
        dummy.follow(new Digest("SSHA", "{SSHA}QKBWc39SoIxTa16kfetS2a/fU+NR+hia"));
        assertThat(dummy.digest()).isSameAs(followed);
        dummy.follow(pph2(60_000));
        assertThat(dummy.digest().encoded()).contains(",60000,");
        dummy.follow(new Digest("pph1", pph2(60_000).encoded().replace("PPH2", "PPH1")));
        assertThat(dummy.digest().scheme()).as("of another scheme").isEqualTo("pph1");
    }
}
