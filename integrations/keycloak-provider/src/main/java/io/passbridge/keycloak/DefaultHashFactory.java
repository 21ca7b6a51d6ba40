/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

/**
 * The default hash provider of a server: new passwords get Keycloak's own scheme, and synchronised
 * ones are never hashed anew by Keycloak.
 */
public final class DefaultHashFactory extends HashFactory {
    static final String ID = "passbridge";

    public DefaultHashFactory() {
        super(ID);
    }
}
