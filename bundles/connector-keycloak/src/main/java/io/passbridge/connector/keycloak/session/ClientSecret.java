/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import io.passbridge.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The client's secret itself (RFC 6749, 2.3.1). */
final class ClientSecret implements ClientAuthentication {
    @Override
    public Map<String, String> fields(Secret secret, String audience) {
        // the HTTP client takes texts only, so one that lives as short as can be
        return Map.of(
                "client_secret",
                secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8)).strip());
    }
}
