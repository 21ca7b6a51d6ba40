/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyRecovery;
import io.passbridge.keys.SealedValues;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what was asked of it; its exports open with {@code right password}. */
final class FakeRecovery implements KeyRecovery, SealedValues {
    static final String ID = "6f2c9c1e-52a7-4d0c-9d43-0f6a3a1d7b11";

    final List<String> calls = new ArrayList<>();
    List<String> objections = List.of();
    long refused;
    boolean storeIsThere = true;

    @Override
    public Export export(String actor, Path file, Secret password) {
        calls.add("export " + file.getFileName() + " " + text(password));
        return describe(file, true);
    }

    private static Export describe(Path file, boolean checked) {
        return new Export(
                file,
                checked,
                ID,
                3,
                FakeKeys.THEN,
                new FakeKeys().keys(),
                "00112233445566778899aabbccddeeff");
    }

    @Override
    public SharedExport exportShared(String actor, Path file, int needed, int shares) {
        calls.add("export " + needed + " of " + shares);
        return new SharedExport(
                describe(file, true), List.of(Path.of("s1"), Path.of("s2")), needed);
    }

    @Override
    public Secret combine(List<Path> shares) {
        calls.add("combine " + shares.size());
        return Secret.owning("right password".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Export inspect(Path file, Optional<Secret> password) throws KeyException {
        if (password.isPresent() && !text(password.get()).equals("right password")) {
            throw new KeyException(Kind.WRONG_PASSWORD, "the password does not open the export");
        }
        return describe(file, password.isPresent());
    }

    @Override
    public ActivationPlan plan(Path file, Secret password) {
        return new ActivationPlan(
                describe(file, true), "", 7, 7, objections.isEmpty() ? "" : "first/1", objections);
    }

    @Override
    public ActivationPlan activate(String actor, Path file, Secret password, boolean anyway) {
        calls.add("activate " + anyway);
        return plan(file, password);
    }

    @Override
    public Drill drill(String actor, Path file, Secret password) {
        return new Drill(describe(file, true), true, 7, 7 - refused);
    }

    @Override
    public Abandonment planAbandonment() {
        return new Abandonment(ID, "", List.of("connector cloud"), List.of("connector corp"));
    }

    @Override
    public Abandonment abandon(String actor, String keySetId) {
        calls.add("abandon " + keySetId);
        return new Abandonment(
                keySetId, "new", List.of("connector cloud"), List.of("connector corp"));
    }

    @Override
    public List<Count> census() throws KeyException {
        if (!storeIsThere) {
            throw new KeyException(Kind.NOT_ALLOWED, "the store is not running");
        }
        return List.of(
                new Count("account secrets", ID, 1, 5),
                new Count("account secrets", "00000000-0000-0000-0000-000000000000", 1, 2));
    }

    @Override
    public List<Check> verify(String actor, Progress progress) {
        progress.at(7, 7);
        return List.of(new Check("account secrets", 7, 7 - refused, List.of()));
    }

    @Override
    public List<Rewrapped> rewrap(String actor, Order order, Progress progress) {
        calls.add("rewrap " + order.batch() + " " + order.dryRun() + " " + order.perSecond());
        return List.of(new Rewrapped("account secrets", 7, 2, 5 - refused, 0, refused, List.of()));
    }

    private static String text(Secret secret) {
        return new String(secret.toBytes(), StandardCharsets.UTF_8);
    }
}
