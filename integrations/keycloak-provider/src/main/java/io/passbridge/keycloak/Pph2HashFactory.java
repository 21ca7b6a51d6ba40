/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

/** Verifies {@code pph2} digests. */
public final class Pph2HashFactory extends HashFactory {
    public Pph2HashFactory() {
        super(HashAlgorithm.PPH2.id());
    }
}
