/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.owner;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.SealedValueOwner;
import io.passbridge.keys.act.Patience;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Those who store sealed values and are there now. */
public final class Owners {
    /** Values read at a time. */
    public static final int PAGE = 1_000;

    private final List<SealedValueOwner> owners = new CopyOnWriteArrayList<>();
    private final Patience patience;
    private final AtomicBoolean rewriting = new AtomicBoolean();

    public Owners(Patience patience) {
        this.patience = patience;
    }

    /** An owner came. */
    public void add(SealedValueOwner owner) {
        owners.add(owner);
        patience.signal();
    }

    /** An owner went. */
    public void remove(SealedValueOwner owner) {
        owners.removeIf(present -> present == owner);
    }

    /** Those that are there, by name; may be empty. */
    public List<SealedValueOwner> present() {
        return owners.stream().sorted(Comparator.comparing(SealedValueOwner::name)).toList();
    }

    /**
     * Those that are there, by name.
     *
     * @throws KeyException with {@link Kind#NOT_ALLOWED} if there are none: then nothing is known
     *     about values, which is not the same as that there are none
     */
    public List<SealedValueOwner> require() throws KeyException {
        patience.await(() -> !owners.isEmpty());
        List<SealedValueOwner> present = present();
        if (present.isEmpty()) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "the stored values cannot be looked at, since the store is not running; doctor"
                            + " says why");
        }
        return present;
    }

    /**
     * Claims the right to rewrite the values.
     *
     * @throws KeyException with {@link Kind#NOT_ALLOWED} if somebody else has it
     */
    public void startRewriting() throws KeyException {
        if (!rewriting.compareAndSet(false, true)) {
            throw new KeyException(
                    Kind.NOT_ALLOWED, "the stored values are being rewritten; wait for its end");
        }
    }

    /** Gives the right back. */
    public void endRewriting() {
        rewriting.set(false);
    }

    /** What is done with each stored value. */
    @FunctionalInterface
    public interface Visitor {
        /** Looks at one value. */
        void visit(SealedValueOwner owner, SealedValueOwner.Item item) throws KeyException;
    }

    /** Looks at every stored value, page by page. */
    public void visit(Visitor visitor) throws KeyException {
        for (SealedValueOwner owner : require()) {
            String after = "";
            List<SealedValueOwner.Item> page;
            do {
                page = owner.page(after, PAGE);
                for (SealedValueOwner.Item item : page) {
                    visitor.visit(owner, item);
                    after = item.locator();
                }
            } while (page.size() == PAGE);
        }
    }
}
