/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import io.passbridge.connector.ConnectorException;
import io.passbridge.credential.Secret;
import java.util.Map;

/** How the client proves who it is at the token endpoint (RFC 6749, RFC 7523). Thread-safe. */
interface ClientAuthentication {
    /**
     * The form fields that prove it, beside the client's id.
     *
     * @param secret the account's, stays the caller's to close
     * @param audience the address of the realm
     * @throws ConnectorException of kind {@code AUTHENTICATION} if the secret is not of the form
     *     that is needed
     */
    Map<String, String> fields(Secret secret, String audience) throws ConnectorException;
}
