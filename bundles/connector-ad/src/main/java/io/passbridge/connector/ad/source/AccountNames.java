/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;

/**
 * The account's name in the two forms that are needed, out of any that an administrator may have
 * typed: {@code svc}, {@code svc@corp.example} or {@code CORP\svc}.
 *
 * @param userName for Kerberos and NTLM
 * @param domain DNS name of the account's domain
 */
record AccountNames(String userName, String domain) {
    static AccountNames of(ConnectorContext context, AdSettings settings)
            throws ConnectorException {
        String typed =
                context.accountName()
                        .filter(name -> !name.isBlank())
                        .orElseThrow(
                                () ->
                                        new ConnectorException(
                                                Kind.AUTHENTICATION,
                                                "connector "
                                                        + settings.instance()
                                                        + " has no account; account:set "
                                                        + settings.instance()
                                                        + " sets its name and secret"));
        int at = typed.indexOf('@');
        if (at > 0) {
            return new AccountNames(typed.substring(0, at), typed.substring(at + 1));
        }
        return new AccountNames(typed.substring(typed.indexOf('\\') + 1), settings.domain());
    }

    String userPrincipalName() {
        return userName + "@" + domain;
    }
}
