/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Parts of an address, encoded (RFC 3986). */
public final class Address {
    private Address() {}

    /** A text as one segment of a path or one value of a query. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
