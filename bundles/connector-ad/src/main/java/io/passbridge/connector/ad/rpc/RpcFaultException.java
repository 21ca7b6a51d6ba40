/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import java.io.IOException;

/** The peer answered a call with a fault, or refused a bind. */
public final class RpcFaultException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status fault status (C706 appendix E, MS-RPCE 2.2.2.9), or the reason of a refused
     *     bind
     */
    public RpcFaultException(String what, int status) {
        super(what + String.format(" 0x%08x", status));
        this.status = status;
    }

    public int status() {
        return status;
    }
}
