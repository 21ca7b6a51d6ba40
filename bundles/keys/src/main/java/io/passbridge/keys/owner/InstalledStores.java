/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.owner;

import io.passbridge.keys.SealedValueOwner;
import java.util.Arrays;
import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The bundles that say in their manifests that they store sealed values, whether they run or not.
 */
public final class InstalledStores {
    private InstalledStores() {}

    public static boolean any(BundleContext context) {
        return Arrays.stream(context.getBundles()).anyMatch(InstalledStores::isStore);
    }

    private static boolean isStore(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null
                && revision.getDeclaredCapabilities("osgi.service").stream()
                        .map(capability -> capability.getAttributes().get("objectClass"))
                        .anyMatch(
                                types ->
                                        types instanceof Collection<?> names
                                                && names.contains(
                                                        SealedValueOwner.class.getName()));
    }
}
