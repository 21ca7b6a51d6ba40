/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

/**
 * Why a domain controller could not be read: a kind for the program, the protocol's own code, and a
 * text with a remedy for the operator. Never contains a secret.
 */
public final class ReplicationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as a program must tell it apart. */
    public enum Kind {
        /** No connection could be made; nothing happened. Another controller may answer. */
        UNREACHABLE(true),
        /** The connection broke or the answer did not come in time. */
        CONNECTION_LOST(true),
        /** The account name, its secret or its ticket was not accepted. */
        AUTHENTICATION(true),
        /** The clocks of both sides differ by more than Kerberos allows. */
        CLOCK(true),
        /**
         * The domain was renamed since the session began; a new one takes up the new replication
         * epoch.
         */
        EPOCH_CHANGED(true),
        /** The account lacks the replication rights. */
        PERMISSION(false),
        /** The name is no naming context, or the controller does not hold it. */
        NAMING_CONTEXT(false),
        /** There is no such object, or the account may not know of it. */
        NOT_FOUND(false),
        /** The controller does not replicate at present; another one may. */
        CONTROLLER_REFUSES(false),
        /**
         * The controller's database is older than the cursor: it was restored. A full run is
         * needed.
         */
        CONTROLLER_RESTORED(false),
        /** The controller promises more data without moving on. */
        NO_PROGRESS(false),
        /** A reply was not protected as agreed: changed, replayed, downgraded or forged. */
        PROTECTION(true),
        /** A reply was malformed or over a limit. */
        PROTOCOL(true),
        /** The FIPS policy does not permit an algorithm that is needed. */
        LEGACY_REFUSED(true),
        /** The controller gave another error; see the code. */
        OTHER(false);

        private final boolean sessionLost;

        Kind(boolean sessionLost) {
            this.sessionLost = sessionLost;
        }

        /** Whether the session must be closed and opened anew. */
        public boolean sessionLost() {
            return sessionLost;
        }
    }

    /** What helps when clocks differ. */
    public static final String CLOCK_REMEDY =
            "set both clocks by NTP (Linux: 'chronyc tracking' or 'timedatectl', Windows: 'w32tm"
                    + " /query /status')";

    private final Kind kind;
    private final int code;
    private final String remedy;

    /**
     * @param code the Windows error or RPC fault code, 0 if there is none
     * @param words what happened, one sentence without a full stop
     * @param remedy what the operator can do
     */
    public ReplicationException(Kind kind, int code, String words, String remedy) {
        super(words + (code == 0 ? "" : " (" + codeText(code) + ")") + "; " + remedy);
        this.kind = kind;
        this.code = code;
        this.remedy = remedy;
    }

    /** As the other constructor, with the cause. */
    public ReplicationException(Kind kind, int code, String words, String remedy, Throwable cause) {
        this(kind, code, words, remedy);
        initCause(cause);
    }

    public Kind kind() {
        return kind;
    }

    /** The Windows error or RPC fault code; 0 if there is none. */
    public int code() {
        return code;
    }

    /** What the operator can do. */
    public String remedy() {
        return remedy;
    }

    private static String codeText(int code) {
        return code > 0 && code < 0x1_0000 ? "error " + code : String.format("code 0x%08x", code);
    }
}
