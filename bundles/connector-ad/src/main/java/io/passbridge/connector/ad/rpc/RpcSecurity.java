/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import java.io.IOException;
import java.util.List;

/**
 * A security context as connection-oriented RPC uses it (MS-RPCE 3.3.1.5.2): three authentication
 * legs, then sealing of every fragment on its own. One context serves one connection; not
 * thread-safe.
 */
public interface RpcSecurity extends AutoCloseable {
    /** Length of the security trailer between stub data and verifier (MS-RPCE 2.2.2.11). */
    int TRAILER = 8;

    /** The authentication type (MS-RPCE 2.2.1.1.7). */
    int authType();

    /** How the fragments are sealed, in words. */
    String cipher();

    /** The token of the bind request. */
    byte[] firstToken() throws IOException;

    /** The token of the third leg, made from the one in the bind acknowledgement. */
    byte[] secondToken(byte[] fromServer) throws IOException;

    /**
     * Whether the third leg is an alter context, which is answered, or an AUTH3 message, which is
     * not.
     */
    boolean thirdLegIsAnswered();

    /** Whether fragment headers are covered by the signature; said once, after the third leg. */
    void established(boolean headerSigning);

    /** Length of the verifier of every fragment that is sent. */
    int verifierLength();

    /**
     * Seals a fragment in place and writes its verifier.
     *
     * @param pdu the fragment from index 0
     * @param stub where the stub data begin
     * @param stubLength length of the stub data with padding; the security trailer of 8 bytes
     *     follows
     */
    void seal(byte[] pdu, int stub, int stubLength);

    /**
     * Verifies a received fragment and decrypts its stub in place.
     *
     * @param start where the fragment begins in the buffer
     * @param stub where the stub data begin
     * @param stubLength length of the stub data with padding; the security trailer of 8 bytes
     *     follows
     * @param verifierLength length of the verifier behind the security trailer
     * @throws ProtectionException if the fragment is not the next one that the peer sealed
     */
    void unseal(byte[] buffer, int start, int stub, int stubLength, int verifierLength)
            throws ProtectionException;

    /**
     * The keys under which the peer may have protected secrets inside the stub data, the most
     * likely first. Copies, which the caller wipes.
     */
    List<byte[]> sessionKeys();

    @Override
    void close();
}
