/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.parity;

import io.passbridge.connector.Holding;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.PasswordKind;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import io.passbridge.store.Parity;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.digest.DigestPool;
import io.passbridge.sync.digest.DigestSchemes;
import io.passbridge.sync.gate.Gates;
import io.passbridge.sync.route.CycleFailure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Puts both sides of some users side by side. What has to be digested for it is collected. */
final class BothSides {
    private final Set<String> targetSchemes;
    private final DigestSchemes schemes;
    private final List<Seen> seen = new ArrayList<>();
    private final Map<String, List<Pair>> undecided = new TreeMap<>();

    /**
     * @param onItsWay whether the route has yet to deal with what the source holds, as far as the
     *     versions tell: two that are not the same are then no surprise
     */
    private record Pair(CredentialChange change, Digest held, boolean onItsWay) {}

    /**
     * @param targetSchemes what the target verifies
     */
    BothSides(Set<String> targetSchemes, DigestSchemes schemes) {
        this.targetSchemes = targetSchemes;
        this.schemes = schemes;
    }

    /**
     * @param change what the source holds; stays the caller's to close, after {@link #settle}
     * @param known what the route did last for the user, or null
     * @param held what the target holds, or null
     */
    void judge(CredentialChange change, UserState known, Holding held) {
        if (!Gates.inStep(known)) {
            add(change, Parity.MOVING, "is in step no longer");
        } else if (change.version().equals(ChangeVersion.NONE)) {
            add(change, Parity.UNKNOWN, "the source says nothing of the user any more");
        } else if (!isPresent(change, known)) {
            onItsWay(change, held);
        } else if (held == null) {
            add(change, Parity.UNKNOWN, "the target gave no answer");
        } else if (held instanceof Holding.Absent) {
            add(change, Parity.ABSENT, "the target has no such user");
        } else if (held instanceof Holding.Unreadable unreadable) {
            add(change, Parity.UNKNOWN, unreadable.reason());
        } else if (held instanceof Holding.Vouched vouched) {
            vouched(change, known, vouched);
        } else if (held instanceof Holding.Held it && stateFits(change, it.open())) {
            password(change, it.digest());
        }
    }

    /**
     * The version that the route has dealt with is another one. A target that holds the source's
     * present password is proof all the same: a source may count in another way for each server
     * that reads it, and another server may have written.
     */
    private void onItsWay(CredentialChange change, Holding held) {
        Optional<Digest> digest =
                held instanceof Holding.Held it && it.open() == change.state().mayStillSignIn()
                        ? it.digest()
                        : Optional.empty();
        if (digest.isEmpty()
                || change.credential().isEmpty()
                || !comparable(change.credential().get(), digest.get())) {
            moving(change);
        } else {
            compareLater(change, digest.get(), true);
        }
    }

    private boolean comparable(SourceCredential credential, Digest held) {
        return schemes.find(held.scheme()).filter(scheme -> scheme.accepts(credential)).isPresent();
    }

    private void moving(CredentialChange change) {
        add(change, Parity.MOVING, "changed at the source, and the change is on its way");
    }

    private void compareLater(CredentialChange change, Digest held, boolean onItsWay) {
        undecided
                .computeIfAbsent(held.scheme(), name -> new ArrayList<>())
                .add(new Pair(change, held, onItsWay));
    }

    /** Whether the route has dealt with what the source holds now. */
    private static boolean isPresent(CredentialChange change, UserState known) {
        ChangeVersion placed = change.version().inEpoch(known.version().epoch());
        return placed.equals(known.version()) && change.state().equals(known.state());
    }

    private boolean stateFits(CredentialChange change, boolean open) {
        boolean meant = change.state().mayStillSignIn();
        if (meant != open) {
            add(
                    change,
                    Parity.DIFFERENT,
                    meant
                            ? "the account is closed at the target and open at the source"
                            : "the account is open at the target and closed at the source");
        }
        return meant == open;
    }

    private void vouched(CredentialChange change, UserState known, Holding.Vouched vouched) {
        if (!stateFits(change, vouched.open())) {
            return;
        }
        // a state that was written since is newer than the password
        boolean ours =
                vouched.version()
                        .filter(version -> version.compareTo(known.version()) <= 0)
                        .isPresent();
        if (ours || change.credential().isEmpty()) {
            add(change, Parity.BY_VERSION, "");
        } else {
            add(change, Parity.DIFFERENT, "the target's password is not the one that was written");
        }
    }

    private void password(CredentialChange change, Optional<Digest> held) {
        if (change.credential().isEmpty()) {
            add(
                    change,
                    held.isEmpty() ? Parity.SAME : Parity.UNKNOWN,
                    held.isEmpty() ? "" : "the source shows no password, and the target has one");
        } else if (held.isEmpty()) {
            add(change, Parity.DIFFERENT, "the target has no password");
        } else if (!targetSchemes.contains(held.get().scheme())) {
            add(
                    change,
                    Parity.DIFFERENT,
                    "the target holds %s, which it is not known to verify"
                            .formatted(held.get().scheme()));
        } else {
            digest(change, change.credential().get(), held.get());
        }
    }

    private void digest(CredentialChange change, SourceCredential credential, Digest held) {
        boolean asItIs = PasswordKind.withText(held.scheme()).isPresent();
        if (asItIs
                && credential instanceof UserPassword password
                && password.passwordKind().isPresent()) {
            boolean same = sameValue(password, held);
            add(
                    change,
                    same ? Parity.SAME : Parity.DIFFERENT,
                    same ? "" : "the target holds another value");
            return;
        }
        if (!comparable(credential, held)) {
            add(
                    change,
                    Parity.UNKNOWN,
                    "whether the target's %s was made from the source's %s cannot be told"
                            .formatted(held.scheme(), credential.kind()));
        } else {
            compareLater(change, held, false);
        }
    }

    /** What follows the scheme in braces, of which a target may have its own spelling. */
    private static boolean sameValue(UserPassword password, Digest held) {
        byte[] theirs = held.encoded().getBytes(StandardCharsets.UTF_8);
        try {
            boolean sameKind = PasswordKind.of(held.encoded()).equals(password.passwordKind());
            return sameKind
                    && password.value()
                            .use(
                                    ours -> {
                                        byte[] our = data(ours);
                                        byte[] their = data(theirs);
                                        boolean same = MessageDigest.isEqual(our, their);
                                        Arrays.fill(our, (byte) 0);
                                        Arrays.fill(their, (byte) 0);
                                        return same;
                                    });
        } finally {
            Arrays.fill(theirs, (byte) 0);
        }
    }

    private static byte[] data(byte[] value) {
        int brace = 0;
        while (brace < value.length && value[brace] != '}') {
            brace++;
        }
        return Arrays.copyOfRange(value, Math.min(brace + 1, value.length), value.length);
    }

    /** Decides what is left, and gives all. */
    List<Seen> settle(DigestPool digests) throws CycleFailure, InterruptedException {
        for (Map.Entry<String, List<Pair>> group : undecided.entrySet()) {
            List<Pair> pairs = group.getValue();
            Optional<List<Boolean>> same;
            String why = "digest scheme %s cannot compare".formatted(group.getKey());
            try {
                same =
                        digests.match(
                                group.getKey(),
                                pairs.stream()
                                        .map(pair -> pair.change().credential().orElseThrow())
                                        .toList(),
                                pairs.stream().map(Pair::held).toList());
            } catch (LegacyRefusedException e) {
                same = Optional.empty();
                why = e.getMessage();
            }
            for (int i = 0; i < pairs.size(); i++) {
                CredentialChange change = pairs.get(i).change();
                if (pairs.get(i).onItsWay() && (same.isEmpty() || !same.get().get(i))) {
                    moving(change);
                } else if (same.isEmpty()) {
                    add(change, Parity.UNKNOWN, why);
                } else if (same.get().get(i)) {
                    add(change, Parity.SAME, "");
                } else {
                    add(change, Parity.DIFFERENT, "the target holds another password");
                }
            }
        }
        undecided.clear();
        return List.copyOf(seen);
    }

    private void add(CredentialChange change, Parity parity, String reason) {
        seen.add(new Seen(change.anchor(), parity, reason));
    }
}
