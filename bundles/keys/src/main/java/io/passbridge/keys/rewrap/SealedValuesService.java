/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.rewrap;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValueOwner;
import io.passbridge.keys.SealedValues;
import io.passbridge.keys.act.Act;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.act.Patience;
import io.passbridge.keys.keeper.KeySetKeeper;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.keeper.ValueSealing;
import io.passbridge.keys.keyset.KeySetComponent;
import io.passbridge.keys.keyset.Parts;
import io.passbridge.keys.owner.Lease;
import io.passbridge.keys.owner.Owners;
import io.passbridge.keys.sealed.SealedHeader;
import io.passbridge.store.ServerId;
import io.passbridge.store.WriterLease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Offers census, check and re-encryption of the stored values. */
@Component
public final class SealedValuesService implements SealedValues {
    private static final String STOPPED =
            "it was stopped; what is re-encrypted stays so, and keys:rewrap does the rest";

    private final KeySetKeeper keeper;
    private final ValueSealing sealing;
    private final Owners owners;
    private final KeyEvents events;
    private final Lease lease;

    @Activate
    public SealedValuesService(@Reference KeySetComponent core, BundleContext context) {
        this(core.parts(), data(context));
    }

    private SealedValuesService(Parts parts, Path data) {
        lease = new Lease(new ServerId(data), new Patience(Duration.ZERO));
        keeper = parts.keeper();
        sealing = parts.sealing();
        owners = parts.owners();
        events = parts.events();
    }

    /** The same without a framework. Not a public constructor: SCR would try it as well. */
    public static SealedValuesService of(Parts parts) {
        return new SealedValuesService(parts, Path.of(""));
    }

    private static Path data(BundleContext context) {
        String data = context.getProperty("passbridge.data");
        return Path.of(data == null ? "data" : data);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setLease(WriterLease present) {
        lease.set(present);
    }

    void unsetLease(WriterLease gone) {
        lease.unset(gone);
    }

    private record Under(String owner, String keySetId, int key) {}

    @Override
    public List<Count> census() throws KeyException {
        Map<Under, Long> counts =
                new TreeMap<>(
                        Comparator.comparing(Under::owner)
                                .thenComparing(Under::keySetId)
                                .thenComparing(Under::key));
        owners.visit((owner, item) -> counts.merge(under(owner, item), 1L, Long::sum));
        return counts.entrySet().stream()
                .map(
                        e ->
                                new Count(
                                        e.getKey().owner(),
                                        e.getKey().keySetId(),
                                        e.getKey().key(),
                                        e.getValue()))
                .toList();
    }

    private static Under under(SealedValueOwner owner, SealedValueOwner.Item item) {
        try {
            SealedHeader header = SealedHeader.of(item.value().toBytes());
            return new Under(owner.name(), header.keySetId().toString(), header.keyId());
        } catch (KeyException e) {
            return new Under(owner.name(), "", 0);
        }
    }

    @Override
    public List<Check> verify(String actor, Progress progress) throws KeyException {
        Open open = keeper.open();
        long total = total();
        long[] done = {0};
        Map<String, long[]> counts = new LinkedHashMap<>();
        Map<String, Troubles> troubles = new LinkedHashMap<>();
        owners.require()
                .forEach(
                        owner -> {
                            counts.put(owner.name(), new long[2]);
                            troubles.put(owner.name(), new Troubles());
                        });
        owners.visit(
                (owner, item) -> {
                    counts.get(owner.name())[0]++;
                    try {
                        sealing.open(open, item.value(), item.binding()).close();
                        counts.get(owner.name())[1]++;
                    } catch (KeyException e) {
                        troubles.get(owner.name()).add(item, e);
                    }
                    progress.at(++done[0], total);
                });
        long values = counts.values().stream().mapToLong(count -> count[0]).sum();
        long opened = counts.values().stream().mapToLong(count -> count[1]).sum();
        events.happened(
                opened == values ? EventType.VALUES_VERIFIED : EventType.VALUES_NOT_OPENING,
                "key set " + open.keySet().id(),
                Map.of(Fact.ACTOR, actor, Fact.OPENED, opened + " of " + values));
        return counts.entrySet().stream()
                .map(
                        e ->
                                new Check(
                                        e.getKey(),
                                        e.getValue()[0],
                                        e.getValue()[1],
                                        troubles.get(e.getKey()).told()))
                .toList();
    }

    @Override
    public List<Rewrapped> rewrap(String actor, Order order, Progress progress)
            throws KeyException, InterruptedException {
        owners.startRewriting();
        try {
            return rewrap(actor, keeper.open(), order, progress);
        } finally {
            owners.endRewriting();
        }
    }

    private List<Rewrapped> rewrap(String actor, Open open, Order order, Progress progress)
            throws KeyException, InterruptedException {
        if (open.successor().isPresent()) {
            throw new KeyException(
                    KeyException.Kind.NOT_ALLOWED,
                    "the key set is being abandoned; keys:abandon again to finish that");
        }
        List<SealedValueOwner> present = owners.require();
        long total = total();
        if (!order.dryRun()) {
            lease.requireNoOther("keys:rewrap");
        } else {
            return rewrapEach(present, open, order, total, progress);
        }
        Act act =
                events.begin(
                        EventType.KEYS_REWRAPPED,
                        "key set " + open.keySet().id(),
                        actor,
                        Map.of(
                                Fact.PRIMARY,
                                Integer.toString(open.keySet().primary().id()),
                                Fact.BATCH,
                                order.batch() == 0 ? "all" : "" + order.batch()));
        try {
            List<Rewrapped> reports = rewrapEach(present, open, order, total, progress);
            act.done(results(reports));
            return reports;
        } catch (KeyException e) {
            act.failed(e);
            throw e;
        } catch (InterruptedException e) {
            act.failed(new KeyException(KeyException.Kind.NOT_ALLOWED, STOPPED));
            throw e;
        }
    }

    private static Map<Fact, String> results(List<Rewrapped> reports) {
        Map<Fact, String> results = new LinkedHashMap<>();
        results.put(Fact.REWRAPPED, sum(reports, Rewrapped::rewrapped));
        results.put(Fact.CURRENT, sum(reports, Rewrapped::current));
        results.put(Fact.REFUSED, sum(reports, Rewrapped::refused));
        return results;
    }

    private static String sum(List<Rewrapped> reports, ToLongFunction<Rewrapped> number) {
        return Long.toString(reports.stream().mapToLong(number).sum());
    }

    private List<Rewrapped> rewrapEach(
            List<SealedValueOwner> present, Open open, Order order, long total, Progress progress)
            throws KeyException, InterruptedException {
        long[] done = {0};
        Pace pace = new Pace(order.perSecond(), System::nanoTime);
        List<Rewrapped> reports = new ArrayList<>();
        for (SealedValueOwner owner : present) {
            reports.add(
                    new OwnerRewrap(
                                    sealing,
                                    open,
                                    open,
                                    owner,
                                    order,
                                    pace,
                                    more -> progress.at(done[0] += more, total))
                            .run());
        }
        return reports;
    }

    private long total() throws KeyException {
        long[] total = {0};
        owners.visit((owner, item) -> total[0]++);
        return total[0];
    }
}
