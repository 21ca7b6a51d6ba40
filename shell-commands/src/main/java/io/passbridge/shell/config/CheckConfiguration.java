/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.config;

import io.passbridge.configuration.ConfigurationCheck;
import io.passbridge.health.FileTrouble;
import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.PartlyDone;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code config:check}: what is wrong with configuration files. */
@Component(service = Command.class)
@GogoCommand(scope = "config", function = "check")
public final class CheckConfiguration extends Command {
    private static final Table<Fault> TABLE =
            Table.of(Fault.class, "Nothing is wrong.")
                    .column("FILE", Fault::file)
                    .column("PARAMETER", Fault::parameter)
                    .column("OBSERVED", Fault::inWords);

    private final ConfigurationCheck configurations;

    /** One thing that is wrong with a file. */
    record Fault(String file, Severity severity, String parameter, String text, String remedy) {
        String inWords() {
            return text + "\n-> " + remedy;
        }
    }

    @Activate
    public CheckConfiguration(@Reference ConfigurationCheck configurations) {
        super(
                Usage.of("config:check", "say what is wrong with configuration files")
                        .details(
                                "Checks encoding, name, parameters and values, and puts nothing"
                                        + " into force: check a file before it is moved into etc/."
                                        + " Without FILE, every file of etc/ is checked.")
                        .any("FILE", "the files to check", List::of)
                        .json()
                        .example("config:check")
                        .example("config:check /tmp/io.passbridge.route-corp_cloud.cfg"));
        this.configurations = configurations;
    }

    @Override
    protected void run(Invocation call) throws Refused, PartlyDone, IOException {
        List<Path> files =
                call.arguments().isEmpty()
                        ? configurations.files()
                        : call.arguments().stream().map(call::resolve).toList();
        List<Fault> faults = new ArrayList<>();
        for (Path file : files) {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new Refused(file + " is no file, but a folder or a device");
            }
            try {
                for (Finding f : configurations.check(file)) {
                    faults.add(
                            new Fault(
                                    file.getFileName().toString(),
                                    f.severity(),
                                    f.subject(),
                                    f.text(),
                                    f.remedy()));
                }
            } catch (IOException e) {
                throw new Refused(file + " cannot be read: " + FileTrouble.reason(e), e);
            }
        }
        call.print(faults, TABLE);
        long errors = faults.stream().filter(f -> f.severity() == Severity.ERROR).count();
        if (errors > 0) {
            throw new Refused(Finding.count(errors, "thing is", "things are") + " wrong");
        }
        if (!faults.isEmpty()) {
            throw new PartlyDone(
                    Finding.count(faults.size(), "thing works", "things work")
                            + ", but may not be meant");
        }
    }
}
