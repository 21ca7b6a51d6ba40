/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.health.Finding;
import io.passbridge.shell.kit.CommandRun;
import io.passbridge.shell.kit.ExitStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectorCommandsTest {
    private final FixedRegistry registry =
            new FixedRegistry()
                    .with("cloud", Phase.OFFLINE, "PasswordTarget")
                    .with("corp", Phase.ONLINE, "PasswordSource", "AccountSource");

    @Test
    void list_showsEveryInstance() {
        CommandRun run = CommandRun.of(new ListConnectors(registry, null), "connector:list");

        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.lines()).hasSize(3);
        assertThat(run.out()).contains("corp", "online", "cloud", "offline", "12,000");
    }

    @Test
    void list_asJson_hasOneObjectAnInstance() {
        CommandRun run = CommandRun.of(new ListConnectors(registry, null), "connector:list --json");
        assertThat(run.out()).contains("\"connector\":\"corp\"").contains("\"state\":\"online\"");
    }

    @Test
    void list_withoutInstances_saysHowToConfigureOne() {
        CommandRun run =
                CommandRun.of(new ListConnectors(new FixedRegistry(), null), "connector:list");
        assertThat(run.out()).contains("etc/").contains("--types");
    }

    @Test
    void list_ofATypesParameters_tellsThemAll() {
        CommandRun run =
                CommandRun.of(new ListConnectors(registry, null), "connector:list --type ldif");
        assertThat(run.out()).contains("file", "path", "yes", "Where the file is.");
        assertThat(
                        CommandRun.of(new ListConnectors(registry, null), "connector:list --type x")
                                .failure())
                .contains("there is no connector type x");
    }

    @Test
    void show_tellsSettingsAndCapabilities() {
        CommandRun run = CommandRun.of(new ShowConnector(registry), "connector:show corp");
        assertThat(run.out())
                .contains("file=/srv/people.ldif")
                .contains("AccountSource, PasswordSource");
    }

    @Test
    void show_withoutAnyInstance_saysHowToConfigureOne() {
        CommandRun run =
                CommandRun.of(new ShowConnector(new FixedRegistry()), "connector:show nobody");
        assertThat(run.failure())
                .isEqualTo(
                        "there is no connector instance nobody, and none at all; put a file"
                                + " io.passbridge.connector.TYPE-NAME.cfg into etc/"
                                + " (connector:list --types names the types)");
    }

    @Test
    void show_ofAnUnknownInstance_namesThoseThereAre() {
        CommandRun run = CommandRun.of(new ShowConnector(registry), "connector:show nobody");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.failure()).contains("there are: cloud, corp");
    }

    @Test
    void test_ofAGoodInstance_ends0AndOfABadOne2() {
        registry.tests.put("corp", List.of(Finding.ok("account", "signed in")));
        assertThat(CommandRun.of(new TestConnector(registry), "connector:test corp").status())
                .isEqualTo(ExitStatus.DONE);

        CommandRun bad = CommandRun.of(new TestConnector(registry), "connector:test cloud");
        assertThat(bad.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(bad.out()).contains("it is not open");
    }

    @Test
    void test_withAWrongName_testsNobody() {
        CommandRun run = CommandRun.of(new TestConnector(registry), "connector:test corp nobody");
        assertThat(run.failure()).contains("there is no connector instance nobody");
        assertThat(registry.acts).isEmpty();
    }

    @Test
    void test_ofAll_ends3IfSomeAreGood() {
        registry.tests.put("corp", List.of(Finding.ok("account", "signed in")));
        CommandRun run = CommandRun.of(new TestConnector(registry), "connector:test");
        assertThat(run.status()).isEqualTo(ExitStatus.PARTLY_DONE);
        assertThat(run.failure()).contains("cloud").doesNotContain("corp");
    }

    @Test
    void pauseAndResume_reachTheRegistry() {
        assertThat(CommandRun.of(new PauseConnector(registry), "connector:pause corp").out())
                .contains("was paused");
        assertThat(CommandRun.of(new ResumeConnector(registry), "connector:resume corp").out())
                .contains("was resumed");
        assertThat(registry.acts).containsExactly("pause corp", "resume corp");
    }
}
