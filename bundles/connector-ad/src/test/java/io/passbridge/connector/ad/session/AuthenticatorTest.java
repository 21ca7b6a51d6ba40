/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.connector.ad.kerberos.NoTickets;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.replication.AuthenticationChoice;
import io.passbridge.connector.ad.replication.DirectoryAccount;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationException.Kind;
import io.passbridge.connector.ad.replication.ReplicationSettings;
import io.passbridge.connector.ad.rpc.RpcSecurity;
import io.passbridge.credential.Secret;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** What takes the place of Kerberos where there are no tickets. */
class AuthenticatorTest {
    private static final ReplicationEndpoint ENDPOINT = ReplicationEndpoint.of("dc1.corp.example");

    @Test
    void noTicket_ntlmTakesItsPlace_unlessFipsIsEnforced() throws Exception {
        FixedPolicy permitting = FixedPolicy.permitting();
        assertThat(authenticate(permitting, AuthenticationChoice.KERBEROS_OR_NTLM))
                .isEqualTo(AuthenticationChoice.NTLM);

        FixedPolicy enforced = FixedPolicy.refusing();
        assertThat(refusal(enforced, AuthenticationChoice.KERBEROS_OR_NTLM))
                .hasMessageContaining("no key distribution centre answers")
                .returns(Kind.UNREACHABLE, ReplicationException::kind);
        assertThat(refusal(enforced, AuthenticationChoice.NTLM))
                .hasMessageContaining("NTLM is not permitted under the FIPS policy")
                .returns(Kind.LEGACY_REFUSED, ReplicationException::kind);
        assertThat(enforced.asked()).isEmpty();
    }

    private static ReplicationException refusal(FixedPolicy policy, AuthenticationChoice choice) {
        return catchThrowableOfType(ReplicationException.class, () -> authenticate(policy, choice));
    }

    private static AuthenticationChoice authenticate(
            FixedPolicy policy, AuthenticationChoice choice) throws ReplicationException {
        try (Secret password = Secret.ofChars("Passw0rd".toCharArray())) {
            DirectoryAccount account =
                    DirectoryAccount.withPassword("svc-sync", "corp.example", password);
            Authenticator authenticator =
                    new Authenticator(
                            new Authenticator.Means(
                                    new LegacyPrimitives(policy),
                                    new NoTickets(),
                                    new SecureRandom(),
                                    Clock.systemUTC()),
                            ENDPOINT,
                            account,
                            ReplicationSettings.DEFAULTS.withAuthentication(choice),
                            new Failures(ENDPOINT, account.toString()));
            try (RpcSecurity security = authenticator.authenticate()) {
                return Authenticator.choice(security);
            }
        }
    }
}
