/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.tck.AccountTargetContract;
import io.passbridge.connector.tck.TargetHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

@Tag("live")
@EnabledIf("io.passbridge.itests.lab.KeycloakLab#possible")
class PlainAccountsLiveTest extends AccountTargetContract {
    @Override
    protected TargetHarness harness(Path folder) throws Exception {
        return new Realm(RealKeycloak.PLAIN, folder);
    }
}
