/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.ntlm;

import io.passbridge.connector.ad.legacy.HmacMd5;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** NTLM version 2 authentication (MS-NLMP 3.3.2). */
final class NtlmV2 {
    private static final int PROOF = 16;
    private static final int CLIENT_CHALLENGE = 8;
    private static final int BLOB_HEAD = 28;
    private static final int BLOB_TAIL = 4;

    /**
     * The two results of ComputeResponse.
     *
     * @param ntResponse NTProofStr and the client's challenge structure
     * @param sessionBaseKey 16 bytes
     */
    record Response(byte[] ntResponse, byte[] sessionBaseKey) {}

    private NtlmV2() {}

    /** NTOWFv2: 16 bytes, which the caller wipes. */
    static byte[] responseKey(
            LegacyPrimitives legacy, byte[] passwordUtf16, String user, String domain) {
        byte[] hash = legacy.md4(passwordUtf16);
        byte[] identity =
                (user.toUpperCase(Locale.ROOT) + domain).getBytes(StandardCharsets.UTF_16LE);
        try (HmacMd5 mac = legacy.hmacMd5(hash)) {
            return mac.update(identity).doFinal();
        } finally {
            LegacyPrimitives.wipe(hash);
        }
    }

    /**
     * @param time FILETIME, 8 bytes little-endian
     * @param clientChallenge 8 random bytes
     * @param targetInfo attribute-value pairs with their end mark
     */
    static Response respond(
            LegacyPrimitives legacy,
            byte[] responseKey,
            byte[] serverChallenge,
            byte[] clientChallenge,
            byte[] time,
            byte[] targetInfo) {
        byte[] blob = new byte[BLOB_HEAD + targetInfo.length + BLOB_TAIL];
        blob[0] = 1;
        blob[1] = 1;
        System.arraycopy(time, 0, blob, 8, Long.BYTES);
        System.arraycopy(clientChallenge, 0, blob, 16, CLIENT_CHALLENGE);
        System.arraycopy(targetInfo, 0, blob, BLOB_HEAD, targetInfo.length);
        try (HmacMd5 mac = legacy.hmacMd5(responseKey)) {
            byte[] response = new byte[PROOF + blob.length];
            mac.update(serverChallenge).update(blob).doFinal(response, 0);
            System.arraycopy(blob, 0, response, PROOF, blob.length);
            return new Response(response, mac.update(response, 0, PROOF).doFinal());
        }
    }
}
