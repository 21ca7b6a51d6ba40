/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.health.Finding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyRecovery.ActivationPlan;
import io.passbridge.keys.SealedValueOwner;
import io.passbridge.keys.act.Act;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.keeper.KeySetKeeper;
import io.passbridge.keys.keeper.KeySetState;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.keeper.ValueSealing;
import io.passbridge.keys.keyset.Parts;
import io.passbridge.keys.owner.Lease;
import io.passbridge.keys.owner.Owners;
import io.passbridge.keys.ring.KeySet;
import io.passbridge.keys.sealed.SealedHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the key set of an opened export in the place of this server's. */
final class Activation {
    private final KeySetKeeper keeper;
    private final ValueSealing sealing;
    private final Owners owners;
    private final KeyEvents events;
    private final Lease lease;

    Activation(Parts parts, Lease lease) {
        keeper = parts.keeper();
        sealing = parts.sealing();
        owners = parts.owners();
        events = parts.events();
        this.lease = lease;
    }

    private static final class Tally {
        long values;
        long opening;
        long underPresent;
        long underExport;
        long onlyNow;
    }

    ActivationPlan plan(ExportFiles.Opened export) throws KeyException {
        KeySetState present = keeper.state();
        Tally tally = tally(present, export);
        String holder = lease.otherAtWork();
        List<String> objections = new ArrayList<>();
        present.known().ifPresent(known -> compare(known, export.keySet(), tally, objections));
        if (tally.opening < tally.values) {
            objections.add(
                    (tally.values - tally.opening)
                            + " of "
                            + tally.values
                            + " stored values do not open with the export");
        }
        if (tally.onlyNow > 0) {
            objections.add(
                    Finding.count(
                                    tally.onlyNow,
                                    "stored value that opens",
                                    "stored values that open")
                            + " now would not open any more; keys:rewrap or a newer export avoids"
                            + " that");
        }
        if (!holder.isEmpty()) {
            objections.add(
                    "server "
                            + holder
                            + " holds the writer's lease, and two servers with different key sets"
                            + " corrupt data: stop it for good if it has another one; going on"
                            + " fences it out");
        }
        return new ActivationPlan(
                export.export(),
                present.known().map(keySet -> keySet.id().toString()).orElse(""),
                tally.values,
                tally.opening,
                holder,
                objections);
    }

    private static void compare(
            KeySet present, KeySet candidate, Tally tally, List<String> objections) {
        if (!present.id().equals(candidate.id())) {
            if (tally.underPresent > 0 || tally.underExport == 0) {
                objections.add(
                        "the export is of another key set ("
                                + candidate.id()
                                + ") than this server's ("
                                + present.id()
                                + ")");
            }
            return;
        }
        for (KeyInfo key : present.keys()) {
            Optional<KeyInfo> theirs = candidate.key(key.id());
            if (theirs.isEmpty() || !theirs.get().fingerprint().equals(key.fingerprint())) {
                objections.add(
                        key.fingerprint().isEmpty()
                                ? "the export brings key " + key.id() + " back, which was destroyed"
                                : "the export is older than key " + key.id() + " of this server");
            }
        }
    }

    private Tally tally(KeySetState present, ExportFiles.Opened export) throws KeyException {
        Tally tally = new Tally();
        try (Secret unused = keeper.newKey()) {
            Open candidate = new Open(export.keySet(), export.ring(), unused, 0);
            String presentId = present.known().map(k -> k.id().toString()).orElse("");
            owners.visit(
                    (owner, item) -> {
                        tally.values++;
                        String id = keySetId(item);
                        tally.underPresent += id.equals(presentId) ? 1 : 0;
                        tally.underExport += id.equals(export.keySet().id().toString()) ? 1 : 0;
                        if (opens(candidate, item)) {
                            tally.opening++;
                        } else if (present instanceof Open open && opens(open, item)) {
                            tally.onlyNow++;
                        }
                    });
        }
        return tally;
    }

    private static String keySetId(SealedValueOwner.Item item) {
        try {
            return SealedHeader.of(item.value().toBytes()).keySetId().toString();
        } catch (KeyException e) {
            return "";
        }
    }

    private boolean opens(Open open, SealedValueOwner.Item item) {
        try {
            sealing.open(open, item.value(), item.binding()).close();
            return true;
        } catch (KeyException e) {
            return false;
        }
    }

    ActivationPlan run(String actor, ExportFiles.Opened export, boolean anyway)
            throws KeyException {
        return keeper.exclusively(
                () -> {
                    ActivationPlan plan = plan(export);
                    if (!anyway && !plan.objections().isEmpty()) {
                        throw new KeyException(
                                Kind.NOT_ALLOWED,
                                "refused, nothing was changed: "
                                        + String.join("; ", plan.objections()));
                    }
                    install(actor, export, plan);
                    return plan;
                });
    }

    private void install(String actor, ExportFiles.Opened export, ActivationPlan plan)
            throws KeyException {
        Secret root = keeper.newKey();
        KeySet keySet = export.keySet();
        long generation =
                Math.max(
                        keySet.generation(),
                        keeper.state().known().map(KeySet::generation).orElse(0L));
        KeySet own =
                new KeySet(
                        keySet.id(),
                        generation,
                        keySet.created(),
                        keySet.exported(),
                        keySet.drilled(),
                        List.of(keeper.ownSlot(keySet.id(), root)),
                        keySet.keys());
        Map<Fact, String> facts = new LinkedHashMap<>();
        facts.put(Fact.FILE, export.export().file().toString());
        facts.put(Fact.REPLACES, plan.present().isEmpty() ? "none" : plan.present());
        facts.put(Fact.OPENING, plan.opening() + " of " + plan.values());
        if (!plan.leaseHolder().isEmpty()) {
            facts.put(Fact.FENCED_OUT, plan.leaseHolder());
        }
        String subject = "key set " + keySet.id();
        Act act = events.begin(EventType.KEYS_ACTIVATED, subject, actor, facts);
        try {
            lease.seize();
            keeper.install(new Open(own, export.ring(), root, 0));
            act.done();
        } catch (KeyException e) {
            act.failed(e);
            throw e;
        }
    }
}
