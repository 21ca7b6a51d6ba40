/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What became of an item.
 *
 * @param id of its user
 * @param detail for people, may be empty
 */
record Result(String id, Status status, String detail) {
    /** What the client of the contract distinguishes. */
    enum Status {
        APPLIED,
        ALREADY,
        CONFLICT,
        NO_SUCH_USER,
        REJECTED,
        RETRY
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("status", status.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("detail", detail);
    }
}
