/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.PasswordKind;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.hash.vectors.RecordingPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Keeps the table in {@code docs/formats/digests.md} equal to the code; {@code -Dupdate} writes it.
 */
class KindCatalogueTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "formats", "digests.md");
    private static final String BEGIN = "<!-- kinds: written from the code -->\n";
    private static final String END = "<!-- /kinds -->\n";

    private final UserPasswordVerifier verifier =
            new UserPasswordVerifier(new RecordingPolicy(false), new PlatformCryptography());

    @Test
    void page_hasTheTableOfTheCode() throws Exception {
        String page = Files.readString(PAGE);
        String wanted =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                        + table()
                        + page.substring(page.indexOf(END));
        if (System.getProperty("update") != null) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(PAGE)
                .as("run: mvn -pl bundles/hash -am test -Dtest=KindCatalogueTest -Dupdate")
                .content()
                .isEqualTo(wanted);
    }

    private String table() {
        return "| kind | in braces | begins with | passes through | checked | at most | not"
                + " approved |\n"
                + "|---|---|---|---|---|---|---|\n"
                + Arrays.stream(PasswordKind.values()).map(this::row).collect(Collectors.joining());
    }

    private String row(PasswordKind kind) {
        PasswordKind.Cost cost = kind.cost();
        return "| `%s` | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        kind,
                        code(kind.braces()),
                        code(kind.prefixes().stream().filter(p -> !p.isEmpty()).toList()),
                        kind.mayPass() ? "yes" : "no",
                        verifier.schemes().contains(kind.text()) ? "yes" : "no",
                        cost.most() == 0 ? "" : "%,d %s".formatted(cost.most(), cost.unit()),
                        kind.legacy().map(KindCatalogueTest::name).orElse(""));
    }

    private static String code(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }

    private static String name(LegacyAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA1_PASSWORD -> "SHA-1";
            case CRYPT -> "its function";
            default -> algorithm.name();
        };
    }
}
