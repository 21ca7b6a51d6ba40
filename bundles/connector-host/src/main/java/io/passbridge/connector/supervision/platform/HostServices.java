/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.platform;

import io.passbridge.connector.host.ConnectorListener;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.event.Journal;
import io.passbridge.keys.Sealing;
import io.passbridge.store.AccountSecrets;
import io.passbridge.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The rest of the platform as it is at the moment of each call: its parts come and go. */
public interface HostServices {
    Optional<Journal> journal();

    Optional<AccountSecrets> accounts();

    Optional<Sealing> sealing();

    /** The other server that is at work on a shared store, if one is. */
    default Optional<String> otherWriter() throws StoreException {
        return Optional.empty();
    }

    Optional<LegacyPolicy> legacyPolicy();

    List<PasswordVerifier> verifiers();

    List<ConnectorListener> listeners();

    /** The folder that relative paths of configurations are resolved against. */
    Path home();

    /** The folder that holds the platform's durable data. */
    Path data();

    Clock clock();

    Limits limits();

    /** Whether the whole platform is going down. */
    boolean stopping();
}
