/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.sealed;

import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Recipient;
import io.passbridge.credential.SourceCredential;
import io.passbridge.hash.DigestScheme;
import io.passbridge.hash.SealedParcel;
import io.passbridge.hash.SealingScheme;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Source credentials sealed by {@link SealedCredentials}. Thread-safe. */
@Component(service = DigestScheme.class)
public final class HpkeScheme implements SealingScheme {
    /** Measured on one core of a virtual machine: one exchange of keys is most of it. */
    private static final double PER_SECOND = 1_500;

    private final LegacyPolicy policy;

    @Activate
    public HpkeScheme(@Reference LegacyPolicy policy) {
        this.policy = policy;
    }

    @Override
    public boolean accepts(SourceCredential credential) {
        return credential instanceof NtHash;
    }

    @Override
    public List<Digest> seal(Recipient recipient, List<CredentialChange> changes) {
        policy.use(LegacyAlgorithm.HPKE, LegacyAlgorithm.SEAL_CREDENTIALS);
        return changes.stream()
                .map(
                        change ->
                                new Digest(
                                        NAME,
                                        SealedCredentials.seal(
                                                recipient,
                                                change.anchor(),
                                                change.version(),
                                                change.state(),
                                                (NtHash) change.credential().orElseThrow())))
                .toList();
    }

    @Override
    public SealedParcel parcel(Recipient recipient) {
        policy.use(LegacyAlgorithm.HPKE, LegacyAlgorithm.SEAL_CREDENTIALS);
        return HpkeParcel.to(recipient);
    }

    @Override
    public String parameters() {
        return "HPKE, X25519, HKDF-SHA256, AES-256-GCM, pre-shared key";
    }

    @Override
    public boolean approved() {
        return false;
    }

    @Override
    public double digestsPerSecond() {
        return PER_SECOND;
    }
}
