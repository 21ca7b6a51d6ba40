/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.SealedRecipient;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.Recipient;
import io.passbridge.hash.SealingScheme;
import io.passbridge.sync.route.CycleFailure;
import java.util.List;
import java.util.Optional;

/** Seals the source credentials of a page for whoever is behind the target. */
record Sealing(ConnectorRegistry connectors, String target, SealingScheme scheme) {
    /** Whether an update brings what the source holds, sealed together with its version. */
    static boolean sealed(PasswordUpdate update) {
        return update.digest().filter(d -> d.scheme().equals(SealingScheme.NAME)).isPresent();
    }

    /**
     * @return in the order of the changes
     */
    List<Optional<Digest>> seal(List<CredentialChange> changes)
            throws CycleFailure, InterruptedException {
        if (changes.isEmpty()) {
            return List.of();
        }
        try (Recipient recipient =
                connectors.ask(target, SealedRecipient.class, SealedRecipient::recipient)) {
            return scheme.seal(recipient, changes).stream().map(Optional::of).toList();
        } catch (ConnectorException e) {
            throw CycleFailure.target(target, e);
        } catch (LegacyRefusedException e) {
            throw new CycleFailure(CycleFailure.Kind.LEGACY, e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            throw new CycleFailure(
                    CycleFailure.Kind.DIGEST,
                    "digest scheme '%s' cannot seal for target %s: %s"
                            .formatted(scheme.name(), target, e.getClass().getName()));
        }
    }
}
