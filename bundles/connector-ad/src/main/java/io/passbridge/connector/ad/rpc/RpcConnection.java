/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import io.passbridge.connector.ad.ndr.NdrException;
import io.passbridge.connector.ad.ndr.NdrReader;
import io.passbridge.connector.ad.ndr.NdrWriter;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Connection-oriented DCE/RPC over TCP as a client (C706 chapter 12, MS-RPCE 3.3.2): one
 * association, one presentation context, one call at a time. Calls are made by one thread; {@link
 * #cancel} and {@link #close} may be called by any.
 */
public final class RpcConnection implements Closeable {

    /** Stub data of all fragments but the last are a multiple of this, as ciphers need it. */
    private static final int STUB_UNIT = 16;

    private final Wire wire;
    private final FragmentReader fragments;
    private final int maxReply;
    private RpcSecurity security;
    private int maxSend = BindMessages.MAX_FRAGMENT;
    private volatile int callId;
    private boolean headerSigning;

    RpcConnection(Wire wire, int maxReply) {
        this.wire = wire;
        this.fragments = new FragmentReader(wire);
        this.maxReply = maxReply;
    }

    /**
     * Connects, without a bind.
     *
     * @param maxReply the most stub data of one reply that are accepted, in bytes
     */
    public static RpcConnection connect(InetSocketAddress address, Duration timeout, int maxReply)
            throws IOException {
        return new RpcConnection(SocketWire.connect(address, timeout), maxReply);
    }

    /** Binds without authentication, for the endpoint mapper. */
    public void bind(RpcInterface target, Duration timeout) throws IOException {
        Deadline deadline = Deadline.in(timeout);
        write(BindMessages.bind(Fragment.BIND, 0, ++callId, target, 0, new byte[0]));
        maxSend = BindMessages.accepted(answer(Fragment.BIND_ACK, deadline));
    }

    /**
     * Binds with packet privacy in three legs (MS-RPCE 3.3.1.5.2.2). After an AUTH3 leg a refusal
     * shows at the first call only.
     *
     * @param offerHeaderSigning whether header signing is offered; it is in force if the peer
     *     agrees
     */
    public void bind(
            RpcInterface target, RpcSecurity context, boolean offerHeaderSigning, Duration timeout)
            throws IOException {
        Deadline deadline = Deadline.in(timeout);
        int type = context.authType();
        int flags = offerHeaderSigning ? Fragment.HEADER_SIGNING : 0;
        write(
                BindMessages.bind(
                        Fragment.BIND, flags, ++callId, target, type, context.firstToken()));
        Fragment ack = answer(Fragment.BIND_ACK, deadline);
        maxSend = BindMessages.accepted(ack);
        headerSigning = offerHeaderSigning && ack.has(Fragment.HEADER_SIGNING);
        byte[] challenge = ack.token(type, BindMessages.PRIVACY, BindMessages.AUTH_CONTEXT);
        if (challenge.length == 0) {
            throw new ProtectionException(
                    "the peer answered the bind without an authentication token");
        }
        byte[] token = context.secondToken(challenge);
        if (context.thirdLegIsAnswered()) {
            write(BindMessages.bind(Fragment.ALTER_CONTEXT, 0, ++callId, target, type, token));
            BindMessages.accepted(answer(Fragment.ALTER_CONTEXT_RESPONSE, deadline));
        } else {
            write(BindMessages.auth3(callId, type, token));
        }
        context.established(headerSigning);
        security = context;
    }

    /** Whether header signing is in force. */
    public boolean headerSigning() {
        return headerSigning;
    }

    /**
     * Calls an operation and waits for the whole reply.
     *
     * @throws RpcFaultException if the peer answers with a fault
     * @throws java.net.SocketTimeoutException if the reply is not complete in time; the peer is
     *     told
     */
    public RpcReply call(int operation, NdrWriter stub, Duration timeout) throws IOException {
        send(operation, stub);
        return receive(timeout);
    }

    /** Sends a request whose reply must be received before the next one is sent. */
    public void send(int operation, NdrWriter stub) throws IOException {
        send(operation, stub.toBytes());
    }

    /** Waits for the whole reply to the request that was sent; otherwise as {@link #call}. */
    public RpcReply receive(Duration timeout) throws IOException {
        try {
            return receive(Deadline.in(timeout));
        } catch (java.net.SocketTimeoutException e) {
            abandon(e);
            throw e;
        }
    }

    /** Asks the peer to give up the running call (C706 12.6.4.8), and closes the connection. */
    public void cancel() {
        try {
            write(BindMessages.bare(Fragment.CANCEL, callId));
        } catch (IOException e) {
            // the connection is gone already, which ends the call as well
        } finally {
            close();
        }
    }

    private void abandon(IOException reason) {
        try {
            write(BindMessages.bare(Fragment.ORPHANED, callId));
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private void send(int operation, byte[] stub) throws IOException {
        callId++;
        int verifier = security == null ? 0 : security.verifierLength();
        int overhead =
                Fragment.RESPONSE_HEADER
                        + (security == null ? 0 : Fragment.SECURITY_TRAILER + verifier);
        int room = maxSend - overhead & -STUB_UNIT;
        int offset = 0;
        do {
            int count = Math.min(room, stub.length - offset);
            int flags =
                    (offset == 0 ? Fragment.FIRST : 0)
                            | (offset + count == stub.length ? Fragment.LAST : 0);
            write(request(operation, stub, offset, count, flags, verifier));
            offset += count;
        } while (offset < stub.length);
    }

    private byte[] request(
            int operation, byte[] stub, int offset, int count, int flags, int verifier) {
        int padded = security == null ? count : count + STUB_UNIT - 1 & -STUB_UNIT;
        NdrWriter out = new NdrWriter();
        BindMessages.header(out, Fragment.REQUEST, 0, callId);
        out.i32(stub.length - offset).u16(0).u16(operation);
        out.bytes(java.util.Arrays.copyOfRange(stub, offset, offset + padded));
        if (security != null) {
            BindMessages.trailer(out, security.authType(), padded - count);
            out.bytes(new byte[verifier]);
        }
        byte[] pdu = BindMessages.withLength(out.toBytes(), verifier);
        pdu[3] = (byte) flags;
        if (security != null) {
            security.seal(pdu, Fragment.RESPONSE_HEADER, padded);
        }
        return pdu;
    }

    private RpcReply receive(Deadline deadline) throws IOException {
        ReplyBuffer reply = new ReplyBuffer(maxReply);
        for (boolean first = true; ; first = false) {
            Fragment fragment = answer(Fragment.RESPONSE, deadline);
            if (fragment.has(Fragment.FIRST) != first) {
                throw new NdrException("the fragments of a reply are out of order");
            }
            NdrReader in = fragment.body();
            int hint = in.i32();
            if (in.u16() != 0) {
                throw new NdrException("a reply for a presentation context that was not offered");
            }
            in.skip(2);
            int count = open(fragment);
            reply.append(
                    fragment.buffer(), fragment.start() + Fragment.RESPONSE_HEADER, count, hint);
            if (fragment.has(Fragment.LAST)) {
                return reply.toReply();
            }
            if (count == 0) {
                throw new NdrException("an empty fragment in the middle of a reply");
            }
        }
    }

    /** Verifies and decrypts; gives the length of the stub data without padding. */
    private int open(Fragment fragment) throws IOException {
        int stub = fragment.start() + Fragment.RESPONSE_HEADER;
        int length = fragment.bodyEnd() - stub;
        if (length < 0) {
            throw new NdrException("a reply fragment is shorter than its header");
        }
        if (security == null) {
            return length;
        }
        if (fragment.authLength() == 0) {
            throw new ProtectionException("a reply fragment came without protection");
        }
        int padding =
                fragment.trailer(
                        security.authType(), BindMessages.PRIVACY, BindMessages.AUTH_CONTEXT);
        if (padding > length) {
            throw new NdrException("padding of " + padding + " bytes in a fragment of " + length);
        }
        security.unseal(fragment.buffer(), fragment.start(), stub, length, fragment.authLength());
        return length - padding;
    }

    private Fragment answer(int expected, Deadline deadline) throws IOException {
        Fragment fragment = fragments.next(BindMessages.MAX_FRAGMENT, deadline);
        if (fragment.type() == Fragment.BIND_NAK) {
            throw RpcFaultException.refusedBind(
                    "the bind was refused, reason", fragment.body().u16());
        }
        if (fragment.callId() != callId) {
            throw new NdrException(
                    "an answer to call " + fragment.callId() + " while " + callId + " is running");
        }
        if (fragment.type() == Fragment.FAULT) {
            throw fault(fragment);
        }
        if (fragment.type() != expected) {
            throw new NdrException(
                    "message type " + fragment.type() + " where " + expected + " is due");
        }
        return fragment;
    }

    /**
     * A fault may come unprotected (MS-RPCE 3.3.1.5.2.2); it can only end the call, never give
     * data.
     */
    private IOException fault(Fragment fragment) throws IOException {
        if (security != null && fragment.authLength() > 0) {
            open(fragment);
        }
        NdrReader in = fragment.body();
        in.skip(Fragment.RESPONSE_HEADER - Fragment.HEADER);
        return new RpcFaultException("the peer answered with fault", in.i32());
    }

    private void write(byte[] pdu) throws IOException {
        wire.write(pdu);
    }

    /** The context that protects this connection, if it is bound with one. */
    public Optional<RpcSecurity> security() {
        return Optional.ofNullable(security);
    }

    /**
     * Closes the connection; a running call ends with an exception. The security context is not
     * closed.
     */
    @Override
    public void close() {
        try {
            wire.close();
        } catch (IOException e) {
            // nothing is lost: every reply that counts was read to its end
        } finally {
            fragments.wipe();
        }
    }
}
