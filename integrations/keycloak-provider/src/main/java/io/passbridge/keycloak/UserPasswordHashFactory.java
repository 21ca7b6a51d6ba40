/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

/** Verifies {@code userPassword} values. */
public final class UserPasswordHashFactory extends HashFactory {
    public UserPasswordHashFactory() {
        super(HashAlgorithm.USER_PASSWORD.id());
    }
}
