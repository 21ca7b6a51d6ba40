/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts and passwords that expire, of which replication tells nothing. */
class PassingTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final long TO = FileTime.of(NOW);
    private static final long FROM = FileTime.of(NOW.minus(Duration.ofMinutes(2)));
    private static final long AGE = Duration.ofDays(42).toSeconds() * 10_000_000L;

    @TempDir private Path folder;
    private ScriptedDomain domain;
    private AdWatermark position;

    @BeforeEach
    void open() throws Exception {
        domain = new ScriptedDomain(folder);
        domain.context.withClock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        domain.close();
    }

    private void person(String name, String attribute, long time) throws Exception {
        UUID guid = UUID.fromString(ScriptedSession.guid(name));
        domain.session.quiet(name);
        domain.ldap.add(
                "CN=" + name + ",DC=corp,DC=example",
                new Attribute("objectGUID", DomainDirectory.bytesOf(guid)),
                new Attribute("sAMAccountType", "805306368"),
                new Attribute(attribute, Long.toString(time)));
    }

    private String[] told(AdWatermark from) throws Exception {
        try (ChangeRun run = domain.run(from);
                ChangePage page = run.next(100)) {
            position = AdWatermark.parse(page.next());
            return page.changes().stream()
                    .map(change -> change.anchor().value())
                    .toArray(String[]::new);
        }
    }

    private static AdWatermark lookedAt(long time) {
        return new AdWatermark(Optional.of(ReplicationCursor.START), time, 0, 0);
    }

    private static String[] guids(String... names) {
        return Arrays.stream(names).map(ScriptedSession::guid).toArray(String[]::new);
    }

    @Test
    void delta_tellsOfAccountsWhoseTimeCame_onceEach() throws Exception {
        person("told before", "accountExpires", FROM);
        person("first", "accountExpires", FROM + 1);
        person("last", "accountExpires", TO);
        person("to come", "accountExpires", TO + 1);
        person("old password", "pwdLastSet", TO - AGE);
        assertThat(told(lookedAt(FROM))).containsExactlyInAnyOrder(guids("first", "last"));
        assertThat(told(position)).isEmpty();
    }

    @Test
    void delta_tellsOfPasswordsThatBecameTooOld_onceEach() throws Exception {
        domain.ldap.modify(
                "DC=corp,DC=example",
                new Modification(ModificationType.ADD, "maxPwdAge", Long.toString(-AGE)));
        person("told before", "pwdLastSet", FROM - AGE);
        person("first", "pwdLastSet", FROM - AGE + 1);
        person("last", "pwdLastSet", TO - AGE);
        person("to come", "pwdLastSet", TO - AGE + 1);
        person("account", "accountExpires", TO);
        assertThat(told(lookedAt(FROM)))
                .containsExactlyInAnyOrder(guids("first", "last", "account"));
    }
}
