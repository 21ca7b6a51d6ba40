/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.gate;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.Digest;

/** What the gates decided about one change of a user. */
public sealed interface Verdict {
    /** The route has dealt with this version and state before. */
    record Unchanged() implements Verdict {}

    /** The user does not belong to the route and never did. */
    record Outside() implements Verdict {}

    /** Not to be sent; final for this version. */
    record Refused(String reason) implements Verdict {}

    /** Digest the credential and send it with the state. */
    record SendDigest() implements Verdict {}

    /** Send the source's own salted value with the state. */
    record SendAsIs(Digest digest) implements Verdict {}

    /**
     * Send the state alone.
     *
     * @param state to be sent; differs from the source's if the user has left the route's scope
     * @param refusal why the password is not sent, or empty if there is none to send
     */
    record SendState(AccountState state, String refusal) implements Verdict {}
}
