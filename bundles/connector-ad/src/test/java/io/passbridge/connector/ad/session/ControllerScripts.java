/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import io.passbridge.connector.ad.drsr.Drs;
import io.passbridge.connector.ad.drsr.ReplyWriter;
import io.passbridge.connector.ad.ndr.NdrWriter;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Behaviours of a fake controller, from honest to hostile. */
final class ControllerScripts {
    private ControllerScripts() {}

    /** IDL_DRSBind's answer: extensions of 48 bytes, a handle, and success. */
    static byte[] bound(int epoch) {
        NdrWriter out = new NdrWriter().pointer(true).i32(48).i32(48);
        out.i32(0x2fffff6f).uuid(new UUID(3, 3)).i32(0).i32(epoch).i32(2).uuid(new UUID(0, 0));
        out.i32(0);
        return out.bytes(new byte[20]).i32(0).toBytes();
    }

    /** Binds honestly and answers GetNCChanges with what is supplied. */
    static FakeController.Script replying(Supplier<byte[]> reply) {
        return replying(key -> reply.get());
    }

    static FakeController.Script replying(Function<byte[], byte[]> reply) {
        return (operation, request, key) -> operation == Drs.OP_BIND ? bound(0) : reply.apply(key);
    }

    /** As the one before, but the sealed fragments of GetNCChanges are changed on the wire. */
    static FakeController.Script tampering(
            Supplier<byte[]> reply, UnaryOperator<List<byte[]>> change) {
        return new Tampering(reply, change, UnaryOperator.identity());
    }

    /**
     * As {@link #replying}, but the fragments of GetNCChanges are changed before they are sealed.
     */
    static FakeController.Script lying(Supplier<byte[]> reply, UnaryOperator<List<byte[]>> change) {
        return new Tampering(reply, UnaryOperator.identity(), change);
    }

    private record Tampering(
            Supplier<byte[]> reply,
            UnaryOperator<List<byte[]>> sealed,
            UnaryOperator<List<byte[]>> plain)
            implements FakeController.Script {
        @Override
        public byte[] answer(int operation, byte[] request, byte[] key) {
            return operation == Drs.OP_BIND ? bound(0) : reply.get();
        }

        @Override
        public List<byte[]> onWire(int operation, List<byte[]> fragments) {
            return operation == Drs.OP_BIND ? fragments : sealed.apply(fragments);
        }

        @Override
        public List<byte[]> beforeSealing(int operation, List<byte[]> fragments) {
            return operation == Drs.OP_BIND ? fragments : plain.apply(fragments);
        }
    }

    /** An honest page of the given number of objects. */
    static ReplyWriter page(int objects) {
        ReplyWriter page = new ReplyWriter();
        for (int i = 0; i < objects; i++) {
            page.object(
                    "CN=user" + i + ",DC=corp,DC=example",
                    Map.of(
                            DirectoryAttribute.SAM_ACCOUNT_NAME,
                            ("user" + i).getBytes(StandardCharsets.UTF_16LE),
                            DirectoryAttribute.USER_ACCOUNT_CONTROL,
                            new byte[] {0, 2, 0, 0}));
        }
        return page;
    }
}
