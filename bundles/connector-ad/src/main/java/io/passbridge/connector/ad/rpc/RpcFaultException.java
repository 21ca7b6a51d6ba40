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
    private final boolean bindRefused;

    /**
     * A fault.
     *
     * @param status C706 appendix E, MS-RPCE 2.2.2.9
     */
    public RpcFaultException(String what, int status) {
        this(what, status, false);
    }

    private RpcFaultException(String what, int status, boolean bindRefused) {
        super(what + String.format(" 0x%08x", status));
        this.status = status;
        this.bindRefused = bindRefused;
    }

    /**
     * A bind that the peer refused.
     *
     * @param reason C706 12.6.3.1 and MS-RPCE 2.2.2.4; its numbers have nothing to do with faults
     */
    static RpcFaultException refusedBind(String what, int reason) {
        return new RpcFaultException(what, reason, true);
    }

    /** Whether this is the reason of a refused bind and no fault. */
    public boolean bindRefused() {
        return bindRefused;
    }

    public int status() {
        return status;
    }
}
