/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.sync.Progress;
import io.passbridge.sync.SealedExport;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.simulation.Faults;
import io.passbridge.sync.simulation.TestSealing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written for a recipient without a connection. */
class SealedExportTest extends EngineLab {
    private static final int BEGUN = 9064;
    private static final int DONE = 9065;
    private static final int FAILED = 9066;

    @TempDir private Path folder;
    private final List<Progress> progress = new ArrayList<>();

    @BeforeEach
    void sealing() {
        bench.schemes.add(new TestSealing());
        bench.target.schemes = Set.of("hpke");
    }

    private Path file() {
        return folder.resolve("people.sealed");
    }

    private void configured(String... more) {
        List<String> lines =
                new ArrayList<>(
                        List.of("digest=hpke", "state=staging", "allowSourceCredentials=true"));
        lines.addAll(List.of(more));
        service.addRoute(route(lines.toArray(String[]::new)));
        unlock();
    }

    private SealedExport export() throws Exception {
        return service.exportSealed("r", file(), "anna", progress::add);
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void everybody_isWrittenOnce_andNothingElseChanges() throws Exception {
        bench.source.state("user3", AccountState.of(Flag.DISABLED));
        configured("accounts=create", "exclude=user9", "pageSize=7");

        SealedExport export = export();

        assertThat(export.people()).isEqualTo(19);
        assertThat(export.passwords()).isEqualTo(19);
        assertThat(export.outside()).isEqualTo(1);
        assertThat(export.leftOut()).isZero();
        List<String> lines = Files.readAllLines(file());
        assertThat(lines).hasSize(1 + 1 + 19 + 1).doesNotHaveDuplicates();
        assertThat(lines.get(0)).isEqualTo("opening");
        assertThat(lines.get(1))
                .startsWith("export=" + export.export() + "&route=r&source=corp&at=");
        assertThat(lines)
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith("anchor=user0&login=user0&")
                                        .contains("&version=1.1&", "&state=0&")
                                        .endsWith("&sealed=sealed+%7BSHA%7Dfirst0"))
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith("anchor=user3&")
                                        .contains(
                                                "&state="
                                                        + AccountState.of(Flag.DISABLED).toBits()))
                .noneMatch(line -> line.startsWith("anchor=user9&"));
        assertThat(lines.get(21)).isEqualTo("last people=19");
        assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
        assertThat(progress.get(progress.size() - 1).done()).isEqualTo(20);
        assertThat(bench.events.numbers()).contains(BEGUN, DONE).doesNotContain(FAILED);
        assertThat(bench.target.writes).isEmpty();
        assertThat(bench.target.accounts).isEmpty();
        assertThat(bench.state.commits).isEmpty();
        assertThat(bench.source.allWiped()).isTrue();
    }

    @Test
    void whoseCredentialCannotBeSealed_isNamedWithTheReason() throws Exception {
        bench.source.put("odd", "{CRYPT}", "x", AccountState.ACTIVE);
        configured();

        SealedExport export = export();

        assertThat(export.people()).isEqualTo(20);
        assertThat(export.leftOut()).isEqualTo(1);
        assertThat(export.reasons().get(0)).startsWith("1 × ").contains("CRYPT");
    }

    @Test
    void aRouteThatWasNotTold_orSealsNothing_orAFileThatIsThere_isRefused() throws Exception {
        configured("allowSourceCredentials=false");
        assertThatThrownBy(this::export)
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("set 'allowSourceCredentials = true'");
        service.addRoute(route("digest=test", "state=staging"));
        assertThatThrownBy(this::export).hasMessageContaining("not sealed for anybody");
        assertNothingIsLeft();
        service.addRoute(route("digest=hpke", "state=staging", "allowSourceCredentials=true"));
        Files.writeString(file(), "mine");
        assertThatThrownBy(this::export).hasMessageContaining("replaces no file");
        assertThat(file()).hasContent("mine");
        assertThat(bench.events.numbers()).doesNotContain(BEGUN);
    }

    @Test
    void aSourceThatFailsInTheMiddle_leavesNoFile_andTheJournalSaysSo() throws Exception {
        configured("pageSize=7");
        bench.faults.source.add(Faults.Fault.NONE);
        bench.faults.source.add(Faults.Fault.UNREACHABLE);
        assertThatThrownBy(this::export)
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("nothing was written");
        assertNothingIsLeft();
        assertThat(bench.events.numbers()).contains(BEGUN, FAILED).doesNotContain(DONE);
        assertThat(bench.source.allWiped()).isTrue();
    }

    @Test
    void whatCannotBeJournalled_isNotDone() throws Exception {
        configured();
        bench.events.broken = true;
        assertThatThrownBy(this::export).hasMessageContaining("could not be journalled");
        assertNothingIsLeft();
    }
}
