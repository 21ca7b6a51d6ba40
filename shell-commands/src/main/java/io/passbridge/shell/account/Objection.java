/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.account;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.host.AccountAdministration;
import io.passbridge.connector.host.AccountAdministration.Leave;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import java.util.EnumSet;
import java.util.Set;

/** What speaks against a change of an account is told before anything is asked or done. */
final class Objection {
    private static final String ANYWAY = "--anyway";

    private Objection() {}

    static Usage option(Usage usage) {
        return usage.flag(
                ANYWAY,
                "write although another server is at work on the same store, or the stored secret"
                        + " belongs to another key set");
    }

    /**
     * Refuses, or asks for the name of the connector to be typed.
     *
     * @return the leave that is given
     */
    static Set<Leave> heed(Invocation call, AccountAdministration accounts, String connector)
            throws Refused, ConnectorException {
        Set<Leave> leave = EnumSet.noneOf(Leave.class);
        String objection = accounts.objection(connector).orElse("");
        if (objection.isEmpty()) {
            return leave;
        }
        if (!call.has(ANYWAY)) {
            throw new Refused(
                    objection + " Nothing was changed; " + ANYWAY + " does it all the same.");
        }
        call.confirm(objection, connector);
        leave.add(Leave.ANYWAY);
        return leave;
    }
}
