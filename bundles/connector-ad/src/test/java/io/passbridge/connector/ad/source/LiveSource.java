/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.NtHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.digests.MD4Digest;

/** A source read to the end of a run, as the scheduler would. */
final class LiveSource {
    private final PasswordSource source;
    Watermark watermark = Watermark.BEGINNING;
    private int repeated;

    /**
     * What one user came with; the hash as a fingerprint that says only whether a password fits.
     */
    record Seen(ChangeVersion version, AccountState state, Optional<String> hash) {
        boolean fits(String password) {
            return hash.equals(Optional.of(ntHash(password)));
        }
    }

    LiveSource(PasswordSource source) {
        this.source = source;
    }

    /** The users of one run, by anchor. */
    Map<String, Seen> run(int limit) throws ConnectorException {
        Map<String, Seen> seen = new LinkedHashMap<>();
        Watermark at = watermark;
        boolean more = true;
        while (more) {
            try (ChangePage page = source.changes(at, limit)) {
                for (CredentialChange change : page.changes()) {
                    repeated += seen.containsKey(change.anchor().value()) ? 1 : 0;
                    seen.put(change.anchor().value(), seen(change));
                }
                at = page.next();
                more = page.more();
                if (page.durable()) {
                    watermark = at;
                }
            }
        }
        return seen;
    }

    /** How often a user came more than once in one run. */
    int repeated() {
        return repeated;
    }

    static Seen seen(CredentialChange change) {
        return new Seen(
                change.version(),
                change.state(),
                change.credential()
                        .map(c -> HexFormat.of().formatHex(((NtHash) c).secret().toBytes())));
    }

    static String ntHash(String password) {
        byte[] text = password.getBytes(StandardCharsets.UTF_16LE);
        MD4Digest md4 = new MD4Digest();
        md4.update(text, 0, text.length);
        byte[] hash = new byte[16];
        md4.doFinal(hash, 0);
        Arrays.fill(text, (byte) 0);
        return HexFormat.of().formatHex(hash);
    }
}
