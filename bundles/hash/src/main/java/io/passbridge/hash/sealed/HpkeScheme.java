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
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.DigestScheme;
import io.passbridge.hash.SealedParcel;
import io.passbridge.hash.SealingScheme;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Source credentials sealed by HPKE ({@link SealedCredentials}), and under the FIPS policy by what
 * it approves ({@link ApprovedCredentials}). Thread-safe.
 */
@Component(service = DigestScheme.class)
public final class HpkeScheme implements SealingScheme {
    /** Measured on one core of a virtual machine: one exchange of keys is most of it. */
    private static final double PER_SECOND = 1_500;

    private final LegacyPolicy policy;
    private final Cryptography cryptography;

    @Activate
    public HpkeScheme(@Reference LegacyPolicy policy, @Reference Cryptography cryptography) {
        this.policy = policy;
        this.cryptography = cryptography;
    }

    /** Whether what the policy approves takes the place of HPKE for this recipient. */
    private boolean inApprovedForm(Recipient recipient) {
        if (approved() && recipient.p256Key().isPresent()) {
            return true;
        }
        policy.use(LegacyAlgorithm.HPKE, LegacyAlgorithm.SEAL_CREDENTIALS);
        return false;
    }

    @Override
    public boolean accepts(SourceCredential credential) {
        return credential instanceof NtHash;
    }

    @Override
    public List<Digest> seal(Recipient recipient, List<CredentialChange> changes) {
        boolean approved = inApprovedForm(recipient);
        return changes.stream()
                .map(change -> new Digest(NAME, seal(recipient, change, approved)))
                .toList();
    }

    private String seal(Recipient recipient, CredentialChange change, boolean approved) {
        NtHash hash = (NtHash) change.credential().orElseThrow();
        return approved
                ? ApprovedCredentials.seal(
                        cryptography.module(),
                        recipient,
                        change.anchor(),
                        change.version(),
                        change.state(),
                        hash)
                : SealedCredentials.seal(
                        recipient, change.anchor(), change.version(), change.state(), hash);
    }

    @Override
    public SealedParcel parcel(Recipient recipient) {
        return inApprovedForm(recipient)
                ? ApprovedParcel.to(cryptography.module(), recipient)
                : HpkeParcel.to(recipient);
    }

    @Override
    public String parameters() {
        return approved()
                ? "P-256 in one pass, one-step SHA-256, AES-256-GCM, pre-shared secret"
                : "HPKE, X25519, HKDF-SHA256, AES-256-GCM, pre-shared key";
    }

    /** Where an exception permits HPKE, it stays. */
    @Override
    public boolean approved() {
        return !policy.permits(LegacyAlgorithm.HPKE, LegacyAlgorithm.SEAL_CREDENTIALS);
    }

    @Override
    public double digestsPerSecond() {
        return PER_SECOND;
    }
}
