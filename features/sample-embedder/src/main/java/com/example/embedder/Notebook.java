/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.embedder;

import io.passbridge.credential.Secret;
import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyLifeCycle;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.SealedValueOwner;
import io.passbridge.keys.Sealing;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Secrets of an application, sealed under the key set. As their owner it lets the key set count
 * them, so that no key that seals one is destroyed, and re-encrypt them under a new key.
 */
@Component(service = {Notebook.class, SealedValueOwner.class})
public final class Notebook implements SealedValueOwner {
    private final Sealing sealing;
    private final KeyLifeCycle keys;
    private final ConcurrentNavigableMap<String, SealedValue> pages = new ConcurrentSkipListMap<>();

    @Activate
    public Notebook(@Reference Sealing sealing, @Reference KeyLifeCycle keys) {
        this.sealing = sealing;
        this.keys = keys;
    }

    /** Keeps a secret, which stays the caller's to close. */
    void write(String page, Secret secret) throws KeyException {
        pages.put(page, sealing.seal(secret, binding(page)));
    }

    /** A secret, for the caller to close. */
    Secret read(String page) throws KeyException {
        return sealing.open(pages.get(page), binding(page));
    }

    /** Has new values sealed under a new key; those that are there still open. */
    KeyInfo renewKey() throws KeyException {
        return keys.add("embedder", false);
    }

    /** Computed from where a value stands: one that was moved to another page does not open. */
    private static Binding binding(String page) {
        return new Binding("notebook", "page " + page, "text");
    }

    @Override
    public String name() {
        return "pages of the notebook";
    }

    @Override
    public List<Item> page(String after, int limit) {
        return pages.tailMap(after, false).entrySet().stream()
                .limit(limit)
                .map(page -> new Item(page.getKey(), binding(page.getKey()), page.getValue()))
                .toList();
    }

    @Override
    public int replace(List<Replacement> replacements) {
        return (int)
                replacements.stream()
                        .filter(
                                change ->
                                        pages.replace(
                                                change.item().locator(),
                                                change.item().value(),
                                                change.value()))
                        .count();
    }
}
