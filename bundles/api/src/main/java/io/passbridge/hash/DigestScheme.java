/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash;

import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceCredential;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Extra processing that turns a source credential into a digest that may leave for a target. A
 * whiteboard service, found by its {@link #name}; it may come and go while the platform runs.
 * Implementations are thread-safe and keep nothing of what they process.
 */
@ConsumerType
public interface DigestScheme {
    /** The scheme's name, as routes and targets name it: {@code pph1}, {@code pph2}. Lower case. */
    String name();

    /**
     * Whether the scheme can process this credential; false is a final 'rejected' with a reason for
     * the user.
     */
    boolean accepts(SourceCredential credential);

    /**
     * Digests a batch, each with a salt of its own. A batch, so that an implementation can compute
     * several side by side.
     *
     * @param credentials 1 to 1,000, each one that {@link #accepts} took; they stay the caller's to
     *     close
     * @return the digests in the same order
     * @throws io.passbridge.credential.LegacyRefusedException if the FIPS policy does not permit
     *     the scheme
     */
    List<Digest> digest(List<? extends SourceCredential> credentials);

    /**
     * Whether digests of this scheme were made from credentials: each is made again with the salt
     * and the cost that stand in it, and compared in constant time.
     *
     * @param credentials 1 to 1,000, each one that {@link #accepts} took; they stay the caller's to
     *     close
     * @param digests as many, of this scheme; one that is malformed was made from nothing
     * @return as many answers, or empty if the scheme cannot tell
     * @throws io.passbridge.credential.LegacyRefusedException if the FIPS policy does not permit
     *     the scheme
     */
    default Optional<List<Boolean>> match(
            List<? extends SourceCredential> credentials, List<Digest> digests) {
        return Optional.empty();
    }

    /**
     * Parameters in words, for {@code sync:status} and {@code fips:status}: {@code
     * PBKDF2-HMAC-SHA-256, 1000 iterations, 80-bit salt}.
     */
    String parameters();

    /** Whether the scheme meets SP 800-132 with its present parameters. */
    boolean approved();

    /** About how many digests one core makes in a second, measured or estimated, for forecasts. */
    double digestsPerSecond();
}
