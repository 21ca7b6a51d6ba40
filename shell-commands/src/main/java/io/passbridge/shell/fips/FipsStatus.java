/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.fips;

import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyPolicy.LegacyUse;
import io.passbridge.crypto.Cryptography;
import io.passbridge.crypto.FipsReport;
import io.passbridge.crypto.ModuleReport;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Sheet;
import io.passbridge.shell.kit.Usage;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code fips:status}: the policy, what computes under it, and every use of a legacy algorithm. */
@Component(service = Command.class)
@GogoCommand(scope = "fips", function = "status")
public final class FipsStatus extends Command {
    private static final Sheet<Status> SHEET =
            Sheet.of(Status.class)
                    .line("policy", s -> s.fips().enforced() ? "enforced" : "not enforced")
                    .line("configuration", s -> s.fips().configured() ? "on" : "off")
                    .line("operating system", Status::host)
                    .line("exceptions", Status::exceptions)
                    .line("modules", Status::modules)
                    .line("legacy use since the start", Status::legacy);

    private final LegacyPolicy policy;
    private final Cryptography cryptography;

    record Status(FipsReport fips, List<LegacyUse> uses) {
        String host() {
            return switch (fips.host()) {
                case ON -> "on" + (fips.differs() ? ", which holds" : "");
                case OFF -> "off";
                case UNKNOWN -> "does not tell";
            };
        }

        String exceptions() {
            String purposes = String.join(", ", fips.exceptions());
            if (fips.allowLegacyForPasswordSync()) {
                return "password sync" + (purposes.isEmpty() ? "" : ", " + purposes);
            }
            return purposes.isEmpty() ? "none" : purposes;
        }

        String modules() {
            return fips.modules().stream().map(Status::module).collect(Collectors.joining("\n"));
        }

        private static String module(ModuleReport module) {
            return module.name()
                    + (module.version().isEmpty() ? "" : " " + module.version())
                    + (module.inUse() ? ": in use" : ": not in use")
                    + switch (module.selfTest()) {
                        case PASSED ->
                                ", self-tests passed, "
                                        + (module.approvedOnly()
                                                ? "approved-only mode"
                                                : "NOT in approved-only mode");
                        case FAILED -> ", REFUSED";
                        case NOT_RUN -> ", not loaded";
                        case NONE -> "";
                    }
                    + "; "
                    + module.detail();
        }

        String legacy() {
            return uses.isEmpty()
                    ? "none"
                    : uses.stream().map(Status::inWords).collect(Collectors.joining("\n"));
        }

        private static String inWords(LegacyUse use) {
            return String.format(
                    Locale.ROOT,
                    "%s to %s: permitted %,d, refused %,d, last %s",
                    use.algorithm(),
                    use.purpose(),
                    use.permitted(),
                    use.refused(),
                    use.last().truncatedTo(ChronoUnit.SECONDS));
        }
    }

    @Activate
    public FipsStatus(@Reference LegacyPolicy policy, @Reference Cryptography cryptography) {
        super(
                Usage.of("fips:status", "show the FIPS policy, its module and every legacy use")
                        .flag("--self-test", "load a module that is not in use, for its self-tests")
                        .json()
                        .details(
                                "Legacy algorithms are used where a protocol forces them. The"
                                    + " policy is 'enforce = on' in etc/io.passbridge.fips.cfg, or"
                                    + " that of the operating system; the stricter one holds."
                                    + " 'allowLegacyForPasswordSync = true' excepts Active"
                                    + " Directory and pph1, 'exceptions = ...' other purposes by"
                                    + " their names. A change holds at once.")
                        .example("fips:status --json"));
        this.policy = policy;
        this.cryptography = cryptography;
    }

    @Override
    protected void run(Invocation call) {
        call.print(new Status(cryptography.report(call.has("--self-test")), policy.uses()), SHEET);
    }
}
