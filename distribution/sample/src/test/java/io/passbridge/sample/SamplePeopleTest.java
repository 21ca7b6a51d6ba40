/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplePeopleTest {
    @TempDir Path folder;

    @Test
    void hash_ofPublishedVector_isKnown() {
        assertThat(HexFormat.of().formatHex(NtHashing.hash("Password")))
                .as("MS-NLMP 4.2.4.1.1")
                .isEqualTo("a4f49c406510bdcab6824ee7c30fd852");
    }

    @Test
    void write_twiceWithOneSeed_givesEqualFiles() throws IOException {
        SamplePeople.write(folder.resolve("a"), 500, 7);
        SamplePeople.write(folder.resolve("b"), 500, 7);
        SamplePeople.write(folder.resolve("c"), 500, 8);
        assertThat(folder.resolve("a/people.ldif"))
                .hasSameBinaryContentAs(folder.resolve("b/people.ldif"));
        assertThat(Files.mismatch(people("a"), people("c"))).isNotEqualTo(-1);
    }

    @Test
    void write_manyPeople_holdsEveryWayToKeepAPassword() throws IOException {
        SamplePeople.write(folder, 2_000, 1);
        String text = Files.readString(folder.resolve("people.ldif"));
        assertThat(text).contains("sambaNTPassword: ", "unicodePwd:: ", "userPassword:: ");
        String unfolded = text.replace("\n ", "");
        List<String> schemes =
                unfolded.lines()
                        .filter(line -> line.startsWith("userPassword:: "))
                        .map(line -> decode(line.substring("userPassword:: ".length())))
                        .map(value -> value.substring(0, value.indexOf('}') + 1))
                        .distinct()
                        .toList();
        assertThat(schemes)
                .containsExactlyInAnyOrder(
                        "{SSHA}",
                        "{SSHA256}",
                        "{SSHA512}",
                        "{PBKDF2-SHA256}",
                        "{CRYPT}",
                        "{BCRYPT}",
                        "{ARGON2}");
        assertThat(text.lines().mapToInt(String::length).max().orElseThrow())
                .isLessThanOrEqualTo(78);
        assertThat(unfolded.lines().filter(line -> line.startsWith("uid: "))).hasSize(2_008);
    }

    @Test
    void write_namesEveryDocumentedUserAndChange() throws IOException {
        SamplePeople.write(folder, 0, 1);
        String readme = Files.readString(folder.resolve("README.md"));
        for (DocumentedUser user : DocumentedUser.ALL) {
            assertThat(readme)
                    .contains("| " + user.entry().uid() + " | `" + user.entry().password() + "`");
        }
        for (SampleChange change : SampleChange.all()) {
            assertThat(readme).contains("changes/" + change.fileName());
            assertThat(folder.resolve("changes").resolve(change.fileName())).isNotEmptyFile();
        }
    }

    @Test
    void encode_precomputedValues_fitTheirPasswords() {
        String bcrypt = SaltedForms.encode(Credential.BCRYPT, generated(Credential.BCRYPT));
        assertThat(
                        OpenBSDBCrypt.checkPassword(
                                bcrypt.substring("{BCRYPT}".length()),
                                SaltedForms.SHARED_PASSWORD.toCharArray()))
                .isTrue();
        assertThat(argon2(DocumentedUser.KARL.entry())).isTrue();
        assertThat(argon2(generated(Credential.ARGON2))).isTrue();
    }

    @Test
    void run_wrongUse_endsWithStatus1() throws IOException {
        assertThat(SamplePeople.run()).isEqualTo(1);
        assertThat(SamplePeople.run("--out", folder.toString(), "--people", "many")).isEqualTo(1);
        assertThat(SamplePeople.run("--people")).isEqualTo(1);
    }

    private static Person generated(Credential credential) {
        return new Person(
                "x",
                "X",
                "Y",
                new UUID(1, 2),
                1,
                credential,
                SaltedForms.SHARED_PASSWORD,
                Instant.EPOCH,
                Person.Status.ACTIVE);
    }

    private static boolean argon2(Person person) {
        String[] parts = SaltedForms.encode(Credential.ARGON2, person).split("\\$");
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_i)
                        .withMemoryAsKB(4096)
                        .withIterations(3)
                        .withParallelism(1)
                        .withSalt(Base64.getDecoder().decode(parts[4]))
                        .build());
        byte[] expected = Base64.getDecoder().decode(parts[5]);
        byte[] actual = new byte[expected.length];
        generator.generateBytes(person.password().getBytes(StandardCharsets.UTF_8), actual);
        return Arrays.equals(expected, actual);
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
    }

    private Path people(String name) {
        return folder.resolve(name).resolve("people.ldif");
    }
}
