/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.replication.ReplicaObject;
import java.util.List;
import java.util.Optional;

/**
 * The objects and linked values of an uncompressed GetNCChanges reply of version 6 or 9, behind its
 * head.
 */
public final class ReplyObjects {
    private ReplyObjects() {}

    /**
     * Decodes to the very end of the reply, so that nothing is left unaccounted for.
     *
     * @param decryptor for the hashes of the objects; empty to leave them sealed
     */
    public static List<ReplicaObject> read(
            NdrReader in, ReplyHead head, Optional<SecretDecryptor> decryptor) throws NdrException {
        EntryListReader entries = new EntryListReader(in, head.prefixes(), decryptor);
        List<ReplicaObject> objects = entries.read(head.hasObjects(), head.objectCount());
        try {
            LinkedValues.pass(
                    in, head.hasLinks(), head.linkCount(), head.version() == ReplyHead.V9);
            requireEnd(in);
        } catch (NdrException e) {
            objects.forEach(ReplicaObject::close);
            throw e;
        }
        return objects;
    }

    /** Nothing but the return value may be left: otherwise something was misread. */
    private static void requireEnd(NdrReader in) throws NdrException {
        in.align(Integer.BYTES);
        if (in.remaining() != Integer.BYTES) {
            throw new NdrException(
                    in.remaining() + " bytes are left behind the reply instead of 4");
        }
    }
}
