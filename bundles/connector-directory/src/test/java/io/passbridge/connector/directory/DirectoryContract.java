/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import static io.passbridge.connector.ItemOutcome.Outcome.ALREADY;
import static io.passbridge.connector.ItemOutcome.Outcome.APPLIED;
import static io.passbridge.connector.ItemOutcome.Outcome.CONFLICT;
import static io.passbridge.connector.ItemOutcome.Outcome.NO_SUCH_USER;
import static io.passbridge.connector.ItemOutcome.Outcome.REJECTED;
import static io.passbridge.credential.AccountState.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import io.passbridge.health.Finding;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the directory over either database. */
abstract class DirectoryContract {
    private static final String SSHA512_OF_PW =
            "{SSHA512}mAmPaElro8MJT/+2ohnmww5w7khtVXJFkXDAy8XDcxOPwcPLePW0CbNMVMRY"
                    + "xOE881ntDBHHfBHceDyzpq562nNhbHRzYWx0";

    private static final AccountState DISABLED = AccountState.of(Flag.DISABLED);

    @TempDir Path folder;
    Lab lab;

    /** A directory over the same database each time. */
    abstract Lab reopened() throws Exception;

    @BeforeEach
    void open() throws Exception {
        lab = reopened();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void provision_sameAccountTwice_isAlready() throws Exception {
        assertThat(lab.provision("1", "jane", "jane@ex.org")).isEqualTo(APPLIED);
        assertThat(lab.provision("1", "jane", "jane@ex.org")).isEqualTo(ALREADY);
        assertThat(lab.provision("1", "jane", "jane.doe@ex.org")).isEqualTo(APPLIED);
    }

    @Test
    void provision_nameOfAnother_isConflictWhateverItsCase() throws Exception {
        assertThat(lab.provision("1", "Jörg", "joerg@ex.org")).isEqualTo(APPLIED);
        assertThat(lab.provision("2", "JÖRG")).isEqualTo(CONFLICT);
        assertThat(lab.provision("2", "other", "Joerg@EX.org")).isEqualTo(CONFLICT);
        assertThat(lab.apply("2", 1, ACTIVE, null)).isEqualTo(NO_SUCH_USER);
    }

    @Test
    void provision_nameGivenUp_isFreeForOthers() throws Exception {
        lab.provision("1", "jane");
        lab.provision("1", "jane.doe");
        assertThat(lab.provision("2", "jane")).isEqualTo(APPLIED);
    }

    @Test
    void provision_exchangedNames_areTheirsAfterOneBatch() throws Exception {
        lab.provision("1", "anna", "anna@ex.org");
        lab.provision("2", "bert", "bert@ex.org");
        lab.apply("1", 1, ACTIVE, Lab.pph1("one"));
        lab.apply("2", 1, ACTIVE, Lab.pph1("two"));
        List<Account> batch = List.of(named("1", "bert"), named("2", "anna"));
        assertThat(lab.rehearsal().rehearse(batch))
                .extracting(ItemOutcome::outcome)
                .containsExactly(APPLIED, APPLIED);
        assertThat(outcomes(batch)).containsExactly(APPLIED, APPLIED);
        assertThat(lab.signIn("bert", "one").statusCode()).isEqualTo(200);
        assertThat(lab.signIn("anna", "two").statusCode()).isEqualTo(200);
        assertThat(lab.signIn("anna", "one").statusCode()).isEqualTo(401);
        assertThat(outcomes(batch)).containsExactly(ALREADY, ALREADY);
    }

    @Test
    void provision_namesThatMoveOn_comeInAnyOrder() throws Exception {
        for (String name : List.of("anna", "bert", "carl")) {
            lab.provision(name, name);
        }
        assertThat(
                        outcomes(
                                List.of(
                                        named("anna", "bert"),
                                        named("bert", "carl"),
                                        named("carl", "dora"))))
                .containsExactly(APPLIED, APPLIED, APPLIED);
        assertThat(
                        outcomes(
                                List.of(
                                        named("dora", "anna"),
                                        named("anna", "carl"),
                                        named("bert", "bert"))))
                .as("carl is called dora, bert is called carl")
                .containsExactly(APPLIED, APPLIED, APPLIED);
    }

    /** Whoever cannot have the new name keeps the old one, so that nobody else gets it. */
    @Test
    void provision_chainThatEndsAtSomebodyWhoStays_isInConflictAsAWhole() throws Exception {
        for (String name : List.of("anna", "bert", "carl", "dora")) {
            lab.provision(name, name);
        }
        assertThat(
                        outcomes(
                                List.of(
                                        named("anna", "bert"),
                                        named("bert", "carl"),
                                        named("dora", "eve"))))
                .containsExactly(CONFLICT, CONFLICT, APPLIED);
        assertThat(outcomes(List.of(named("1", "anna"), named("2", "bert"))))
                .as("both still have their names")
                .containsExactly(CONFLICT, CONFLICT);
    }

    private static Account named(String anchor, String name) {
        return Account.named(Lab.anchor(anchor), name);
    }

    private List<ItemOutcome.Outcome> outcomes(List<Account> batch) throws Exception {
        return lab.accounts().provision(batch).stream().map(ItemOutcome::outcome).toList();
    }

    @Test
    void provision_nameOfDeletedUser_isFreeForOthers() throws Exception {
        lab.provision("1", "jane");
        lab.apply("1", 1, ACTIVE, Lab.pph1("one"));
        lab.apply("1", 2, AccountState.of(Flag.DELETED), null);
        assertThat(lab.provision("2", "jane")).isEqualTo(APPLIED);
    }

    @Test
    void provision_badItems_doNotHoldUpTheOthers() throws Exception {
        List<Account> batch =
                List.of(
                        Account.named(Lab.anchor("1"), "x".repeat(321)),
                        Account.named(Lab.anchor("2"), "zero\0"),
                        Account.named(Lab.anchor("3"), "twice"),
                        Account.named(Lab.anchor("4"), "TWICE"),
                        Account.named(Lab.anchor("5"), "good"));
        assertThat(lab.accounts().provision(batch))
                .extracting(ItemOutcome::outcome)
                .containsExactly(REJECTED, REJECTED, APPLIED, CONFLICT, APPLIED);
    }

    @Test
    void apply_olderVersion_isConflictAndChangesNothing() throws Exception {
        lab.provision("1", "jane");
        assertThat(lab.apply("1", 5, ACTIVE, Lab.pph1("new"))).isEqualTo(APPLIED);
        assertThat(lab.apply("1", 4, ACTIVE, Lab.pph1("old"))).isEqualTo(CONFLICT);
        assertThat(lab.signIn("jane", "new").statusCode()).isEqualTo(200);
        assertThat(lab.signIn("jane", "old").statusCode()).isEqualTo(401);
    }

    @Test
    void apply_sameVersion_isAlreadyUnlessTheStateDiffers() throws Exception {
        lab.provision("1", "jane");
        assertThat(lab.apply("1", 5, ACTIVE, Lab.pph1("pw"))).isEqualTo(APPLIED);
        assertThat(lab.apply("1", 5, ACTIVE, Lab.pph1("pw"))).isEqualTo(ALREADY);
        assertThat(lab.apply("1", 5, ACTIVE, null)).isEqualTo(ALREADY);
        assertThat(lab.apply("1", 5, DISABLED, null)).isEqualTo(APPLIED);
        assertThat(lab.apply("1", 5, DISABLED, null)).isEqualTo(ALREADY);
    }

    @Test
    void apply_sameVersionInAnotherScheme_isWritten() throws Exception {
        lab.provision("1", "jane");
        Digest ssha512 = new Digest("SSHA512", SSHA512_OF_PW);
        assertThat(lab.apply("1", 5, ACTIVE, ssha512)).isEqualTo(APPLIED);
        assertThat(lab.apply("1", 5, ACTIVE, Lab.pph1("pw"))).isEqualTo(APPLIED);
        assertThat(lab.apply("1", 5, ACTIVE, ssha512)).isEqualTo(APPLIED);
        assertThat(lab.signIn("jane", "pw").statusCode()).isEqualTo(200);
    }

    @Test
    void apply_stateOnly_keepsThePassword() throws Exception {
        lab.provision("1", "jane");
        lab.apply("1", 1, ACTIVE, Lab.pph1("pw"));
        assertThat(lab.apply("1", 2, DISABLED, null)).isEqualTo(APPLIED);
        assertThat(lab.signIn("jane", "pw").statusCode()).isEqualTo(401);
        assertThat(lab.apply("1", 3, ACTIVE, null)).isEqualTo(APPLIED);
        assertThat(lab.signIn("jane", "pw").statusCode()).isEqualTo(200);
    }

    @Test
    void apply_unknownUserOrScheme_isFinal() throws Exception {
        lab.provision("1", "jane");
        assertThat(lab.apply("9", 1, ACTIVE, Lab.pph1("pw"))).isEqualTo(NO_SUCH_USER);
        assertThat(lab.apply("1", 1, ACTIVE, new Digest("MD5", "{MD5}AAAA"))).isEqualTo(REJECTED);
        assertThat(
                        lab.apply(
                                "1",
                                1,
                                ACTIVE,
                                new Digest("pph1", "92937945B518814341DE3F726500D4FF")))
                .isEqualTo(REJECTED);
        assertThat(lab.apply("1", 1, ACTIVE, new Digest("SSHA", "{SSHA}" + "A".repeat(5000))))
                .isEqualTo(REJECTED);
    }

    /** What is said to be applied can be signed in with: a value that never can is refused. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{SSHA}AAAA",
                "{ARGON2}$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
                "{CRYPT}$2b$31$l9UHTUChLVyVcAhiAtpyruOZPffJEsQC52eros5Z35FAyqce/C1ka",
                "{CRYPT}$y$jJT$F5Jx5fExrKuPp53xLKQ..1$tnSYvahCwPBHKZUspmcxMfb0.WiB9W.zEaKlOBL35rC",
                "{PBKDF2-SHA256}2000000000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "{CRYPT}$6$salt$short"
            })
    void apply_valueThatCanNeverBeVerified_isRejected(String value) throws Exception {
        lab.provision("1", "jane");
        assertThat(lab.apply("1", 1, ACTIVE, Digest.ofUserPassword(value))).isEqualTo(REJECTED);
    }

    @Test
    void schemes_areThoseThatCanBeCheckedAndAreSalted() throws Exception {
        assertThat(lab.passwords().schemes())
                .contains("pph1", "pph2", "SSHA512", "ARGON2ID", "CRYPT-6", "CRYPT-7", "CRYPT-Y")
                .doesNotContain("MD5", "SMD5", "SHA", "SHA256", "CLEARTEXT", "CRYPT-GY", "CRYPT-1");
    }

    @Test
    void batchOfAThousand_isAppliedAndSurvivesAReopening() throws Exception {
        Digest digest = Lab.pph1("pw");
        List<Account> accounts =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> Account.named(Lab.anchor("a" + i), "user" + i))
                        .toList();
        List<PasswordUpdate> updates = new ArrayList<>();
        for (Account account : accounts) {
            updates.add(
                    new PasswordUpdate(
                            account.anchor(),
                            new ChangeVersion(0, 7),
                            Instant.EPOCH,
                            ACTIVE,
                            Optional.of(digest)));
        }
        assertThat(lab.accounts().provision(accounts))
                .allMatch(outcome -> outcome.outcome() == APPLIED);
        assertThat(lab.passwords().apply(updates))
                .allMatch(outcome -> outcome.outcome() == APPLIED);
        lab.close();
        lab = reopened();
        assertThat(lab.passwords().apply(updates))
                .allMatch(outcome -> outcome.outcome() == ALREADY);
        assertThat(lab.signIn("USER999", "pw").statusCode()).isEqualTo(200);
        assertThat(lab.connector.test())
                .allMatch(finding -> finding.severity() == Finding.Severity.OK)
                .anyMatch(finding -> finding.text().startsWith("1,000 users, 1,000"));
    }

    @Test
    void test_ofAClosedDirectory_doesNotSayThatSignInsAreAnswered() throws Exception {
        lab.connector.close();
        assertThat(lab.connector.test())
                .anySatisfy(
                        finding -> {
                            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
                            assertThat(finding.remedy()).contains("nothing is lost meanwhile");
                        })
                .noneMatch(finding -> finding.text().contains("sign-ins are answered"));
    }

    @Test
    void provision_userRestoredAfterDeletion_hasItsNamesAndNewPassword() throws Exception {
        lab.provision("1", "jane", "jane@ex.org");
        lab.apply("1", 1, ACTIVE, Lab.pph1("one"));
        assertThat(lab.apply("1", 2, AccountState.of(Flag.DELETED), null)).isEqualTo(APPLIED);
        assertThat(lab.signIn("jane", "one").statusCode()).isEqualTo(401);
        assertThat(lab.apply("1", 1, ACTIVE, Lab.pph1("one"))).isEqualTo(CONFLICT);
        assertThat(lab.provision("1", "jane", "jane@ex.org")).isEqualTo(APPLIED);
        assertThat(lab.apply("1", 3, ACTIVE, Lab.pph1("two"))).isEqualTo(APPLIED);
        assertThat(lab.signIn("Jane@ex.org", "two").statusCode()).isEqualTo(200);
    }

    @Test
    void rename_takesTheOldNameAway() throws Exception {
        lab.provision("1", "jane", "j@ex.org");
        lab.apply("1", 1, ACTIVE, Lab.pph1("one"));
        assertThat(lab.signIn("jane", "one").statusCode()).isEqualTo(200);
        lab.provision("1", "jane.doe");
        assertThat(lab.signIn("jane", "one").statusCode()).isEqualTo(401);
        assertThat(lab.signIn("j@ex.org", "one").statusCode()).isEqualTo(401);
        assertThat(lab.signIn("jane.doe", "one").statusCode()).isEqualTo(200);
    }

    @Test
    void deletion_takesTheDigestAway() throws Exception {
        lab.provision("1", "jane");
        lab.apply("1", 1, ACTIVE, Lab.pph1("one"));
        lab.apply("1", 2, AccountState.of(Flag.DELETED), null);
        lab.provision("1", "jane");
        lab.apply("1", 3, ACTIVE, null);
        assertThat(lab.signIn("jane", "one").statusCode())
                .as("back without a password")
                .isEqualTo(401);
    }

    @Test
    void namesThatMovedAround_areFoundAfterAReopening() throws Exception {
        lab.provision("1", "jane", "j@ex.org");
        lab.provision("1", "jane.doe", "j@ex.org");
        lab.provision("2", "jane");
        lab.apply("1", 1, ACTIVE, Lab.pph1("first"));
        lab.apply("2", 1, ACTIVE, Lab.pph1("second"));
        lab.close();
        lab = reopened();
        assertThat(lab.signIn("jane", "second").statusCode()).isEqualTo(200);
        assertThat(lab.signIn("jane.doe", "first").statusCode()).isEqualTo(200);
        assertThat(lab.provision("3", "J@ex.org")).isEqualTo(CONFLICT);
    }
}
