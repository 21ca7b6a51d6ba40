/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

import java.util.Optional;
import java.util.UUID;

/**
 * What was agreed while a session was opened.
 *
 * @param controller the controller as it was addressed
 * @param authentication {@code KERBEROS} or {@code NTLM}
 * @param withoutKerberos why NTLM was used though Kerberos is preferred
 * @param cipher how the channel is sealed, in words
 * @param headerSigning whether header signing is in force
 * @param extensionFlags the controller's DRS_EXTENSIONS_INT dwFlags
 * @param extensionFlagsExt the controller's dwFlagsExt
 * @param replicationEpoch the domain's replication epoch; changes when the domain is renamed
 * @param siteGuid objectGUID of the controller's site
 */
public record SessionFacts(
        ReplicationEndpoint controller,
        AuthenticationChoice authentication,
        Optional<String> withoutKerberos,
        String cipher,
        boolean headerSigning,
        int extensionFlags,
        int extensionFlagsExt,
        int replicationEpoch,
        UUID siteGuid) {}
