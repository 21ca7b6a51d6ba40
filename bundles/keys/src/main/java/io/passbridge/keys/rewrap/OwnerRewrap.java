/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.rewrap;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.SealedValueOwner;
import io.passbridge.keys.SealedValueOwner.Item;
import io.passbridge.keys.SealedValueOwner.Replacement;
import io.passbridge.keys.SealedValues.Order;
import io.passbridge.keys.SealedValues.Rewrapped;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.keeper.ValueSealing;
import io.passbridge.keys.owner.Owners;
import io.passbridge.keys.sealed.SealedHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Re-encrypts the values of one owner under the primary key of a key set. */
public final class OwnerRewrap {
    private final ValueSealing sealing;
    private final Open source;
    private final Open target;
    private final SealedValueOwner owner;
    private final Order order;
    private final Pace pace;
    private final LongConsumer progress;
    private final Troubles troubles = new Troubles();
    private final List<Replacement> batch = new ArrayList<>();
    private long values;
    private long current;
    private long rewrapped;
    private long changed;

    /**
     * Makes one.
     *
     * @param source the key set that opens the values
     * @param target the key set to seal them under: the same, or its successor
     */
    public OwnerRewrap(
            ValueSealing sealing,
            Open source,
            Open target,
            SealedValueOwner owner,
            Order order,
            Pace pace,
            LongConsumer progress) {
        this.sealing = sealing;
        this.source = source;
        this.target = target;
        this.owner = owner;
        this.order = order;
        this.pace = pace;
        this.progress = progress;
    }

    /** Does it. */
    public Rewrapped run() throws KeyException, InterruptedException {
        int limit = order.batch() == 0 ? Owners.PAGE : Math.min(order.batch(), Owners.PAGE);
        String after = "";
        List<Item> page;
        do {
            page = owner.page(after, limit);
            for (Item item : page) {
                look(item);
                after = item.locator();
                if (batch.size() == order.batch() && order.batch() > 0) {
                    replace();
                }
            }
            values += page.size();
            progress.accept(page.size());
            pace.await(page.size());
        } while (page.size() == limit);
        replace();
        return new Rewrapped(
                owner.name(),
                values,
                current,
                rewrapped,
                changed,
                troubles.count(),
                troubles.told());
    }

    private void look(Item item) throws KeyException {
        try {
            SealedHeader header = SealedHeader.of(item.value().toBytes());
            if (header.keySetId().equals(target.keySet().id())
                    && header.keyId() == target.keySet().primary().id()) {
                current++;
                return;
            }
            try (Secret secret = sealing.open(source, item.value(), item.binding())) {
                if (order.dryRun()) {
                    rewrapped++;
                } else {
                    batch.add(new Replacement(item, sealed(secret, item)));
                }
            }
        } catch (KeyException e) {
            if (e.kind() == Kind.LOCKED) {
                throw e;
            }
            troubles.add(item, e);
        }
    }

    private SealedValue sealed(Secret secret, Item item) throws KeyException {
        SealedValue value = sealing.seal(target, secret, item.binding());
        try (Secret again = sealing.open(target, value, item.binding())) {
            if (!again.sameAs(secret)) {
                throw new KeyException(
                        Kind.REFUSED,
                        "the new value of " + item.binding().owner() + " does not open");
            }
        }
        return value;
    }

    private void replace() throws KeyException {
        if (!batch.isEmpty()) {
            int replaced = owner.replace(List.copyOf(batch));
            rewrapped += replaced;
            changed += batch.size() - replaced;
            batch.clear();
        }
    }
}
