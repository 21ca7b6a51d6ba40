/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import io.passbridge.connector.ad.ndr.NdrException;
import java.util.Arrays;

/** Collects the stub data of one reply, up to a limit. */
final class ReplyBuffer {
    /** What a peer's hint alone may make us allocate. */
    private static final int HINT_LIMIT = 1 << 20;

    private static final int LEAST = 1 << 12;

    private final int limit;
    private byte[] bytes = new byte[0];
    private int length;

    ReplyBuffer(int limit) {
        this.limit = limit;
    }

    void append(byte[] from, int offset, int count, int hint) throws NdrException {
        if (count > limit - length) {
            throw new NdrException(
                    "a reply of more than " + limit + " bytes; the limit is 'maxReplyBytes'");
        }
        if (count > bytes.length - length) {
            int wanted = Math.max(length + count, Math.max(LEAST, 2 * bytes.length));
            int hinted = hint > 0 ? Math.min(hint, HINT_LIMIT) + count : 0;
            grow(Math.min(limit, Math.max(wanted, length + hinted)));
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    private void grow(int size) {
        byte[] larger = Arrays.copyOf(bytes, size);
        Arrays.fill(bytes, (byte) 0);
        bytes = larger;
    }

    RpcReply toReply() {
        return new RpcReply(bytes, length);
    }
}
