/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import java.util.UUID;

/** An interface or transfer syntax with its version (C706 12.6.3.1, p_syntax_id_t). */
public record RpcInterface(UUID uuid, int major, int minor) {
    /** Transfer syntax NDR 2.0, the only one that is offered. */
    public static final RpcInterface NDR =
            new RpcInterface(UUID.fromString("8a885d04-1ceb-11c9-9fe8-08002b104860"), 2, 0);

    /** Length on the wire. */
    static final int BYTES = 20;

    int version() {
        return major | minor << Short.SIZE;
    }
}
