/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A password on the command line of {@code bin/miiskmu} or {@code bin/miisactivate} never gets onto
 * the command line of anything that these start. The program that they start is replaced by one
 * that tells its words.
 */
class LegacyScriptsIT {
    private static final Path BIN = Path.of(System.getProperty("distribution"), "bin");
    private static final String RECORDER =
            """
            #!/bin/sh
            printf '<%s>' "$@"
            case "$*" in *'--password-file -') printf ' read=' && cat ;; esac
            """;

    @TempDir private Path folder;

    @BeforeEach
    void install() throws IOException {
        for (String script : List.of("miiskmu", "miisactivate")) {
            Files.copy(
                    BIN.resolve(script),
                    folder.resolve(script),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        Path recorder = Files.writeString(folder.resolve("passbridge"), RECORDER);
        recorder.toFile().setExecutable(true);
    }

    private String run(String line) throws Exception {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.set(0, folder.resolve(words.get(0)).toString());
        Process process =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "miiskmu /e keys /u:svc SECRET /q",
                "miiskmu /e keys /u svc SECRET",
                "miiskmu -e keys -u:svc SECRET",
                "miiskmu /u:svc SECRET /e keys",
                "miiskmu /ekeys /U:svc /q SECRET",
                "miiskmu /e keys /u:svc -SECRET",
                "miiskmu /e keys /u:svc /eSECRET",
                "miisactivate keys svc SECRET",
                "miisactivate keys svc -SECRET -q",
            })
    void password_isReadFromStandardInput(String line) throws Exception {
        String output = run(line);
        assertThat(output).contains("--password-file", "read=").containsOnlyOnce("SECRET");
        assertThat(output.indexOf("SECRET")).isGreaterThan(output.indexOf("read="));
        assertThat(output.contains("others can see")).isNotEqualTo(line.matches(".* [-/]q.*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "miiskmu SECRET",
                "miiskmu /e keys SECRET",
                "miiskmu /e keys /u:svc first SECRET",
                "miiskmu /xSECRET",
                "miisactivate keys svc first SECRET",
            })
    void wordThatIsNotUnderstood_isNotPassedOnAndShowsTheHelp(String line) throws Exception {
        assertThat(run(line)).contains("is not understood", "/?").doesNotContain("SECRET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "miiskmu",
                "miiskmu /a",
                "miiskmu /a /?",
                "miiskmu /b 100",
                "miiskmu -b100 -q",
                "miiskmu /u:svc /e keys *",
                "miiskmu /e keys /u:svc --password-file secret",
                "miisactivate keys svc *",
                "miisactivate keys --yes",
                "miisactivate -?",
            })
    void withoutAPassword_everyWordIsPassedOn(String line) throws Exception {
        String[] words = line.split(" ");
        StringBuilder expected = new StringBuilder("<keys>");
        for (String word : words) {
            expected.append('<').append(word).append('>');
        }
        assertThat(run(line)).startsWith(expected.toString());
    }
}
