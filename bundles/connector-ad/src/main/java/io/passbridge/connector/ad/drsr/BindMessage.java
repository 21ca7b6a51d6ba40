/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import java.util.UUID;

/** IDL_DRSBind (MS-DRSR 4.1.3). */
public final class BindMessage {
    /** NTDSAPI_CLIENT_GUID: a client that is no domain controller (MS-DRSR 5.138). */
    public static final UUID CLIENT = UUID.fromString("e24d201a-4fd6-11d1-a3da-0000f875ae0d");

    /**
     * The answer.
     *
     * @param handle the context handle of every further call
     */
    public record Reply(DrsExtensions server, byte[] handle, int status) {}

    private BindMessage() {}

    public static NdrWriter request(int epoch) {
        NdrWriter out = new NdrWriter().pointer(true).uuid(CLIENT).pointer(true);
        DrsExtensions.ofClient(epoch).write(out);
        return out;
    }

    public static Reply reply(NdrReader in) throws NdrException {
        DrsExtensions server =
                in.pointer() ? DrsExtensions.read(in) : new DrsExtensions(0, new UUID(0, 0), 0, 0);
        in.align(Integer.BYTES);
        return new Reply(server, in.bytes(Drs.HANDLE), in.i32());
    }
}
