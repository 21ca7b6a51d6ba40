/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.simulation;

import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.Digest;
import io.passbridge.credential.Recipient;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import io.passbridge.hash.SealedParcel;
import io.passbridge.hash.SealingScheme;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Seals nothing, so that tests can read what was written. */
public final class TestSealing implements SealingScheme {
    @Override
    public boolean accepts(SourceCredential credential) {
        return credential.kind().equals("SHA");
    }

    @Override
    public List<Digest> seal(Recipient recipient, List<CredentialChange> changes) {
        return changes.stream()
                .map(change -> (UserPassword) change.credential().orElseThrow())
                .map(p -> p.value().use(b -> new String(b, StandardCharsets.UTF_8)))
                .map(text -> new Digest(NAME, "sealed " + text))
                .toList();
    }

    @Override
    public SealedParcel parcel(Recipient recipient) {
        return new SealedParcel() {
            @Override
            public String opening() {
                return "opening";
            }

            @Override
            public String seal(String text, boolean last) {
                return (last ? "last " : "") + text;
            }
        };
    }

    @Override
    public String parameters() {
        return "none";
    }

    @Override
    public boolean approved() {
        return true;
    }

    @Override
    public double digestsPerSecond() {
        return 10_000;
    }
}
