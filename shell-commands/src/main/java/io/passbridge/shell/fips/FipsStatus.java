/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.fips;

import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyPolicy.LegacyUse;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Sheet;
import io.passbridge.shell.kit.Usage;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code fips:status}: whether the policy is enforced, and every use of a legacy algorithm. */
@Component(service = Command.class)
@GogoCommand(scope = "fips", function = "status")
public final class FipsStatus extends Command {
    private static final Sheet<Status> SHEET =
            Sheet.of(Status.class)
                    .line("policy", s -> s.enforced() ? "enforced" : "not enforced")
                    .line("legacy use since the start", Status::inWords);

    private final LegacyPolicy policy;

    record Status(boolean enforced, List<LegacyUse> uses) {
        String inWords() {
            return uses.isEmpty()
                    ? "none"
                    : uses.stream().map(Status::inWords).collect(Collectors.joining("\n"));
        }

        private static String inWords(LegacyUse use) {
            return String.format(
                    java.util.Locale.ROOT,
                    "%s to %s: permitted %,d, refused %,d",
                    use.algorithm(),
                    use.purpose(),
                    use.permitted(),
                    use.refused());
        }
    }

    @Activate
    public FipsStatus(@Reference LegacyPolicy policy) {
        super(
                Usage.of("fips:status", "show the FIPS policy and every legacy use")
                        .json()
                        .details(
                                "Legacy algorithms are used where a protocol forces them. The"
                                        + " policy is enforced with 'enforced = true' in"
                                        + " etc/io.passbridge.fips.cfg, exceptions by purpose with"
                                        + " 'exceptions = ...'.")
                        .example("fips:status --json"));
        this.policy = policy;
    }

    @Override
    protected void run(Invocation call) {
        call.print(new Status(policy.fipsEnforced(), policy.uses()), SHEET);
    }
}
