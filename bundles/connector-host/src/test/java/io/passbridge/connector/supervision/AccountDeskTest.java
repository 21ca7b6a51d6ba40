/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.host.AccountAdministration;
import io.passbridge.connector.host.AccountAdministration.AccountStatus;
import io.passbridge.connector.host.AccountAdministration.Leave;
import io.passbridge.connector.host.AccountAdministration.Outcome;
import io.passbridge.connector.host.AccountAdministration.State;
import io.passbridge.connector.supervision.platform.AccountVault;
import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.health.Finding;
import io.passbridge.keys.KeyException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountDeskTest {
    @TempDir Path folder;
    private HostFixture host;
    private AccountDesk desk;
    private final ScriptedFactory factory = new ScriptedFactory();

    @BeforeEach
    void makeHost() throws Exception {
        host = new HostFixture(folder);
        host.start(factory);
        desk = new AccountDesk(host.platform, host.instances);
    }

    @AfterEach
    void closeHost() {
        host.close();
    }

    private Outcome set(String secret, boolean unverified)
            throws ConnectorException, InterruptedException {
        try (Secret given = Secret.ofChars(secret.toCharArray())) {
            return desk.set(
                    "corp", "svc", given, unverified ? Set.of(Leave.UNVERIFIED) : Set.of(), "anna");
        }
    }

    @Test
    void set_verifiesSealsAndJournals() throws Exception {
        Outcome outcome = set("right", false);

        assertThat(outcome.verified()).isTrue();
        assertThat(outcome.stored()).isTrue();
        assertThat(host.platform.memoryJournal.of(EventType.ACCOUNT_SECRET_SET))
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.subject()).isEqualTo("connector corp");
                            assertThat(entry.facts())
                                    .containsEntry(Fact.ACTOR, "anna")
                                    .doesNotContainValue("right");
                        });
        assertThat(desk.accounts())
                .singleElement()
                .returns(State.SET, AccountStatus::state)
                .returns("svc", AccountStatus::name)
                .satisfies(account -> assertThat(account.verifiedAt()).isPresent());
        assertThat(factory.latest().context.accountName()).contains("svc");
    }

    @Test
    void set_ofAWrongSecret_storesNothing() throws Exception {
        set("right", false);
        Outcome outcome = set("wrong", false);

        assertThat(outcome.verified()).isFalse();
        assertThat(outcome.stored()).isFalse();
        assertThat(desk.verify("corp").verified()).isTrue();
        assertThat(host.platform.memoryJournal.of(EventType.ACCOUNT_SECRET_SET)).hasSize(1);
    }

    @Test
    void set_unverified_storesWhatTheSystemRefused() throws Exception {
        assertThat(set("early", true).stored()).isTrue();
        factory.expectedSecret = "early";
        assertThat(desk.verify("corp").verified()).isTrue();
    }

    @Test
    void set_withABrokenJournal_isRefusedAndChangesNothing() {
        host.platform.memoryJournal.broken = true;

        assertThatThrownBy(() -> set("right", false)).hasMessageContaining("disk full");
        assertThat(host.platform.memoryAccounts.list()).isEmpty();
    }

    @Test
    void set_onALockedKeySet_isRefusedBeforeTheSystemIsAsked() {
        host.platform.plainSealing.locked = true;

        assertThatThrownBy(() -> set("right", false))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("locked");
        assertThat(host.status().calls()).isZero();
        assertThatThrownBy(() -> desk.objection("corp"))
                .as("before anybody is asked for a secret")
                .hasMessageContaining("locked");
    }

    @Test
    void reset_makesStoresAndVerifiesANewSecret() throws Exception {
        set("right", false);
        Outcome outcome = desk.reset("corp", Set.of(), "anna");

        assertThat(outcome.verified()).isTrue();
        assertThat(outcome.stored()).isTrue();
        assertThat(factory.expectedSecret).isEqualTo("fresh");
        assertThat(desk.accounts()).singleElement().returns("svc", AccountStatus::name);
        assertThat(host.platform.memoryJournal.of(EventType.ACCOUNT_SECRET_RESET)).hasSize(1);
    }

    @Test
    void reset_whoseSecretCannotBeStored_saysThatTheOldOneIsVoid() throws Exception {
        set("right", false);
        host.platform.memoryAccounts.readOnly = true;

        assertThatThrownBy(() -> desk.reset("corp", Set.of(), "anna"))
                .hasMessageContaining("the old one is void")
                .hasMessageContaining("account:set corp");
    }

    @Test
    void connectorThatNeedsNoSecretAsConfigured_missesNone_andTakesNone() throws Exception {
        host.slot.updated(HostFixture.CORP, Map.of("file", "people.ldif", "follow", "false"));
        assertThat(desk.accounts()).isEmpty();
        assertThatThrownBy(() -> set("right", false)).hasMessageContaining("nothing to set");
        host.slot.updated(HostFixture.CORP, Map.of("file", "people.ldif"));
        assertThat(desk.accounts()).singleElement().returns(State.MISSING, AccountStatus::state);
    }

    @Test
    void accounts_tellMissingLockedLostAndOrphaned() throws Exception {
        assertThat(desk.accounts()).singleElement().returns(State.MISSING, AccountStatus::state);
        set("right", false);
        host.platform.plainSealing.locked = true;
        assertThat(desk.accounts()).singleElement().returns(State.LOCKED, AccountStatus::state);
        host.platform.plainSealing.locked = false;
        var stored = host.platform.memoryAccounts.find("corp").orElseThrow();
        host.platform.memoryAccounts.put(
                new io.passbridge.store.AccountSecrets.StoredAccount(
                        "corp",
                        "svc",
                        io.passbridge.keys.SealedValue.of(new byte[] {99}),
                        stored.setAt(),
                        stored.verifiedAt()));
        assertThat(desk.accounts()).singleElement().returns(State.LOST, AccountStatus::state);
        host.slot.deleted(HostFixture.CORP);
        assertThat(desk.accounts()).singleElement().returns(State.ORPHANED, AccountStatus::state);
    }

    @Test
    void openingASecret_whileLocked_namesTheRemedyOnce() throws Exception {
        set("right", false);
        AccountVault vault = new AccountVault(host.platform);
        host.platform.plainSealing.locked = true;
        assertThatThrownBy(() -> vault.open("corp"))
                .hasMessageEndingWith("is locked; keys:unlock opens the key set");
        host.platform.plainSealing.reason =
                new KeyException(
                        KeyException.Kind.LOCKED, "anna locked it", "keys:unlock opens it again");
        assertThatThrownBy(() -> vault.open("corp"))
                .hasMessageEndingWith("opened: anna locked it; keys:unlock opens it again");
    }

    @Test
    void inspection_namesTheAccountsThatNeedASecret() throws Exception {
        AccountAdministration administration = new ListedAccounts(desk);
        AccountInspection inspection = new AccountInspection(administration);
        assertThat(inspection.inspect())
                .containsExactly(
                        Finding.error("account of corp", "has no secret", "account:set corp"));

        set("early", true);
        assertThat(inspection.inspect())
                .singleElement()
                .returns(Finding.Severity.WARNING, Finding::severity)
                .returns("account:test corp", Finding::remedy);
        set("right", false);
        assertThat(inspection.inspect())
                .singleElement()
                .returns(Finding.Severity.OK, Finding::severity);
    }

    /** The administration as far as listing goes. */
    private record ListedAccounts(AccountDesk desk) implements AccountAdministration {
        @Override
        public List<AccountStatus> accounts() throws ConnectorException {
            return desk.accounts();
        }

        @Override
        public Outcome set(
                String instance, String name, Secret secret, Set<Leave> leave, String actor)
                throws ConnectorException, InterruptedException {
            return desk.set(instance, name, secret, leave, actor);
        }

        @Override
        public Optional<String> objection(String instance) throws ConnectorException {
            return desk.objection(instance);
        }

        @Override
        public Outcome reset(String instance, Set<Leave> leave, String actor)
                throws ConnectorException, InterruptedException {
            return desk.reset(instance, leave, actor);
        }

        @Override
        public Outcome verify(String instance) throws ConnectorException, InterruptedException {
            return desk.verify(instance);
        }
    }

    @Test
    void unknownInstance_isRefusedNamingTheNearOne() {
        assertThatThrownBy(() -> desk.verify("crop"))
                .hasMessageContaining("did you mean corp?")
                .extracting(e -> ((ConnectorException) e).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }
}
