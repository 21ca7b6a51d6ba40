/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.review;

import io.passbridge.credential.LegacyPolicy;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import io.passbridge.keys.keeper.KeySetState;
import io.passbridge.keys.keeper.ProtectionReview;
import io.passbridge.keys.keyset.GenerationWatch;
import io.passbridge.keys.keyset.KeySetComponent;
import io.passbridge.keys.keyset.Parts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells {@code doctor} how the key set is. */
@Component
public final class KeySetInspector implements Inspector {
    private final Parts parts;
    private final DateReview dates;
    private final ValueReview values;
    private final FileReview files;
    private final ProtectionReview protection;
    private final GenerationWatch generations;

    @Activate
    public KeySetInspector(
            @Reference KeySetComponent core,
            @Reference LegacyPolicy policy,
            BundleContext context) {
        parts = core.parts();
        generations = core.generations();
        dates = new DateReview(core.configuration(), Clock.systemUTC());
        values = new ValueReview(parts);
        protection = new ProtectionReview(parts.protectors(), policy);
        String etc = context.getProperty("passbridge.etc");
        files = new FileReview(core.folder(), Path.of(etc == null ? "etc" : etc));
    }

    @Override
    public String subject() {
        return "key set";
    }

    @Override
    public List<Finding> inspect() {
        List<Finding> findings = new ArrayList<>();
        KeySetState state = parts.keeper().state();
        findings.add(LockReview.of(state, parts.protectors()));
        generations.finding().ifPresent(findings::add);
        findings.addAll(values.of(state));
        state.known().ifPresent(keySet -> findings.addAll(dates.of(keySet)));
        state.known().flatMap(protection::finding).ifPresent(findings::add);
        findings.addAll(files.findings());
        return findings;
    }
}
