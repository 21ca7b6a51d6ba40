/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash;

import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.Digest;
import io.passbridge.credential.Recipient;
import io.passbridge.credential.SourceCredential;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A scheme whose result is the source credential itself, sealed for one recipient. Whoever opens it
 * can sign in at the source, so a route uses it only where it says {@code allowSourceCredentials}.
 */
@ConsumerType
public interface SealingScheme extends DigestScheme {
    /** The name of the one scheme of this kind, which says of a digest that it is none. */
    String NAME = "hpke";

    @Override
    default String name() {
        return NAME;
    }

    /**
     * Seals the credential of each change, bound to its user, version and account state.
     *
     * @param recipient stays the caller's to close
     * @param changes 1 to 1,000, each with a credential that {@link #accepts} took; they stay the
     *     caller's to close
     * @return the sealed credentials in the same order
     * @throws io.passbridge.credential.LegacyRefusedException if the FIPS policy does not permit
     *     the scheme
     * @throws IllegalArgumentException if the recipient's key is no key
     */
    List<Digest> seal(Recipient recipient, List<CredentialChange> changes);

    /**
     * Begins a parcel of texts that travel together, such as the lines of a file.
     *
     * @param recipient stays the caller's to close
     * @throws io.passbridge.credential.LegacyRefusedException if the FIPS policy does not permit
     *     the scheme
     * @throws IllegalArgumentException if the recipient's key is no key
     */
    SealedParcel parcel(Recipient recipient);

    /**
     * @throws IllegalStateException always: nothing is sealed for nobody
     */
    @Override
    default List<Digest> digest(List<? extends SourceCredential> credentials) {
        throw new IllegalStateException(name() + " seals for a recipient only");
    }
}
