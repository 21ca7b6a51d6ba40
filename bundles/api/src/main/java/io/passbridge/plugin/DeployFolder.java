/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.plugin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The folder from which a running platform takes plug-ins. A service, thread-safe; not there in
 * containers that bring bundles in by their own means.
 */
@ProviderType
public interface DeployFolder {
    /** Every file in the folder, by name, and every jar that was taken away unnoticed. */
    List<DroppedJar> jars();
}
