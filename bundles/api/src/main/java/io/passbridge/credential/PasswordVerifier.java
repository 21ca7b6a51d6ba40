/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Checks a password that somebody typed against a digest of certain schemes. A service; a bundle
 * adds schemes by registering another one. Implementations are thread-safe and compare in constant
 * time.
 */
@ConsumerType
public interface PasswordVerifier {
    /**
     * The names of the digest schemes that this verifier knows, as {@link Digest#scheme} gives
     * them.
     */
    Set<String> schemes();

    /**
     * Those of {@link #schemes} whose digests the policy lets anybody sign in with now. Whoever
     * stores digests lists these: a password that nobody may verify is not in step.
     */
    default Set<String> permitted() {
        return schemes();
    }

    /**
     * Why a scheme of {@link #schemes} is not among {@link #permitted}; counted as a use that the
     * policy has refused.
     *
     * @return what the policy refuses, with the settings that permit it; empty if it refuses
     *     nothing
     */
    default Optional<String> refusal(String scheme) {
        return Optional.empty();
    }

    /**
     * Why no password can ever be verified against a digest: it is malformed, of a kind that is not
     * known, or costs more than this verifier spends. Whoever stores digests asks before, so that
     * nobody is told to be in step who cannot sign in.
     *
     * @return the reason, with nothing of the digest; empty if it can be verified
     */
    Optional<String> fault(Digest digest);

    /**
     * Whether the password is the one that the digest was made from.
     *
     * @param password what was typed, UTF-8; stays the caller's to close
     * @param digest of one of {@link #schemes}
     * @throws IllegalArgumentException if the digest is not of a known scheme or is malformed; the
     *     message names what is wrong and contains nothing of the digest
     * @throws LegacyRefusedException if the policy does not permit a primitive that the scheme
     *     needs
     */
    boolean verify(Secret password, Digest digest);
}
