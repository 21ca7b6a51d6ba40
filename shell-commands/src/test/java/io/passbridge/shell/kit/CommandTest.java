/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
    private final Command list = new ListTools();
    private final Command destroy = new DestroyTool();

    record Tool(String name, long size, Instant made) {}

    enum Kind {
        HAND_HELD,
        MACHINE
    }

    private static final class ListTools extends Command {
        private static final Table<Tool> TABLE =
                Table.of(Tool.class, "no tools yet")
                        .column("NAME", Tool::name)
                        .number("SIZE", Tool::size)
                        .column("MADE", Tool::made);

        ListTools() {
            super(
                    Usage.of("tools:list", "list the tools")
                            .option("--kind", "KIND", "only of this kind")
                            .option("--limit", "N", "at most so many")
                            .json()
                            .example("tools:list --kind machine"));
        }

        @Override
        protected void run(Invocation call) throws Exception {
            if (call.choice("--kind", Kind.class).isPresent()) {
                throw new java.io.IOException("the shed is closed");
            }
            call.number("--limit", 10, 1, 100);
            call.print(
                    List.of(
                            new Tool("saw", 10_000, Instant.parse("2026-11-21T08:00:00Z")),
                            new Tool("axe", 5, Instant.parse("2026-11-21T09:30:00Z"))),
                    TABLE);
        }
    }

    private static final class DestroyTool extends Command {
        DestroyTool() {
            super(
                    Usage.of("tools:destroy", "destroy a tool")
                            .argument("NAME", "the tool")
                            .option("--code-file", "FILE", "file with the code")
                            .dangerous()
                            .example("tools:destroy saw"));
        }

        @Override
        protected void run(Invocation call) throws Exception {
            call.confirm("The tool " + call.argument(0) + " will be destroyed.", call.argument(0));
            try (Secret code = call.secret("Code: ", "--code-file")) {
                call.print(call.argument(0), "destroyed, code of " + code.length());
            }
            if (call.argument(0).equals("drill")) {
                throw new PartlyDone("1 of 2 parts is left");
            }
        }
    }

    @Test
    void helpAndFailures_breakNoWordOn80Columns() {
        CommandRun help = CommandRun.answering(wordy(), "test:wordy --help");
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
        assertThat(help.out())
                .containsPattern("usage: test:wordy .*\\n {7} *\\[--fourteenth VALUE\\]")
                .containsPattern("(?m)^  --first VALUE +a description .*\\n {12,}[a-z]");
        CommandRun said = CommandRun.answering(wordy(), "test:wordy");
        assertThat(said.lines()).hasSizeGreaterThan(1).allMatch(line -> line.length() <= 80);
        assertThat(CommandRun.of(wordy(), "test:wordy").lines()).hasSize(1);
    }

    private static Command wordy() {
        Usage usage = Usage.of("test:wordy", "say much");
        for (String option : List.of("first", "second", "third", "fourteenth")) {
            usage =
                    usage.option(
                            "--" + option,
                            "VALUE",
                            "a description that has more words than there is room for on a line");
        }
        return new Command(usage) {
            @Override
            protected void run(Invocation call) {
                call.remark("a sentence of many words ".repeat(6));
            }
        };
    }

    @Test
    void list_isShownAsTable() {
        CommandRun run = CommandRun.of(list, "tools:list");

        assertThat(run.lines())
                .containsExactly(
                        "NAME    SIZE  MADE",
                        "saw   10,000  2026-11-21 08:00:00Z",
                        "axe        5  2026-11-21 09:30:00Z");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void list_withJson_isOneRecordALine() {
        assertThat(CommandRun.of(list, "tools:list --json").lines())
                .containsExactly(
                        "[",
                        "{\"name\":\"saw\",\"size\":10000,\"made\":\"2026-11-21T08:00:00Z\"},",
                        "{\"name\":\"axe\",\"size\":5,\"made\":\"2026-11-21T09:30:00Z\"}",
                        "]");
    }

    @Test
    void help_isShownByOption() {
        assertThat(CommandRun.of(list, "tools:list --help").out())
                .contains("tools:list - list the tools")
                .contains("--kind KIND")
                .contains("tools:list --kind machine");
    }

    @Test
    void wrongUsage_endsWithOneAndShowsAnExample() {
        assertThat(List.of("--size 3", "--limit", "--limit 0", "--limit x", "--kind tree", "rest"))
                .allSatisfy(
                        words -> {
                            CommandRun run = CommandRun.of(list, "tools:list " + words);
                            assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
                            assertThat(run.failure())
                                    .contains("usage:   tools:list [--kind KIND]")
                                    .contains("example: tools:list --kind machine");
                            assertThat(run.out()).isEmpty();
                        });
    }

    @Test
    void wrongChoice_namesTheChoices() {
        assertThat(CommandRun.of(list, "tools:list --kind=tree").failure())
                .startsWith("--kind cannot be 'tree'; it is one of: hand-held, machine");
    }

    @Test
    void checkedException_isRefusedWithItsMessage() {
        CommandRun run = CommandRun.of(list, "tools:list --kind hand-held");

        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.failure()).isEqualTo("the shed is closed");
    }

    @Test
    void unknownCommand_isUsage() {
        assertThat(CommandRun.of(list, "tools:lisst").status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void missingArgument_isNamed() {
        assertThat(CommandRun.of(destroy, "tools:destroy --yes").failure())
                .startsWith("NAME is missing");
    }

    @Test
    void dangerous_withNobodyToAsk_isRefused() {
        CommandRun run = CommandRun.of(destroy, "tools:destroy saw");

        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.failure()).contains("add --yes");
    }

    @Test
    void dangerous_withWrongWord_isRefused() {
        CommandRun run = CommandRun.answering(destroy, "tools:destroy saw", "yes");

        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.failure()).isEqualTo("'yes' is not 'saw'; nothing was changed");
    }

    @Test
    void dangerous_confirmed_asksForTheSecret() {
        CommandRun run = CommandRun.answering(destroy, "tools:destroy saw", "saw", "sesame");

        assertThat(run.out()).endsWith("destroyed, code of 6" + System.lineSeparator());
    }

    @Test
    void partlyDone_endsWithThree() {
        CommandRun run = CommandRun.answering(destroy, "tools:destroy drill --yes", "sesame");

        assertThat(run.status()).isEqualTo(ExitStatus.PARTLY_DONE);
    }

    @Test
    void secretFile_isReadWithoutItsLineFeed(@TempDir Path folder) throws Exception {
        Path file = secretFile(folder, "rw-------", "geheim\r\n");

        assertThat(CommandRun.of(destroy, "tools:destroy saw --yes --code-file " + file).out())
                .contains("code of 6");
    }

    @Test
    void secretFile_thatOthersCanRead_isRefused(@TempDir Path folder) throws Exception {
        Path file = secretFile(folder, "rw-r-----", "geheim\n");

        CommandRun run = CommandRun.of(destroy, "tools:destroy saw --yes --code-file " + file);

        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.failure()).contains("rw-r-----").contains("chmod 600");
    }

    @Test
    void folderInPlaceOfASecretFile_isCalledOne(@TempDir Path given) throws Exception {
        CommandRun run = CommandRun.of(destroy, "tools:destroy saw --yes --code-file " + given);

        assertThat(run.failure()).contains("is a folder").doesNotContain("chmod");
    }

    @Test
    void secretFile_thatIsEmpty_isRefused(@TempDir Path folder) throws Exception {
        Path file = secretFile(folder, "rw-------", "\n");

        assertThat(CommandRun.of(destroy, "tools:destroy saw --yes --code-file " + file).failure())
                .contains("is empty");
    }

    private static Path secretFile(Path folder, String mode, String text) throws Exception {
        Path file = folder.resolve("code");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
