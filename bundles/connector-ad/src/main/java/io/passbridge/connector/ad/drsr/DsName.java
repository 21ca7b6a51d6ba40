/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import java.util.Optional;
import java.util.UUID;

/**
 * The identity of an object (MS-DRSR 5.50, DSNAME).
 *
 * @param guid all zero if not given
 * @param name distinguished name, may be empty
 */
public record DsName(UUID guid, Optional<Sid> sid, String name) {
    /** No identity by GUID. */
    public static final UUID NO_GUID = new UUID(0, 0);

    private static final int FIXED = 56;
    private static final int MAX_UNITS = 1 << 16;

    public static DsName ofName(String distinguishedName) {
        return new DsName(NO_GUID, Optional.empty(), distinguishedName);
    }

    public static DsName ofGuid(UUID guid) {
        return new DsName(guid, Optional.empty(), "");
    }

    void write(NdrWriter out) {
        int units = name.length() + 1;
        out.i32(units);
        out.i32(FIXED + Character.BYTES * units).i32(0).uuid(guid).bytes(new byte[Sid.MAX_BYTES]);
        out.i32(name.length()).utf16(name).u16(0);
    }

    static DsName read(NdrReader in) throws NdrException {
        int units = in.count(Character.BYTES, MAX_UNITS, "name units");
        in.i32();
        int sidLength = in.i32();
        UUID guid = in.uuid();
        int sid = in.skip(Sid.MAX_BYTES);
        int nameLength = in.i32();
        if (nameLength != units - 1) {
            throw new NdrException("a name of " + nameLength + " in " + units + " units");
        }
        String name = in.utf16(nameLength);
        in.skip(Character.BYTES);
        return new DsName(guid, Sid.read(in.buffer(), sid, sidLength), name);
    }
}
