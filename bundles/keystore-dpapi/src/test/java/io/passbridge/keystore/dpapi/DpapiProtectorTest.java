/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.dpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.jna.platform.win32.WinError;
import io.passbridge.credential.Secret;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Runs jna-platform's real calls against the stand-in. Nothing here was run on Windows. */
@EnabledIf(
        value = "io.passbridge.keystore.dpapi.StandIn#canBeBuilt",
        disabledReason =
                "NO C COMPILER: the stand-in for crypt32 cannot be built, nothing was tested")
class DpapiProtectorTest {
    private static final String SET = "5b1f0c1e-1111-4222-8333-444455556666";
    private static StandIn.Crypt32Control crypt32;
    private static StandIn.Kernel32Control kernel32;

    private final DpapiProtector user = new DpapiProtector(Scope.USER, new PlatformCryptography());
    private final DpapiProtector machine =
            new DpapiProtector(Scope.MACHINE, new PlatformCryptography());

    @BeforeAll
    static void build() throws Exception {
        StandIn.build();
        crypt32 = StandIn.crypt32();
        kernel32 = StandIn.kernel32();
    }

    @BeforeEach
    void place() {
        crypt32.standin_place("alice", "srv1", 0);
    }

    @AfterEach
    void everyArgumentWasRight_andAllMemoryWasWipedAndFreed() {
        assertThat(crypt32.standin_misuse()).as("number of a wrong argument").isZero();
        assertThat(kernel32.standin_dirty()).as("secrets that were freed unwiped").isZero();
    }

    private static Secret root() {
        byte[] root = new byte[32];
        for (int i = 0; i < root.length; i++) {
            root[i] = (byte) (i * 5 + 1);
        }
        return Secret.owning(root);
    }

    private static byte[] protect(DpapiProtector protector) throws KeyException {
        try (Secret root = root()) {
            return protector.protect(root, SET, Optional.empty());
        }
    }

    private static KeyException refused(DpapiProtector protector, byte[] wrapped, String keySetId) {
        KeyException[] refusal = new KeyException[1];
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> protector.open(wrapped, keySetId, Optional.empty()))
                .satisfies(e -> refusal[0] = e);
        return refusal[0];
    }

    @Test
    void protect_thenOpen_givesTheRootBack_inBothScopes() throws Exception {
        int live = kernel32.standin_live();
        for (DpapiProtector protector : new DpapiProtector[] {user, machine}) {
            byte[] wrapped = protect(protector);
            try (Secret opened = protector.open(wrapped, SET, Optional.empty());
                    Secret root = root()) {
                assertThat(opened.sameAs(root)).isTrue();
            }
        }
        assertThat(kernel32.standin_live()).isEqualTo(live);
    }

    @Test
    void open_usesTheScopeItWasProtectedIn() throws Exception {
        byte[] wrapped = protect(machine);
        try (Secret opened = user.open(wrapped, SET, Optional.empty());
                Secret root = root()) {
            assertThat(opened.sameAs(root)).isTrue();
        }
    }

    @Test
    void open_byAnotherAccount_isRefusedInUserScopeOnly() throws Exception {
        byte[] mine = protect(user);
        byte[] ours = protect(machine);
        crypt32.standin_place("mallory", "srv1", 0);
        KeyException refusal = refused(user, mine, SET);
        assertThat(refusal.kind()).isEqualTo(Kind.WRONG_PASSWORD);
        assertThat(refusal).hasMessageContaining("the Windows account is not the one");
        machine.open(ours, SET, Optional.empty()).close();
    }

    @Test
    void open_onAnotherMachine_isRefusedInBothScopes() throws Exception {
        byte[] mine = protect(user);
        byte[] ours = protect(machine);
        crypt32.standin_place("alice", "srv2", 0);
        assertThat(refused(user, mine, SET).kind()).isEqualTo(Kind.WRONG_PASSWORD);
        KeyException refusal = refused(machine, ours, SET);
        assertThat(refusal.kind()).isEqualTo(Kind.WRONG_PASSWORD);
        assertThat(refusal).hasMessageContaining("this machine is not the one");
    }

    @Test
    void open_forAnotherKeySet_isRefused() throws Exception {
        assertThat(refused(user, protect(user), "another").kind()).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void open_ofAnyChangedBit_isRefused() throws Exception {
        byte[] wrapped = protect(user);
        for (int bit = 0; bit < wrapped.length * Byte.SIZE; bit++) {
            byte[] changed = wrapped.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            // a change inside Windows' own blob may look like another account's
            assertThat(refused(user, changed, SET).kind())
                    .as("bit " + bit)
                    .isIn(Kind.DAMAGED, Kind.WRONG_PASSWORD);
        }
    }

    @Test
    void open_ofATruncatedOrLongerForm_isDamaged() throws Exception {
        byte[] wrapped = protect(user);
        for (int length = 0; length < wrapped.length; length++) {
            assertThat(refused(user, Arrays.copyOf(wrapped, length), SET).kind())
                    .isEqualTo(Kind.DAMAGED);
        }
        assertThat(refused(user, Arrays.copyOf(wrapped, wrapped.length + 1), SET).kind())
                .isEqualTo(Kind.DAMAGED);
    }

    @Test
    void failuresOfWindows_areToldApart() throws Exception {
        byte[] wrapped = protect(user);
        crypt32.standin_place("alice", "srv1", WinError.ERROR_FILE_NOT_FOUND);
        KeyException noProfile = refused(user, wrapped, SET);
        assertThat(noProfile.kind()).isEqualTo(Kind.IO);
        assertThat(noProfile).hasMessageContaining("profile", "stand-in error");
        crypt32.standin_place("alice", "srv1", WinError.NTE_BAD_KEYSET);
        assertThat(refused(user, wrapped, SET).kind()).isEqualTo(Kind.WRONG_PASSWORD);
        crypt32.standin_place("alice", "srv1", WinError.ERROR_NOT_ENOUGH_MEMORY);
        assertThat(refused(user, wrapped, SET).kind()).isEqualTo(Kind.IO);
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> protect(user))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.IO));
    }

    @Test
    void scope_ofAnUnknownName_isRefused() {
        assertThat(DpapiProtector.scope(" Machine")).isEqualTo(Scope.MACHINE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DpapiProtector.scope("domain"))
                .withMessageContaining("user or machine");
    }

    @Test
    void readiness_namesTheAccount() {
        assertThat(user.readiness().text()).contains(System.getProperty("user.name"));
        assertThat(machine.readiness().text()).contains("this machine");
        assertThat(user.name()).isEqualTo("dpapi");
    }

    @Test
    void manifest_asksForWindows() throws Exception {
        assertThat(
                        Files.readString(Path.of("target", "classes", "META-INF", "MANIFEST.MF"))
                                .replace("\r\n ", ""))
                .contains("osgi.native;filter:=\"(osgi.native.osname~=win32)\"");
    }
}
