/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Connector;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.Account;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every source with user objects keeps to: see {@link AccountSource} and {@link
 * io.passbridge.connector.AttributeMapping}. The harness declares the attribute {@code title} under
 * the name {@code position}.
 */
public abstract class AccountSourceContract {
    /** The harness of the connector under test, with {@code attributes = position=title}. */
    protected abstract SourceHarness harness(Path folder) throws Exception;

    @Test
    void accounts_haveWhatIsDeclared_alsoWhereAUserHasNone(@TempDir Path folder) throws Exception {
        try (SourceHarness harness = harness(folder)) {
            SourceAnchor anna = harness.addUser("anna");
            SourceAnchor bert = harness.addUser("bert");
            harness.setTitle(anna, "Köchin");
            try (Connector connector = harness.open()) {
                assertThat(account(connector, anna).attributes())
                        .isEqualTo(Map.of("position", List.of("Köchin")));
                assertThat(account(connector, bert).attributes())
                        .isEqualTo(Map.of("position", List.of()));
                assertThat(account(connector, anna).loginName()).startsWith("anna");
            }
        }
    }

    @Test
    void changeOfADeclaredAttribute_isToldOf_andOfNoOtherUser(@TempDir Path folder)
            throws Exception {
        try (SourceHarness harness = harness(folder)) {
            SourceAnchor anna = harness.addUser("anna");
            SourceAnchor bert = harness.addUser("bert");
            try (Connector connector = harness.open()) {
                Map<SourceAnchor, Optional<Account>> told = new HashMap<>();
                Watermark at = told(connector, Watermark.BEGINNING, told);
                assertThat(told).containsKeys(anna, bert);
                harness.setTitle(bert, "Chief");
                told.clear();
                told(connector, at, told);
                assertThat(told).containsOnlyKeys(bert);
                assertThat(told.get(bert).orElse(account(connector, bert)).attributes())
                        .isEqualTo(Map.of("position", List.of("Chief")));
            }
        }
    }

    private static Account account(Connector connector, SourceAnchor anchor) throws Exception {
        List<Account> accounts =
                connector.capability(AccountSource.class).orElseThrow().accounts(List.of(anchor));
        assertThat(accounts).hasSize(1);
        return accounts.get(0);
    }

    private static Watermark told(
            Connector connector, Watermark from, Map<SourceAnchor, Optional<Account>> into)
            throws Exception {
        Watermark at = from;
        boolean more = true;
        while (more) {
            try (ChangePage page =
                    connector.capability(PasswordSource.class).orElseThrow().changes(at, 100)) {
                for (CredentialChange change : page.changes()) {
                    into.put(change.anchor(), change.account());
                }
                at = page.next();
                more = page.more();
            }
        }
        return at;
    }
}
