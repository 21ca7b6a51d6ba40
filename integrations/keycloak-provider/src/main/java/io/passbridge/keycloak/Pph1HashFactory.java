/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

/** Verifies {@code pph1} digests. */
public final class Pph1HashFactory extends HashFactory {
    public Pph1HashFactory() {
        super(HashAlgorithm.PPH1.id());
    }
}
