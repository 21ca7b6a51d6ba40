/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.doctor;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.health.Inspector;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.PartlyDone;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code doctor}: what every inspector found, worst first. */
@Component(service = Command.class)
@GogoCommand(scope = "passbridge", function = "doctor")
public final class Doctor extends Command {
    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);
    private static final Table<Diagnosis> TABLE =
            Table.of(Diagnosis.class, "Nothing is wrong.")
                    .column("STATE", Diagnosis::severity)
                    .column("ABOUT", Diagnosis::subject)
                    .column("OBSERVED", Diagnosis::inWords);

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<Inspector> inspectors = new CopyOnWriteArrayList<>();

    /** A finding and the part of the platform that it is about. */
    record Diagnosis(String part, Severity severity, String subject, String text, String remedy) {
        String inWords() {
            return remedy.isEmpty() ? text : text + "\n-> " + remedy;
        }
    }

    @Activate
    public Doctor() {
        super(
                Usage.of("doctor", "say what is wrong, why, and what to do")
                        .flag("--all", "also what is as it should be")
                        .json()
                        .details(
                                "Ends with 0 if nothing is wrong, 3 if something works but not as"
                                        + " it should, and 2 if something does not work.")
                        .example("doctor")
                        .example("doctor --all --json"));
    }

    Doctor(List<Inspector> inspectors) {
        this();
        this.inspectors.addAll(inspectors);
    }

    @Override
    protected void run(Invocation call) throws Refused, PartlyDone {
        List<Diagnosis> found = new ArrayList<>();
        inspectors.forEach(inspector -> inspect(inspector, found));
        found.sort(
                Comparator.comparing(Diagnosis::severity)
                        .reversed()
                        .thenComparing(Diagnosis::subject));
        boolean all = call.has("--all");
        call.print(found.stream().filter(d -> all || d.severity() != Severity.OK).toList(), TABLE);
        long errors = count(found, Severity.ERROR);
        long warnings = count(found, Severity.WARNING);
        if (errors > 0) {
            throw new Refused(
                    Finding.count(errors, "thing does", "things do")
                            + " not work until somebody acts");
        }
        if (warnings > 0) {
            throw new PartlyDone(
                    Finding.count(warnings, "thing works", "things work")
                            + ", but not as it should");
        }
    }

    private static void inspect(Inspector inspector, List<Diagnosis> found) {
        String part = inspector.getClass().getName();
        try {
            part = inspector.subject();
            for (Finding finding : inspector.inspect()) {
                found.add(
                        new Diagnosis(
                                part,
                                finding.severity(),
                                finding.subject(),
                                finding.text(),
                                finding.remedy()));
            }
        } catch (RuntimeException e) {
            LOG.error("The inspector of {} failed", part, e);
            found.add(
                    new Diagnosis(
                            part,
                            Severity.ERROR,
                            part,
                            "cannot be inspected: " + e,
                            "the log has the details, please report them"));
        }
    }

    private static long count(List<Diagnosis> found, Severity severity) {
        return found.stream().filter(d -> d.severity() == severity).count();
    }
}
