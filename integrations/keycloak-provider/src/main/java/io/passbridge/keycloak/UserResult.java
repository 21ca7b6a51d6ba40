/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.passbridge.keycloak.Result.Status;

/**
 * What became of a user's item.
 *
 * @param anchor of the item
 * @param made whether the user is a new one
 * @param result with the user's id, or an empty one if there is no user
 */
record UserResult(String anchor, boolean made, Result result) {
    static UserResult of(UserItem item, String id, Status status, String detail) {
        return new UserResult(item.anchor(), false, new Result(id, status, detail));
    }

    ObjectNode json() {
        return result.json().put("anchor", anchor);
    }
}
