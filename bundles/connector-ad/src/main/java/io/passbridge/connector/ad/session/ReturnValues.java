/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationException.Kind;

/**
 * Puts the return values of directory calls into words with a remedy (MS-ERREF 2.2).
 *
 * @param account the account that asked, as text
 */
record ReturnValues(ReplicationEndpoint controller, String account) {
    /**
     * The return value of a directory call, other than 0.
     *
     * @param subject what was asked for
     */
    ReplicationException refusal(int code, String subject) {
        return switch (code) {
            case 5, 8453 ->
                    new ReplicationException(
                            Kind.PERMISSION,
                            code,
                            "account " + account + " may not replicate " + subject,
                            "grant it 'Replicating Directory Changes' and 'Replicating Directory"
                                    + " Changes All' on the head of the domain");
            case 8420, 8440 ->
                    new ReplicationException(
                            Kind.NAMING_CONTEXT,
                            code,
                            subject + " is not a naming context that " + controller + " holds",
                            "use the distinguished name of the domain, such as DC=corp,DC=example");
            case 8439 ->
                    new ReplicationException(
                            Kind.NOT_FOUND,
                            code,
                            "there is no object "
                                    + subject
                                    + ", or account "
                                    + account
                                    + " may not know of it",
                            "check the name, and that the account has the replication rights");
            case 8456 ->
                    new ReplicationException(
                            Kind.CONTROLLER_REFUSES,
                            code,
                            "outbound replication is switched off at " + controller,
                            "use another controller, or switch it on: repadmin /options NAME"
                                    + " -DISABLE_OUTBOUND_REPL, or samba-tool drs options NAME"
                                    + " --dsa-option=-DISABLE_OUTBOUND_REPL");
            case 8457 ->
                    new ReplicationException(
                            Kind.CONTROLLER_REFUSES,
                            code,
                            "inbound replication is switched off at "
                                    + controller
                                    + ", so that it falls behind",
                            "use another controller, or switch it on: repadmin /options NAME"
                                    + " -DISABLE_INBOUND_REPL, or samba-tool drs options NAME"
                                    + " --dsa-option=-DISABLE_INBOUND_REPL");
            case 8593 ->
                    new ReplicationException(
                            Kind.EPOCH_CHANGED,
                            code,
                            "the replication epoch of "
                                    + controller
                                    + " is another one now: the domain was renamed",
                            "a new session takes it up by itself; if the domain's name changed,"
                                    + " mend 'domain', 'searchBases' and the account's name");
            case 8418 ->
                    new ReplicationException(
                            Kind.CONTROLLER_REFUSES,
                            code,
                            controller
                                    + " does not know one of the asked attributes, or its schema"
                                    + " differs",
                            "wait until the schema has replicated, or use another controller");
            case 8464 ->
                    new ReplicationException(
                            Kind.CONTROLLER_REFUSES,
                            code,
                            controller + " does not give this selection of attributes",
                            "use another controller; report the controller's version with this"
                                    + " text");
            case 8438, 8446, 8461, 14 ->
                    new ReplicationException(
                            Kind.CONTROLLER_REFUSES,
                            code,
                            controller + " is too busy to replicate",
                            "it will be tried again; use another controller if it lasts");
            case 87 ->
                    new ReplicationException(
                            Kind.OTHER,
                            code,
                            controller + " did not understand the request for " + subject,
                            "check that it is a writable controller; read-only controllers give no"
                                    + " hashes");
            default ->
                    new ReplicationException(
                            Kind.OTHER,
                            code,
                            controller + " refused the request for " + subject,
                            "look the error up with 'net helpmsg' or 'certutil -error'");
        };
    }
}
