/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.rpc.RpcInterface;
import java.util.UUID;

/** The drsuapi interface and its operations (MS-DRSR 4.1 and chapter 7). */
public final class Drs {
    public static final RpcInterface INTERFACE =
            new RpcInterface(UUID.fromString("e3514235-4b06-11d1-ab04-00c04fc2dcd2"), 4, 0);

    public static final int OP_BIND = 0;
    public static final int OP_GET_NC_CHANGES = 3;
    public static final int OP_CRACK_NAMES = 12;
    public static final int OP_DOMAIN_CONTROLLER_INFO = 16;

    /** Length of a context handle, DRS_HANDLE. */
    static final int HANDLE = 20;

    private Drs() {}

    /**
     * Reads the version of an out message and its union discriminant, which must agree and be among
     * the given.
     */
    static int version(NdrReader in, int... known) throws NdrException {
        int version = in.i32();
        in.sameCount(version, "as the version of the reply");
        for (int one : known) {
            if (one == version) {
                return version;
            }
        }
        throw new NdrException("reply version " + version + " was not asked for");
    }
}
